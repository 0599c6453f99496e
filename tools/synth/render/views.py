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


def light(sun: ArrayLike, low: ArrayLike, high: ArrayLike, texels: int) -> Matrix:
    """World to clip space of the sun over a box, [4, 4].

    Args:
        sun: [3] unit, towards it.
        low: [3] lowest corner of what it sees, metres.
        high: [3] highest corner.
        texels: width of the shadow map, whose grid the view keeps to.
    """
    z = np.asarray(sun, float)
    x = np.cross([0.0, 1.0, 0.0] if abs(z[2]) > 0.9 else [0.0, 0.0, 1.0], z)  # noqa: PLR2004
    x /= np.linalg.norm(x)
    turn = np.stack([x, np.cross(z, x), z])
    box = np.array([np.asarray(low, float), np.asarray(high, float)])
    corners = np.stack(np.meshgrid(*box.T, indexing="ij"), axis=-1).reshape(-1, 3) @ turn.T
    start, end = corners.min(axis=0), corners.max(axis=0)
    wide = np.ceil((end - start).max() / STEP + 1) * STEP
    grid = wide / texels
    middle = np.round((start + end) / 2 / grid) * grid
    scale = np.array([2 / wide, 2 / wide, -2 / (2 * wide)])
    matrix = np.eye(4)
    matrix[:3, :3] = scale[:, None] * turn
    matrix[:3, 3] = -scale * middle
    return matrix


def column_major(matrix: Matrix) -> bytes:
    """As OpenGL takes it."""
    return matrix.T.astype("<f4").tobytes()
