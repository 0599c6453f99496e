"""The anchors of the BlazePose detector: the cell centres its boxes are given relative to."""

import numpy as np
from numpy.typing import NDArray

SIDE = 224
"""Width and height of the detector's input, pixels."""

_LAYERS = ((8, 2), (16, 2), (32, 6))
"""Stride in pixels and anchors a cell; three layers of stride 32 lie on the same cells."""


def anchor_centres() -> NDArray[np.float32]:
    """Centres of all anchors, in the order of the detector's outputs.

    The anchors have a fixed size of one, so the centre is all there is to them. Options: the
    SsdAnchorsCalculator node of mediapipe/modules/pose_detection/pose_detection_cpu.pbtxt.

    Returns:
        [2254, 2] float32, x and y as fractions of the input's side.
    """
    return np.concatenate([_layer(SIDE // stride, count) for stride, count in _LAYERS])


def _layer(cells: int, count: int) -> NDArray[np.float32]:
    steps = (np.arange(cells, dtype=np.float32) + 0.5) / np.float32(cells)
    x, y = np.meshgrid(steps, steps)
    centres = np.stack([x.ravel(), y.ravel()], axis=1)
    return np.repeat(centres, count, axis=0)
