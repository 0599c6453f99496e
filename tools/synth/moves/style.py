"""One athlete's way of doing an exercise: angles over time from the depth of the repetitions."""

import numpy as np

from tools.synth.curves import Array, mix, through
from tools.synth.moves.exercise import Exercise, Pose
from tools.synth.moves.rig import LIMBS


def angles(
    exercise: Exercise,
    depth: Array,
    way: Array,
    *,
    faults: dict[str, float],
    rng: np.random.Generator,
) -> dict[str, Array]:
    """Angles at [n] moments.

    Args:
        exercise: whose key poses.
        depth: [n] of the repetitions.
        way: [n] 1 out, -1 back.
        faults: strength 0..1 by name.
        rng: of this athlete.

    Returns:
        By name as the rig has them, sides told apart, [n] degrees each.
    """
    curves = _curves(exercise.poses, depth)
    for name, (start, turn) in exercise.vary.items():
        offset = rng.normal(0, 1)
        change = offset * mix(start, turn, np.clip(depth, 0, 1))
        for key in _keys(name):
            if key in curves:
                curves[key] = curves[key] + change
    for name, strength in faults.items():
        fault = exercise.faults[name]
        gate = {"out": (1 + way) / 2, "back": (1 - way) / 2}.get(fault.on, np.ones_like(way))
        for key, change in _curves(fault.poses, depth, default=0.0).items():
            curves[key] = curves.get(key, np.zeros_like(depth)) + strength * gate * change
    return curves


def _curves(
    poses: tuple[Pose, ...], depth: Array, *, default: float | None = None
) -> dict[str, Array]:
    """Every angle through its keys; a key pose without it is no key for it.

    With a default, that is the angle at depth 0 where no key says otherwise.
    """
    keys: dict[str, list[tuple[float, float]]] = {}
    for pose in poses:
        for name, value in pose.items():
            if name != "depth":
                for key in _keys(name):
                    begin = [] if default is None else [(0.0, default)]
                    keys.setdefault(key, begin).append((pose["depth"], float(value)))
    return {name: _through(points, depth) for name, points in keys.items()}


def _through(points: list[tuple[float, float]], depth: Array) -> Array:
    # A key named twice at a depth: the side's own value comes later and wins.
    unique = dict(points)
    if len(unique) == 1:
        return np.full(len(depth), next(iter(unique.values())))
    return through(list(unique), list(unique.values()), depth)


def _keys(name: str) -> tuple[str, ...]:
    """An angle's names with sides: `knee` is both knees."""
    return (f"{name}_l", f"{name}_r") if name in LIMBS else (name,)


def sway(curves: dict[str, Array], times: Array, rng: np.random.Generator, size: float) -> None:
    """Adds what no two repetitions share: breath, sway and tremor, `size` degrees at the hips."""
    for name in sorted(curves):
        wave = np.zeros(len(times))
        for hertz, share in ((0.17, 1.0), (0.45, 0.6), (1.3, 0.25)):
            slow = hertz * rng.uniform(0.7, 1.4)
            wave += share * np.sin(2 * np.pi * (slow * times + rng.uniform()))
        weight = 0.0 if name.startswith(("fist", "heel", "hang")) else 1.0
        curves[name] = curves[name] + 0.5 * size * weight * wave
