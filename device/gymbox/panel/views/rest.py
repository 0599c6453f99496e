"""The rest after a set: its clock, how the set was, and when to go on."""

from gymbox.display import CountDisplay
from gymbox.panel import digits, text
from gymbox.panel.canvas import Canvas
from gymbox.panel.views.parts import (
    ROW,
    clock_of,
    draw_badge,
    draw_centred,
    draw_title,
    set_of,
    tempo_digits,
    title_of,
)

_TOP = 15
"""First row of the clock."""
_CLOCK = 72
"""Columns of the clock."""
_WIDE, _NARROW = (18, 6), (14, 5)
"""Width and stroke of its figures up to 9:59, and beyond."""


def draw_rest(display: CountDisplay, canvas: Canvas) -> None:
    """The clock at the left, the set in figures at the right, what comes next along the bottom."""
    draw_title(canvas, title_of(display.exercise), display.status, battery=True)
    clock = clock_of(_on_clock(display))
    width, stroke = _WIDE if len(clock) == len("0:00") else _NARROW
    figures = digits.number(clock, width, 35, stroke, 3)
    draw_centred(canvas, figures, 0, _CLOCK, _TOP)
    for row, told in enumerate(_figures(display)):
        mask = text.fit(told, canvas.width - _CLOCK - 4, (text.SMALL,))
        canvas.stamp(mask, canvas.width - mask.shape[1], _TOP + 9 * row)
    area = (0, canvas.height - ROW - 2, canvas.width, canvas.height)
    if display.advice:
        draw_badge(canvas, [display.advice], area)
    elif display.tip:
        tip = text.fit(display.tip, canvas.width, (text.SMALL,))
        draw_centred(canvas, tip, 0, canvas.width, canvas.height - 8)
    elif display.phase == "done":
        draw_badge(canvas, ["all sets done"], area)
    elif 0 < display.target_rest <= (display.rest or 0):
        draw_badge(canvas, [f"start {set_of(display.set_number + 1, display.target_sets)}"], area)
    else:
        _draw_bottom(display, canvas)


def _draw_bottom(display: CountDisplay, canvas: Canvas) -> None:
    """The number of the set and how many repetitions it had."""
    top = canvas.height - ROW
    canvas.stamp(
        text.fit(set_of(display.set_number, display.target_sets), canvas.width // 2), 0, top
    )
    reps = text.fit("1 rep" if display.reps == 1 else f"{display.reps} reps", canvas.width // 2)
    canvas.stamp(reps, canvas.width - reps.shape[1], top)


def _on_clock(display: CountDisplay) -> int:
    """Seconds that are left of a planned rest, else those since the last repetition."""
    rest = display.rest or 0
    left = display.target_rest - rest
    return left if left > 0 and display.phase == "rest" else rest


def _figures(display: CountDisplay) -> list[str]:
    """How the set was: tempo, range, its best repetition, those that faded."""
    told = []
    if display.tempo is not None:
        told.append("-".join(tempo_digits(display.tempo)))
    if display.rom is not None:
        told.append(f"range {display.rom:.0%}")
    if display.best is not None and display.reps > 1:
        told.append(f"best {display.best}")
    if display.fading:
        told.append(f"fade {_spans(display.fading)}")
    return told


def _spans(numbers: tuple[int, ...]) -> str:
    """Such as "5, 7-9"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
