"""Guided collection: questions, getting ready, the recording, and whether the count is right."""

from gymbox.display import CollectDisplay
from gymbox.panel import digits, text
from gymbox.panel.canvas import Canvas, Mask
from gymbox.panel.strokes import line, stadium
from gymbox.panel.views.parts import (
    ROW,
    Area,
    draw_badge,
    draw_bar,
    draw_centred,
    draw_icons,
    draw_title,
    title_of,
)

_TOP = 14
"""First row below the title."""
_BAR = 8
_PLAN = 40
"""Rows and columns of the athlete seen from above."""
_MOST = 999

_TITLES = {
    "athlete": "who trains?",
    "exercise": "what?",
    "reps": "how many?",
    "direction": "camera where?",
    "height": "camera how high?",
    "pictures": "pictures too?",
}
_PLACES = {
    "front": (20, 37),
    "front left": (32, 32),
    "left": (37, 20),
    "back left": (32, 8),
    "back": (20, 3),
    "back right": (8, 8),
    "right": (3, 20),
    "front right": (8, 32),
}
"""The camera on the plan: the athlete faces down and has their left at the right."""


def draw_collect(display: CollectDisplay, canvas: Canvas) -> None:
    """Draw the step that the collection is at."""
    steps = {
        "next": _next,
        "ready": _ready,
        "count_in": _count_in,
        "record": _record,
        "review": _review,
    }
    steps.get(display.step, _question)(display, canvas)


def _question(display: CollectDisplay, canvas: Canvas) -> None:
    """What is asked along the top, the answer below it, the buttons along the bottom."""
    draw_title(canvas, _TITLES.get(display.step, display.step), display.status)
    left = 0
    if display.step == "direction":
        left = _PLAN + 4
        _draw_plan(canvas, display.direction)
    if display.step == "pictures":
        small = "faces are stored" if display.pictures else "landmarks only"
        draw_centred(canvas, text.line(small, text.SMALL), 0, canvas.width, 43)
    bottom = 40 if display.step == "pictures" else canvas.height - (20 if left else 10)
    _draw_words(canvas, _answer(display), (left, _TOP, canvas.width, bottom))
    _draw_buttons(canvas, "yes", "other", left)


def _answer(display: CollectDisplay) -> str:
    answers = {
        "athlete": f"athlete {display.number}",
        "exercise": _name(display),
        "reps": f"{display.number} reps",
        "direction": display.direction,
        "height": display.height,
        "pictures": "yes" if display.pictures else "no",
    }
    return answers.get(display.step, "")


def _next(display: CollectDisplay, canvas: Canvas) -> None:
    """What is missing most."""
    draw_title(canvas, "next", display.status)
    title = text.width("next", text.WIDE)
    takes = "1 take" if display.takes == 1 else f"{display.takes} takes"
    canvas.stamp(text.fit(takes, 60, (text.SMALL,)), title + 8, 2)
    _draw_words(canvas, _name(display), (0, 12, canvas.width, 40))
    places = ", ".join(filter(None, (display.direction, display.height)))
    how = f"{display.of} x {places}" if display.direction else f"camera {places}"
    draw_centred(canvas, text.fit(how, canvas.width, (text.SMALL,)), 0, canvas.width, 41)
    _draw_buttons(canvas, "go", "other", 0)


def _ready(display: CollectDisplay, canvas: Canvas) -> None:
    draw_title(canvas, _name(display), display.status)
    _draw_words(canvas, "hold start pose", (0, _TOP, canvas.width, canvas.height - 14))
    if display.advice:
        draw_badge(canvas, [display.advice], (0, canvas.height - 14, canvas.width, canvas.height))
    else:
        _draw_kept(display, canvas)


def _count_in(display: CollectDisplay, canvas: Canvas) -> None:
    draw_title(canvas, _name(display), display.status)
    number = str(min(max(display.number or 0, 0), 9))
    draw_centred(canvas, digits.number(number, 27, 36, 8, 4), 0, canvas.width, _TOP)
    _draw_kept(display, canvas)


def _record(display: CollectDisplay, canvas: Canvas) -> None:
    """As a set, but with a filled circle: this is kept."""
    columns = draw_icons(canvas, display.status)
    canvas.stamp(stadium((ROW, ROW), 1, 1, 9, 9), 0, 0)
    canvas.stamp(text.fit(_name(display), columns - ROW - 4), ROW + 4, 0)
    zone = _draw_number(display, canvas)
    left, right = zone + 5, canvas.width - _BAR - 4
    if display.of:
        draw_centred(canvas, text.fit(f"of {display.of}", right - left), left, right, _TOP + 2)
    if display.pictures:
        draw_badge(canvas, ["pictures"], (left, canvas.height - 16, right, canvas.height))
    else:
        for row, word in enumerate(("landmarks", "only")):
            mask = text.fit(word, right - left, (text.SMALL,))
            draw_centred(canvas, mask, left, right, canvas.height - 18 + 9 * row)
    draw_bar(canvas, display.progress, (canvas.width - _BAR, _TOP, canvas.width, canvas.height))


def _review(display: CollectDisplay, canvas: Canvas) -> None:
    """The count and whether it is right; without a number whether to throw the take away."""
    if display.number is None:
        draw_title(canvas, _name(display), display.status)
        _draw_words(canvas, "throw it away?", (0, _TOP, canvas.width, canvas.height - 10))
        _draw_buttons(canvas, "yes", "no", 0)
        return
    draw_title(canvas, _name(display), display.status)
    if display.activity:
        _draw_words(canvas, "keep it?", (0, _TOP, canvas.width, canvas.height - 10))
    else:
        figures = digits.number(str(min(max(display.number, 0), _MOST)), 23, 36, 7, 4)
        draw_centred(canvas, figures, 0, 70, _TOP)
        for row, word in enumerate(("reps,", "right?")):
            draw_centred(canvas, text.line(word, text.WIDE), 70, canvas.width, 20 + 14 * row)
    _draw_buttons(canvas, "yes", "no", 0)


def _name(display: CollectDisplay) -> str:
    if display.activity:
        return display.activity
    return "something else" if display.exercise == "unknown" else title_of(display.exercise)


def _draw_words(canvas: Canvas, words: str, area: Area) -> None:
    """Huge in one line, else smaller in two."""
    left, top, right, bottom = area
    huge = text.width(words, text.HUGE) <= right - left
    lines = [words] if huge else text.wrap(words, right - left, text.WIDE)[:2]
    styles = (text.HUGE,) if huge else (text.WIDE, text.BOLD, text.SMALL)
    masks = [text.fit(part, right - left, styles) for part in lines]
    rows = sum(mask.shape[0] for mask in masks) + 5 * (len(masks) - 1)
    y = top + (bottom - top - rows) // 2
    for mask in masks:
        draw_centred(canvas, mask, left, right, y)
        y += mask.shape[0] + 5


def _draw_number(display: CollectDisplay, canvas: Canvas) -> int:
    """The count, huge; returns the first column beside it."""
    figures = str(min(max(display.number or 0, 0), _MOST))
    width = min(27, (68 - 4 * (len(figures) - 1)) // len(figures))
    mask = digits.number(figures, width, canvas.height - _TOP, min(8, (width + 1) // 3), 4)
    zone = max(int(mask.shape[1]), 58)
    draw_centred(canvas, mask, 0, zone, _TOP)
    return zone


def _draw_buttons(canvas: Canvas, select: str, back: str, left: int) -> None:
    """What the two buttons do."""
    top = canvas.height - 8
    yes = text.fit(f"select: {select}", 66, (text.SMALL,))
    no = text.fit(f"back: {back}", 62, (text.SMALL,))
    if left:  # beside a picture: one under the other
        canvas.stamp(yes, left, top - 9)
        canvas.stamp(no, left, top)
        return
    canvas.stamp(yes, 0, top)
    canvas.stamp(no, canvas.width - no.shape[1], top)


def _draw_kept(display: CollectDisplay, canvas: Canvas) -> None:
    """What of the athlete is kept."""
    area = (0, canvas.height - 13, canvas.width, canvas.height)
    if display.pictures:
        draw_badge(canvas, ["with pictures"], area)
    else:
        draw_centred(canvas, text.line("landmarks only", text.SMALL), 0, canvas.width, area[1] + 5)


def _draw_plan(canvas: Canvas, direction: str) -> None:
    """The athlete from above, facing down, and the camera where it stands."""
    plan: Mask = stadium((_PLAN, _PLAN), 12, 16, 29, 24)
    nose = line((_PLAN, _PLAN), (20, 24), (20, 27), 3)
    canvas.stamp(plan | nose, 0, _TOP + 4)
    for place, (x, y) in _PLACES.items():
        top = _TOP + 4 + y
        if place == direction:
            canvas.box(x - 3, top - 3, x + 4, top + 4)
        else:
            canvas.box(x, top, x + 1, top + 1)
