"""What several views share: the title with its icons, the bar, the strip of advice."""

import numpy as np

from gymbox.display import Status
from gymbox.panel import text
from gymbox.panel.canvas import Canvas, Mask

Area = tuple[int, int, int, int]
"""A box as (left, top, right, bottom), right and bottom one past its last pixel."""

ROW = 10
"""Rows of a title and of its icons."""

LOW_BATTERY = 0.2
"""Below this share the battery is shown on every view."""

LOCKS = ("locked", "waiting")
"""What may be told of the lock on one athlete, and the names of the icons."""

_ICON_GAP = 4


def title_of(exercise: str) -> str:
    """An exercise's name as people write it: "push_up" is "push-up"."""
    return exercise.replace("_up", "-up").replace("_", " ")


def clock_of(seconds: int) -> str:
    """Minutes and seconds, such as "1:30"; the most there is room for is "99:59"."""
    minutes, rest = divmod(min(max(seconds, 0), 99 * 60 + 59), 60)
    return f"{minutes}:{rest:02d}"


def set_of(number: int, planned: int) -> str:
    """Such as "set 2" or, of the planned ones, "set 2/3"."""
    return f"set {number}/{planned}" if number <= planned else f"set {number}"


def tempo_digits(tempo: tuple[float, float, float, float]) -> list[str]:
    """Whole seconds of the four parts of a repetition, one figure each."""
    return [str(min(max(int(seconds + 0.5), 0), 9)) for seconds in tempo]


def status_icons(status: Status, *, battery: bool = False) -> Mask:
    """The icons side by side as a mask [10, columns], trouble first.

    Args:
        status: what to tell.
        battery: show the gauge even while the battery is well charged.
    """
    icons: list[Mask] = []
    if not status.camera:
        icons.append(text.icon("no-camera"))
    if not status.log:
        icons.append(text.icon("no-log"))
    if status.battery is not None and (battery or status.battery < LOW_BATTERY):
        icons.append(_battery(status.battery))
    if status.lock in LOCKS:
        icons.append(text.icon(status.lock))
    elif status.athlete:
        icons.append(text.icon("person"))
    gap = np.zeros((ROW, _ICON_GAP), dtype=np.bool_)
    parts = [np.zeros((ROW, 0), dtype=np.bool_)]
    for number, icon in enumerate(icons):
        parts += [gap, icon] if number else [icon]
    return np.concatenate(parts, axis=1)


def draw_icons(canvas: Canvas, status: Status, *, top: int = 0, battery: bool = False) -> int:
    """Draw the icons at the right edge; returns the first column that they leave free of text."""
    icons = status_icons(status, battery=battery)
    left = canvas.width - icons.shape[1]
    canvas.stamp(icons, left, top)
    return left - _ICON_GAP if icons.shape[1] else canvas.width


def draw_title(canvas: Canvas, title: str, status: Status, *, battery: bool = False) -> None:
    """Draw a title along the top, with the icons at its right."""
    columns = draw_icons(canvas, status, battery=battery)
    mask = text.fit(title, columns)
    canvas.stamp(mask, 0, (ROW - mask.shape[0]) // 2)


def draw_centred(canvas: Canvas, mask: Mask, left: int, right: int, top: int) -> None:
    """Draw a mask in the middle between two columns."""
    canvas.stamp(mask, left + (right - left - mask.shape[1]) // 2, top)


def draw_badge(canvas: Canvas, lines: list[str], area: Area) -> None:
    """Draw lines of dark text, one under the other, in the middle of a light box."""
    left, top, right, bottom = area
    masks = [text.fit(line, right - left - 4, (text.BOLD, text.SMALL)) for line in lines]
    heights = sum(mask.shape[0] for mask in masks) + 3 * (len(masks) - 1)
    y = top + (bottom - top - heights) // 2
    for mask in masks:
        draw_centred(canvas, mask, left, right, y)
        y += mask.shape[0] + 3
    canvas.invert(left, top, right, bottom)
    for x in (left, right - 1):
        canvas.clear(x, top, x + 1, top + 1)
        canvas.clear(x, bottom - 1, x + 1, bottom)


def draw_bar(canvas: Canvas, progress: float, area: Area) -> None:
    """Draw an upright bar, filled from below by progress, 0..1."""
    left, top, right, bottom = area
    canvas.outline(left, top, right, bottom)
    inside = bottom - top - 4
    filled = round(inside * min(max(progress, 0.0), 1.0))
    canvas.box(left + 2, bottom - 2 - filled, right - 2, bottom - 2)


def _battery(charge: float) -> Mask:
    """A gauge of 14 columns."""
    gauge = Canvas(14, ROW)
    gauge.outline(0, 1, 13, 9)
    gauge.box(13, 3, 14, 7)
    gauge.box(2, 3, 2 + round(9 * min(max(charge, 0.0), 1.0)), 7)
    return gauge.pixels
