"""Teach mode: a new exercise from three to five repetitions that are shown to the camera.

    start --SELECT--> hold --start pose held--> show --SELECT or 5 reps--> learning
      ^                 ^                                                     |
      |                 +--SELECT-- problem, like another <-------------------+
      |                                 |SELECT keeps what is like another    |
      +-- saved <--SELECT takes it-- name, BACK offers another <--------------+

BACK goes back a step; BACK held down throws away what was shown. Whoever leaves the mode or stops
the box in between is asked for the name, or told the problem, when the mode is on again.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from gymbox.camera.frame import Frame
from gymbox.display import Button, Status, TeachDisplay
from gymbox.errors import DiskError, UsageError
from gymbox.events import Event, ExerciseTaught, RepShown
from gymbox.modes import Watcher
from gymbox.modes._framing_advice import FramingAdvice
from gymbox.motion import presence
from gymbox.motion.landmarks import Pose
from gymbox.motion.presence import Presence
from gymbox.teaching.demonstration import Demonstration
from gymbox.teaching.kept import Kept
from gymbox.teaching.lesson import SHOWN, Problem, TimedPose
from gymbox.teaching.library import Library
from gymbox.teaching.names import free_names
from gymbox.teaching.taught import Taught

MOST = 5
"""Repetitions after which enough has been seen."""
NOTE = 3.0
"""Seconds for which the screen says what was saved."""


class Step(Enum):
    """What the mode is at."""

    START = "start"
    HOLD = "hold"
    SHOW = "show"
    LEARNING = "learning"
    PROBLEM = "problem"
    LIKE = "like"
    NAME = "name"
    SAVED = "saved"


class Teacher(Protocol):
    """Makes an exercise of a demonstration, see `gymbox.teaching.school`."""

    def learn(self, recording: Sequence[TimedPose]) -> Taught | Problem:
        """The exercise without a name, or why there is none."""
        ...


class TeachMode:
    """Leads through one lesson after the other.

    Args:
        watcher: finds the athlete.
        teacher: makes an exercise of a demonstration.
        library: keeps it.
        kept: keeps a demonstration while its exercise has no name.
        gone_after: seconds without the athlete after which the demonstration is over: enough was
            shown, or it begins anew.
    """

    name = "teach"
    resumes = False

    def __init__(
        self,
        watcher: Watcher,
        teacher: Teacher,
        library: Library,
        kept: Kept,
        *,
        gone_after: float = 4.0,
    ) -> None:
        self.step = Step.START
        self._watcher = watcher
        self._teacher = teacher
        self._library = library
        self._kept = kept
        self._entered = False
        self._gone_after = gone_after
        self._presence = Presence()
        self._framing = FramingAdvice()
        self._advice = ""
        self._shown = Demonstration()
        self._learnt: Taught | None = None
        self._names: list[str] = []
        self._words = ""
        self._saved_at = 0.0

    def update(self, frame: Frame) -> Sequence[Event]:
        """Looks for the athlete and takes the lesson one frame further."""
        t = frame.timestamp
        if not self._entered:
            self._go_on()
        if self.step is Step.LEARNING:
            self._learn()
        pose = self._watcher.process(frame)
        self._presence, events = presence.step(
            self._presence, t, seen=pose is not None, lost_after=self._gone_after
        )
        self._advice = self._framing.add(pose, t)
        if self.step is Step.SAVED and t - self._saved_at > NOTE:
            self.step = Step.START
        if self.step in {Step.HOLD, Step.SHOW}:
            return (*events, *self._watch(t, pose))
        return events

    def press(self, button: Button, t: float) -> Sequence[Event]:
        """SELECT goes on, BACK goes back."""
        if button is Button.BACK_HELD:
            self._begin(Step.START)
        elif button is Button.SELECT:
            return self._select(t)
        elif button is Button.BACK:
            self._back()
        return ()

    def leave(self, t: float) -> Sequence[Event]:  # noqa: ARG002 (no clock in it)
        """Keeps what was shown while it has neither a name nor an answer."""
        if self._shown.reps or self._learnt:
            self._kept.put(self._shown.poses)
        self._forget(Step.START)
        self._entered = False
        self._presence = Presence()
        return ()

    def display(self, t: float, status: Status) -> TeachDisplay:  # noqa: ARG002 (no time in it)
        """The step, and what belongs to it."""
        return TeachDisplay(
            step=self.step.value,
            reps=self._shown.reps,
            enough=self._shown.reps >= SHOWN,
            words=self._words,
            name=self._names[0] if self._names else "",
            advice=self._advice if self.step in {Step.HOLD, Step.SHOW} else "",
            status=status,
        )

    def _go_on(self) -> None:
        """Takes up the lesson that was left before its end."""
        self._entered = True
        if poses := self._kept.read():
            self._shown = Demonstration.of(poses)
            self.step = Step.LEARNING

    def _watch(self, t: float, pose: Pose | None) -> Sequence[Event]:
        before = self._shown.reps
        self._shown.add(t, pose)
        if self.step is Step.HOLD:
            self.step = Step.SHOW if self._shown.begun else Step.HOLD
            return ()
        gone = not self._presence.there
        if self._shown.reps >= (SHOWN if gone else MOST):
            self.step = Step.LEARNING
        elif gone:
            self._begin(Step.HOLD)
        if self._shown.reps > before:
            return (RepShown(t=t, rep=self._shown.reps),)
        return ()

    def _select(self, t: float) -> Sequence[Event]:
        if self.step is Step.NAME:
            return self._save(t)
        if self.step is Step.SHOW:
            self.step = Step.LEARNING
        elif self.step is Step.LIKE:
            self._offer()
        elif self.step in {Step.START, Step.PROBLEM, Step.SAVED}:
            self._begin(Step.HOLD)
        return ()

    def _back(self) -> None:
        if self.step is Step.NAME:
            self._names.append(self._names.pop(0))
        elif self.step in {Step.SHOW, Step.LIKE}:
            self._begin(Step.HOLD)
        elif self.step in {Step.HOLD, Step.PROBLEM, Step.SAVED}:
            self._begin(Step.START)

    def _begin(self, step: Step) -> None:
        """Is done with the demonstration before."""
        self._kept.drop()
        self._forget(step)

    def _forget(self, step: Step) -> None:
        self.step = step
        self._shown, self._learnt, self._names, self._words = Demonstration(), None, [], ""

    def _learn(self) -> None:
        learnt = self._teacher.learn(self._shown.poses)
        if isinstance(learnt, Problem):
            self._begin(Step.PROBLEM)
            self._words = learnt.words
            return
        self._learnt = learnt
        if learnt.like:
            self.step, self._words = Step.LIKE, learnt.like
        else:
            self._offer()

    def _offer(self) -> None:
        self._names = free_names(self._library.profiles())
        if self._names:
            self.step = Step.NAME
        else:
            self.step, self._words = Step.PROBLEM, "no name left"

    def _save(self, t: float) -> Sequence[Event]:
        if self._learnt is None:
            return ()
        name = self._names[0]
        try:
            self._library.save(self._learnt.named(name))
        except DiskError as error:
            self.step, self._words = Step.PROBLEM, error.advice
            return ()
        except UsageError:  # a file that cannot be read has that name
            self._names = self._names[1:]
            self.step = Step.NAME if self._names else Step.PROBLEM
            return ()
        reps = self._learnt.reps
        self._begin(Step.SAVED)
        self._words, self._saved_at = name, t
        return (ExerciseTaught(t=t, exercise=name, reps=reps),)
