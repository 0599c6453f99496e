"""What can be read off one side of a body: joint angles and heights.

Angles are in degrees as the picture shows them, so they shrink where a limb points at the camera.
Heights are differences of y over the length of the limb, so they are the same for every size and
distance, and tell something in a front view where the angles do not:

    elbow, shoulder, hip, knee    180 straight, 0 folded; the shoulder's is between arm and torso
    wrist_height                  wrist over shoulder, +1 overhead, -1 hanging down
    hip_height                    hip over ankle, +1 standing
    thigh_height                  hip over knee, +1 standing, 0 thigh level
    shank_height                  knee over ankle, +1 hanging or standing, 0 shank level
    uprightness                   shoulder over hip, +1 upright, 0 lying, -1 head down
    stature                       shoulder over ankle, +1 standing
    elbow_world ...               the same from the world landmarks, which know the depth

The length of a limb in the picture is its longest of late (`Lengths`), because a limb that points
at the camera looks short. Then its angle says little, and what the world landmarks guess about it
little more: their quality falls with the square of the share that is seen.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gymbox.motion.angles import Point, distance, joint_angle
from gymbox.motion.landmarks import Landmark

STRETCH_TIME = 0.15
"""Seconds in which a length follows a limb that looks longer: less, and one bad frame sets it."""
SHRINK_TIME = 30.0
"""Seconds in which it follows one that looks shorter: a walk to another place, not a repetition."""

SHOULDER, ELBOW, WRIST, HIP, KNEE, ANKLE = (
    Landmark.LEFT_SHOULDER,
    Landmark.LEFT_ELBOW,
    Landmark.LEFT_WRIST,
    Landmark.LEFT_HIP,
    Landmark.LEFT_KNEE,
    Landmark.LEFT_ANKLE,
)


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long the limbs of one side are, all in one unit: pixels or metres."""

    arm: float
    leg: float
    thigh: float
    torso: float

    def followed(self, seen: "Lengths", seconds: float) -> "Lengths":
        """These lengths after `seconds` more, in which the limbs looked as long as `seen`."""
        return Lengths(
            _follow(self.arm, seen.arm, seconds),
            _follow(self.leg, seen.leg, seconds),
            _follow(self.thigh, seen.thigh, seconds),
            _follow(self.torso, seen.torso, seconds),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A signal of one side.

    Attributes:
        value: degrees for angles, limb lengths for heights.
        quality: 0..1, the visibility of the least visible landmark it is made of.
    """

    value: float
    quality: float


def lengths(points: Sequence[Point]) -> Lengths:
    """The lengths of the limbs of one side as these points (of any dimension) show them.

    Args:
        points: the landmarks of one side by `Landmark` of the left one.
    """
    thigh = distance(points[HIP], points[KNEE])
    return Lengths(
        arm=distance(points[SHOULDER], points[ELBOW]) + distance(points[ELBOW], points[WRIST]),
        leg=thigh + distance(points[KNEE], points[ANKLE]),
        thigh=thigh,
        torso=distance(points[SHOULDER], points[HIP]),
    )


def shares(seen: Lengths, limbs: Lengths) -> dict[str, float]:
    """What to trust the signals that limbs make which point at the camera, 0..1 by name.

    Args:
        seen: the lengths in the picture.
        limbs: what they are where nothing points at the camera.
    """
    arm = min(1.0, seen.arm / max(limbs.arm, 1e-6)) ** 2
    leg = min(1.0, seen.leg / max(limbs.leg, 1e-6)) ** 2
    return {
        "elbow": arm,
        "elbow_world": arm,
        "shoulder": arm,
        "shoulder_world": arm,
        "wrist_height_world": arm,
        "knee": leg,
        "knee_world": leg,
    }


Formula = Callable[[Sequence[Point], Lengths], float]

ANGLES: Mapping[str, tuple[int, int, int]] = {
    "elbow": (SHOULDER, ELBOW, WRIST),
    "shoulder": (ELBOW, SHOULDER, HIP),
    "hip": (SHOULDER, HIP, KNEE),
    "knee": (HIP, KNEE, ANKLE),
}
"""The joints: (one end, joint, other end)."""

HEIGHTS: Mapping[str, tuple[int, int, Callable[[Lengths], float]]] = {
    "wrist_height": (WRIST, SHOULDER, lambda limbs: limbs.arm),
    "hip_height": (HIP, ANKLE, lambda limbs: limbs.leg),
    "thigh_height": (HIP, KNEE, lambda limbs: limbs.thigh),
    "shank_height": (KNEE, ANKLE, lambda limbs: limbs.leg - limbs.thigh),
    "uprightness": (SHOULDER, HIP, lambda limbs: limbs.torso),
    "stature": (SHOULDER, ANKLE, lambda limbs: limbs.leg + limbs.torso),
}
"""The heights: (what, over what, in which length)."""

NAMES = (*ANGLES, *HEIGHTS, *(f"{name}_world" for name in (*ANGLES, *HEIGHTS)))
"""Every signal there is."""


def read_side(
    points: Sequence[Point],
    limbs: Lengths,
    visibility: Sequence[float],
    trust: Mapping[str, float],
    suffix: str = "",
) -> dict[str, Reading]:
    """All signals of one side.

    Args:
        points: the landmarks of one side by `Landmark` of the left one, x right and y down.
        limbs: the lengths of its limbs in the unit of the points.
        visibility: of the same landmarks, 0..1.
        trust: 0..1 by name, from `shares`; 1 for those that it does not name.
        suffix: added to the names.
    """
    readings = {}
    for name, (a, joint, c) in ANGLES.items():
        seen = min(visibility[a], visibility[joint], visibility[c])
        quality = seen * trust.get(name + suffix, 1.0)
        angle = joint_angle(points[a], points[joint], points[c])
        readings[name + suffix] = Reading(angle, quality)
    for name, (upper, lower, unit) in HEIGHTS.items():
        height = (points[lower][1] - points[upper][1]) / max(unit(limbs), 1e-6)
        quality = min(visibility[upper], visibility[lower]) * trust.get(name + suffix, 1.0)
        readings[name + suffix] = Reading(height, quality)
    return readings


def _follow(value: float, seen: float, seconds: float) -> float:
    time = STRETCH_TIME if seen > value else SHRINK_TIME
    return value + (seen - value) * (1.0 - math.exp(-seconds / time))
