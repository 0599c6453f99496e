"""All signals of a recording as arrays, for what looks at a whole movement at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.observe import Observation
from gymbox.motion.signals import ANGLES, NAMES
from gymbox.reps.progress import FAVOUR_VISIBLE, SEEN

Floats = NDArray[np.float64]

RATE = 20.0
"""Rows a second."""
SMOOTH = 0.25
"""Seconds that slips are smoothed over."""
MISSING = 0.4
"""Share of the rows that a signal may be unseen in."""
UNIT = np.array([90.0 if name.removesuffix("_world") in ANGLES else 1.0 for name in NAMES])
"""[k] what counts as much in one signal as in the others: a right angle, the length of a limb."""


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Every signal at even times.

    Attributes:
        times: [n] seconds, `RATE` a second.
        sides: [2, n, k] left and right in the order of `signals.NAMES`, NaN where hardly ever seen.
        quality: [2, k] mean quality.
    """

    times: Floats
    sides: Floats
    quality: Floats

    def between(self, begin: float, end: float) -> "Readings":
        """Those from `begin` to `end` seconds."""
        inside = (self.times >= begin) & (self.times <= end)
        return Readings(self.times[inside], self.sides[:, inside], self.quality)

    def together(self) -> Floats:
        """[n, k] both sides, each weighed by how well it is seen, as the counter does."""
        weight = np.where(np.isnan(self.sides), 0.0, self.quality[:, None] ** FAVOUR_VISIBLE)
        total = weight.sum(axis=0)
        summed = (np.nan_to_num(self.sides) * weight).sum(axis=0)
        return np.where(total > 0, summed / np.maximum(total, 1e-9), np.nan)


def gather(observations: Sequence[Observation]) -> Readings:
    """Brings observations to even times, on a line between two; slips are smoothed away."""
    seconds = np.array([seen.timestamp for seen in observations])
    raw, quality = (
        np.array(
            [
                [[getattr(side[name], part) for name in NAMES] for side in (seen.left, seen.right)]
                for seen in observations
            ]
        ).transpose(1, 0, 2)
        for part in ("value", "quality")
    )
    times = np.arange(seconds[0], seconds[-1] + 1e-9, 1 / RATE)
    sides = np.full((2, len(times), len(NAMES)), np.nan)
    for side in range(2):
        for k in range(len(NAMES)):
            seen = (quality[side, :, k] >= SEEN) & np.isfinite(raw[side, :, k])
            if seen.mean() >= 1 - MISSING:
                line = np.interp(times, seconds[seen], raw[side, seen, k])
                sides[side, :, k] = _smooth(line)
    return Readings(times, sides, np.nan_to_num(quality.mean(axis=1)))


def _smooth(line: Floats) -> Floats:
    """The middle value of three, then a mean over `SMOOTH` seconds."""
    padded = np.pad(line, 1, mode="edge")
    middle = np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0)
    half = max(1, round(SMOOTH * RATE / 2))
    kernel = np.ones(2 * half + 1) / (2 * half + 1)
    return np.convolve(np.pad(middle, half, mode="edge"), kernel, mode="valid")
