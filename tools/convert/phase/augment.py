"""Other pictures of the same moment: what changes between gyms, cameras and hours of the day."""

# ruff: noqa: PLR2004 (an augmentation is made of chances and sizes)

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.inference.phase_net import GREY, square
from tools.convert.phase.frames import Box

Picture = NDArray[np.uint8]
Affine = NDArray[np.float64]

PLAIN = 0.3
"""Share of the views that are framed just as the box does."""
WHOLE = 0.7
"""Share of the views that show the whole picture, more or less: that is what the box looks at."""
ROOM = 1.2
"""Side of the region around an athlete, as a multiple of his."""
TURN = 12.0
"""Degrees that the camera may be tilted, either way."""
SHEAR = 0.12
ZOOM_OUT = 1.25
"""Side of the view, as a multiple of the whole picture's, at the most."""
CLOSEST = 1.15
"""Side of the view, as a multiple of the athlete's, at the least."""


def augment(
    picture: Picture, box: Box, size: int, rng: np.random.Generator
) -> tuple[Picture, Affine]:
    """One other view of a picture.

    Args:
        picture: [height, width, 3] RGB.
        box: the athlete in it, as shares of width and height; stays in the view.
        size: width and height of the view, pixels.
        rng: draws everything.

    Returns:
        [size, size, 3] RGB, and where a pixel of the picture went: [2, 3], of (x, y, 1).
    """
    if rng.random() < PLAIN:
        view, way = framed(picture, None if rng.random() < WHOLE else box, size)
        if rng.random() < 0.5:
            view, way = np.ascontiguousarray(view[:, ::-1]), mirrored(size) @ _full(way)
    else:
        view, way = _view(picture, box, size, rng)
    view = _light(view, rng)
    if rng.random() < 0.5:
        view = _hide(view, rng)
    return _film(view, rng), way


def framed(picture: Picture, box: Box | None, size: int) -> tuple[Picture, Affine]:
    """A picture as the box frames it: all of it, or the athlete with some room around him.

    Returns:
        as `augment`.
    """
    height, width = picture.shape[:2]
    x0, y0, x1, y1 = (0.0, 0.0, 1.0, 1.0) if box is None else box
    side = max((x1 - x0) * width, (y1 - y0) * height, 8.0) * (1.0 if box is None else ROOM)
    x, y = (x0 + x1) / 2 * width, (y0 + y1) / 2 * height
    area = (x - side / 2, y - side / 2, x + side / 2, y + side / 2)
    scale = size / side
    way = np.array([[scale, 0, -area[0] * scale], [0, scale, -area[1] * scale]])
    return square(picture, size, None if box is None else area), way


def mirrored(size: int) -> Affine:
    """The affine map of a mirrored view."""
    return np.array([[-1.0, 0, size], [0, 1, 0]])


def _view(
    picture: Picture, box: Box, size: int, rng: np.random.Generator
) -> tuple[Picture, Affine]:
    """Crop, flip, rotation and shear, in one warp."""
    height, width = picture.shape[:2]
    x0, y0, x1, y1 = box[0] * width, box[1] * height, box[2] * width, box[3] * height
    whole = max(height, width)
    least = min(whole, CLOSEST * max(x1 - x0, y1 - y0, 1.0))
    # Nearly the whole picture, or anything between close and far.
    if rng.random() < WHOLE:
        side = whole * rng.uniform(0.9, 1.1)
        middle = np.array([width / 2, height / 2]) + rng.uniform(-0.05, 0.05, 2) * whole
    else:
        side = math.exp(rng.uniform(math.log(least), math.log(ZOOM_OUT * whole)))
        slack = max(0.0, side - max(x1 - x0, y1 - y0)) / 2
        middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2]) + rng.uniform(-slack, slack, 2)
        if side > 0.9 * whole:
            middle = (middle + np.array([width / 2, height / 2])) / 2
    turn = math.radians(rng.normal(0, TURN / 2))
    turn = max(-math.radians(TURN), min(math.radians(TURN), turn))
    scale, shear = size / side, rng.uniform(-SHEAR, SHEAR)
    mirror = -1.0 if rng.random() < 0.5 else 1.0
    stretch = math.exp(rng.normal(0, 0.06))
    spin = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    matrix = scale * spin @ np.array([[mirror * stretch, shear], [0, 1 / stretch]])
    shift = np.array([size / 2, size / 2]) - matrix @ middle
    if scale < 0.5:  # the warp does not average: shrink first, or lines shimmer
        picture = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        matrix = matrix * 2
    edge = (GREY,) * 3 if rng.random() < 0.85 else tuple(int(v) for v in rng.integers(0, 256, 3))
    warp = np.column_stack([matrix, shift])
    view = cv2.warpAffine(picture, warp, (size, size), flags=cv2.INTER_LINEAR, borderValue=edge)
    if scale < 0.5:
        warp[:, :2] /= 2
    return np.asarray(view, np.uint8), warp


def _full(way: Affine) -> NDArray[np.float64]:
    return np.vstack([way, [0, 0, 1]])


def _light(view: Picture, rng: np.random.Generator) -> Picture:
    """Brightness, contrast, gamma and colour."""
    values = view.astype(np.float32) / 255
    values = values ** math.exp(rng.normal(0, 0.25))
    values = (values - 0.5) * math.exp(rng.normal(0, 0.2)) + 0.5 + rng.normal(0, 0.08)
    values = values * np.exp(rng.normal(0, 0.06, 3)).astype(np.float32)
    grey = values.mean(axis=2, keepdims=True)
    values = grey + (values - grey) * rng.uniform(0.0 if rng.random() < 0.15 else 0.6, 1.4)
    return np.asarray(np.clip(values * 255, 0, 255), np.uint8)


def _hide(view: Picture, rng: np.random.Generator) -> Picture:
    """Something stands before a part of the picture."""
    size = view.shape[0]
    wide, high = rng.uniform(0.06, 0.28, 2) * size
    left, top = rng.uniform(0, size - wide), rng.uniform(0, size - high)
    rows, columns = slice(int(top), int(top + high)), slice(int(left), int(left + wide))
    view = view.copy()
    if rng.random() < 0.5:
        view[rows, columns] = rng.integers(0, 256, 3)
    else:
        view[rows, columns] = rng.integers(0, 256, view[rows, columns].shape)
    return view


def _film(view: Picture, rng: np.random.Generator) -> Picture:
    """Blur, noise and the traces of compression."""
    chance = rng.random()
    if chance < 0.2:
        view = np.asarray(cv2.GaussianBlur(view, (0, 0), rng.uniform(0.4, 1.2)), np.uint8)
    if rng.random() < 0.4:
        noise = rng.normal(0, rng.uniform(2, 10), view.shape)
        view = np.asarray(np.clip(view + noise, 0, 255), np.uint8)
    if rng.random() < 0.3:
        quality = int(rng.integers(25, 80))
        view = cv2.imdecode(cv2.imencode(".jpg", view, [1, quality])[1], cv2.IMREAD_COLOR)
    return np.asarray(view, np.uint8)
