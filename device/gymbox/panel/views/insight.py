"""Under the bonnet: the likeliest exercises as bars, the driving joint as a moving curve."""

from itertools import pairwise

from gymbox.display import InsightDisplay
from gymbox.panel import digits, text
from gymbox.panel.canvas import Canvas
from gymbox.panel.strokes import line
from gymbox.panel.views.parts import draw_title, title_of

_TOP = 13
"""First row below the title."""
_BARS = 70
"""First column of the bars, right of their names."""
_ROW = 8
"""Rows from one bar to the next."""
_SIDE = 36
"""Columns at the right for the count and the angle."""
_DEGREES = 180
"""The whole height of the curve."""
_MOST = 999


def draw_insight(display: InsightDisplay, canvas: Canvas) -> None:
    """Draw the exercise along the top, the bars below it, then the curve with the count beside."""
    known = display.exercise != "unknown"
    draw_title(canvas, title_of(display.exercise) if known else "which one?", display.status)
    top = _TOP
    for name, chance in display.bars[:3]:
        _draw_bar(canvas, name, chance, top)
        top += _ROW
    top += 2 if display.bars else 0
    _draw_curve(canvas, display.curve, (top, canvas.height))
    _draw_side(display, canvas, top)


def _draw_bar(canvas: Canvas, name: str, chance: float, top: int) -> None:
    canvas.stamp(text.fit(title_of(name), _BARS - 4, (text.SMALL,)), 0, top)
    canvas.box(_BARS, top + 6, canvas.width, top + 7)
    filled = round((canvas.width - _BARS) * min(max(chance, 0.0), 1.0))
    canvas.box(_BARS, top, _BARS + filled, top + 7)


def _draw_curve(canvas: Canvas, curve: tuple[int | None, ...], rows: tuple[int, int]) -> None:
    """Straight up is a stretched joint; the newest angle is at the right."""
    top, bottom = rows
    columns = canvas.width - _SIDE - 4
    shape = (bottom - top, columns)
    canvas.box(0, top, 1, bottom)
    canvas.box(0, bottom - 1, columns, bottom)
    last = max(len(curve) - 1, 1)
    points = [
        None
        if degrees is None
        else (
            2 + round((columns - 4) * place / last),
            1 + round((shape[0] - 4) * (1 - min(max(degrees, 0), _DEGREES) / _DEGREES)),
        )
        for place, degrees in enumerate(curve)
    ]
    for start, end in pairwise(points):
        if start is not None and end is not None:
            canvas.stamp(line(shape, start, end, 2), 0, top)


def _draw_side(display: InsightDisplay, canvas: Canvas, top: int) -> None:
    """The count beside the curve; the joint with its angle of now in the corner of the curve."""
    shown = str(min(max(display.reps, 0), _MOST))
    width = min(16, (_SIDE - 3 * (len(shown) - 1)) // len(shown))
    figures = digits.number(shown, width, canvas.height - top, (width + 3) // 4, 3)
    canvas.stamp(figures, canvas.width - figures.shape[1], top)
    if display.joint:
        now = display.curve[-1] if display.curve else None
        label = text.line(f"{display.joint} {'' if now is None else now}".strip(), text.SMALL)
        left, high = 3, canvas.height - 10
        canvas.clear(left - 1, high - 1, left + label.shape[1] + 1, canvas.height - 2)
        canvas.stamp(label, left, high)
