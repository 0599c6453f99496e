"""Recognising taught exercises beside the twelve: a recogniser around the box's own one."""

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gymbox.motion import features
from gymbox.motion.landmarks import Pose
from gymbox.motion.windows import RATE, PoseWindow
from gymbox.teaching.taught import Taught
from gymbox.teaching.template import Floats, Template, describe

LOOK = 1.25
"""Repetitions that are looked at: one whole one lies in it wherever it begins."""
LEAST, MOST = 3.0, 10.0
"""Seconds that are looked at at least and at most."""
FOUND = 0.6
"""Share of them in which somebody must have been found."""


class Recogniser(Protocol):
    """Says which exercise the last seconds show."""

    def add(self, timestamp: float, pose: Pose | None) -> None:
        """Takes a frame; None if nobody was found in it."""
        ...

    def chances(self) -> Mapping[str, float]:
        """The chance of every exercise and of "unknown", together 1."""
        ...


class TaughtRecogniser:
    """Gives taught exercises their share of the chances.

    Where the last seconds are like a template, as much of every other chance goes to it, also of an
    exercise that it is like: whoever keeps it in spite of that wants it named. Nothing else is
    changed, so without a match the twelve keep what they had.

    Args:
        base: the recogniser of the box.
        taught: gives the taught exercises, whenever asked: one may have been added.
    """

    def __init__(self, base: Recogniser, taught: Callable[[], Mapping[str, Taught]]) -> None:
        self._base = base
        self._taught = taught
        self._window = PoseWindow(int(MOST * RATE))

    def add(self, timestamp: float, pose: Pose | None) -> None:
        """Takes a frame; None if nobody was found in it."""
        self._base.add(timestamp, pose)
        self._window.add(timestamp, pose)

    def chances(self) -> Mapping[str, float]:
        """The chance of every exercise and of "unknown", together 1."""
        base = self._base.chances()
        taught = self._taught()
        if not taught:
            return base
        window = self._window.sample()
        like = {
            name: matched(window.rows, window.found, one.template) for name, one in taught.items()
        }
        best = max(like.values())
        total = sum(like.values())
        shares = {name: best * value / max(total, 1e-9) for name, value in like.items()}
        return {**{name: (1 - best) * chance for name, chance in base.items()}, **shares}


def matched(rows: NDArray[np.float32], found: NDArray[np.bool_], template: Template) -> float:
    """0..1, how like a template the last seconds of a window are; either side may be the left.

    Args:
        rows: [t, joints, channels] of a `Window`.
        found: [t] where somebody was.
        template: of the exercise.
    """
    count = looked_at(template)
    return max(map(template.likeness, described(rows[-count:], found[-count:])), default=0.0)


def looked_at(template: Template) -> int:
    """Rows of a window that are compared with a template."""
    return int(min(MOST, max(LEAST, LOOK * template.seconds)) * RATE)


def described(rows: NDArray[np.float32], found: NDArray[np.bool_]) -> list[Floats]:
    """What rows look like, and what they would mirrored; nothing where nobody was, mostly."""
    if not len(found) or found.mean() < FOUND:
        return []
    return [describe(rows[found]), describe(features.mirrored(rows[found]))]
