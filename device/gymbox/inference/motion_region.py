"""Where in the picture somebody trains, found without a network: where it moves, again and again.

The camera of the box stands still. What differs from the picture of a moment ago has moved; what
does so over and over in the same place is an athlete, and somebody who walks past is not. Cheap
enough to run beside a network on the smallest boxes: one grey picture of 64 columns, five times a
second.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.camera.frame import Frame

COLUMNS = 64
"""Of the small picture."""
APART = 0.18
"""Seconds between the pictures that are compared: slow movements show, and the time is saved."""
MOVED = 12.0
"""Grey levels of 255 by which a cell must change; the noise of a camera is an area mean here."""
SHAKEN = 0.6
"""Share of the cells that change together when the light or the camera does, not the athlete."""
MEMORY = 6.0
"""Seconds that count: a repetition or two, and long beside the half second of a passer-by."""
BUSY = 0.12
"""Share of the time that some cell must be moving before anybody is believed to train."""
LIKE_MOST = 0.35
"""Share of the busiest cell's movement from which a cell belongs to the athlete."""
TAILS = 0.04
"""Share of the movement that may lie beyond each edge of the region."""
ROOM = 1.5
"""Side of the region over the larger extent of the movement: feet and hands often keep still."""
LEAST = 0.3
"""Smallest side, as a share of the larger side of the frame: only a part of the athlete moves."""
EASE = 2.0
"""Seconds in which the region follows; within a repetition it must not jump."""

Area = tuple[float, float, float, float]
Square = NDArray[np.float64]
"""[3] centre x, centre y and side, in cells."""


class MotionRegion:
    """Follows the athlete's place through a recording or a session."""

    def __init__(self) -> None:
        self._before: NDArray[np.float32] | None = None
        self._t = -math.inf
        self._energy: NDArray[np.float32] | None = None
        self._square: Square | None = None

    def __call__(self, frame: Frame) -> Area | None:
        """Where to look in the next frame.

        Returns:
            A square as (x0, y0, x1, y1) in pixels, which may leave the frame; None, to look at the
            whole frame, while nobody is known to train or where they fill it.
        """
        if frame.timestamp - self._t >= APART:
            self._look(frame)
        height, width = frame.image.shape[:2]
        if self._square is None:
            return None
        x, y, side = (self._square * (width / COLUMNS)).tolist()
        if side >= max(width, height):
            return None
        return x - side / 2, y - side / 2, x + side / 2, y + side / 2

    def _look(self, frame: Frame) -> None:
        now = small(frame.image)
        seconds = frame.timestamp - self._t
        before, self._before, self._t = self._before, now, frame.timestamp
        if before is None or before.shape != now.shape:
            self._energy, self._square = np.zeros(now.shape, np.float32), None
            return
        moved = np.abs(now - before) > MOVED
        if self._energy is None or moved.mean() > SHAKEN:
            return
        kept = math.exp(-min(seconds, MEMORY) / MEMORY)
        self._energy = self._energy * np.float32(kept) + moved * np.float32(1 - kept)
        found = square_around(self._energy)
        if found is not None:
            eased = 1.0 if self._square is None else 1 - math.exp(-seconds / EASE)
            place = found if self._square is None else self._square
            self._square = place + eased * (found - place)


def small(image: NDArray[np.uint8]) -> NDArray[np.float32]:
    """A frame as a grey picture [rows, COLUMNS] of the same aspect."""
    height, width = image.shape[:2]
    rows = max(1, round(COLUMNS * height / width))
    # Every other row and column is enough of a mean, at a quarter of the price.
    step = max(1, min(height, width) // 240)
    shrunk = cv2.resize(image[::step, ::step], (COLUMNS, rows), interpolation=cv2.INTER_AREA)
    grey: NDArray[np.float32] = shrunk.mean(axis=2, dtype=np.float32)
    return grey


def square_around(energy: NDArray[np.float32]) -> Square | None:
    """The square around what moves most.

    Args:
        energy: [rows, columns] share of the time that each cell has been moving of late.

    Returns:
        None where nothing moves enough.
    """
    most = float(energy.max())
    if most < BUSY:
        return None
    busy = np.where(energy >= LIKE_MOST * most, energy, 0.0)
    left, right = _extent(busy.sum(axis=0))
    top, bottom = _extent(busy.sum(axis=1))
    side = max(ROOM * max(right - left, bottom - top), LEAST * max(energy.shape))
    return np.array([(left + right) / 2, (top + bottom) / 2, side])


def _extent(amounts: NDArray[np.float64]) -> tuple[float, float]:
    """Between which cells nearly all of it lies."""
    share = np.cumsum(amounts) / amounts.sum()
    return float(np.searchsorted(share, TAILS)), float(np.searchsorted(share, 1 - TAILS) + 1)
