"""The huge figures: drawn from strokes, so that they fit any box to the pixel.

They follow the road-sign habit: one stroke width, half circles and straight lines, open bowls that
stay apart from each other at a distance.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from gymbox.panel.canvas import Mask
from gymbox.panel.strokes import box, line, stadium

Shape = tuple[int, int]


@lru_cache(maxsize=64)
def figure(char: str, width: int, height: int, stroke: int) -> Mask:
    """The mask [height, columns] of one of "0123456789G:"; "1" and ":" are narrower than width.

    Raises:
        KeyError: the character has no huge figure.
    """
    draw = _FIGURES[char]
    columns = {"1": (2 * width + 2) // 3, ":": stroke}.get(char, width)
    mask = draw((height, columns), stroke)
    mask.setflags(write=False)
    return mask


def number(text: str, width: int, height: int, stroke: int, gap: int) -> Mask:
    """A row of figures with gap dark columns between them, as a mask [height, columns]."""
    masks: list[Mask] = []
    for char in text:
        if masks:
            masks.append(np.zeros((height, gap), dtype=np.bool_))
        masks.append(figure(char, width, height, stroke))
    return np.concatenate(masks, axis=1)


def _ring(shape: Shape, stroke: int, top: int, bottom: int) -> Mask:
    width = shape[1]
    hole = stadium(shape, stroke, top + stroke, width - stroke, bottom - stroke)
    return stadium(shape, 0, top, width, bottom) & ~hole


def _zero(shape: Shape, stroke: int) -> Mask:
    return _ring(shape, stroke, 0, shape[0])


def _one(shape: Shape, stroke: int) -> Mask:
    height, width = shape
    flag = line(shape, (width - stroke // 2, stroke // 2), (stroke // 2, height // 4), stroke)
    return box(shape, width - stroke, 0, width, height) | flag


def _two(shape: Shape, stroke: int) -> Mask:
    height, width = shape
    half = stroke // 2
    shoulder = max(width // 2, height * 3 // 10)
    arch = _ring(shape, stroke, 0, 2 * shoulder) & box(shape, 0, 0, width, shoulder)
    slope = line(shape, (width - half, shoulder), (half, height - half), stroke)
    return arch | slope | box(shape, 0, height - stroke, width, height)


def _three(shape: Shape, stroke: int) -> Mask:
    height, width = shape
    waist = (height + stroke) // 2
    rings = _ring(shape, stroke, 0, waist) | _ring(shape, stroke, waist - stroke, height)
    mouth = box(shape, 0, width // 2 - 1, width // 2, height - width // 2 + 1)
    tongue = box(shape, width // 3, waist - stroke, width // 2, waist)
    return (rings & ~mouth) | tongue


def _four(shape: Shape, stroke: int) -> Mask:
    height, width = shape
    half = stroke // 2
    bar = height * 2 // 3
    stem = width - stroke - max(width // 8, 1)
    slope = line(shape, (stem - 1, half - stroke), (half, bar + half), stroke)
    above = box(shape, 0, 0, width, bar + stroke)
    cross = box(shape, 0, bar, width, bar + stroke)
    return (slope & above) | cross | box(shape, stem, height * 2 // 5, stem + stroke, height)


def _five(shape: Shape, stroke: int) -> Mask:
    height, width = shape
    brow = height * 2 // 5
    bowl = _ring(shape, stroke, brow, height)
    mouth = box(shape, 0, brow + stroke, width // 2, height - width // 2 + 1)
    stem = box(shape, 0, 0, stroke, brow + stroke)
    lintel = box(shape, 0, brow, width // 2, brow + stroke)
    return (bowl & ~mouth) | stem | lintel | box(shape, 0, 0, width, stroke)


def _six(shape: Shape, stroke: int) -> Mask:
    height, width = shape
    brow = height * 2 // 5
    end = min(width // 2, height * 3 // 10)
    hook = _ring(shape, stroke, 0, height) & ~box(shape, width // 2, end, width, height)
    return hook | _ring(shape, stroke, brow, height)


def _seven(shape: Shape, stroke: int) -> Mask:
    height, width = shape
    half = stroke // 2
    slope = line(shape, (width - half, half), (width // 3, height + half), stroke)
    return box(shape, 0, 0, width, stroke) | slope


def _eight(shape: Shape, stroke: int) -> Mask:
    height = shape[0]
    waist = (height + stroke) // 2 - 1
    return _ring(shape, stroke, 0, waist) | _ring(shape, stroke, waist - stroke, height)


def _nine(shape: Shape, stroke: int) -> Mask:
    return np.ascontiguousarray(_six(shape, stroke)[::-1, ::-1])


def _go(shape: Shape, stroke: int) -> Mask:
    height, width = shape
    middle = height // 2
    mouth = box(shape, width // 2, width // 2, width, middle)
    ring = _ring(shape, stroke, 0, height) & ~mouth
    return ring | box(shape, width // 2, middle, width, middle + stroke)


def _colon(shape: Shape, stroke: int) -> Mask:
    height = shape[0]
    upper, lower = height * 3 // 10, height * 7 // 10
    half = stroke // 2
    dot = stadium(shape, 0, upper - half, stroke, upper - half + stroke)
    return dot | stadium(shape, 0, lower - half, stroke, lower - half + stroke)


_FIGURES: dict[str, Callable[[Shape, int], Mask]] = {
    "0": _zero,
    "1": _one,
    "2": _two,
    "3": _three,
    "4": _four,
    "5": _five,
    "6": _six,
    "7": _seven,
    "8": _eight,
    "9": _nine,
    "G": _go,
    ":": _colon,
}
