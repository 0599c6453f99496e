"""Where one movement begins, turns and comes back: looking at its samples.

All thresholds are shares of the movement's own size, because cameras look from everywhere and
shrink what points at them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

BACK = 0.7
"""Share of a movement that must be undone to be back in the start pose."""
ARRIVED = 0.85
"""Share at which it is back at once, without waiting for it to settle."""
SETTLE = 0.2
"""Seconds of rest that tell an end of a movement from a sticking point."""
STILL = 0.06
"""Progress within which it rests."""


class Sample(NamedTuple):
    """Progress `value` (0 start pose, 1 turn) seen with `quality` (0..1) at `t` seconds.

    And where in the picture the athlete was meanwhile, in pixels: how far down the part of the
    body that moves and the one that stays, how far right the hips; and the length of the torso.
    """

    t: float
    value: float
    quality: float
    mover: float = 0.0
    still: float = 0.0
    across: float = 0.0
    torso: float = 1.0


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement out of the start pose, so far.

    Attributes:
        samples: from the lowest before it on.
        low: progress of the start pose.
        turn: index of the furthest sample.
    """

    samples: Sequence[Sample]
    low: float
    turn: int

    @classmethod
    def of(cls, samples: Sequence[Sample], low: float) -> "Movement":
        """The movement that these samples show."""
        return cls(samples, low, max(range(len(samples)), key=lambda i: samples[i].value))

    @property
    def high(self) -> float:
        """Progress at the turn."""
        return self.samples[self.turn].value

    @property
    def reach(self) -> float:
        """How far it went; beyond the start pose there is nothing to gain, only noise."""
        return self.high - max(0.0, self.low)

    @property
    def rep(self) -> Sequence[Sample]:
        """The samples from the last one that rests in the start pose on."""
        outward = range(self.turn)
        resting = (i for i in outward if self.samples[i].value <= self.low + STILL)
        return self.samples[max(resting, default=0) :]

    @property
    def returning(self) -> Sequence[Sample]:
        """The samples from the turn on."""
        return self.samples[self.turn :]

    def is_turning(self, usual: float) -> bool:
        """The furthest point has been passed, was held for a while or is where it usually is."""
        if self.reach >= ARRIVED * usual > 0.0:
            return True
        now = self.samples[-1]
        resting = next(s.t for s in self.samples if self.high - s.value <= STILL)
        return now.t - resting >= SETTLE or self.high - now.value > STILL

    def is_back(self) -> bool:
        """It is nearly in the start pose again, or has been."""
        nearest = min(sample.value for sample in self.returning)
        return self.high - nearest >= BACK * (self.high - self.low)

    def is_home(self) -> bool:
        """It is quite back, or nearly and no nearer for a while, or already off again."""
        now = self.samples[-1]
        if self.high - now.value >= ARRIVED * (self.high - self.low):
            return True
        if not self.is_back():
            return False
        nearest = min(sample.value for sample in self.returning)
        resting = next(s.t for s in self.returning if s.value - nearest <= STILL)
        return now.t - resting >= SETTLE or now.value - nearest > STILL


def from_lowest(samples: Sequence[Sample]) -> Sequence[Sample]:
    """The samples from the lowest on."""
    return samples[min(range(len(samples)), key=lambda i: samples[i].value) :]


def crossing(a: Sample, b: Sample, level: float) -> float:
    """When the line between two samples on either side of a level crosses it; else b's time."""
    if (a.value > level) == (b.value > level):
        return b.t
    return a.t + (level - a.value) / (b.value - a.value) * (b.t - a.t)
