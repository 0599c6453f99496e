"""How the athlete stands in the picture, and what to do about it."""

from collections.abc import Collection

import numpy as np

from gymbox.motion.landmarks import Landmark, Pose

OUTLINE = (
    Landmark.NOSE,
    Landmark.LEFT_SHOULDER,
    Landmark.RIGHT_SHOULDER,
    Landmark.LEFT_HIP,
    Landmark.RIGHT_HIP,
    Landmark.LEFT_ANKLE,
    Landmark.RIGHT_ANKLE,
)
"""The landmarks that must be in the picture whatever the exercise."""

MARGIN = 0.02
"""Share of the picture's width or height that is kept free along its edges."""

SMALL = 0.35
"""An athlete whose longer extent is a smaller share of the picture is too far away."""


def advise(pose: Pose | None, joints: Collection[Landmark] = OUTLINE) -> str:
    """What the athlete should do so that the joints are in the picture.

    Args:
        pose: the athlete, None if nobody is seen.
        joints: the landmarks that must be visible.

    Returns:
        One of the words of `events.Framing.advice`.
    """
    if pose is None:
        return "nobody"
    x, y = (pose.points[list(joints), :2] / pose.size).T
    left, right = x.min() < MARGIN, x.max() > 1 - MARGIN
    top, bottom = y.min() < MARGIN, y.max() > 1 - MARGIN
    if (left and right) or (top and bottom):
        return "step back"
    if max(np.ptp(x), np.ptp(y)) < SMALL:
        return "step closer"
    if left or right:
        # Who faces the camera and stands at the picture's left has the middle on their left.
        return "step left" if left else "step right"
    if top or bottom:
        return "step back" if np.ptp(y) > 1 / 2 else "raise camera" if top else "lower camera"
    return "ok"
