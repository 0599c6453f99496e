"""Matrices of cameras and of lights: from the world to what OpenGL clips."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Matrix = NDArray[np.float64]

NEAR, FAR = 0.08, 60.0
"""Metres from the lens that are drawn."""
STEP = 0.25
"""The light's view grows in steps of this many metres, so that shadow edges do not swim."""
TO_TEXTURE = np.array([[0.5, 0, 0, 0.5], [0, 0.5, 0, 0.5], [0, 0, 0.5, 0.5], [0, 0, 0, 1]])
"""From -1..1 to 0..1."""


def camera(pose: ArrayLike, view: float, size: tuple[int, int]) -> Matrix:
    """World to clip space, [4, 4], upside down: pixels then come top row first.

    Args:
        pose: [4, 4] camera to world; it looks along -z, y is up.
        view: vertical angle of view, degrees.
        size: width and height of the picture.
    """
    focal = 1 / np.tan(np.deg2rad(view) / 2)
    lens = np.zeros((4, 4))
    lens[0, 0], lens[1, 1] = focal * size[1] / size[0], -focal
    lens[2, 2], lens[2, 3] = -(FAR + NEAR) / (FAR - NEAR), -2 * FAR * NEAR / (FAR - NEAR)
    lens[3, 2] = -1.0
    return lens @ np.linalg.inv(np.asarray(pose, float))


def light(sun: ArrayLike, places: ArrayLike, around: float, texels: int) -> tuple[Matrix, Matrix]:
    """World to the shadow map of the sun.

    Args:
        sun: [3] unit, towards it.
        places: [n, 3] what it has to see, metres.
        around: metres about each of them that it has to see too.
        texels: width of the shadow map, whose grid the view keeps to.

    Returns:
        [4, 4] world to clip space, and [2, 3] lowest and highest column, row and depth (0..1) of
        the map in which the places lie.
    """
    z = np.asarray(sun, float)
    x = np.cross([0.0, 1.0, 0.0] if abs(z[2]) > 0.9 else [0.0, 0.0, 1.0], z)  # noqa: PLR2004
    x /= np.linalg.norm(x)
    turn = np.stack([x, np.cross(z, x), z])
    seen = np.asarray(places, float) @ turn.T
    start, end = seen.min(axis=0) - around, seen.max(axis=0) + around
    wide = np.ceil((end - start).max() / STEP + 1) * STEP
    grid = wide / texels
    middle = np.round((start + end) / 2 / grid) * grid
    scale = np.array([2 / wide, 2 / wide, -2 / wide])
    matrix = np.eye(4)
    matrix[:3, :3] = scale[:, None] * turn
    matrix[:3, 3] = -scale * middle
    region = (np.stack([start, end]) - middle) / wide + 0.5
    region[:, 2] = 1 - region[::-1, 2]
    return matrix, region


def column_major(matrix: Matrix) -> bytes:
    """As OpenGL takes it."""
    return matrix.T.astype("<f4").tobytes()
