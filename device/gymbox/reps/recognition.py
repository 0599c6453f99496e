"""Which exercise is it: what a recogniser said, weighed over time.

A recogniser, such as the sequence net, says a few times a second how likely each exercise is. Its
windows overlap, so it repeats its mistakes, and a window that is mostly walking up to the bar says
little. Two ways of weighing its words stand here, both pure:

- `believe`: what the athlete does now. A hidden Markov model in continuous time: they go on with
  what they do for a while, and words that come quickly one after the other count as one.
- `support`: how much was said for an exercise during one repetition, which is what decides whether
  that repetition counts.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gymbox.reps.profiles import UNKNOWN

DWELL = 20.0
"""Seconds for which an athlete goes on with what they do, on the average."""
ALIKE = 0.4
"""Seconds within which a recogniser repeats itself: windows that share most of their frames."""
IDLE = 0.5
"""Share of the time in which athletes do none of the exercises."""
FLOOR = 0.01
"""The least chance of anything: no recogniser is as sure as it says."""
LEAD = 0.5
"""Seconds into a repetition from which windows show more of it than of what was before."""
LAG = 1.5
"""Seconds after a repetition up to which windows still show it."""


class Heard(NamedTuple):
    """What was said at `t` seconds: the chance of each exercise, of UNKNOWN too; together 1."""

    t: float
    chances: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Belief:
    """What the athlete is taken to do.

    Attributes:
        t: seconds, when something was heard last; None before.
        chances: of everything that was heard of, together 1; empty before.
    """

    t: float | None = None
    chances: Mapping[str, float] = field(default_factory=dict)

    @property
    def best(self) -> tuple[str, float]:
        """What is likeliest, and how likely."""
        if not self.chances:
            return UNKNOWN, 1.0
        name = max(self.chances, key=self.chances.__getitem__)
        return name, self.chances[name]


def believe(belief: Belief, heard: Heard) -> Belief:
    """The belief after something was said; words from the past are not taken."""
    seconds = ALIKE if belief.t is None else heard.t - belief.t
    if not seconds > 0 or not heard.chances:
        return belief
    others = sum(name != UNKNOWN for name in heard.chances)
    stay = math.exp(-seconds / DWELL)
    weight = min(1.0, seconds / ALIKE)
    chances = {}
    for name, chance in heard.chances.items():
        before = IDLE if name == UNKNOWN else (1.0 - IDLE) / max(others, 1)
        moved = stay * belief.chances.get(name, before) + (1.0 - stay) * before
        chances[name] = moved * max(chance, FLOOR) ** weight
    total = sum(chances.values())
    return Belief(heard.t, {name: chance / total for name, chance in chances.items()})


def support(heard: Sequence[Heard], exercise: str, start: float, end: float) -> float:
    """0..1, how much was said for an exercise during a repetition.

    Args:
        heard: oldest first.
        exercise: its name.
        start: seconds, when the repetition began.
        end: when it ended.
    """
    said = [one for one in heard if start + LEAD <= one.t <= end + LAG]
    # A repetition shorter than the pause between two answers: the one before it has to do.
    said = said or [one for one in heard if start - LEAD <= one.t <= end + LAG][-1:]
    if not said:
        return 0.0
    return sum(one.chances.get(exercise, 0.0) for one in said) / len(said)
