"""The things exercises are done with, by name: meshes in their own axes, and how they vary."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gymbox.errors import GymboxError
from tools.synth.mesh import Mesh
from tools.synth.world import colours, household, stands, weights

Options = Mapping[str, Any]

KINDS: dict[str, Callable[[Options], Mesh]] = {
    "barbell": weights.barbell,
    "bench": stands.bench,
    "bottle": household.bottle,
    "box": household.plyo_box,
    "chair": household.chair,
    "dip_bars": stands.dip_bars,
    "dumbbell": weights.dumbbell,
    "kettlebell": weights.kettlebell,
    "leg_extension": stands.leg_extension,
    "leg_extension_lever": stands.leg_extension_lever,
    "mat": household.mat,
    "phone": household.phone,
    "plate": lambda options: weights.plate(**options),
    "pull_up_bar": stands.pull_up_bar,
    "rack": stands.rack,
    "stool": household.stool,
    "towel": household.towel,
}
"""What can be made; the options and axes of each stand with its function."""


def mesh(kind: str, options: Options | None = None) -> Mesh:
    """The mesh of one thing in its own axes.

    Args:
        kind: one of `KINDS`.
        options: its options; what is left out keeps its default.

    Raises:
        GymboxError: no such thing.
    """
    if kind not in KINDS:
        raise GymboxError(f"no prop is called {kind!r}", f"use one of {', '.join(KINDS)}")
    return KINDS[kind](options or {})


def sample(rng: np.random.Generator, kind: str) -> dict[str, Any]:
    """Draws the options of one thing: its looks, and sizes that no exercise depends on.

    Raises:
        GymboxError: no such thing.
    """
    if kind not in KINDS:
        raise GymboxError(f"no prop is called {kind!r}", f"use one of {', '.join(KINDS)}")
    if kind == "barbell":
        return weights.barbell_options(rng)
    if kind == "dumbbell":
        return weights.dumbbell_options(rng)
    options: dict[str, Any] = {"colour": colours.thing(rng)}
    if kind in {"bench", "chair", "stool", "leg_extension"}:
        options["frame"] = colours.metal(rng)
    if kind in {"pull_up_bar", "dip_bars", "rack"}:
        options["colour"] = colours.metal(rng)
    if kind == "pull_up_bar":
        options["width"] = float(rng.uniform(1.15, 1.6))
    if kind == "mat":
        options |= {
            "width": float(rng.uniform(0.58, 0.8)),
            "thick": float(rng.uniform(0.005, 0.02)),
        }
    if kind == "bottle":
        options |= {"height": float(rng.uniform(0.18, 0.3)), "cap": colours.thing(rng)}
    return options
