"""From a pose to the signals that counting, recognising and scoring work on.

Pure: what has to be remembered from frame to frame, the lengths of the limbs, is handed in and out.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gymbox.motion.anchors import PARTS
from gymbox.motion.angles import Point
from gymbox.motion.landmarks import Landmark, Pose
from gymbox.motion.signals import Lengths, Reading, lengths, read_side, shares

FORGET_AFTER = 2.0
"""Seconds without a pose after which the lengths are measured anew: it may be someone else."""

LEFT = tuple(range(33))
RIGHT = tuple(
    Landmark[mark.name.replace("LEFT", "RIGHT")] if "LEFT" in mark.name else mark
    for mark in Landmark
)
"""For every landmark of the left side the row of its twin, so that both sides read alike."""


ROWS = {part: (int(left), int(right)) for part, (left, right) in PARTS.items()}
"""The landmarks of the parts of the body that move or stay."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the athlete is in the picture, pixels.

    Attributes:
        points: of all landmarks, x right and y down.
        visibility: 0..1 of the same.
        torso: from the shoulders to the hips.
    """

    points: Sequence[Point]
    visibility: Sequence[float]
    torso: float

    @property
    def across(self) -> float:
        """How far right the hips are."""
        left, right = ROWS["hip"]
        return (self.points[left][0] + self.points[right][0]) / 2

    def down(self, part: str) -> float:
        """How far down a part of `gymbox.motion.anchors.PARTS` is."""
        left, right = ROWS[part]
        # The hidden limb of a side view is a guess; where both are, each is as good.
        a, b = (max(self.visibility[row], 0.0) ** 3 + 1e-6 for row in (left, right))
        return (a * self.points[left][1] + b * self.points[right][1]) / (a + b)


@dataclass(frozen=True, slots=True)
class Observation:
    """What one pose says about the movement.

    Attributes:
        timestamp: seconds, of the frame.
        left: readings of the athlete's left side by name, see `gymbox.motion.signals`.
        right: readings of the right side.
        place: where in the picture; None where that is not known.
    """

    timestamp: float
    left: Mapping[str, Reading]
    right: Mapping[str, Reading]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """What is known of the athlete's build: limb lengths of both sides in pixels, and when."""

    left: Lengths
    right: Lengths
    timestamp: float


def observe(pose: Pose, body: Body | None) -> tuple[Observation, Body]:
    """Reads all signals off a pose.

    Args:
        pose: of one frame.
        body: from the frame before, None for the first.

    Returns:
        the observation and the body to hand in with the next pose.
    """
    broken = not _is_sound(pose)
    pose = _mended(pose) if broken else pose
    points: list[Point] = pose.points[:, :2].tolist()
    world: list[Point] = pose.world.tolist()
    visibility: list[float] = pose.visibility.tolist()
    if body is None or not broken:
        body = _grown(body, points, pose.timestamp)
    return Observation(
        pose.timestamp,
        _side(points, world, visibility, LEFT, body.left),
        _side(points, world, visibility, RIGHT, body.right),
        Place(points, visibility, max(body.left.torso, body.right.torso, 1e-6)),
    ), body


def _is_sound(pose: Pose) -> bool:
    """Whether all landmarks are numbers: their squares' sum is one then, and quick to get."""
    sums = (float(np.vdot(each, each)) for each in (pose.points, pose.world, pose.visibility))
    return all(map(math.isfinite, sums))


def _mended(pose: Pose) -> Pose:
    """The pose with those landmarks at the origin, unseen, that are no numbers."""
    broken = ~(
        np.isfinite(pose.points[:, :2]).all(axis=1)
        & np.isfinite(pose.world).all(axis=1)
        & np.isfinite(pose.visibility)
    )
    return replace(
        pose,
        points=np.where(broken[:, None], np.float32(0), pose.points),
        world=np.where(broken[:, None], np.float32(0), pose.world),
        visibility=np.where(broken, np.float32(0), pose.visibility),
    )


def _grown(body: Body | None, points: Sequence[Point], t: float) -> Body:
    left, right = (lengths([points[row] for row in side]) for side in (LEFT, RIGHT))
    if body is None or not 0.0 <= t - body.timestamp <= FORGET_AFTER:  # NaN is neither
        return Body(left, right, t)
    seconds = t - body.timestamp
    return Body(body.left.followed(left, seconds), body.right.followed(right, seconds), t)


def _side(
    points: Sequence[Point],
    world: Sequence[Point],
    visibility: Sequence[float],
    rows: Sequence[int],
    limbs: Lengths,
) -> dict[str, Reading]:
    seen = [visibility[row] for row in rows]
    in_picture, in_space = [points[row] for row in rows], [world[row] for row in rows]
    trust = shares(lengths(in_picture), limbs)
    return {
        **read_side(in_picture, limbs, seen, trust),
        **read_side(in_space, lengths(in_space), seen, trust, "_world"),
    }
