"""Pictures that hang on walls: posters, windows with what is behind them, the sky."""

import cv2
import numpy as np

from tools.synth.world import colours
from tools.synth.world.textures import Picture

Bright = tuple[int, int, int]


def poster(rng: np.random.Generator, width: int = 192, height: int = 256) -> Picture:
    """An abstract print in a frame: discs, bars, triangles and lines of pretended writing."""
    picture = np.full((height, width, 3), _paint(colours.thing(rng)), np.uint8)
    for _ in range(rng.integers(2, 7)):
        paint = _paint(colours.thing(rng))
        a, b = (rng.integers(0, (width, height)) for _ in range(2))
        shape = rng.integers(3)
        if shape == 0:
            radius = int(rng.integers(width // 12, width // 3))
            cv2.circle(picture, _at(a), radius, paint, -1, cv2.LINE_AA)
        elif shape == 1:
            cv2.rectangle(picture, _at(a), _at(b), paint, -1)
        else:
            corners = rng.integers(0, (width, height), (3, 2)).astype(np.int32)
            cv2.fillPoly(picture, [corners], paint, cv2.LINE_AA)
    ink = _paint(colours.shade(rng, vivid=(0, 0.2), light=(0, 1)))
    top = int(rng.integers(height // 8, height * 3 // 4))
    for row in range(rng.integers(0, 5)):
        y, end = top + row * 14, int(rng.integers(width // 3, width * 9 // 10))
        cv2.line(picture, (width // 10, y), (end, y), ink, int(rng.integers(3, 9)))
    cv2.rectangle(picture, (0, 0), (width - 1, height - 1), _paint(colours.metal(rng)), width // 20)
    return picture


def window(rng: np.random.Generator, width: int = 256, height: int = 256) -> Picture:
    """A window by day: sky, roofs or trees out of focus, glazing bars."""
    picture = sky(rng, width, height)
    horizon = int(height * rng.uniform(0.5, 0.95))
    for _ in range(rng.integers(1, 8)):
        paint = _paint(colours.shade(rng, (0.0, 0.4), (0.1, 0.5), (0.3, 0.75)))
        x, wide = int(rng.integers(-40, width)), int(rng.integers(20, 130))
        top = horizon - int(rng.integers(0, height // 2))
        if rng.random() < 0.5:  # noqa: PLR2004
            cv2.rectangle(picture, (x, top), (x + wide, height), paint, -1)
        else:
            cv2.ellipse(picture, ((x, horizon), (wide, 2 * (horizon - top) + 20), 0), paint, -1)
    picture = cv2.GaussianBlur(picture, (0, 0), 3)
    if rng.random() < 0.3:  # noqa: PLR2004
        step, slat = int(rng.integers(10, 24)), _paint(colours.wall(rng))
        for y in range(0, height, step):
            cv2.line(picture, (0, y), (width, y), slat, step // 3)
    frame = _paint(colours.metal(rng))
    panes = int(rng.integers(1, 4))
    for k in range(panes + 1):
        x = int(k * (width - 1) / panes)
        cv2.line(picture, (x, 0), (x, height), frame, width // 24)
    for y in (0, height - 1, *([height // 3] if rng.random() < 0.5 else [])):  # noqa: PLR2004
        cv2.line(picture, (0, y), (width, y), frame, height // 24)
    return picture


def sky(rng: np.random.Generator, width: int, height: int) -> Picture:
    """A sky from its top to the horizon: blue, hazy or grey."""
    top = np.array(colours.shade(rng, (0.54, 0.62), (0.0, 0.6), (0.65, 1.0)))
    pale = np.clip(top + rng.uniform(0.05, 0.35), 0, 1)
    down = np.linspace(0, 1, height)[:, None]
    column = top * (1 - down) + pale * down
    return np.repeat((255 * column[:, None]).astype(np.uint8), width, axis=1)


def door(rng: np.random.Generator, width: int = 96, height: int = 208) -> Picture:
    """A door with its frame, panels and handle."""
    leaf = np.array(colours.wood(rng) if rng.random() < 0.5 else colours.wall(rng))  # noqa: PLR2004
    picture = np.full((height, width, 3), _paint(list(leaf)), np.uint8)
    dark = _paint(list(leaf * 0.75))
    rows = int(rng.integers(1, 4))
    for k in range(rows):
        top, bottom = (int(16 + (height - 28) * (k + s) / rows) for s in (0.05, 0.9))
        cv2.rectangle(picture, (18, top), (width - 18, bottom), dark, 2)
    cv2.rectangle(picture, (width - 18, height // 2), (width - 10, height // 2 + 4), (200,) * 3, -1)
    cv2.rectangle(picture, (0, 0), (width - 1, height), _paint(colours.metal(rng)), 7)
    return picture


def outlook(rng: np.random.Generator, width: int = 1024, height: int = 384) -> Picture:
    """The sky with trees and houses at its foot, as seen all round a yard."""
    picture = sky(rng, width, height)
    green = rng.uniform(0.2, 0.4)
    ground = height - 12
    for _ in range(rng.integers(8, 50)):
        x, wide = int(rng.integers(0, width)), int(rng.integers(12, 90))
        tall = int(rng.integers(10, 110))
        if rng.random() < 0.75:  # noqa: PLR2004
            paint = _paint(colours.shade(rng, (green - 0.05, green + 0.05), (0.2, 0.6), (0.2, 0.5)))
            cv2.ellipse(picture, ((x, ground - tall // 2), (wide, tall), 0), paint, -1)
        else:
            paint = _paint(colours.wall(rng))
            cv2.rectangle(picture, (x, ground - tall // 2), (x + wide, height), paint, -1)
    hedge = _paint(colours.shade(rng, (green - 0.05, green + 0.05), (0.3, 0.6), (0.2, 0.4)))
    cv2.rectangle(picture, (0, ground), (width, height), hedge, -1)
    return cv2.GaussianBlur(picture, (0, 0), 1.2)


def _paint(colour: colours.Colour) -> Bright:
    """A colour as OpenCV takes it."""
    r, g, b = (int(255 * x) for x in colour)
    return r, g, b


def _at(point: np.ndarray) -> tuple[int, int]:
    """A point as OpenCV takes it."""
    return int(point[0]), int(point[1])
