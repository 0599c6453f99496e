"""Where the camera stands and what it maps where."""

import numpy as np

from tools.synth.curves import Array


def camera_pose(eye: Array, look: Array) -> Array:
    """Camera to world as OpenGL has it (looks along -z, y up), [4, 4]."""
    forward = (look - eye) / np.linalg.norm(look - eye)
    right = np.cross(forward, [0, 0, 1.0])
    right /= np.linalg.norm(right)
    pose = np.eye(4)
    pose[:3, :4] = np.stack([right, np.cross(right, forward), -forward, eye], axis=1)
    return pose


def projection(pose: Array, view: float, size: tuple[int, int]) -> Array:
    """World to pixels, [3, 4], for a vertical angle of view in degrees."""
    focal = size[1] / 2 / np.tan(np.deg2rad(view) / 2)
    inside = np.array([[focal, 0, size[0] / 2], [0, focal, size[1] / 2], [0, 0, 1.0]])
    flip = np.diag([1.0, -1.0, -1.0])
    turn = flip @ pose[:3, :3].T
    return inside @ np.column_stack([turn, -turn @ pose[:3, 3]])
