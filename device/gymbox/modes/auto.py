"""Auto mode: the box names the exercise and counts it; no button has to be pressed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from gymbox.camera.frame import Frame
from gymbox.display import Button, Display, Status
from gymbox.events import Event, SetEnd
from gymbox.modes import Watcher
from gymbox.modes._counting import CountingMode
from gymbox.modes._curve import Curve
from gymbox.modes._framing_advice import FramingAdvice
from gymbox.modes._sets import Sets
from gymbox.modes._word import Word
from gymbox.motion import presence
from gymbox.motion.landmarks import Pose
from gymbox.motion.observe import Body, observe
from gymbox.motion.presence import Presence
from gymbox.reps import auto
from gymbox.reps.auto_state import Auto, AutoRules, Outcome
from gymbox.reps.counter import Counter, RepDone
from gymbox.reps.profiles import UNKNOWN, Names, Profile
from gymbox.reps.recognition import Heard
from gymbox.reps.sets import SetRules, SetState
from gymbox.reps.trial import Moment


class Recogniser(Protocol):
    """Knows exercises by the last seconds of poses."""

    def add(self, timestamp: float, pose: Pose | None) -> None:
        """Takes the next frame, at timestamp seconds."""
        ...

    def chances(self) -> Mapping[str, float]:
        """The chance of each exercise and of "unknown", together 1."""
        ...


class AutoMode(CountingMode[Counter]):
    """Names the exercise and counts it; between sets the buttons may name it instead.

    Args:
        watcher: finds the athlete.
        recogniser: is asked which exercise it is.
        state: of the sets: UNKNOWN to begin with, or a set that was cut off and goes on.
        rules: when a set is over.
        known: the profiles by name.
        recognition: when an exercise is settled.
        every: seconds between two questions to the recogniser.
    """

    name = "auto"

    def __init__(
        self,
        watcher: Watcher,
        recogniser: Recogniser,
        state: SetState[Counter],
        rules: SetRules,
        *,
        known: Mapping[str, Profile],
        recognition: AutoRules | None = None,
        every: float = 0.25,
    ) -> None:
        super().__init__(Sets(state, rules, Names(known, [UNKNOWN]), Counter))
        self._watcher = watcher
        self._recogniser = recogniser
        self._known = known
        self._rules = recognition or AutoRules()
        self._every = every
        self._gone_after = rules.gone_after
        self._auto = Auto.going_on(state.exercise)
        self._presence = Presence()
        self._body: Body | None = None
        self._framing = FramingAdvice()
        self._curve = Curve()
        self._asked = float("-inf")
        self._word = Word(before=state.reps)

    def update(self, frame: Frame) -> Sequence[Event]:
        """Looks for the athlete, asks which exercise it is, and counts."""
        t = frame.timestamp
        pose = self._watcher.process(frame)
        self._presence, events = presence.step(
            self._presence, t, seen=pose is not None, lost_after=self._gone_after
        )
        told = [*self._sets.begin(t), *events, *self._looked(pose, t), *self._listened(pose, t)]
        told += self._take((), t, seen=pose is not None)
        self._advice = self._framing.add(pose, t)
        return told

    def press(self, button: Button, t: float) -> Sequence[Event]:
        """As `Sets` says; the exercise may be named by hand, and left to the box again."""
        last: Sequence[Event] = ()
        if self._sets.under_way and button is Button.SELECT:
            self._auto, outcome = auto.finish(self._auto, t, self._rules, self._known)
            last = self._tell(outcome, t)
        before = self._sets.exercise
        events = self._noticed(self._sets.press(button, t))
        self._word = self._word.after(events, self._sets.reps, self._auto.until, t)
        if self._sets.exercise != before:
            self._auto = self._auto.pin(self._sets.exercise)
        return [*last, *events]

    def leave(self, t: float) -> Sequence[Event]:
        """Ends the set under way; what could not be settled yet is decided now."""
        self._auto, outcome = auto.finish(self._auto, t, self._rules, self._known)
        return [*self._tell(outcome, t), *self._noticed(self._sets.finish(t))]

    def display(self, t: float, status: Status) -> Display:
        """The count, or what is taken to be trained and seen of it."""
        chances = self._auto.belief.chances
        likeliest = sorted(chances, key=lambda name: -chances[name])
        shown = self._known.get(self._sets.exercise)
        return self._sets.display(
            t,
            status,
            advice=self._advice,
            curve=self._curve.shown(shown),
            bars=tuple((name, chances[name]) for name in likeliest),
        )

    def _looked(self, pose: Pose | None, t: float) -> Sequence[Event]:
        """Takes the movement one frame further."""
        if pose is None:
            self._curve.add(t, None)
            return ()
        observation, self._body = observe(pose, self._body)
        self._curve.add(t, observation)
        moment = Moment(pose, observation)
        self._auto, outcome = auto.step(self._auto, moment, self._rules, self._known)
        return self._tell(outcome, t)

    def _listened(self, pose: Pose | None, t: float) -> Sequence[Event]:
        """Asks now and then which exercise it is."""
        self._recogniser.add(t, pose)
        if 0.0 <= t - self._asked < self._every:
            return ()
        self._asked = t
        heard = Heard(t, self._recogniser.chances())
        self._auto, outcome = auto.hear(self._auto, heard, self._rules, self._known)
        return self._tell(outcome, t)

    def _tell(self, outcome: Outcome, t: float) -> Sequence[Event]:
        """Brings what follows from a frame to the sets."""
        events: list[Event] = []
        reps, missing = outcome.reps, 0
        if outcome.revised:
            events += self._sets.take_back(t, down_to=self._word.before)
            self._word = self._word.told_anew()
            reps, missing = self._word.on(outcome.reps)
        if outcome.named and outcome.named != self._sets.exercise:
            self._word = self._word if outcome.revised else Word()
            counter = replace(self._auto.counter, pending=None)
            events += self._sets.choose(outcome.named, counter, t, confidence=outcome.confidence)
        if reps:
            events += self._take(reps, t, seen=True)
        for _ in range(missing):
            events += self._sets.add(t)
        return events

    def _take(self, reps: Sequence[RepDone], t: float, *, seen: bool) -> Sequence[Event]:
        # What waits to settle has to be backed first, so it is not the sets' to tell.
        counted = replace(self._auto.counter, pending=None)
        return self._noticed(self._sets.take(counted, reps, t, seen=seen))

    def _noticed(self, events: Sequence[Event]) -> Sequence[Event]:
        """After a set the exercise has to be settled anew."""
        if any(isinstance(event, SetEnd) for event in events):
            self._auto = self._auto.set_over()
            self._word = Word()
        return events
