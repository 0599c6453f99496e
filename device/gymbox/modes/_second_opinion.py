"""The phase network's word where the pose says too little: somebody lies, or hides the face.

The network is asked about such frames only, because it costs as much as a third of a pose.
"""

from typing import Protocol

from gymbox.camera.frame import Frame
from gymbox.motion import own_range
from gymbox.motion.observe import Observation
from gymbox.motion.own_range import OwnRange
from gymbox.motion.phase import PhaseScores
from gymbox.reps import counter
from gymbox.reps.counter import Counter, Result
from gymbox.reps.profiles import Profile
from gymbox.reps.progress import measure, seen

EXERCISES = ("push_up", "squat")
"""What the network has learnt."""
UNSURE = 0.4
"""Quality of the progress below which a pose is not believed."""

SEEN = 10.0
"""Seconds for which it is asked after a pose that showed the exercise; later it may be another."""


class Classifier(Protocol):
    """Knows the phase of an athlete by sight."""

    def classify(self, frame: Frame) -> PhaseScores:
        """The chances of up, down and neither."""
        ...


class SecondOpinion:
    """Counts by the pose, and where that is unsure by sight.

    Args:
        classifier: the phase network; None counts by the pose alone.
    """

    def __init__(self, classifier: Classifier | None) -> None:
        self._classifier = classifier
        self._range = OwnRange()
        self._seen: float | None = None

    def step(
        self, state: Counter, observation: Observation | None, frame: Frame, profile: Profile
    ) -> Result:
        """Takes a frame.

        Args:
            state: of the counter after the frame before.
            observation: what the pose says, None where none was found.
            frame: itself.
            profile: of the exercise.
        """
        t = frame.timestamp
        if observation is not None and _is_sure(observation, profile):
            self._seen = t
        if self._classifier is None or not self._asked(observation, t, profile):
            return counter.step(state, observation, profile) if observation else (state, ())
        said = self._classifier.classify(frame)
        self._range, scores = own_range.step(self._range, t, said)
        return counter.step_by_sight(state, t, (1.0 + scores.down - scores.up) / 2, profile)

    def _asked(self, observation: Observation | None, t: float, profile: Profile) -> bool:
        """Whether the network knows the exercise and the pose says too little."""
        if profile.name not in EXERCISES or self._seen is None or t - self._seen > SEEN:
            return False
        # Joints that are seen in another posture say that this is another movement.
        return observation is None or seen(observation, profile) < UNSURE


def _is_sure(observation: Observation, profile: Profile) -> bool:
    here = measure(observation, profile)
    return here is not None and here.quality >= UNSURE
