"""Soft shadows on the floor: where points of a solid keep the light of the lamps away."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.synth.curves import Array

CELL = 0.012
"""Metres a cell of the map."""
REACH = 3.2
"""The map covers -REACH..REACH in x and y."""
LAMPS = ((-0.55, -0.25), (-0.15, 0.35), (0.25, -0.45), (0.05, -0.05))
"""Metres that a shadow moves in x and y for each metre of height, one pair a lamp."""
LAYERS = (
    (0.0, 0.05, 1.5, 0.60),
    (0.05, 0.18, 3.0, 0.5),
    (0.18, 0.6, 6.0, 0.48),
    (0.6, 1.9, 12.0, 0.42),
)
"""Height from and to (metres), blur (cells), strength."""


def shade(points: Array) -> NDArray[np.float32]:
    """Light left on the floor, [size, size] in 0..1, rows along y, for points [n, 3] of solids."""
    size = int(2 * REACH / CELL)
    light = np.ones((size, size), np.float32)
    for low, high, blur, strength in LAYERS:
        part = points[(points[:, 2] >= low) & (points[:, 2] < high)]
        dark = np.zeros((size, size), np.float32)
        for dx, dy in LAMPS:
            one = np.zeros((size, size), np.float32)
            column = ((part[:, 0] + dx * part[:, 2] + REACH) / CELL).astype(int)
            row = ((part[:, 1] + dy * part[:, 2] + REACH) / CELL).astype(int)
            inside = (column >= 0) & (column < size) & (row >= 0) & (row < size)
            one[row[inside], column[inside]] = 1.0
            dark += cv2.dilate(one, np.ones((3, 3), np.uint8)) / len(LAMPS)
        light *= 1 - strength * np.minimum(cv2.GaussianBlur(dark, (0, 0), blur) * 1.15, 1.0)
    return light


def to_picture(
    light: NDArray[np.float32], camera: Array, size: tuple[int, int]
) -> NDArray[np.float32]:
    """The map as the camera sees it on the floor.

    Args:
        light: as from `shade`.
        camera: [3, 4] projection of world points to pixels.
        size: width and height of the picture.
    """
    ground = camera[:, [0, 1, 3]]
    cells = np.array([[CELL, 0, -REACH + CELL / 2], [0, CELL, -REACH + CELL / 2], [0, 0, 1.0]])
    return cv2.warpPerspective(
        light,
        ground @ cells,
        size,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=1.0,
    )
