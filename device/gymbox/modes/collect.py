"""Collect mode: leads through recording labelled examples, whose landmarks train the models.

    athlete? -> next: what is missing most --SELECT--> hold start pose -> 3 2 1 -> recording
                  |  ^                                                                |
                  +--+ BACK: exercise? reps? where? how high? pictures?    right? <---+

SELECT says yes and BACK no. What was recorded is on the disk before the athlete is asked, so that a
change of mode or the power button lose nothing: the question comes again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum

from gymbox.camera.frame import Frame
from gymbox.collection.plan import suggest
from gymbox.collection.questions import Question, another, corrections, following
from gymbox.collection.take import NONE, UNKNOWN, Order, Take
from gymbox.display import Button, Display, MessageDisplay, Status
from gymbox.events import Event, TakeDiscarded, TakeEnded, TakeSaved
from gymbox.modes import Watcher
from gymbox.modes import _collect_screen as screen
from gymbox.modes._collect_keeper import Keeper
from gymbox.modes._collect_take import TakeUnderWay
from gymbox.modes._framing_advice import FramingAdvice
from gymbox.motion import presence
from gymbox.motion.landmarks import Pose
from gymbox.motion.presence import Presence
from gymbox.reps.profiles import Profile

NOTE = 3.0
"""Seconds for which a word on what was done stays."""


class Stage(Enum):
    """What the mode is at."""

    OPENING = "opening"
    ASKING = "asking"
    NEXT = "next"
    TAKING = "taking"
    REVIEW = "review"
    NOTE = "note"


class CollectMode:
    """Leads through one take after the other.

    Args:
        watcher: finds the athlete.
        keeper: keeps the takes.
        exercises: gives the profiles of those that can be counted, taught ones included.
        athlete: the number that is offered first.
        gone_after: seconds without the athlete until they count as gone.
    """

    name = "collect"
    resumes = False

    def __init__(
        self,
        watcher: Watcher,
        keeper: Keeper,
        exercises: Callable[[], Mapping[str, Profile]],
        *,
        athlete: int = 1,
        gone_after: float = 4.0,
    ) -> None:
        self.stage = Stage.OPENING
        self._watcher = watcher
        self._keeper = keeper
        self._exercises = exercises
        self._gone_after = gone_after
        self._entered = False
        self._presence = Presence()
        self._order = Order(athlete=athlete)
        self._question = Question.ATHLETE
        self._taking: TakeUnderWay | None = None
        self._take: Take | None = None
        self._offer = 0
        self._note: tuple[str, tuple[str, ...]] = ("", ())
        self._note_until: float | None = None
        self._framing = FramingAdvice()
        self._advice = ""

    def update(self, frame: Frame) -> Sequence[Event]:
        """Looks for the athlete and takes the recording one frame further, if there is one."""
        t = frame.timestamp
        pose = self._watcher.process(frame)
        self._presence, events = presence.step(
            self._presence, t, seen=pose is not None, lost_after=self._gone_after
        )
        self._advice = self._framing.add(pose, t)
        if not self._entered:
            self._entered = True
            self.stage = Stage.OPENING
            self._keeper.open()
        if self.stage is Stage.OPENING and self._keeper.loaded:
            self._arrive()
        elif self.stage is Stage.NOTE:
            self._note_until = self._note_until or t + NOTE
            if t >= self._note_until:
                self._propose()
        return (*events, *self._record(frame, pose))

    def press(self, button: Button, t: float) -> Sequence[Event]:
        """SELECT says yes, BACK no; any other press does nothing here."""
        if button is Button.SELECT:
            return self._yes(t)
        if button is Button.BACK:
            return self._no(t)
        return ()

    def leave(self, t: float) -> Sequence[Event]:
        """Ends the recording under way; whether it is right is asked next time."""
        events: Sequence[Event] = ()
        if self._taking is not None and self._taking.step == "record":
            events = self._end(self._taking, "left", t)
        self._taking = None
        self._entered = False
        self.stage = Stage.OPENING
        return events

    def display(self, t: float, status: Status) -> Display:  # noqa: ARG002 (no clock on it)
        """The question or the recording."""
        if self.stage is Stage.OPENING:
            why = self._keeper.trouble or "opening ..."
            return MessageDisplay("Collect", (why,), status)
        if self.stage is Stage.NOTE:
            return MessageDisplay(*self._note, status)
        if self.stage is Stage.ASKING:
            return screen.question(self._question, self._order, status)
        if self.stage is Stage.NEXT:
            return screen.proposal(self._order, len(self._keeper.takes()), status)
        if self.stage is Stage.REVIEW and self._take is not None:
            return screen.review(self._take, self._offers()[self._offer], status)
        return screen.taking(self._order, self._taking, self._advice, status)

    def _yes(self, t: float) -> Sequence[Event]:
        if self.stage is Stage.REVIEW:
            return self._decide(t)
        if self._taking is not None:
            if self._taking.step == "record":
                return self._end(self._taking, "button", t)
            self._taking.hurry(t)
        elif self.stage is Stage.NEXT:
            self._get_ready()
        elif self.stage is Stage.NOTE:
            self._propose()
        elif self.stage is Stage.ASKING:
            self._ask_on()
        return ()

    def _no(self, t: float) -> Sequence[Event]:
        if self.stage is Stage.REVIEW:
            self._offer = (self._offer + 1) % len(self._offers())
        elif self._taking is not None:
            if self._taking.step == "record":
                return self._end(self._taking, "button", t)
            self._taking = None
            self._propose()
        elif self.stage is Stage.NEXT:
            self.stage, self._question = Stage.ASKING, Question.EXERCISE
        elif self.stage is Stage.NOTE:
            self._propose()
        elif self.stage is Stage.ASKING:
            self._order = another(self._question, self._order, list(self._exercises()))
        return ()

    def _ask_on(self) -> None:
        """The answer shown is the one; on to the next question."""
        if self._question is Question.ATHLETE:
            self._propose()
        elif question := following(self._question, self._order):
            self._question = question
        else:
            self._get_ready()

    def _arrive(self) -> None:
        """Asks about what was recorded and not answered for, then who trains."""
        if not self._review():
            self.stage, self._question = Stage.ASKING, Question.ATHLETE

    def _review(self) -> bool:
        takes = self._keeper.takes()
        self._take = next((take for take in takes if take.reps is None), None)
        self._offer = 0
        if self._take is None:
            return False
        self.stage = Stage.REVIEW
        return True

    def _propose(self) -> None:
        """Leads on to what is missing most."""
        if not self._review():
            self._order = suggest(self._keeper.takes(), list(self._exercises()), self._order)
            self.stage = Stage.NEXT

    def _get_ready(self) -> None:
        refusal = self._keeper.refusal()
        profile = self._exercises().get(self._order.exercise)
        if refusal:
            self._say("No room", refusal, "counting goes on")
        elif profile is None and self._order.exercise not in {NONE, UNKNOWN}:
            self._propose()  # a taught one that was removed meanwhile
        else:
            name = self._keeper.name(self._order)
            self._taking = TakeUnderWay(name, self._order, profile, self._keeper)
            self.stage = Stage.TAKING

    def _record(self, frame: Frame, pose: Pose | None) -> Sequence[Event]:
        taking = self._taking
        if taking is None:
            return ()
        events = taking.update(frame, pose)
        if not taking.ended:
            return events
        return (*events, *self._end(taking, taking.ended, frame.timestamp))

    def _end(self, taking: TakeUnderWay, why: str, t: float) -> Sequence[Event]:
        """The recording is over and goes to the keeper before anybody is asked about it."""
        self._taking = None
        result = taking.finish(why)
        if result.take.seen == 0:
            self._keeper.discard(taking.name)
            self._say("Not kept", "nobody was seen")
            return (TakeDiscarded(t=t, take=taking.name),)
        take = self._keeper.keep(result)
        self._review()
        return (TakeEnded(t=t, take=take.name, exercise=take.exercise, counted=take.counted),)

    def _offers(self) -> tuple[int | None, ...]:
        """What the athlete is asked, one after the other."""
        take = self._take
        if take is None or take.exercise == NONE:
            return (0, None)
        return corrections(take.asked if take.exercise == UNKNOWN else take.counted)

    def _decide(self, t: float) -> Sequence[Event]:
        take, reps = self._take, self._offers()[self._offer]
        if take is None:
            self._propose()
            return ()
        if reps is None:
            self._keeper.discard(take.name)
            self._say("Gone", "nothing was kept")
            return (TakeDiscarded(t=t, take=take.name),)
        self._keeper.answer(take.name, reps)
        self._say("Saved", screen.named(replace(take, reps=reps)), self._keeper.trouble)
        return (TakeSaved(t=t, take=take.name, exercise=take.exercise, reps=reps),)

    def _say(self, title: str, *lines: str) -> None:
        self.stage, self._note_until = Stage.NOTE, None
        self._note = (title, tuple(filter(None, lines)))
