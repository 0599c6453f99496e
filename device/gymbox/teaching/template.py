"""The shape of a repetition, by which a taught exercise is recognised.

A template is a repetition at `PHASES` even moments, each told by joint angles in space, the slope
of the limbs and how high and wide hands and feet are (`motion/features.py`). Poses match when each
of them is like one of these moments, and each moment like one of them: so tempo does not matter,
while resting in the start pose, or doing something else half the time, does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gymbox.motion import features
from gymbox.motion.landmarks import Pose
from gymbox.motion.windows import RATE, resample
from gymbox.teaching.cycles import Cycle, moments

Floats = NDArray[np.float64]

PHASES = 12
"""Moments of a template, half of them on the way out."""
SEARCHED = np.r_[0:10, 20:45]
"""Of the angles of `features` those that do not depend on where the camera stands."""
COUNT = len(SEARCHED)
"""Numbers that tell a moment."""
ROOM, LEAST, MOST = 1.7, 0.1, 0.13
"""How far poses may be from a template: so many times as far as the repetitions shown are from each
other, but at least and at most so far."""
EDGE = 0.15
"""Share of that distance over which a match turns from likely to unlikely."""


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A repetition.

    Attributes:
        rows: [PHASES, COUNT] what its moments look like.
        reach: distance at which a match is as likely as not.
        seconds: how long a repetition took.
    """

    rows: Floats
    reach: float
    seconds: float

    def likeness(self, window: Floats) -> float:
        """0..1, how well poses fit.

        Args:
            window: [t, COUNT] of `describe`, at least a repetition long.
        """
        if not len(window):
            return 0.0
        apart = distance(window, self.rows)
        return float(1 / (1 + np.exp(min(50.0, (apart - self.reach) / (EDGE * self.reach)))))


def learn(poses: Sequence[Pose], cycles: Sequence[Cycle]) -> Template:
    """The template of repetitions that were shown."""
    times = np.array([pose.timestamp for pose in poses])
    kept = np.stack([features.row(pose) for pose in poses])
    shapes = np.stack(
        [describe(resample(times, kept, moments(cycle, PHASES))[0]) for cycle in cycles]
    )
    apart = []
    for left_out in range(len(cycles)):
        others = np.delete(shapes, left_out, axis=0).mean(axis=0)
        cycle = cycles[left_out]
        grid = np.arange(cycle.start, cycle.end, 1 / RATE, dtype=np.float64)
        apart.append(distance(describe(resample(times, kept, grid)[0]), others))
    return Template(
        rows=shapes.mean(axis=0),
        reach=float(np.clip(ROOM * max(apart), LEAST, MOST)),
        seconds=float(np.median([cycle.seconds for cycle in cycles])),
    )


def describe(rows: NDArray[np.float32]) -> Floats:
    """[t, COUNT] what rows of a window look like, see `features.row`."""
    told = features.features(rows, np.ones(len(rows), bool), RATE)
    return told[:, features.columns("angles")][:, SEARCHED].astype(np.float64)


def distance(window: Floats, rows: Floats) -> float:
    """How far poses [t, k] are from moments [m, k]: the worse of both ways of looking."""
    apart = np.sqrt(((window[:, None] - rows[None]) ** 2).mean(axis=2))
    return float(max(apart.min(axis=1).mean(), apart.min(axis=0).mean()))
