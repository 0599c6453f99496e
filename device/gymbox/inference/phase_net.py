"""The phase network: is the athlete up, down, or neither?

A picture classifier for push-ups and squats, quick enough for the smallest boxes. Training in
tools/convert makes its pictures with `square` too, so that the network sees on the box what it has
learnt from.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

GREY = 128
"""What the square has where the frame has nothing; the same in every channel order."""

Area = tuple[float, float, float, float]
"""A region as (x0, y0, x1, y1) in pixels; it may leave the frame."""


def square(rgb: NDArray[np.uint8], size: int, box: Area | None = None) -> NDArray[np.uint8]:
    """The picture that the network sees of a frame.

    The region keeps its aspect and lies in the middle; what it does not fill is grey. Blue, green
    and red in another order come out in that order.

    Args:
        rgb: [height, width, 3].
        size: width and height of the square, pixels.
        box: the region to look at; None is the whole frame.

    Returns:
        [size, size, 3].

    Raises:
        ValueError: the region is empty.
    """
    height, width = rgb.shape[:2]
    x0, y0, x1, y1 = (0.0, 0.0, float(width), float(height)) if box is None else box
    side = max(x1 - x0, y1 - y0)
    if min(x1 - x0, y1 - y0) <= 0:
        raise ValueError(f"the region {box} is empty")
    scale = size / side
    left, top = (x0 + x1 - side) / 2, (y0 + y1 - side) / 2
    columns, to_columns = _span(x0, x1, width, left, scale)
    rows, to_rows = _span(y0, y1, height, top, scale)
    picture = np.full((size, size, 3), GREY, np.uint8)
    seen, place = rgb[rows, columns], picture[to_rows, to_columns]
    if seen.size and place.size:
        # An area mean when it shrinks: anything else drops lines, which the network would learn.
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        place[:] = cv2.resize(seen, (place.shape[1], place.shape[0]), interpolation=way)
    return picture


def _span(
    begin: float, end: float, length: int, origin: float, scale: float
) -> tuple[slice, slice]:
    """Along one axis: the pixels of the frame inside the region, and where they go."""
    first, last = max(0, round(begin)), min(length, round(end))
    if last <= first:
        return slice(0, 0), slice(0, 0)
    to = [max(0, round((place - origin) * scale)) for place in (first, last)]
    return slice(first, last), slice(to[0], max(to[1], to[0] + 1))
