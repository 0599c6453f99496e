"""Thick lines and round shapes as masks, in whole numbers only.

Lengths are pixels; inside, everything is doubled so that the centre of a pixel is a whole number.
Whole-number arithmetic gives the same pixels on every machine.
"""

import numpy as np

from gymbox.panel.canvas import Mask


def stadium(shape: tuple[int, int], left: int, top: int, right: int, bottom: int) -> Mask:
    """A box with its shorter sides rounded to half circles.

    Args:
        shape: rows and columns of the mask.
        left: first column of the box.
        top: first row.
        right: one past the last column.
        bottom: one past the last row.
    """
    radius = min(right - left, bottom - top)
    if radius <= 0:
        return np.zeros(shape, dtype=np.bool_)
    y, x = _centres(shape)
    core_x = np.clip(x, 2 * left + radius, 2 * right - radius)
    core_y = np.clip(y, 2 * top + radius, 2 * bottom - radius)
    return np.asarray((x - core_x) ** 2 + (y - core_y) ** 2 <= radius**2)


def box(shape: tuple[int, int], left: int, top: int, right: int, bottom: int) -> Mask:
    """A filled box; right and bottom are one past its last pixel."""
    mask = np.zeros(shape, dtype=np.bool_)
    mask[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = True
    return mask


def line(
    shape: tuple[int, int], start: tuple[int, int], end: tuple[int, int], thickness: int
) -> Mask:
    """A line with round ends between two points (x, y), corners of pixels."""
    y, x = _centres(shape)
    from_x, from_y = x - 2 * start[0], y - 2 * start[1]
    step_x, step_y = 2 * (end[0] - start[0]), 2 * (end[1] - start[1])
    length = step_x**2 + step_y**2
    along = from_x * step_x + from_y * step_y
    across = from_x * step_y - from_y * step_x
    beside = (along >= 0) & (along <= length) & (across**2 <= thickness**2 * length)
    at_start = from_x**2 + from_y**2 <= thickness**2
    at_end = (x - 2 * end[0]) ** 2 + (y - 2 * end[1]) ** 2 <= thickness**2
    return np.asarray(beside | at_start | at_end)


def _centres(shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Rows [rows, 1] and columns [1, columns] of the pixel centres, doubled."""
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    return 2 * rows.astype(np.int64) + 1, 2 * columns.astype(np.int64) + 1
