"""What one clip shall show, drawn from its set."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tools.synth.moves import exercise as exercises
from tools.synth.moves import idle
from tools.synth.moves.reps import COMPLETE
from tools.synth.sets.recipe import Spec

CLEAR = 0.85
"""Least strength of a fault that makes repetitions too short to be complete."""
TWO = 0.25
"""Chance that what comes once comes twice."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a clip shall show; see `recipe.Spec` for the words.

    Attributes:
        exercise: its name, or None for a clip in which nothing is trained.
        variant: of the exercise.
        count: complete repetitions.
        partials: depths of others.
        faults: strength by name.
        before: idle movements before the set.
        after: the same, when it is done.
        others: how many other people.
        passers: who else walks through the picture, kinds of `passers.KINDS`.
        size: width and height, pixels.
        fps: frames a second.
        azimuth: of the camera, degrees.
        height: of the camera, metres.
        view: diagonal, degrees.
        nearest: metres that the camera keeps from every joint.
        crop: share of the picture by which the athlete may stick out.
        seconds: length, if nothing is trained.
    """

    exercise: str | None
    variant: str | None
    count: int
    partials: tuple[float, ...]
    faults: dict[str, float]
    before: tuple[str, ...]
    after: tuple[str, ...]
    others: int
    passers: tuple[str, ...]
    size: tuple[int, int]
    fps: float
    azimuth: float
    height: float
    view: float
    nearest: float
    crop: float
    seconds: float = 12.0


def draw(spec: Spec, index: int, rng: np.random.Generator) -> Order:
    """Draws the order of item `index`; exercises take turns, so that each comes as often."""
    name: str | None = spec.exercises[index % len(spec.exercises)]
    if rng.random() < spec.unknown:
        name = None
    variant, faults = None, {}
    if name:
        variant = str(rng.choice(spec.variants or exercises.variants(name)))
        faults = _faults(spec, name, rng)
    before, after = _idle(spec, rng), _idle(spec, rng)
    before = before if spec.before is None else spec.before
    after = after if spec.after is None else spec.after
    return Order(
        exercise=name,
        variant=variant,
        count=int(rng.integers(spec.reps[0], spec.reps[1] + 1)),
        partials=tuple(rng.uniform(*spec.short, _times(spec.partial, rng)).tolist()),
        faults=faults,
        before=before if name else _some_idle(rng, spec.seconds),
        after=after if name else (),
        others=_times(spec.others, rng),
        passers=_passers(spec, rng),
        seconds=spec.seconds,
        **_placed(spec, name, rng),
    )


def moved(order: Order, spec: Spec, rng: np.random.Generator) -> Order:
    """The same athlete, seen by another camera."""
    return replace(order, **{**_placed(spec, order.exercise, rng), "fps": order.fps})


def _placed(spec: Spec, name: str | None, rng: np.random.Generator) -> dict[str, Any]:
    """Where the camera stands, and what it is like."""
    sides = spec.azimuth.get(name or "any", spec.azimuth.get("any", ((0.0, 360.0),)))
    return {
        "size": spec.sizes[rng.integers(len(spec.sizes))],
        "fps": float(rng.choice(spec.fps)),
        "azimuth": float(rng.uniform(*sides[rng.integers(len(sides))])),
        "height": float(rng.uniform(*spec.height)),
        "view": float(rng.uniform(*spec.view)),
        "nearest": spec.nearest,
        "crop": 0.12 if rng.random() < spec.crop else 0.0,
    }


def _times(chance: float, rng: np.random.Generator) -> int:
    """0, sometimes 1, more rarely 2."""
    return 0 if rng.random() >= chance else 1 + int(rng.random() < TWO)


def _passers(spec: Spec, rng: np.random.Generator) -> tuple[str, ...]:
    """None, or one of them and sometimes a second one."""
    if not spec.passers:
        return ()
    return tuple(map(str, rng.choice(spec.passers, 1 + int(rng.random() < TWO))))


def _faults(spec: Spec, name: str, rng: np.random.Generator) -> dict[str, float]:
    known = sorted(exercises.load(name).faults)
    count = min(_times(spec.faults, rng), len(known))
    chosen = rng.choice(known, count, replace=False) if count else ()
    strengths = {str(fault): float(rng.uniform(0.35, 1.0)) for fault in chosen}
    # Between half and whole nobody could say whether a repetition is complete.
    table = exercises.load(name).faults
    return {
        fault: max(strength, CLEAR) if table[fault].reach < COMPLETE else strength
        for fault, strength in strengths.items()
    }


def _idle(spec: Spec, rng: np.random.Generator) -> tuple[str, ...]:
    return _some_idle(rng)[: _times(spec.idle, rng)]


def _some_idle(rng: np.random.Generator, seconds: float = 12.0) -> tuple[str, ...]:
    """An idle movement for every four seconds, three at least."""
    return tuple(map(str, rng.choice(idle.names(), max(3, round(seconds / 4)))))
