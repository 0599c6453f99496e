"""A one-bit drawing surface of our own.

Drawing with whole pixels in numpy gives the same bytes with every version of Pillow and FreeType,
so the pictures of the tests can be compared to the last bit on every target.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

Mask = npt.NDArray[np.bool_]
"""Pixels [rows, columns], True where lit."""


class Canvas:
    """A dark surface to light pixels on. Whatever falls outside is cut off.

    Args:
        width: columns.
        height: rows.
    """

    def __init__(self, width: int, height: int) -> None:
        self.pixels: Mask = np.zeros((height, width), dtype=np.bool_)

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.pixels.shape[0])

    def stamp(self, mask: Mask, left: int, top: int) -> None:
        """Light the pixels of mask, its corner at (left, top)."""
        rows, columns = mask.shape
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + columns, self.width), min(top + rows, self.height)
        if x0 < x1 and y0 < y1:
            self.pixels[y0:y1, x0:x1] |= mask[y0 - top : y1 - top, x0 - left : x1 - left]

    def box(self, left: int, top: int, right: int, bottom: int) -> None:
        """Light a filled box; right and bottom are one past its last pixel."""
        self._part(left, top, right, bottom)[:] = True

    def clear(self, left: int, top: int, right: int, bottom: int) -> None:
        """Darken a box."""
        self._part(left, top, right, bottom)[:] = False

    def invert(self, left: int, top: int, right: int, bottom: int) -> None:
        """Swap light and dark in a box."""
        part = self._part(left, top, right, bottom)
        np.logical_not(part, out=part)

    def outline(self, left: int, top: int, right: int, bottom: int) -> None:
        """Light the edge of a box, one pixel wide, without its four corner pixels."""
        self.box(left + 1, top, right - 1, top + 1)
        self.box(left + 1, bottom - 1, right - 1, bottom)
        self.box(left, top + 1, left + 1, bottom - 1)
        self.box(right - 1, top + 1, right, bottom - 1)

    def image(self, scale: int = 1) -> Image.Image:
        """The surface as a picture of mode "1", each pixel scale x scale large."""
        pixels = self.pixels.repeat(scale, axis=0).repeat(scale, axis=1)
        rows, columns = pixels.shape
        return Image.frombytes("1", (columns, rows), np.packbits(pixels, axis=1).tobytes())

    def _part(self, left: int, top: int, right: int, bottom: int) -> Mask:
        return self.pixels[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
