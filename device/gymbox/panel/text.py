"""Packaged bitmap fonts, and what is needed to set a line of text in them.

The fonts hold capitals only, for capitals are what reads from afar: lower case is shown as
capitals and accents are dropped. Glyphs are pixels in a text file, so that a line of text looks
the same with every version of Pillow and FreeType.
"""

import unicodedata
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from gymbox.panel.canvas import Mask

_SPACE = {"bold": 4, "small": 3, "icons": 0}
_UNKNOWN = "?"


class Style(NamedTuple):
    """How a line is set.

    Attributes:
        font: "bold" (10 rows) or "small" (7 rows).
        gap: dark columns between characters.
        scale: pixels a dot.
    """

    font: str
    gap: int = 1
    scale: int = 1


HUGE = Style("bold", gap=1, scale=2)
WIDE = Style("bold", gap=2)
BOLD = Style("bold")
SMALL = Style("small")


def line(text: str, style: Style = BOLD) -> Mask:
    """One line of text as a mask [rows, columns]."""
    font, gap, scale = style
    glyphs = _glyphs(font)
    space = glyphs[" "]
    spacer = np.zeros((space.shape[0], gap), dtype=np.bool_)
    parts = [space[:, :0]]
    for char in _capitals(text):
        parts += [glyphs.get(char, glyphs[_UNKNOWN]), spacer]
    mask = np.concatenate(parts if len(parts) == 1 else parts[:-1], axis=1)
    return mask.repeat(scale, axis=0).repeat(scale, axis=1)


def width(text: str, style: Style = BOLD) -> int:
    """Columns that a line of text takes."""
    return int(line(text, style).shape[1])


def fit(text: str, columns: int, styles: tuple[Style, ...] = (WIDE, BOLD, SMALL)) -> Mask:
    """A line in the first of the styles in which it fits, cut off with ".." if it fits in none."""
    for style in styles:
        mask = line(text, style)
        if mask.shape[1] <= columns:
            return mask
    shorter = text
    while shorter and width(shorter + "..", styles[-1]) > columns:
        shorter = shorter[:-1].rstrip()
    return line(shorter + "..", styles[-1])[:, : max(columns, 0)]


def wrap(text: str, columns: int, style: Style) -> list[str]:
    """Text broken at spaces into lines of at most that many columns, where the words allow it."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, style) <= columns:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def icon(name: str) -> Mask:
    """An icon of 10 rows: "person", "locked", "waiting", "no-camera", "no-log" or "tick"."""
    return _glyphs("icons")[name]


def _capitals(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.upper())
    return "".join(char for char in plain if not unicodedata.combining(char))


@cache
def _glyphs(font: str) -> dict[str, Mask]:
    """The glyphs of a font file: a line of names, then the rows of their pixels side by side."""
    source = resources.files("gymbox.panel").joinpath("fonts", f"{font}.txt")
    lines = source.read_text(encoding="ascii").splitlines()
    blocks = "\n".join(line for line in lines if not line.startswith(";")).split("\n\n")
    glyphs: dict[str, Mask] = {}
    for block in blocks:
        header, *rows = block.strip("\n").split("\n")
        columns = zip(*(row.split() for row in rows), strict=True)
        for name, pixels in zip(header.split(), columns, strict=True):
            glyphs[name] = np.array([[dot == "#" for dot in row] for row in pixels])
    rows_high = next(iter(glyphs.values())).shape[0]
    glyphs[" "] = np.zeros((rows_high, _SPACE[font]), dtype=np.bool_)
    return glyphs
