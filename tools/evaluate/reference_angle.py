"""The two-angle rule: what most open repetition counters do, on mediapipe's landmarks.

Below 90 degrees, then above 145 is one repetition: the rule of the best-known open counters. They
follow the tutorial by Nicholas Renotte ("AI Pose Estimation with Python and MediaPipe", 2021),
whose curl counts between two angles of the elbow in the picture. The implementation is our own.
"""

import numpy as np

from gymbox.motion.landmarks import Landmark
from tools.evaluate._mediapipe import Array

BENT, STRAIGHT = 90.0, 145.0
"""Degrees."""
_LIMBS = {
    "knee": (Landmark.LEFT_HIP, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE),
    "hip": (Landmark.LEFT_SHOULDER, Landmark.LEFT_HIP, Landmark.LEFT_KNEE),
    "elbow": (Landmark.LEFT_SHOULDER, Landmark.LEFT_ELBOW, Landmark.LEFT_WRIST),
    "shoulder": (Landmark.LEFT_HIP, Landmark.LEFT_SHOULDER, Landmark.LEFT_ELBOW),
}
_JOINTS = {
    **dict.fromkeys(("squat", "lunge", "leg_extension"), "knee"),
    **dict.fromkeys(("deadlift", "sit_up"), "hip"),
    "lateral_raise": "shoulder",
}
"""The joint of an exercise, the elbow for the others."""


def angles(points: Array, exercise: str) -> Array:
    """[n] degrees in the picture at the joint that bends, of the side that is seen better.

    Args:
        points: [n, 33, 4] of mediapipe.
        exercise: under its own name, not a variant's.

    Returns:
        NaN where nobody was found.
    """
    left = _LIMBS[_JOINTS.get(exercise, "elbow")]
    right = tuple(Landmark(joint + 1) for joint in left)
    seen = [points[:, list(limb), 3].min(axis=1) for limb in (left, right)]
    sides = [_angle(*(points[:, joint, :2] for joint in limb)) for limb in (left, right)]
    return np.where(seen[0] >= seen[1], *sides)


def _angle(above: Array, joint: Array, below: Array) -> Array:
    up, down = (np.arctan2(*(end - joint).T) for end in (above, below))
    turn = np.abs(np.rad2deg(up - down)) % 360
    return np.minimum(turn, 360 - turn)


def count(points: Array, exercise: str) -> list[int]:
    """Frames at which repetitions are counted."""
    reps, bent = [], False
    for frame, angle in enumerate(angles(points, exercise).tolist()):
        if angle < BENT:
            bent = True
        elif angle > STRAIGHT and bent:
            reps.append(frame)
            bent = False
    return reps
