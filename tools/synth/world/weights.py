"""Free weights: plates, barbells, dumbbells and kettlebells. Bars lie along x about the origin."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tools.synth.mesh import Mesh, ball, join, lathe, moved, rod, tube, turned

STEEL, DARK, RUBBER = (0.72, 0.73, 0.75), (0.2, 0.2, 0.21), (0.11, 0.11, 0.12)
SHAFT, SLEEVE = 0.014, 0.025
"""Radii of a barbell's middle and of what the plates go on, metres."""
STANDARD = 2.2
BUMPERS = ((0.85, 0.12, 0.12), (0.1, 0.22, 0.6), (0.92, 0.76, 0.1), (0.12, 0.5, 0.2), RUBBER)
"""What 25, 20, 15 and 10 kg plates look like; and the plain black ones."""
IRON_DENSITY = 6000.0
"""Kilograms in a cubic metre of a dumbbell's head, its rubber coat included."""

Options = Mapping[str, Any]


def plate(
    radius: float = 0.225, width: float = 0.05, colour: Sequence[float] = RUBBER, hub: float = 0.04
) -> Mesh:
    """A weight plate about the x axis, its middle at the origin: a rim, a recess and a hub."""
    half, rim, dip = width / 2, 0.84 * radius, 0.3 * width
    side = [(hub, half), (1.15 * hub, half - dip), (rim, half - dip), (0.88 * radius, half)]
    outside = [(0.98 * radius, half), (radius, 0.8 * half)]
    upper = [(0.0, half), *side, *outside]
    profile = [(r, -h) for r, h in upper] + [(r, h) for r, h in reversed(upper)]
    body = lathe(
        profile,
        colour,
        sides=32 if radius > 0.12 else 18,  # noqa: PLR2004
        smooth=False,
        shine=0.15,
    )
    disc = rod((0, 0, -half - 0.001), (0, 0, half + 0.001), hub * 0.98, STEEL)
    return moved(join([body, disc]), turned(1, 90))


def barbell(options: Options) -> Mesh:
    """A barbell.

    Options: `length` in metres (2.2); `plates`, from the collar outwards, each with `radius` and,
    if not black and 5 cm wide, `colour` and `width`; `colour` of the steel; `clips` on or off.
    """
    length = float(options.get("length", STANDARD))
    colour = options.get("colour", STEEL)
    collar = length / 2 - 0.445 * length / STANDARD
    parts = [rod((-collar, 0, 0), (collar, 0, 0), SHAFT, colour, sides=14, shine=0.6)]
    for sign in (-1, 1):
        parts += [
            rod((sign * collar, 0, 0), (sign * length / 2, 0, 0), SLEEVE, colour, shine=0.6),
            rod((sign * (collar - 0.012), 0, 0), (sign * (collar + 0.018), 0, 0), 0.036, colour),
        ]
        at = collar + 0.02
        for one in options.get("plates", ()):
            wide = float(one.get("width", 0.05))
            disc = plate(float(one["radius"]), wide, one.get("colour", RUBBER))
            parts.append(moved(disc, (sign * (at + wide / 2), 0, 0)))
            at += wide + 0.003
        if options.get("plates") and options.get("clips", True):
            parts.append(rod((sign * at, 0, 0), (sign * (at + 0.03), 0, 0), 0.036, DARK))
    return join(parts)


def barbell_options(rng: np.random.Generator) -> dict[str, Any]:
    """Draws a barbell: an Olympic bar with bumpers, or a short one with small iron plates."""
    plates: list[dict[str, Any]] = []
    if rng.random() < 0.7:  # noqa: PLR2004
        length, colour = STANDARD, _grey(rng)
        black = rng.random() < 0.5  # noqa: PLR2004
        for k in range(rng.integers(0, 3)):
            paint = BUMPERS[-1] if black else BUMPERS[rng.integers(4)]
            plates.append(
                {"radius": 0.225, "width": float(rng.uniform(0.04, 0.08)), "colour": paint}
            )
            if k == 0 and rng.random() < 0.4:  # noqa: PLR2004
                small = float(rng.uniform(0.08, 0.16))
                plates.append({"radius": small, "width": 0.03, "colour": RUBBER})
    else:
        length, colour = float(rng.uniform(1.5, 1.9)), _grey(rng)
        radius, paint = float(rng.uniform(0.1, 0.19)), _dull(rng)
        plates += [
            {"radius": radius * 0.8**k, "width": 0.035, "colour": paint}
            for k in range(rng.integers(1, 4))
        ]
    return {"length": length, "colour": colour, "plates": plates, "clips": bool(rng.random() < 0.7)}  # noqa: PLR2004


def dumbbell(options: Options) -> Mesh:
    """A dumbbell.

    Options: `kg` (10); `style`, one of hex, round and plates; `colour` of its heads; `handle`, the
    length of the grip in metres (0.13).
    """
    kg, style = float(options.get("kg", 10)), options.get("style", "hex")
    colour, grip = options.get("colour", RUBBER), float(options.get("handle", 0.13)) / 2
    radius = float(np.cbrt(kg / 2 / IRON_DENSITY / (1.3 * np.pi)))
    deep = 1.3 * radius
    parts = [rod((-grip, 0, 0), (grip, 0, 0), 0.016, STEEL, sides=12, shine=0.6)]
    for sign in (-1, 1):
        if style == "plates":
            wide = deep / 3
            parts += [
                moved(
                    plate(1.35 * radius * s, wide, colour, 0.02),
                    (sign * (grip + wide * (k + 0.5)), 0, 0),
                )
                for k, s in enumerate((1.0, 1.0, 0.8))
            ]
            parts.append(rod((sign * grip, 0, 0), (sign * (grip + deep * 1.3), 0, 0), 0.014, STEEL))
        else:
            parts.append(
                _head(radius, deep, colour, sign * grip, sides=6 if style == "hex" else 14)
            )
    return join(parts)


def dumbbell_options(rng: np.random.Generator) -> dict[str, Any]:
    """Draws a dumbbell of 1 to 30 kg."""
    style = str(rng.choice(["hex", "round", "plates"]))
    colour = _dull(rng) if rng.random() < 0.7 else [float(x) for x in rng.uniform(0.1, 0.9, 3)]  # noqa: PLR2004
    return {"kg": float(np.round(2 ** rng.uniform(0.5, 4.9))), "style": style, "colour": colour}


def kettlebell(options: Options) -> Mesh:
    """A kettlebell that stands on z = 0; options `radius` of its ball (0.1) and `colour`."""
    radius, colour = float(options.get("radius", 0.1)), options.get("colour", RUBBER)
    half = np.linspace(0, np.pi, 9)
    handle = np.stack(
        [0.75 * radius * np.cos(half), 0 * half, 1.55 * radius + 0.95 * radius * np.sin(half)], 1
    )
    return join(
        [
            ball((0, 0, 0.95 * radius), radius, colour, stretch=(1, 1, 0.95), sides=18),
            rod((0, 0, 0), (0, 0, 0.2 * radius), 0.65 * radius, colour),
            tube(handle, 0.17 * radius, colour),
        ]
    )


def _head(radius: float, deep: float, colour: Sequence[float], at: float, *, sides: int) -> Mesh:
    """One end of a dumbbell, from x = `at` outwards, with bevelled edges."""
    bevel = 0.12 * radius
    profile = [
        (0, 0),
        (radius - bevel, 0),
        (radius, bevel),
        (radius, deep - bevel),
        (radius - bevel, deep),
        (0, deep),
    ]
    head = lathe(profile, colour, sides=sides, smooth=False, shine=0.2)
    if sides < 12:  # noqa: PLR2004
        head = _faceted(head)
    return moved(head, turned(1, 90 if at > 0 else -90, (at, 0, 0)))


def _faceted(mesh: Mesh) -> Mesh:
    """The same solid with flat sides: each face gets its own corners."""
    corners = mesh.vertices[mesh.faces]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat /= np.linalg.norm(flat, axis=1, keepdims=True)
    return Mesh(
        corners.reshape(-1, 3),
        np.repeat(flat, 3, axis=0).astype(np.float32),
        np.arange(3 * len(mesh.faces), dtype=np.int32).reshape(-1, 3),
        mesh.colours[mesh.faces].reshape(-1, 3),
        shine=mesh.shine,
    )


def _grey(rng: np.random.Generator) -> list[float]:
    """The steel of a bar: chrome, zinc or black."""
    return [float(rng.choice([0.75, 0.55, 0.2]))] * 3


def _dull(rng: np.random.Generator) -> list[float]:
    """Black rubber to grey iron."""
    return [float(rng.uniform(0.08, 0.4))] * 3
