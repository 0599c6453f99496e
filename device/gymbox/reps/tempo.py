"""The tempo of a repetition, as coaches write it: eccentric, pause, concentric, pause."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gymbox.reps.profiles import Phase

NEAR = 0.08
"""Share of a movement's size within which it counts as resting at one of its ends."""

Tempo = tuple[float, float, float, float]


class Sample(NamedTuple):
    """Progress `value` (0 start pose, 1 turn) seen with `quality` (0..1) at `t` seconds."""

    t: float
    value: float
    quality: float


@dataclass(frozen=True, slots=True)
class Return:
    """The way back from a turn: what the next repetition's tempo needs of it.

    Attributes:
        pause: seconds at the turn.
        duration: seconds from there to the start pose.
        arrived: when that was reached.
    """

    pause: float
    duration: float
    arrived: float


def left_start(trace: Sequence[Sample], turn: Sample, low: float) -> int:
    """Index of the last sample before the turn that still rests at `low`, 0 if none does."""
    near = low + NEAR * (turn.value - low)
    before = (i for i, sample in enumerate(trace) if sample.t < turn.t and sample.value <= near)
    return max(before, default=0)


def way_back(rep: Sequence[Sample]) -> Return:
    """The pause at the turn of a repetition and the way back to its last sample."""
    reached, left = _at_turn(rep)
    return Return(left - reached, rep[-1].t - left, rep[-1].t)


def tempo(rep: Sequence[Sample], before: Return | None, first: Phase) -> Tempo:
    """The tempo of a repetition that ends with its last sample.

    A lift that counts at the top has not been lowered yet: its eccentric and upper pause are those
    of the lowering before it, 0 for the first of a set. One that counts back in the start pose has
    its own; its second pause is the one before it.

    Args:
        rep: samples from the start pose on.
        before: the way back of the repetition before, None for the first.
        first: the phase with which the exercise starts.
    """
    reached, left = _at_turn(rep)
    out = reached - rep[0].t
    rest = rep[0].t - before.arrived if before else 0.0
    if first == "eccentric":
        return (out, left - reached, rep[-1].t - left, max(0.0, rest))
    lowered, held = (before.duration, before.pause) if before else (0.0, 0.0)
    return (lowered, max(0.0, rest), out, held)


def _at_turn(rep: Sequence[Sample]) -> tuple[float, float]:
    """When the turn was reached and when it was left."""
    values = [sample.value for sample in rep]
    near = max(values) - NEAR * (max(values) - min(values))
    times = [sample.t for sample in rep if sample.value >= near]
    return times[0], times[-1]
