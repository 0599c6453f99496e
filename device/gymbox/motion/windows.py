"""A sliding window of the last poses, at a rate of its own.

Cameras give 5 to 30 frames a second and not evenly; the sequence net wants ten rows a second. So
the window is resampled by the time of the frames. Pure: time comes from the frames.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.features import CHANNELS, JOINTS, features, row
from gymbox.motion.landmarks import Pose

RATE = 10.0
"""Rows a second."""
BRIDGE = 0.7
"""Seconds without a pose that are filled in by drawing a line: a few lost frames."""
_SLOT = 1 / 60
"""Seconds between frames below which a newer one takes the place of the last."""


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """The last seconds of an athlete.

    Attributes:
        timestamp: seconds, of the last frame.
        rows: [t, joints, channels] see `gymbox.motion.features`, the newest last, `RATE` a second.
        found: [t] where somebody was found; before the first frame nobody was.
    """

    timestamp: float
    rows: NDArray[np.float32]
    found: NDArray[np.bool_]

    @property
    def seconds(self) -> float:
        """How much of the window somebody was found in."""
        return float(self.found.sum()) / RATE

    def features(self) -> NDArray[np.float32]:
        """[t, features.COUNT] what the network takes."""
        return features(self.rows, self.found, RATE)


class PoseWindow:
    """Keeps the poses of the last seconds in memory of its own, so that a frame costs a copy.

    Args:
        length: rows of the window, `RATE` a second.

    >>> window = PoseWindow(length=30)
    >>> window.add(0.0, None)
    >>> window.sample().found.any()
    np.False_
    """

    def __init__(self, length: int) -> None:
        self._grid = np.arange(1 - length, 1) / RATE
        seconds = -float(self._grid[0]) + 2 * BRIDGE
        self._room = int(seconds / _SLOT) + 2
        self._times = np.full(self._room, np.nan)
        self._rows = np.zeros((self._room, len(JOINTS), CHANNELS), np.float32)
        self._newest = -1
        self._now = -np.inf
        self._found_at = -np.inf

    def reset(self) -> None:
        """Forgets everything, as after a change of athlete."""
        self._times[:] = np.nan
        self._newest = -1
        self._now = self._found_at = -np.inf

    def add(self, timestamp: float, pose: Pose | None) -> None:
        """Takes the next frame.

        Args:
            timestamp: seconds, of the frame; one that is not later than the last starts anew.
            pose: None if nobody was found in it.
        """
        if timestamp <= self._now:
            self.reset()
        self._now = timestamp
        if pose is None:
            return
        if timestamp - self._found_at >= _SLOT:
            self._newest = (self._newest + 1) % self._room
            self._found_at = timestamp
        self._times[self._newest] = timestamp
        self._rows[self._newest] = row(pose)

    def sample(self) -> Window:
        """The window that ends with the last frame."""
        order = (np.arange(self._room) + self._newest + 1) % self._room
        order = order[~np.isnan(self._times[order])]
        rows, found = resample(self._times[order], self._rows[order], self._now + self._grid)
        return Window(self._now, rows, found)


def resample(
    times: NDArray[np.float64], rows: NDArray[np.float32], grid: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Rows at other times, on a line between the two about them.

    Args:
        times: [n] seconds of the frames in which somebody was found, rising.
        rows: [n, ...] what was found.
        grid: [t] seconds, wanted.

    Returns:
        [t, ...] rows and [t] where somebody was found: a moment counts as found on a frame, between
        two frames at most `BRIDGE` seconds apart, and half a row's time after the last of them.
    """
    if not len(times):
        return np.zeros((len(grid), *rows.shape[1:]), np.float32), np.zeros(len(grid), bool)
    after = np.searchsorted(times, grid - 1e-9)
    right = np.minimum(after, len(times) - 1)
    left = np.maximum(after - 1, 0)
    gap = times[right] - times[left]
    inside = (after > 0) & (after < len(times)) & (gap <= BRIDGE)
    nearest = np.where(grid - times[left] < times[right] - grid, left, right)
    close = np.abs(times[nearest] - grid) <= 0.5 / RATE
    share = np.where(inside, (grid - times[left]) / np.maximum(gap, 1e-9), 0.0)
    share = share.astype(np.float32).reshape(-1, *[1] * (rows.ndim - 1))
    line = rows[left] + share * (rows[right] - rows[left])
    inside = inside.reshape(share.shape)
    return np.where(inside, line, rows[nearest]), inside.ravel() | close
