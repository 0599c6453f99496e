"""What the modes look with, built from the settings when it is first needed.

A mode that needs no pose costs no memory for the networks that find one, nor the other way round.
"""

from collections.abc import Mapping
from functools import cached_property

from gymbox.camera.frame import Frame
from gymbox.config import Settings
from gymbox.errors import ModelError
from gymbox.inference.manifest import find_model
from gymbox.inference.motion_region import MotionRegion
from gymbox.inference.phase_net import PhaseNet
from gymbox.inference.pose_tracker import PoseTracker
from gymbox.inference.recogniser import Recogniser
from gymbox.inference.sequence_net import SequenceNet
from gymbox.motion.landmarks import Pose
from gymbox.motion.phase import PhaseScores


class Watch:
    """The pose tracker, built when it is first needed, which remembers the pose it found last."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tracker: PoseTracker | None = None
        self._pose: Pose | None = None
        self._looked: float | None = None

    def build(self) -> PoseTracker:
        """Loads the networks, if they are not yet."""
        if self._tracker is None:
            self._tracker = PoseTracker(
                model=self._settings.pose_model,
                threads=self._settings.integer("pose", "threads"),
                models=self._settings.models_folder,
                keep=self._settings.number("training", "gone_after"),
            )
        return self._tracker

    def process(self, frame: Frame) -> Pose | None:
        """The athlete in the frame, None if nobody is seen."""
        self._pose = self.build().process(frame)
        self._looked = frame.timestamp
        return self._pose

    def lock_at(self, t: float) -> str:
        """What to tell of the lock on one athlete at the time of a frame, see `display.Status`.

        Nothing where no mode has looked at that frame, nor while there is nobody else to take the
        athlete for.
        """
        if self._tracker is None or self._looked != t:
            return ""
        lock = self._tracker.lock
        if lock.state in {"hidden", "lost"}:
            return "waiting"
        return "locked" if lock.state == "locked" and lock.people > 1 else ""

    def pose_in(self, frame: Frame) -> Pose | None:
        """The pose found in this very frame, None where no mode has looked for one."""
        found = self._pose
        return found if found is not None and found.timestamp == frame.timestamp else None


class Spotter:
    """The phase network, built when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._network: PhaseNet | None = None

    @cached_property
    def fault(self) -> ModelError | None:
        """Why the network cannot be had, None if it can; its file is read for that once."""
        return None if self._network else _fault("phase", self._settings)

    def build(self) -> PhaseNet:
        """Loads the network, if it is not yet."""
        if self._network is None:
            follows = self._settings.text("spot", "region") == "motion"
            self._network = PhaseNet(
                threads=self._settings.integer("spot", "threads"),
                models=self._settings.models_folder,
                region=MotionRegion() if follows else None,
            )
        return self._network

    def classify(self, frame: Frame) -> PhaseScores:
        """The chances of up, down and neither."""
        return self.build().classify(frame)


class Teller:
    """The recogniser of exercises, built when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._recogniser: Recogniser | None = None

    @cached_property
    def fault(self) -> ModelError | None:
        """Why the network cannot be had, None if it can; its file is read for that once."""
        return None if self._recogniser else _fault("sequence", self._settings)

    def build(self) -> Recogniser:
        """Loads the network, if it is not yet."""
        if self._recogniser is None:
            self._recogniser = Recogniser(SequenceNet(models=self._settings.models_folder))
        return self._recogniser

    def add(self, timestamp: float, pose: Pose | None) -> None:
        """Takes the next frame, at timestamp seconds; None if nobody was found in it."""
        self.build().add(timestamp, pose)

    def chances(self) -> Mapping[str, float]:
        """The chance of each exercise and of "unknown", together 1."""
        return self.build().chances()


def _fault(model: str, settings: Settings) -> ModelError | None:
    """What is wrong with a model that nobody may need: it is not kept in memory."""
    try:
        find_model(model, settings.models_folder).read()
    except ModelError as error:
        return error
    return None
