"""Procedural textures of floors and walls, each [h, w, 3] uint8 in red, green, blue.

Every one repeats without a seam. `Surface` says how many metres a picture spans.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.synth.world import colours

Picture = NDArray[np.uint8]
Light = NDArray[np.float32]
SIZE = 512


@dataclass(frozen=True, slots=True)
class Surface:
    """A repeating texture.

    Attributes:
        picture: [h, w, 3] uint8.
        metres: what its width and its height span.
        shine: 0 dull to 1 polished.
    """

    picture: Picture
    metres: tuple[float, float]
    shine: float = 0.0


def grain(rng: np.random.Generator, blur: tuple[float, float] | float) -> Light:
    """Noise of unit deviation that repeats, soft over `blur` pixels (across, down), [h, w]."""
    across, down = blur if isinstance(blur, tuple) else (blur, blur)
    shrink = 2 ** int(np.log2(max(min(across, down) / 2, 1)))
    side = SIZE // shrink
    noise = rng.normal(0, 1, (side, side)).astype(np.float32)
    pad = min(side, int(3 * max(across, down) / shrink) + 2)
    noise = cv2.copyMakeBorder(noise, pad, pad, pad, pad, cv2.BORDER_WRAP)
    noise = cv2.GaussianBlur(noise, (0, 0), sigmaX=across / shrink, sigmaY=down / shrink)
    noise = cv2.resize(noise, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_LINEAR)
    edge = pad * shrink
    noise = noise[edge:-edge, edge:-edge]
    return noise / noise.std()


def tinted(colour: colours.Colour, light: Light) -> Picture:
    """A colour [3] from 0 to 1 under varying light [h, w] about 1."""
    bright = np.asarray(colour, np.float32) * 255 * light[..., None]
    return np.clip(bright, 0, 255).astype(np.uint8)


def rubber(rng: np.random.Generator) -> Surface:
    """Rubber gym floor, with or without joints, with flecks of one colour."""
    light = 1 + 0.06 * grain(rng, 0.8) + 0.03 * grain(rng, 60)
    picture = tinted(colours.shade(rng, vivid=(0, 0.15), light=(0.12, 0.5)), light)
    fleck = (rng.random((SIZE, SIZE)) < rng.uniform(0, 0.02)).astype(np.uint8)
    picture[cv2.dilate(fleck, np.ones((2, 2), np.uint8)) > 0] = np.multiply(colours.thing(rng), 255)
    if rng.random() < 0.6:  # noqa: PLR2004
        picture[:2] = picture[:2] // 2
        picture[:, :2] = picture[:, :2] // 2
    span = rng.uniform(0.5, 1.0)
    return Surface(picture, (span, span), 0.05)


def planks(rng: np.random.Generator) -> Surface:
    """Wooden boards along the picture's width."""
    boards = int(rng.integers(4, 9))
    edges = np.linspace(0, SIZE, boards + 1).astype(int)
    fibre = grain(rng, (30.0, 1.0))
    light = 1 + rng.uniform(0.03, 0.08) * fibre
    for top, bottom in pairwise(edges):
        light[top:bottom] *= rng.normal(1, 0.07)
        light[top : top + 2] *= 0.7
        end = int(rng.integers(0, SIZE - 2))
        light[top:bottom, :end] *= rng.normal(1, 0.05)
        light[top:bottom, end : end + 2] *= 0.7
    span = boards * rng.uniform(0.08, 0.2)
    return Surface(tinted(colours.wood(rng), light), (1.6 * span, span), rng.uniform(0.1, 0.5))


def tiles(rng: np.random.Generator) -> Surface:
    """Square or oblong tiles with joints, some in two colours."""
    across, down = (int(x) for x in rng.choice([2, 4, 8], 2))
    base, other = colours.ground(rng), colours.wall(rng)
    if rng.random() < 0.5:  # noqa: PLR2004
        base, other = other, base
    picture = tinted(base, 1 + 0.03 * grain(rng, 12))
    wide, tall = SIZE // across, SIZE // down
    chequered = rng.random() < 0.3  # noqa: PLR2004
    for i in range(down):
        for j in range(across):
            cell = picture[i * tall : (i + 1) * tall, j * wide : (j + 1) * wide]
            if chequered and (i + j) % 2:
                cell[:] = np.multiply(other, 255)
            cell[:] = np.clip(cell * rng.normal(1, 0.03), 0, 255)
    joint = np.multiply(colours.shade(rng, vivid=(0, 0.1), light=(0.3, 0.8)), 255).astype(np.uint8)
    for k in range(across):
        picture[:, k * wide : k * wide + 3] = joint
    for k in range(down):
        picture[k * tall : k * tall + 3] = joint
    size = rng.uniform(0.15, 0.5)
    return Surface(picture, (across * size, down * size), rng.uniform(0.2, 0.6))


def carpet(rng: np.random.Generator) -> Surface:
    """Carpet: plain, or with stripes and blocks."""
    light = 1 + 0.10 * grain(rng, 1.2) + 0.025 * grain(rng, 25)
    picture = tinted(colours.shade(rng, vivid=(0, 0.5), light=(0.2, 0.8)), light)
    if rng.random() < 0.4:  # noqa: PLR2004
        for _ in range(rng.integers(1, 5)):
            at, wide = int(rng.integers(0, SIZE - 90)), int(rng.integers(10, 90))
            picture[:, at : at + wide] = tinted(colours.thing(rng), light)[:, at : at + wide]
    return Surface(picture, (rng.uniform(0.8, 2.5),) * 2)


def concrete(rng: np.random.Generator) -> Surface:
    """Concrete or screed: grey clouds, stains and specks."""
    light = 1 + 0.04 * grain(rng, 1) + 0.05 * grain(rng, 12) + 0.04 * grain(rng, 70)
    picture = tinted(colours.shade(rng, vivid=(0, 0.1), light=(0.3, 0.75)), light)
    return Surface(picture, (rng.uniform(1.5, 4.0),) * 2, rng.uniform(0, 0.3))


def grass(rng: np.random.Generator) -> Surface:
    """Lawn or artificial turf."""
    light = 1 + 0.16 * grain(rng, (0.7, 1.5)) + 0.07 * grain(rng, 20) + 0.05 * grain(rng, 60)
    picture = tinted(colours.shade(rng, (0.2, 0.36), (0.35, 0.7), (0.25, 0.6)), light)
    return Surface(picture, (rng.uniform(0.8, 2.0),) * 2)


def plaster(rng: np.random.Generator) -> Surface:
    """A painted wall, nearly plain."""
    light = 1 + 0.012 * grain(rng, 1.5) + 0.02 * grain(rng, 60)
    return Surface(tinted(colours.wall(rng), light), (2.5, 2.5), rng.uniform(0, 0.15))


def bricks(rng: np.random.Generator) -> Surface:
    """Bricks or concrete blocks: bare, or painted over."""
    rows, columns = (8, 4) if rng.random() < 0.7 else (4, 2)  # noqa: PLR2004
    tall, wide = SIZE // rows, SIZE // columns
    bare = rng.random() < 0.5  # noqa: PLR2004
    colour = colours.shade(rng, (0.0, 0.08), (0.3, 0.65), (0.3, 0.7)) if bare else colours.wall(rng)
    light = 1 + 0.04 * grain(rng, 1.5)
    joint = rng.uniform(0.75, 0.9) if rng.random() < 0.6 else 1.25  # noqa: PLR2004
    for row in range(rows):
        shift = (row % 2) * wide // 2
        line = light[row * tall : (row + 1) * tall]
        for k in range(columns):
            line[:, k * wide : (k + 1) * wide] *= rng.normal(1, 0.12 if bare else 0.03)
            line[:, k * wide : k * wide + 4] = joint
        line[:] = np.roll(line, shift, axis=1)
        line[:4] = joint
    size = rng.uniform(0.065, 0.08) if rows == 8 else 0.2  # noqa: PLR2004
    return Surface(tinted(colour, light), (columns * size * 3.2, rows * size))


def panels(rng: np.random.Generator) -> Surface:
    """Upright boards, slats or corrugated sheet."""
    count = int(rng.choice([4, 8, 16]))
    phase = np.linspace(0, count * 2 * np.pi, SIZE, endpoint=False)
    if rng.random() < 0.4:  # noqa: PLR2004
        profile = 1 + 0.15 * np.sin(phase)
    else:
        profile = np.where(np.mod(phase, 2 * np.pi) < 0.35, 0.65, 1.0)  # noqa: PLR2004
        profile = profile * np.repeat(rng.normal(1, 0.05, count), SIZE // count)
    light = profile.astype(np.float32)[None] * (1 + 0.04 * grain(rng, (1.0, 30.0)))
    colour = colours.wood(rng) if rng.random() < 0.6 else colours.wall(rng)  # noqa: PLR2004
    wide = count * rng.uniform(0.08, 0.2)
    return Surface(tinted(colour, light), (wide, wide), 0.1)


def wallpaper(rng: np.random.Generator) -> Surface:
    """Stripes or dots in two colours close to each other."""
    base = colours.wall(rng)
    other = list(np.clip(np.multiply(base, rng.uniform(0.6, 1.2, 3)), 0, 1))
    picture = tinted(base, 1 + 0.01 * grain(rng, 2))
    count = int(rng.integers(3, 9))
    step = SIZE // count
    paint = tuple(int(255 * x) for x in other)
    striped = rng.random() < 0.5  # noqa: PLR2004
    for i in range(count):
        if striped:
            picture[:, i * step : i * step + step // 2] = paint
            continue
        for j in range(count):
            centre = (i * step + step // 2, j * step + (step // 2 if i % 2 else step // 4))
            cv2.circle(picture, centre, max(step // 6, 2), paint, -1, cv2.LINE_AA)
    return Surface(picture, (rng.uniform(0.6, 1.6),) * 2)


Maker = Callable[[np.random.Generator], Surface]
GYM_FLOORS: tuple[Maker, ...] = (rubber, rubber, planks, concrete)
HOME_FLOORS: tuple[Maker, ...] = (planks, planks, tiles, carpet)
BARE_FLOORS: tuple[Maker, ...] = (concrete, concrete, tiles, rubber)
YARD_FLOORS: tuple[Maker, ...] = (grass, grass, concrete)
TERRACES: tuple[Maker, ...] = (concrete, tiles, planks, rubber)
GYM_WALLS: tuple[Maker, ...] = (plaster, plaster, bricks, panels)
HOME_WALLS: tuple[Maker, ...] = (plaster, plaster, plaster, wallpaper, panels, bricks)
BARE_WALLS: tuple[Maker, ...] = (bricks, bricks, plaster, panels, concrete)
YARD_WALLS: tuple[Maker, ...] = (bricks, panels, panels, plaster)
