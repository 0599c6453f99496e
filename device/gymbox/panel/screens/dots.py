"""One-bit pictures as lines of text: braille, or half blocks."""

import numpy as np
from PIL import Image

_BRAILLE = 0x2800
_BITS = np.array([[0, 3], [1, 4], [2, 5], [6, 7]])
"""The bit of a braille character for its dot at [row, column]."""

_HALVES = " \u2580\u2584\u2588"
"""Nothing, the upper half, the lower half, both."""


def braille(image: Image.Image) -> list[str]:
    """A picture of mode "1" as braille, 2 x 4 pixels a character.

    Width and height must be multiples of 2 and 4.
    """
    pixels = np.asarray(image, dtype=np.int64)
    rows, columns = pixels.shape
    cells = pixels.reshape(rows // 4, 4, columns // 2, 2).transpose(0, 2, 1, 3)
    codes = _BRAILLE + (cells << _BITS).sum(axis=(2, 3))
    return ["".join(map(chr, line)) for line in codes]


def half_blocks(image: Image.Image) -> list[str]:
    """A picture of mode "1" as half blocks, 1 x 2 pixels a character; its height must be even."""
    pixels = np.asarray(image, dtype=np.int64)
    codes = pixels[0::2] + 2 * pixels[1::2]
    return ["".join(_HALVES[code] for code in line) for line in codes]
