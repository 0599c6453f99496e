"""The menu of the plan: the line that the buttons change is large and light."""

from gymbox.display import PlanDisplay
from gymbox.panel import text
from gymbox.panel.canvas import Canvas
from gymbox.panel.views.parts import clock_of, draw_centred

_LARGE, _SMALL = 26, 14
"""Rows of the line that is changed, and of the others."""


def draw_plan(display: PlanDisplay, canvas: Canvas) -> None:
    """Draw the three lines, and what the buttons do along the bottom."""
    lines = {
        "reps": str(display.reps) if display.reps else "free",
        "sets": str(display.sets) if display.sets else "free",
        "rest": clock_of(display.rest) if display.rest else "none",
    }
    top = 0
    for name, value in lines.items():
        active = name == display.line
        style = text.HUGE if active else text.WIDE
        rows = _LARGE if active else _SMALL
        label, shown = text.line(name, style), text.fit(value, canvas.width // 2, (style,))
        y = top + (rows - label.shape[0]) // 2
        canvas.stamp(label, 3, y)
        canvas.stamp(shown, canvas.width - 3 - shown.shape[1], y)
        if active:
            canvas.invert(0, top, canvas.width, top + rows)
        top += rows
    hint = text.fit("select + back - hold ok", canvas.width, (text.SMALL,))
    draw_centred(canvas, hint, 0, canvas.width, canvas.height - 8)
