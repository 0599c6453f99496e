"""A demonstration as it comes: still first, then repetitions, counted while they are shown.

    waiting --holds still--> shown: poses are gathered, what is repeated is counted now and then

Time comes from the frames. The count is provisional: `gymbox.teaching.school` has the last word.
"""

from dataclasses import dataclass, field

from gymbox.collection import stillness
from gymbox.collection.stillness import Stillness
from gymbox.motion.landmarks import Pose
from gymbox.teaching import cycles, readings
from gymbox.teaching.cycles import PHASES
from gymbox.teaching.lesson import TimedPose, observed

HOLD = 1.0
"""Seconds that the start pose is held."""
EVERY = 0.5
"""Seconds between two counts."""
LONGEST = 90.0
"""Seconds of a demonstration at most: the oldest poses are forgotten."""


@dataclass(slots=True)
class Demonstration:
    """What was shown so far.

    Attributes:
        poses: seconds and the pose then, from where the athlete began to hold still.
        reps: complete repetitions counted so far.
        begun: the athlete has held still; what comes is the exercise.
    """

    poses: list[TimedPose] = field(default_factory=list)
    reps: int = 0
    begun: bool = False
    _still: Stillness = field(default_factory=Stillness)
    _due: float = 0.0

    @classmethod
    def of(cls, poses: list[TimedPose]) -> "Demonstration":
        """One that is over."""
        shown = cls(poses, begun=True)
        shown.reps = shown._count()
        return shown

    def add(self, t: float, pose: Pose | None) -> bool:
        """Takes a frame; True when the count was looked at anew."""
        self.poses.append((t, pose))
        if not self.begun:
            self._still = stillness.step(self._still, t, pose)
            since = self._still.since
            if since is None or t - since < HOLD:
                self.poses = [kept for kept in self.poses if t - kept[0] <= HOLD]
                return False
            self.begun, self._due = True, t + EVERY
            return False
        if self.poses[0][0] < t - LONGEST:
            del self.poses[0]
        if t < self._due:
            return False
        self._due = t + EVERY
        self.reps = self._count()
        return True

    def _count(self) -> int:
        seen = observed(self.poses)
        if len(seen) < PHASES:
            return 0
        found = cycles.find(readings.gather(seen), parts=False)
        if found is None or (len(found.cycles) > 1 and found.alike < cycles.SAME):
            return 0
        return len(found.cycles)
