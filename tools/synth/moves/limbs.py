"""Arms and legs: from joint angles, or bent to reach a place."""

from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves.turns import (
    AHEAD,
    DOWN,
    LEFTWARD,
    across,
    around,
    between,
    rotation,
    turned,
    unit,
)

STRETCH = 0.9995
"""Share of its length beyond which a limb is not stretched, so that its bend keeps a direction."""


@dataclass(frozen=True, slots=True)
class Limb:
    """An arm or a leg in [n] frames.

    Attributes:
        upper: [n, 3] unit, from shoulder or hip to elbow or knee.
        lower: [n, 3] unit, on to wrist or ankle.
        pole: [n, 3] unit, at right angles to `upper`: where the bend goes; an elbow's forearm
            comes that way, a knee points that way.
    """

    upper: Array
    lower: Array
    pole: Array


def leg(pelvis: Array, sign: float, angles: dict[str, Array]) -> Limb:
    """A leg from its angles.

    Args:
        pelvis: [n, 3, 3] turns of the pelvis.
        sign: 1 for the left, -1 for the right.
        angles: `hip` flexion, `hip_out` abduction, `hip_turn` (knee outwards), `knee` flexion,
            each [n] degrees.
    """
    frame = pelvis @ rotation(0, -angles["hip"]) @ rotation(1, -sign * angles["hip_out"])
    frame = frame @ rotation(2, sign * angles["hip_turn"])
    shin = frame @ rotation(0, angles["knee"])
    return Limb(turned(frame, DOWN), turned(shin, DOWN), turned(frame, AHEAD))


def arm(chest: Array, sign: float, angles: dict[str, Array]) -> Limb:
    """An arm from its angles, as the International Society of Biomechanics counts them.

    Args:
        chest: [n, 3, 3] turns of the chest.
        sign: 1 for the left, -1 for the right.
        angles: `arm` elevation (0 hangs, 90 level, 180 overhead), `arm_plane` (0 forward, 90 to
            the side), `arm_turn` outwards about its own length, `elbow` flexion, each [n] degrees.
    """
    plane = np.deg2rad(angles["arm_plane"])[:, None]
    level = np.cos(plane) * AHEAD + np.sin(plane) * sign * LEFTWARD
    lift = around(np.cross(DOWN, level), angles["arm"])
    upper = turned(chest, turned(lift, DOWN))
    pole = turned(chest, turned(lift, AHEAD))
    pole = turned(around(upper, -sign * angles["arm_turn"]), pole)
    bend = np.deg2rad(angles["elbow"])[:, None]
    return Limb(upper, np.cos(bend) * upper + np.sin(bend) * pole, pole)


def reach(line: Array, free: Limb, lengths: tuple[float, float], *, knee: bool) -> Limb:
    """A limb that ends in a place, or points at it where that is too far.

    The bend keeps its direction: it turns with the line from end to end, and no more.

    Args:
        line: [n, 3] from shoulder or hip to where wrist or ankle shall be.
        free: the limb by its angles.
        lengths: upper and lower, metres.
        knee: whether it bends like a knee (the joint goes to the pole) or like an elbow (the
            lower half goes to the pole).
    """
    upper, lower = lengths
    far = np.linalg.norm(line, axis=-1, keepdims=True)
    shortest = abs(upper - lower) * 1.01 + 1e-6
    far = np.clip(far, shortest, STRETCH * (upper + lower))
    line = unit(line)
    was = unit(upper * free.upper + lower * free.lower)
    # A little of the pole, so that a straight limb has a side too.
    hint = upper * free.upper + (0.05 if knee else -0.05) * free.pole
    side = unit(across(_carried(across(hint, was), was, line), line))
    along = (upper**2 - lower**2 + far**2) / (2 * far)
    off = np.sqrt(np.maximum(upper**2 - along**2, 0.0))
    joint = along * line + off * side
    first = unit(joint)
    pole = unit(across(side if knee else line, first))
    return Limb(first, unit(far * line - joint), pole)


def _carried(vectors: Array, was: Array, now: Array) -> Array:
    """Vectors [n, 3] after the smallest turn from one direction [n, 3] to another."""
    axis = np.cross(was, now)
    angle = np.rad2deg(np.arctan2(np.linalg.norm(axis, axis=-1), np.sum(was * now, axis=-1)))
    return turned(around(axis + 1e-15, angle), vectors)


def bones(limb: Limb, rest: tuple[Array, Array, Array], *, knee: bool) -> tuple[Array, Array]:
    """Turns of the upper and the lower bone, each [n, 3, 3].

    Args:
        limb: where it points.
        rest: [3] each: shoulder, elbow, wrist or hip, knee, ankle at rest.
        knee: whether it bends like a knee. At rest a knee points ahead, and a forearm comes ahead.
    """
    normal = np.cross(limb.upper, limb.pole)
    high, low = rest[1] - rest[0], rest[2] - rest[1]
    rest_normal = np.cross(DOWN, AHEAD) if knee else np.cross(high, low)
    rest_normal = np.broadcast_to(rest_normal, normal.shape)
    return (
        between(np.broadcast_to(high, normal.shape), rest_normal, limb.upper, normal),
        between(np.broadcast_to(low, normal.shape), rest_normal, limb.lower, normal),
    )
