"""Spot mode: push-ups and squats by the phase network alone, for boxes too small for a pose."""

from collections.abc import Sequence
from typing import Protocol

from gymbox.camera.frame import Frame
from gymbox.errors import UsageError
from gymbox.events import Event
from gymbox.modes._counting import CountingMode
from gymbox.modes._sets import Sets
from gymbox.motion import own_range, presence
from gymbox.motion.own_range import OwnRange
from gymbox.motion.phase import PhaseScores
from gymbox.motion.presence import Presence
from gymbox.reps import phases
from gymbox.reps.phases import PhaseCounter
from gymbox.reps.sets import SetRules, SetState

EXERCISES = ("push_up", "squat")
"""What the network has learnt."""
HINT = "spot: hold up"
"""On the screen before the first repetition, so that the mode can be told from count mode."""


class Classifier(Protocol):
    """Knows the phase of an athlete by sight."""

    def classify(self, frame: Frame) -> PhaseScores:
        """The chances of up, down and neither."""
        ...


class SpotMode(CountingMode[PhaseCounter]):
    """Counts one exercise after the other.

    The network tells the phases of both exercises and not which one it is: that is the athlete's
    to say. Nor does it tell an athlete at rest on their knees from an empty room, so a set ends
    after a rest only.

    Args:
        classifier: the phase network.
        state: the exercise to begin with, one of EXERCISES, or a set that was cut off and goes on.
        rules: when a set is over, and after how long without a phase the athlete counts as gone.
    """

    name = "spot"

    def __init__(
        self, classifier: Classifier, state: SetState[PhaseCounter], rules: SetRules
    ) -> None:
        super().__init__(Sets(state, rules, EXERCISES, PhaseCounter))
        self._classifier = classifier
        self._hint = HINT
        self._gone_after = rules.gone_after
        self._presence = Presence()
        self._range = OwnRange()

    def update(self, frame: Frame) -> Sequence[Event]:
        """Looks at the frame and takes the repetition one frame further."""
        t = frame.timestamp
        said = self._classifier.classify(frame)
        self._range, scores = own_range.step(self._range, t, said)
        counted, news = phases.step(self._sets.counter, t, scores)
        self._presence, events = presence.step(
            self._presence, t, seen=counted.armed, lost_after=self._gone_after
        )
        told = self._sets.take(counted, news, t, seen=True)
        return (*self._sets.begin(t), *events, *told)


def spotted(exercise: str) -> str:
    """The exercise, if it is one that spot mode counts.

    Raises:
        UsageError: it is not.
    """
    if exercise not in EXERCISES:
        raise UsageError(
            f"spot mode counts push-ups and squats only, not {exercise}",
            "name one with --exercise push_up or --exercise squat",
        )
    return exercise
