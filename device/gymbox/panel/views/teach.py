"""A lesson: what to do next, the repetitions seen, the name that is offered."""

from gymbox.display import TeachDisplay
from gymbox.panel import digits, text
from gymbox.panel.canvas import Canvas
from gymbox.panel.views.parts import Area, draw_badge, draw_centred, draw_title, title_of

_TOP = 14
"""First row below the title."""
_FOOT = 9
"""Rows of the buttons' words."""
_SHOW = "show 3 to 5 reps"

WORDS = {
    "start": ("new exercise", "show it to me", "begin", ""),
    "hold": ("new exercise", "hold start pose", "", "stop"),
    "learning": ("new exercise", "learning ...", "", ""),
    "problem": ("not learnt", "", "again", "stop"),
    "like": ("too like", "", "keep", "again"),
    "name": ("name it", "", "yes", "other"),
    "saved": ("learnt", "", "", ""),
}
"""By step: title, words, what SELECT and BACK do."""


def draw_teach(display: TeachDisplay, canvas: Canvas) -> None:
    """Draw the step that the lesson is at."""
    if display.step == "show":
        _show(display, canvas)
        return
    title, words, select, back = WORDS.get(display.step, (display.step, "", "", ""))
    draw_title(canvas, title, display.status)
    said = {"name": display.name, "saved": display.words, "like": display.words}
    told = title_of(said[display.step]) if display.step in said else words or display.words
    advice = display.advice not in {"", "ok"}
    foot = 14 if advice else _FOOT
    _draw_words(canvas, told, (0, _TOP, canvas.width, canvas.height - foot))
    if advice:
        draw_badge(canvas, [display.advice], (0, canvas.height - 13, canvas.width, canvas.height))
    else:
        _draw_buttons(canvas, select, back)


def _show(display: TeachDisplay, canvas: Canvas) -> None:
    """The count so far, and what to do."""
    draw_title(canvas, "rep" if display.reps == 1 else "reps", display.status)
    figures = str(min(max(display.reps, 0), 99))
    mask = digits.number(figures, 27, canvas.height - _TOP, 8, 4)
    draw_centred(canvas, mask, 0, 64, _TOP)
    if display.advice not in {"", "ok"}:
        words, select = [display.advice], ""
    elif display.enough:
        words, select = ["enough"], "select: done"
    else:
        words, select = [_SHOW], ""
    _draw_words(canvas, words[0], (66, _TOP, canvas.width, canvas.height - _FOOT))
    small = text.fit(select, 62, (text.SMALL,))
    canvas.stamp(small, canvas.width - small.shape[1], canvas.height - 8)


def _draw_words(canvas: Canvas, words: str, area: Area) -> None:
    """As large as they go, in up to three lines."""
    left, top, right, bottom = area
    for style, gap in ((text.HUGE, 4), (text.WIDE, 4), (text.BOLD, 3), (text.SMALL, 2)):
        lines = text.wrap(words, right - left, style)
        masks = [text.fit(line, right - left, (style, text.SMALL)) for line in lines]
        rows = sum(mask.shape[0] for mask in masks) + gap * (len(masks) - 1)
        whole = all(text.width(line, style) <= right - left for line in lines)
        if (whole and rows <= bottom - top) or style is text.SMALL:
            break
    y = max(top, top + (bottom - top - rows) // 2)
    for mask in masks:
        draw_centred(canvas, mask, left, right, y)
        y += mask.shape[0] + gap


def _draw_buttons(canvas: Canvas, select: str, back: str) -> None:
    """What the two buttons do."""
    top = canvas.height - 8
    if select:
        canvas.stamp(text.fit(f"select: {select}", 66, (text.SMALL,)), 0, top)
    if back:
        mask = text.fit(f"back: {back}", 62, (text.SMALL,))
        canvas.stamp(mask, canvas.width - mask.shape[1], top)
