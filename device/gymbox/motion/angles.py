"""Angles and lengths between points, in plain floats: quicker than arrays for three points."""

import math
from collections.abc import Sequence

Point = Sequence[float]


def distance(a: Point, b: Point) -> float:
    """The length of the line from a to b, in the unit of the points; of any dimension."""
    return math.dist(a, b)


def joint_angle(a: Point, joint: Point, c: Point) -> float:
    """The angle at a joint between the bones to a and to c.

    Args:
        a: one end, of two or three dimensions.
        joint: where the bones meet.
        c: the other end.

    Returns:
        degrees, 0 (folded) to 180 (straight); 180 where a bone has no length.

    >>> round(joint_angle((0, 1), (0, 0), (1, 0)))
    90
    """
    u = [p - q for p, q in zip(a, joint, strict=True)]
    v = [p - q for p, q in zip(c, joint, strict=True)]
    lengths = math.hypot(*u) * math.hypot(*v)
    if lengths == 0.0:
        return 180.0
    cosine = sum(p * q for p, q in zip(u, v, strict=True)) / lengths
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
