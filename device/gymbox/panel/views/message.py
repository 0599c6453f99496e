"""A title and up to three lines: starting, goodbye, what is wrong."""

from gymbox.display import MessageDisplay
from gymbox.panel import text
from gymbox.panel.canvas import Canvas
from gymbox.panel.views.parts import draw_centred, draw_icons

_LINES = 3
_STEP = 10


def draw_message(display: MessageDisplay, canvas: Canvas) -> None:
    """Draw the title as large as it goes, and the lines small below it."""
    lines = [
        part for line in display.lines for part in text.wrap(line, canvas.width - 4, text.SMALL)
    ][:_LINES]
    right = draw_icons(canvas, display.status)
    titles = _titles(display.title, right, rows=canvas.height - _STEP * len(lines))
    masks = [text.fit(title, right, (text.HUGE, text.WIDE, text.BOLD)) for title in titles]
    gap = 4
    rows = sum(mask.shape[0] + gap for mask in masks) + _STEP * len(lines)
    y = max((canvas.height - rows) // 2, 0)
    for mask in masks:
        draw_centred(canvas, mask, 0, right, y)
        y += mask.shape[0] + gap
    y += (canvas.height - y - _STEP * len(lines)) // 2
    for line in lines:
        draw_centred(canvas, text.fit(line, canvas.width, (text.SMALL,)), 0, canvas.width, y + 1)
        y += _STEP


def _titles(title: str, columns: int, rows: int) -> list[str]:
    """The title in one huge line, or two where both have room."""
    huge = text.wrap(title, columns, text.HUGE)
    two = 2
    if len(huge) <= two and 24 * len(huge) <= rows:
        return huge
    return [title]
