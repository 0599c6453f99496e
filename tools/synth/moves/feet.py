"""Feet that stand: stances, and soles that roll over their balls."""

from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves.exercise import Exercise
from tools.synth.moves.rig import LEG, SIDES, SIGN, Figure
from tools.synth.moves.turns import rotation
from tools.synth.skeleton import Skeleton

HEEL = 0.6
"""How far the heel is behind the ankle, in heights of the ankle."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an athlete trains and how he stands there.

    Attributes:
        width: between the ankles, metres.
        toes_out: degrees.
        split: metres that the left foot stands ahead of the right one.
    """

    width: float
    toes_out: float
    split: float = 0.0


def stand(exercise: Exercise, skeleton: Skeleton, rng: np.random.Generator) -> Stand:
    """Draws a stance; its widths are for a hip width of 0.2 m and grow with the hips."""
    hips = 2 * abs(float(skeleton.at(f"{LEG[0]}.L")[0])) / 0.2
    stance = exercise.stance
    return Stand(
        width=float(rng.uniform(*stance.get("width", (0.22, 0.3)))) * hips,
        toes_out=float(rng.uniform(*stance.get("toes_out", (0, 12)))),
        split=float(rng.uniform(*stance.get("split", (0, 0)))),
    )


def soles(figure: Figure, standing: Stand, spots: Array) -> tuple[Array, Array]:
    """Ankles [n, 2, 3] and soles [n, 2, 3, 3] of feet that stand on [2, 3] spots.

    The angle `heel` lifts a heel: the foot then turns about its ball.
    """
    pairs = [
        rolled(
            figure.skeleton,
            *(side, np.broadcast_to(spots[k], (figure.n, 3))),
            np.full(figure.n, SIGN[k] * standing.toes_out),
            figure.angle(f"heel_{side.lower()}"),
        )
        for k, side in enumerate(SIDES)
    ]
    ankles, turns = zip(*pairs, strict=True)
    return np.stack(ankles, axis=1), np.stack(turns, axis=1)


def rolled(
    skeleton: Skeleton, side: str, spot: Array, heading: Array, lift: Array
) -> tuple[Array, Array]:
    """One foot's ankle [n, 3] and sole [n, 3, 3].

    Args:
        skeleton: whose.
        side: "L" or "R".
        spot: [n, 3] where its ankle is while the foot is flat.
        heading: [n] degrees of its toes, to the left of -y.
        lift: [n] degrees: above 0 it stands on its ball with the heel up, below on its heel.
    """
    sign = SIGN[SIDES.index(side)]
    sole = rotation(2, heading - sign * _rest_toes(skeleton)) @ rotation(0, lift)
    pitch, ahead = np.deg2rad(lift), np.deg2rad(heading)
    ball, ankle = _ball(skeleton), ankle_height(skeleton)
    pivot = np.where(lift > 0, ball, -HEEL * ankle)
    forward = pivot * (1 - np.cos(pitch)) + ankle * np.sin(pitch)
    up = pivot * np.sin(pitch) - ankle * (1 - np.cos(pitch))
    shift = np.stack([forward * np.sin(ahead), -forward * np.cos(ahead), up], axis=-1)
    return spot + shift, sole


def _rest_toes(skeleton: Skeleton) -> float:
    """Degrees by which the feet of a body at rest point outwards."""
    toe = skeleton.at("toe3-1.L") - skeleton.at("foot.L")
    return float(np.rad2deg(np.arctan2(toe[0], -toe[1])))


def spots(standing: Stand, skeleton: Skeleton) -> Array:
    """Where the ankles of flat feet are, [2, 3]."""
    half, ahead, up = standing.width / 2, standing.split / 2, ankle_height(skeleton)
    return np.array([[half, -ahead, up], [-half, ahead, up]])


def ankle_height(skeleton: Skeleton) -> float:
    """Metres from the floor to the ankle of a flat foot."""
    return float(skeleton.at("foot.L")[2])


def _ball(skeleton: Skeleton) -> float:
    """Metres from the ankle forward to the ball of the foot."""
    return float(np.linalg.norm((skeleton.at("toe3-1.L") - skeleton.at("foot.L"))[:2]))
