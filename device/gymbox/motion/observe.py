"""From a pose to the signals that counting, recognising and scoring work on.

Pure: what has to be remembered from frame to frame, the lengths of the limbs, is handed in and out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Observation:
    """What one pose says about the movement.

    Attributes:
        timestamp: seconds, of the frame.
        left: readings of the athlete's left side by name, see `gymbox.motion.signals`.
        right: readings of the right side.
    """

    timestamp: float
    left: Mapping[str, Reading]
    right: Mapping[str, Reading]


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
    points: list[Point] = pose.points[:, :2].tolist()
    world: list[Point] = pose.world.tolist()
    visibility: list[float] = pose.visibility.tolist()
    body = _grown(body, points, pose.timestamp)
    return Observation(
        pose.timestamp,
        _side(points, world, visibility, LEFT, body.left),
        _side(points, world, visibility, RIGHT, body.right),
    ), body


def _grown(body: Body | None, points: Sequence[Point], t: float) -> Body:
    left, right = (lengths([points[row] for row in side]) for side in (LEFT, RIGHT))
    if body is None or not 0.0 <= t - body.timestamp <= FORGET_AFTER:
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
