"""Draws colours, [3] floats sRGB from 0 to 1, as things in rooms have them."""

import colorsys

import numpy as np

Colour = list[float]


def shade(
    rng: np.random.Generator,
    hue: tuple[float, float] = (0.0, 1.0),
    vivid: tuple[float, float] = (0.0, 1.0),
    light: tuple[float, float] = (0.0, 1.0),
) -> Colour:
    """A colour with hue, saturation and value drawn from these ranges."""
    h, s, v = (float(rng.uniform(*r)) for r in (hue, vivid, light))
    return list(colorsys.hsv_to_rgb(h % 1.0, s, v))


def thing(rng: np.random.Generator) -> Colour:
    """Plastic, leather or cloth: mostly dark or plain, now and then loud."""
    kind = rng.choice(4, p=[0.4, 0.2, 0.2, 0.2])
    if kind == 0:
        return shade(rng, vivid=(0.0, 0.3), light=(0.08, 0.25))
    if kind == 1:
        return shade(rng, vivid=(0.0, 0.15), light=(0.3, 0.9))
    if kind == 2:  # noqa: PLR2004
        return shade(rng, vivid=(0.2, 0.6), light=(0.3, 0.8))
    return shade(rng, vivid=(0.6, 0.95), light=(0.5, 0.95))


def metal(rng: np.random.Generator) -> Colour:
    """A frame: black, grey or white, now and then lacquered."""
    if rng.random() < 0.2:  # noqa: PLR2004
        return shade(rng, vivid=(0.6, 0.95), light=(0.4, 0.85))
    return shade(rng, vivid=(0.0, 0.08), light=(0.1, 0.8))


def wood(rng: np.random.Generator) -> Colour:
    """From dark walnut to pale birch."""
    return shade(rng, (0.05, 0.11), (0.25, 0.6), (0.35, 0.85))


def wall(rng: np.random.Generator) -> Colour:
    """Paint: mostly pale, now and then a strong or a dark one."""
    kind = rng.choice(3, p=[0.65, 0.2, 0.15])
    if kind == 0:
        return shade(rng, vivid=(0.0, 0.18), light=(0.7, 0.95))
    if kind == 1:
        return shade(rng, vivid=(0.2, 0.65), light=(0.35, 0.8))
    return shade(rng, vivid=(0.0, 0.3), light=(0.12, 0.35))


def ground(rng: np.random.Generator) -> Colour:
    """A dull floor: grey, brown or darkly tinted."""
    return shade(rng, vivid=(0.0, 0.35), light=(0.15, 0.65))
