"""The posture in a picture, as numbers: what the phase net also learns to tell, and then forgets.

A handful of real push-ups and squats does not teach a network what a body looks like. The box's own
BlazePose says it for any number of pictures, so the layers of the phase net learn to say where the
joints are (distillation; the head for it does not leave the desktop).
"""

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark, Pose

JOINTS = (
    Landmark.NOSE,
    *(
        Landmark[f"{side}_{name}"]
        for name in ("SHOULDER", "ELBOW", "WRIST", "HIP", "KNEE", "ANKLE")
        for side in ("LEFT", "RIGHT")
    ),
)
_TWINS = (0, *(index + 1 if index % 2 else index - 1 for index in range(1, len(JOINTS))))
SEEN = 0.5
"""Visibility from which a joint is asked for."""
BEYOND = 0.1
"""Share of the picture by which a joint may lie outside it."""
SURE = 0.8
"""Score from which a pose is believed."""


def shape(pose: Pose | None, width: int, height: int) -> NDArray[np.float32]:
    """[13, 2] the joints as shares of width and height, NaN where they are not seen."""
    if pose is None or pose.score < SURE:
        return np.full((len(JOINTS), 2), np.nan, np.float32)
    points = pose.points[list(JOINTS), :2] / (width, height)
    seen = (pose.visibility[list(JOINTS)] >= SEEN) & np.all(
        (points > -BEYOND) & (points < 1 + BEYOND), axis=1
    )
    return np.where(seen[:, None], points, np.nan).astype(np.float32)


def swapped(joints: NDArray[np.float32]) -> NDArray[np.float32]:
    """[13, 2] with left and right exchanged."""
    return joints[list(_TWINS)]


def posture(joints: NDArray[np.float32]) -> NDArray[np.float32]:
    """[n, 13, 2] where the joints are in the body: around their middle, by the size of it.

    What is left says how somebody stands or lies, and no longer where.
    """
    middle = np.nanmean(joints, axis=1, keepdims=True)
    spread = np.sqrt(np.nanmean((joints - middle) ** 2, axis=(1, 2), keepdims=True))
    return ((joints - middle) / np.maximum(spread, 1e-3)).astype(np.float32)
