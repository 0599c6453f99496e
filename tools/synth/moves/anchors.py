"""What stays in its place while the athlete moves, and so where the root goes."""

from typing import Any

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves import plank
from tools.synth.moves.exercise import Exercise
from tools.synth.moves.feet import Stand, soles, spots
from tools.synth.moves.rig import ARM, LEG, Figure, Held
from tools.synth.skeleton import Skeleton

SLACK = 0.998
"""Share of a leg's length that it is stretched to at most."""

HANGING = (0.27, 0.45)
"""Metres over the floor that the ankles are at least and at most, at their lowest."""


def anchored(
    skeleton: Skeleton, angles: dict[str, Array], exercise: Exercise, standing: Stand
) -> tuple[Figure, Array, Held]:
    """Puts a body in its angles where its exercise keeps it.

    Returns:
        The figure, where its root is, [n, 3], and what holds its feet. The exercise happens at the
        origin, the athlete's heading 0 is -y.
    """
    solve = {
        "feet": _feet,
        "hands": _hands,
        "plank": plank.solve,
        "seat": _seat,
        "shoulders": _shoulders,
    }[exercise.anchor]
    return solve(skeleton, angles, exercise.place, standing)


def _feet(
    skeleton: Skeleton, angles: dict[str, Array], _place: dict[str, Any], standing: Stand
) -> tuple[Figure, Array, Held]:
    """Both feet planted: the root where the angles put it, as high as the legs reach."""
    figure = Figure(skeleton, angles)
    ankles, turns = soles(figure, standing, spots(standing, skeleton))
    root = (ankles - figure.ankles()).mean(axis=1)
    return figure, _within_reach(figure, root, ankles), Held(feet=ankles, soles=turns)


def _within_reach(figure: Figure, root: Array, ankles: Array) -> Array:
    """Lowers the root until no leg is longer than it is."""
    longest = SLACK * sum(figure.lengths(LEG))
    for _ in range(2):
        line = ankles - (root[:, None] + figure.hips)
        flat = np.linalg.norm(line[..., :2], axis=-1)
        tall = np.sqrt(np.maximum(longest**2 - flat**2, 0.0))
        excess = (-line[..., 2] - tall).max(axis=1)
        root = root - np.maximum(excess, 0.0)[:, None] * np.array([0, 0, 1.0])
    return root


def _hands(
    skeleton: Skeleton, angles: dict[str, Array], place: dict[str, Any], _standing: Stand
) -> tuple[Figure, Array, Held]:
    """Hanging from the hands or propped on them: the wrists stay, the body moves.

    `place.height` is theirs over the floor, metres; bars are moved to suit tall and short people.
    """
    figure = Figure(skeleton, angles)
    root = -figure.wrists().mean(axis=1)
    lowest = float((root + figure.ankles().min(axis=1))[:, 2].min())
    root[:, 2] += float(np.clip(place["height"], HANGING[0] - lowest, HANGING[1] - lowest))
    return figure, root, Held()


def at_arms_length(figure: Figure, root: Array, held: Held) -> Array:
    """The root [n, 3], so high that arms whose hands hold on are as long as their angles say.

    Hands close round a bar some way beyond the wrists, which `_hands` does not know.
    """
    if held.hands is None:
        return root
    high, low = figure.lengths(ARM)
    lifts = []
    for k, arm in enumerate(figure.arms):
        line = held.hands[:, k] - root - figure.shoulders[:, k]
        chord = np.linalg.norm(high * arm.upper + low * arm.lower, axis=-1)
        chord = np.minimum(chord, SLACK * (high + low))
        tall = np.sqrt(np.maximum(chord**2 - (line[:, :2] ** 2).sum(axis=-1), 0.0))
        lifts.append(line[:, 2] - np.where(line[:, 2] < 0, -tall, tall))
    return root + np.mean(lifts, axis=0)[:, None] * np.array([0.0, 0.0, 1.0])


def _seat(
    skeleton: Skeleton, angles: dict[str, Array], place: dict[str, Any], standing: Stand
) -> tuple[Figure, Array, Held]:
    """Sitting or lying: the root stays over the seat, the feet stand or go with the knees.

    `place.height` is that of the root; where `place.reach` is given, the feet are planted that
    share of a leg's length ahead of it.
    """
    figure = Figure(skeleton, angles)
    root = np.zeros((figure.n, 3))
    root[:, 2] = place["height"]
    if "reach" not in place:
        return figure, root, Held()
    where = spots(standing, skeleton) - [0.0, feet_ahead(place, figure), 0.0]
    ankles, turns = soles(figure, standing, where)
    return figure, root, Held(feet=ankles, soles=turns)


def _shoulders(
    skeleton: Skeleton, angles: dict[str, Array], place: dict[str, Any], standing: Stand
) -> tuple[Figure, Array, Held]:
    """Shoulders on an edge, feet planted, the hips go up and down between them.

    `place.height` is that of the shoulders, `place.reach` how far the feet stand ahead of them, in
    lengths of a leg.
    """
    figure = Figure(skeleton, angles)
    root = -figure.shoulders.mean(axis=1)
    root[:, 2] += place["height"]
    where = spots(standing, skeleton) - [0.0, feet_ahead(place, figure), 0.0]
    ankles, turns = soles(figure, standing, where)
    return figure, root, Held(feet=ankles, soles=turns)


def feet_ahead(place: dict[str, Any], figure: Figure) -> float:
    """Metres that the feet stand ahead of the origin."""
    return float(place.get("reach", 0.0)) * sum(figure.lengths(LEG))
