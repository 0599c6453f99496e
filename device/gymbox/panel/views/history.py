"""The last sets, newest first."""

from gymbox.display import HistoryDisplay
from gymbox.panel import text
from gymbox.panel.canvas import Canvas
from gymbox.panel.views.parts import draw_centred, draw_title, title_of

_ROW = 13
_ROWS = 4


def draw_history(display: HistoryDisplay, canvas: Canvas) -> None:
    """Draw as many sets as have room: repetitions, exercise, time."""
    draw_title(canvas, "last sets", display.status, battery=True)
    if not display.sets:
        draw_centred(canvas, text.line("none yet", text.WIDE), 0, canvas.width, 32)
    count_width = max((text.width(str(reps)) for _, reps, _ in display.sets[:_ROWS]), default=0)
    for row, (exercise, reps, when) in enumerate(display.sets[:_ROWS]):
        top = 15 + row * _ROW
        count = text.line(str(reps))
        canvas.stamp(count, count_width - count.shape[1], top)
        clock = text.fit(when, canvas.width // 2, (text.SMALL,))
        canvas.stamp(clock, canvas.width - clock.shape[1], top + 2)
        room = canvas.width - clock.shape[1] - count_width - 9
        canvas.stamp(text.fit(title_of(exercise), room, (text.SMALL,)), count_width + 5, top + 2)
