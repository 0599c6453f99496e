"""The pinhole camera: where it looks and what it maps where."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def vertical(diagonal: float, size: tuple[int, int]) -> float:
    """The vertical angle of view of a lens with this diagonal one, degrees."""
    across = np.tan(np.deg2rad(diagonal) / 2) / np.hypot(*size)
    return float(np.rad2deg(2 * np.arctan(across * size[1])))


def look_at(eye: Array, aim: Array, roll: float = 0.0) -> Array:
    """The pose [4, 4] of a camera at `eye` that looks at `aim`, turned by `roll` degrees."""
    back = (eye - aim) / np.linalg.norm(eye - aim)
    # Spelt out, for np.cross takes longer than all the rest.
    right = np.array([-back[1], back[0], 0.0])
    right /= np.linalg.norm(right)
    (a, b, c), (d, e, f) = back, right
    up = np.array([b * f - c * e, c * d - a * f, a * e - b * d])
    c, s = np.cos(np.deg2rad(roll)), np.sin(np.deg2rad(roll))
    pose = np.eye(4)
    pose[:3] = np.stack([c * right + s * up, c * up - s * right, back, eye], axis=1)
    return pose


def projection(pose: Array, view: float, size: tuple[int, int]) -> Array:
    """World to pixels [3, 4] for a pose [4, 4] and a vertical angle of view in degrees."""
    focal = size[1] / 2 / np.tan(np.deg2rad(view) / 2)
    inside = np.array([[focal, 0, size[0] / 2], [0, focal, size[1] / 2], [0, 0, 1.0]])
    turn = np.diag([1.0, -1.0, -1.0]) @ pose[:3, :3].T
    return inside @ np.column_stack([turn, -turn @ pose[:3, 3]])


def seen(points: Array, matrix: Array) -> Array:
    """Pixels and depth [m, 3] of points [m, 3] under a projection [3, 4]."""
    flat = points @ matrix[:, :3].T + matrix[:, 3]
    depth = flat[:, 2:]
    return np.concatenate([flat[:, :2] / np.maximum(depth, 1e-6), depth], axis=1)
