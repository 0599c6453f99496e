"""Whether somebody holds still: that is how a take is begun without a button. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark, Pose

JOINTS = [
    int(joint)
    for joint in Landmark
    if joint.name.endswith(("SHOULDER", "ELBOW", "WRIST", "HIP", "KNEE", "ANKLE"))
]
VISIBLE = 0.5
LEAST = 4
"""Joints that must be seen."""
WITHIN = 0.08
"""Share of the body's extent in the picture that most joints stay within."""
MOST = 80
"""Percent of the joints: a network that sees one of them elsewhere is not a movement."""
GAP = 1.0
"""Seconds without a frame after which nothing is known."""


@dataclass(frozen=True, slots=True)
class Stillness:
    """The joints of the last moments.

    Attributes:
        latest: (seconds, [12, 2] pixels, NaN where a joint is hidden) of each frame.
        since: since when the athlete holds still, None while they move or nobody is there.
    """

    latest: tuple[tuple[float, NDArray[np.float32]], ...] = ()
    since: float | None = None


def step(state: Stillness, t: float, pose: Pose | None, window: float = 1.0) -> Stillness:
    """One frame at t.

    Args:
        state: after the frame before.
        t: seconds.
        pose: the athlete, None if nobody is seen.
        window: seconds that are looked at.
    """
    if pose is None or (state.latest and not 0 <= t - state.latest[-1][0] <= GAP):
        return Stillness()
    hidden = ~(pose.visibility[JOINTS] >= VISIBLE)
    points = np.where(hidden[:, None], np.nan, pose.points[JOINTS, :2]).astype(np.float32)
    latest = (*(kept for kept in state.latest if t - kept[0] <= window), (t, points))
    if not _calm(np.stack([kept[1] for kept in latest])):
        return Stillness(latest)
    return Stillness(latest, latest[0][0] if state.since is None else state.since)


def _calm(track: NDArray[np.float32]) -> bool:
    """Whether most of the joints [frames, joints, 2] stay where they are."""
    seen = ~np.isnan(track).any(axis=(0, 2))
    if seen.sum() < LEAST:
        return False
    body = track[:, seen]
    extent = float(np.ptp(body[-1], axis=0).max())
    moved = np.ptp(body, axis=0).max(axis=1)
    return bool(extent > 0 and np.percentile(moved, MOST) <= WITHIN * extent)
