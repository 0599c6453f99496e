"""The colours that somebody wears, to tell people apart: a histogram of the trunk.

About a hundred pixels between shoulders and hips, as chroma and light in 180 cells, blurred so that
a shade more or less of light does not make another person.
"""

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark

_ROWS, _COLUMNS = 12, 8
_BINS = (6, 6, 5)  # red against green, yellow against blue, light
_INNER = 0.7  # of the trunk's width: its edge is background
_LEAST_WIDTH = 0.35  # of its length: seen from the side, shoulders and hips fall on one line
_FEW = 24  # pixels of the trunk that must lie in the picture

_TRUNK = [
    Landmark.LEFT_SHOULDER,
    Landmark.RIGHT_SHOULDER,
    Landmark.LEFT_HIP,
    Landmark.RIGHT_HIP,
]

Colours = NDArray[np.float32]
"""[180] shares of the colours, square roots: the product of two is their likeness."""


def _grid() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How far down and across the trunk each sample is, [96, 1] each."""
    down, across = np.meshgrid(
        np.linspace(0.1, 0.9, _ROWS), np.linspace(-0.5, 0.5, _COLUMNS), indexing="ij"
    )
    return down.reshape(-1, 1).astype(np.float32), across.reshape(-1, 1).astype(np.float32)


def _blur(cells: int) -> NDArray[np.float32]:
    """[cells, cells] a pixel of each cell of an axis, shared out among it and its neighbours."""
    bell = np.exp(-((np.arange(cells)[:, None] - np.arange(cells)) ** 2) / 0.72)
    shares: NDArray[np.float32] = (bell / bell.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


_DOWN, _ACROSS = _grid()
_REDNESS, _YELLOWNESS, _LIGHT = map(_blur, _BINS)
_CELLS = np.array(_BINS, np.float32)
# Of blue, green and red, 0 to 255: the three axes, counted in cells.
_AXES = np.array([[0, -2, 1 / 3], [-2, 1, 1 / 3], [2, 1, 1 / 3]], np.float32) / 255 * _CELLS
_MIDDLE = np.array([0.5, 0.5, 0.0], np.float32) * _CELLS
_LAST = _CELLS - np.float32(0.001)
_ALL = _BINS[0] * _BINS[1] * _BINS[2]
_STRIDES = np.array([_BINS[1] * _BINS[2], _BINS[2], 1])


def colours(image: NDArray[np.uint8], points: NDArray[np.float32]) -> Colours | None:
    """The colours of somebody's trunk.

    Args:
        image: [height, width, 3] BGR.
        points: [33, 2 or 3] landmarks, pixels.

    Returns:
        None where too little of the trunk lies in the picture.
    """
    height, width = image.shape[:2]
    places = _samples(points)
    inside = ((places >= 0) & (places < (width, height))).all(axis=1)
    if np.count_nonzero(inside) < _FEW:
        return None
    x, y = places[inside].astype(np.intp).T
    axes = image[y, x].astype(np.float32) @ _AXES + _MIDDLE
    cells = np.minimum(np.maximum(axes, 0), _LAST).astype(np.intp) @ _STRIDES
    counts = np.bincount(cells, minlength=_ALL).astype(np.float32).reshape(_BINS)
    blurred = _YELLOWNESS.T @ (counts @ _LIGHT)
    blurred = _REDNESS.T @ blurred.reshape(_BINS[0], -1)
    shares: Colours = np.sqrt(blurred.reshape(_ALL) / np.float32(len(cells)))
    return shares


def likeness(one: Colours | None, other: Colours | None) -> float | None:
    """How alike two trunks are, 0..1 (Bhattacharyya coefficient); None if one is not known."""
    return None if one is None or other is None else float(one @ other)


def blended(one: Colours | None, new: Colours | None, share: float) -> Colours | None:
    """What is known of somebody's colours and a share 0..1 of what is seen now."""
    if one is None or new is None:
        return new if one is None else one
    mixed: Colours = np.sqrt((1 - share) * one**2 + share * new**2)
    return mixed


def _samples(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """[96, 2] places on the trunk, pixels."""
    left, right, left_hip, right_hip = points[_TRUNK, :2]
    top, bottom = (left + right) / 2, (left_hip + right_hip) / 2
    along = bottom - top
    length = float(np.hypot(*along)) or 1.0
    aside = np.array([-along[1], along[0]], np.float32) / length
    wide = max(abs((right - left) @ aside), abs((right_hip - left_hip) @ aside))
    wide = _INNER * max(wide, _LEAST_WIDTH * length)
    samples: NDArray[np.float32] = top + _DOWN * along + _ACROSS * (wide * aside)
    return samples
