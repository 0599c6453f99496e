"""The tempo of a repetition, as coaches write it: eccentric, pause, concentric, pause."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gymbox.reps.movement import Sample, crossing
from gymbox.reps.profiles import Phase

NEAR = 0.06
"""Share of a movement's size from either end within which rest cannot be told from movement."""
WHOLE = 1.46
"""How much longer a stroke lasts than what is seen of it between those ends, if it is half a cosine
as in steady repetitions. A single reach (minimum jerk) would take 1.7, a linear one 1.14."""

Tempo = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One way of a repetition, from rest to rest, in seconds."""

    begin: float
    end: float

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Strokes:
    """Both ways of a repetition."""

    out: Stroke
    back: Stroke


def strokes(rep: Sequence[Sample], low: float) -> Strokes:
    """Measures a repetition.

    Args:
        rep: samples from the last in the start pose on. Where they end before the way back does,
            the rest of it is taken to last as long as its first half.
        low: progress of the start pose.
    """
    turn = max(range(len(rep)), key=lambda index: rep[index].value)
    near, far = (low + share * (rep[turn].value - low) for share in (NEAR, 1.0 - NEAR))
    middle = (near + far) / 2.0
    up, down = rep[: turn + 1], rep[turn:]
    leaving = max((i for i, sample in enumerate(up) if sample.value <= near), default=0)
    half_up = _first(up[leaving:], middle)
    left = _first(up[leaving:], near) if up[leaving].value <= near else up[leaving].t
    begin = half_up - WHOLE * (half_up - left)
    end = half_up + WHOLE * (_first(up[leaving:], far) - half_up)
    turned = max((i for i, sample in enumerate(down) if sample.value >= far), default=0)
    half_down = _first(down[turned:], middle)
    half = WHOLE * (half_down - _first(down[turned:], far))
    return Strokes(
        Stroke(begin, min(end, rep[turn].t)),
        Stroke(max(half_down - half, rep[turn].t), half_down + half),
    )


def tempo(now: Strokes, before: Strokes | None, first: Phase) -> Tempo:
    """The tempo of a repetition.

    A lift that counts at the top has not been lowered yet: its eccentric and upper pause are those
    of the repetition before it, 0 for the first of a set. One that counts back in the start pose
    has its own; its second pause is the one before it.

    Args:
        now: the repetition.
        before: the one before it, None for the first.
        first: the phase with which the exercise starts.
    """
    rest = max(0.0, now.out.begin - before.back.end) if before else 0.0
    if first == "eccentric":
        return (now.out.duration, _pause(now), now.back.duration, rest)
    if before is None:
        return (0.0, 0.0, now.out.duration, 0.0)
    return (before.back.duration, rest, now.out.duration, _pause(before))


def _first(samples: Sequence[Sample], level: float) -> float:
    """When a level is crossed first, the last sample's time if it is not."""
    for a, b in pairwise(samples):
        if (a.value > level) != (b.value > level):
            return crossing(a, b, level)
    return samples[-1].t


def _pause(rep: Strokes) -> float:
    return max(0.0, rep.back.begin - rep.out.end)
