"""The joint that drives a movement, as a curve of the last seconds.

A still athlete gives the same curve again and again, so that nothing is drawn anew: an angle is
kept until it has changed by more than a step.
"""

import math
from collections import deque
from dataclasses import dataclass

from gymbox.motion.observe import Observation
from gymbox.motion.signals import ANGLES
from gymbox.reps.profiles import Profile

COLUMNS, PERIOD = 60, 0.1
"""How many points the curve has, and the seconds from one to the next."""
STEP = 3
"""Degrees that an angle must change by to be drawn anew: less than a dot of the screen."""
HELD = 5
"""Points for which the last angle stands where none was seen: a box may be slow."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A curve as the screen shows it.

    Attributes:
        joint: which one, "" for none.
        points: degrees, oldest first; None where it was not seen.
    """

    joint: str = ""
    points: tuple[int | None, ...] = ()


NOTHING = Shown()
"""No curve."""


class Curve:
    """Keeps the angles of the last seconds, each on the side that is seen better."""

    def __init__(self) -> None:
        self._columns: deque[tuple[int, dict[str, int]]] = deque(maxlen=COLUMNS + HELD)
        self._now = 0

    def add(self, t: float, observation: Observation | None) -> None:
        """Takes what was seen at t seconds, None where nobody was."""
        now = int(t / PERIOD)
        if now < self._now:
            self._columns.clear()  # the clock was set back: what was seen is of another time
        self._now = now
        if observation is None:
            return
        before = self._columns[-1][1] if self._columns else {}
        degrees = {joint: seen(observation, joint) for joint in ANGLES}
        angles = {j: _kept(before.get(j), d) for j, d in degrees.items() if math.isfinite(d)}
        if self._columns and self._columns[-1][0] == now:
            self._columns.pop()
        self._columns.append((now, angles))

    def shown(self, profile: Profile | None) -> Shown:
        """The curve of the joint that drives an exercise; None takes the one that moves most."""
        joint = self._liveliest() if profile is None else driving(profile)
        by_column = {column: angles[joint] for column, angles in self._columns if joint in angles}
        points: list[int | None] = []
        first = self._now - COLUMNS + 1
        held, until = 0, first - HELD
        for column in range(first - HELD, self._now + 1):
            if column in by_column:
                held, until = by_column[column], column + HELD
            points.append(held if column < until else None)
        points = points[HELD:]
        return Shown(joint, tuple(points)) if any(p is not None for p in points) else NOTHING

    def _liveliest(self) -> str:
        recent = [angles for column, angles in self._columns if column > self._now - COLUMNS]
        spans = dict.fromkeys(ANGLES, -1)
        for joint in ANGLES:
            values = [angles[joint] for angles in recent if joint in angles]
            spans[joint] = max(values) - min(values) if values else -1
        return max(spans, key=lambda joint: spans[joint])


def driving(profile: Profile) -> str:
    """The joint whose angle says most about the movement, "" where no angle says anything."""
    weights: dict[str, float] = {}
    for signal in profile.signals:
        joint = signal.name.removesuffix("_world")
        if joint in ANGLES:
            weights[joint] = weights.get(joint, 0.0) + signal.weight
    return max(weights, key=lambda joint: weights[joint]) if weights else ""


def seen(observation: Observation, joint: str) -> float:
    """The angle of a joint on the side that is seen better, degrees."""
    left, right = observation.left[joint], observation.right[joint]
    return left.value if left.quality >= right.quality else right.value


def _kept(before: int | None, angle: float) -> int:
    """The angle in whole degrees, the one before it while that is near enough."""
    return round(angle) if before is None or abs(angle - before) > STEP else before
