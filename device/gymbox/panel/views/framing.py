"""The stick figure in the frame of the camera, and which way to go.

The picture is a mirror: screen and camera look the same way, so the arrow, the figure and the
athlete in front of the box all move to the same side.
"""

import math
from itertools import pairwise

import numpy as np

from gymbox.display import FramingDisplay
from gymbox.panel import text
from gymbox.panel.canvas import Canvas, Mask
from gymbox.panel.strokes import line
from gymbox.panel.views.parts import draw_badge, draw_centred, draw_icons

_PICTURE = (72, 50)
"""Most columns and rows of the frame."""

_SIGN = 29
"""Rows and columns of a sign."""

_FAR = 3.0
"""A joint further out than this many frames is drawn there."""

Point = tuple[int, int]


def draw_framing(display: FramingDisplay, canvas: Canvas) -> None:
    """Draw figure and frame at the left, the sign at the right, the advice along the bottom."""
    width, height = _frame_size(display.aspect)
    top = (_PICTURE[1] - height) // 2
    canvas.outline(0, top, width, top + height)
    canvas.stamp(_figure(display, width - 4, height - 4), 2, top + 2)
    draw_icons(canvas, display.status, battery=True)
    sign = _sign(display.advice)
    draw_centred(canvas, sign, width, canvas.width, 12)
    if display.status.fps is not None:
        fps = text.line(f"{display.status.fps:.0f} fps", text.SMALL)
        canvas.stamp(fps, canvas.width - fps.shape[1], 43)
    if display.advice:
        draw_badge(canvas, [display.advice], (0, 51, canvas.width, canvas.height))


def _frame_size(aspect: float) -> tuple[int, int]:
    """Columns and rows of a frame of width / height aspect that fit the picture."""
    if not (math.isfinite(aspect) and aspect > 0):
        return _PICTURE
    columns, rows = _PICTURE
    if aspect * rows <= columns:
        return max(round(aspect * rows), 8), rows
    return columns, max(round(columns / aspect), 8)


def _figure(display: FramingDisplay, width: int, height: int) -> Mask:
    mask = np.zeros((height, width), dtype=np.bool_)
    for bone in display.lines:
        if all(math.isfinite(value) for value in bone):
            x0, y0, x1, y1 = (min(max(value, -_FAR), _FAR) for value in bone)
            start = round((1 - x0) * width), round(y0 * height)
            end = round((1 - x1) * width), round(y1 * height)
            mask |= line(mask.shape, start, end, 2)
    return mask


def _sign(advice: str) -> Mask:
    """A sign of 29 x 29 that says the same as the advice, or nothing."""
    if advice == "ok":
        return text.icon("tick").repeat(3, axis=0).repeat(3, axis=1)
    if advice == "nobody":
        return text.line("?", text.Style("bold", scale=3))
    mask = np.zeros((_SIGN, _SIGN), dtype=np.bool_)
    for points in _STROKES.get(advice, ()):
        for start, end in pairwise(points):
            mask |= line(mask.shape, start, end, 4)
    return mask


_LEFT: tuple[tuple[Point, ...], ...] = (((3, 14), (26, 14)), ((13, 4), (3, 14), (13, 24)))
_RIGHT: tuple[tuple[Point, ...], ...] = (((3, 14), (26, 14)), ((16, 4), (26, 14), (16, 24)))
_UP: tuple[tuple[Point, ...], ...] = (((14, 3), (14, 26)), ((4, 13), (14, 3), (24, 13)))
_DOWN: tuple[tuple[Point, ...], ...] = (((14, 3), (14, 26)), ((4, 16), (14, 26), (24, 16)))
_CORNERS_IN: tuple[tuple[Point, ...], ...] = (
    ((2, 10), (10, 10), (10, 2)),
    ((27, 10), (19, 10), (19, 2)),
    ((2, 19), (10, 19), (10, 27)),
    ((27, 19), (19, 19), (19, 27)),
)
_CORNERS_OUT: tuple[tuple[Point, ...], ...] = (
    ((2, 10), (2, 2), (10, 2)),
    ((19, 2), (27, 2), (27, 10)),
    ((2, 19), (2, 27), (10, 27)),
    ((19, 27), (27, 27), (27, 19)),
)
_STROKES = {
    "step left": _LEFT,
    "step right": _RIGHT,
    "raise camera": _UP,
    "lower camera": _DOWN,
    "step back": _CORNERS_IN,
    "step closer": _CORNERS_OUT,
}
