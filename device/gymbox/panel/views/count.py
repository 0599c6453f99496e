"""The count of a set, from the choice of the exercise to the rest after it."""

from gymbox.display import CountDisplay
from gymbox.panel import digits, text
from gymbox.panel.canvas import Canvas, Mask
from gymbox.panel.views.parts import (
    ROW,
    draw_badge,
    draw_bar,
    draw_centred,
    draw_icons,
    draw_title,
    set_of,
    tempo_digits,
    title_of,
)
from gymbox.panel.views.rest import draw_rest

_TOP = 14
"""First row of the huge number."""

NAMED = "the box names it"
"""Below the invitation while the exercise is not known."""

_BAR = 8
"""Columns of the bar at the right edge."""

_MOST = 99_999
"""The largest count that has room; figures get narrower towards it."""


def draw_count(display: CountDisplay, canvas: Canvas) -> None:
    """Draw the phase that the set is in."""
    {"choose": _choose, "ready": _ready, "set": _set, "rest": draw_rest, "done": draw_rest}[
        display.phase
    ](display, canvas)


def _choose(display: CountDisplay, canvas: Canvas) -> None:
    known = display.exercise != "unknown"
    title = title_of(display.exercise) if known else display.hint
    lines = text.wrap(title, canvas.width, text.HUGE)[:2]
    masks = [text.fit(line, canvas.width, (text.HUGE, text.WIDE, text.SMALL)) for line in lines]
    y = 24 - 12 * len(masks)
    for mask in masks:
        canvas.stamp(mask, 0, y + (20 - mask.shape[0]) // 2)
        y += 24
    top = canvas.height - ROW
    columns = draw_icons(canvas, display.status, top=top, battery=True)
    if display.advice:
        draw_badge(canvas, [display.advice], (0, top - 2, columns, canvas.height))
    else:
        hint = text.fit(display.tip or (display.hint if known else NAMED), columns, (text.SMALL,))
        canvas.stamp(hint, 0, top + 2)


def _ready(display: CountDisplay, canvas: Canvas) -> None:
    _draw_set(display, canvas, "G0")


def _set(display: CountDisplay, canvas: Canvas) -> None:
    _draw_set(display, canvas, str(min(max(display.reps, 0), _MOST)))


def _draw_set(display: CountDisplay, canvas: Canvas, number: str) -> None:
    """The huge number at the left, its set beside it, the bar at the right edge."""
    draw_title(canvas, title_of(display.exercise), display.status)
    figures = _number(number, canvas.height - _TOP)
    zone = max(figures.shape[1], 58)
    draw_centred(canvas, figures, 0, zone, _TOP)
    left, right = zone + 5, canvas.width - _BAR - 4
    _draw_side(display, canvas, left, right)
    draw_bar(canvas, display.progress, (canvas.width - _BAR, _TOP, canvas.width, canvas.height))


def _draw_side(display: CountDisplay, canvas: Canvas, left: int, right: int) -> None:
    """The set and its target, and below them what matters most: advice, partial rep or tempo."""
    set_number = text.fit(set_of(display.set_number, display.target_sets), right - left)
    draw_centred(canvas, set_number, left, right, _TOP)
    if display.target_reps and not (display.advice and display.phase == "set"):
        of = text.fit(f"of {display.target_reps}", right - left)
        draw_centred(canvas, of, left, right, _TOP + 14)
    if display.advice:
        lines = text.wrap(display.advice, right - left - 4, text.BOLD)[:2]
        draw_badge(canvas, lines, (left, canvas.height - 30, right, canvas.height))
    elif display.partial:
        draw_badge(canvas, ["partial"], (left, canvas.height - 16, right, canvas.height))
    elif display.tempo is not None:
        if not display.target_reps:
            draw_centred(canvas, text.line("tempo", text.SMALL), left, right, canvas.height - 31)
        draw_centred(canvas, _tempo(display.tempo, right - left), left, right, canvas.height - 20)


def _number(number: str, height: int) -> Mask:
    """The huge figures: broad up to two, the narrower the more there are."""
    gap = 3 if len(number) > len("99") else 4
    width = min(27, (68 - gap * (len(number) - 1)) // len(number))
    return digits.number(number, width, height, min(8, (width + 1) // 3), gap)


def _tempo(tempo: tuple[float, float, float, float], columns: int) -> Mask:
    """Whole seconds of the four parts of a repetition, one figure each."""
    return digits.number("".join(tempo_digits(tempo)), (columns - 9) // 4, 20, 3, 3)
