"""Repetitions on a clock: how deep the athlete is at any time, and what that is called."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array, ease
from tools.synth.moves.exercise import Exercise

COMPLETE, SHORT = 0.75, 0.45
"""Depth from which a repetition is complete, and up to which it certainly is not; between them a
reasonable counter may say either."""
STILL = 0.03
"""Depth below which the athlete rests in the start pose."""


@dataclass(frozen=True, slots=True)
class Rep:
    """One repetition, seconds from the beginning of the clip.

    Attributes:
        begin: leaves the start pose.
        low, high: reaches and leaves the turn.
        end: is back in the start pose.
        depth: share of the full way.
        early: where in its time the way out reaches its middle, see `curves.ease`.
        sticking: 0..1, how much the way back slows down in its middle.
    """

    begin: float
    low: float
    high: float
    end: float
    depth: float
    early: float = 0.5
    sticking: float = 0.0

    @property
    def turn(self) -> float:
        """The middle of the stay at the turn."""
        return (self.low + self.high) / 2

    @property
    def partial(self) -> bool:
        """Whether it turns round before it is complete."""
        return self.depth < COMPLETE

    @property
    def doubtful(self) -> bool:
        """Whether a reasonable counter may take it for a complete one all the same."""
        return SHORT < self.depth < COMPLETE

    def shifted(self, seconds: float) -> "Rep":
        """The same, later."""
        return Rep(
            *(t + seconds for t in (self.begin, self.low, self.high, self.end)),
            *(self.depth, self.early, self.sticking),
        )


def sample(
    exercise: Exercise,
    rng: np.random.Generator,
    *,
    count: int,
    partials: Sequence[float] = (),
    reach: float = 1.0,
) -> tuple[Rep, ...]:
    """A set: tempo of one athlete, fatigue towards the end, pauses and sticking points.

    Args:
        exercise: its pace.
        rng: of this set.
        count: complete repetitions.
        partials: depths of those that turn round early, anywhere between them.
        reach: what all depths are multiplied with, for faults.
    """
    pace = {key: float(rng.uniform(*span)) for key, span in exercise.pace.items()}
    fatigue = rng.uniform(0.0, 0.5)
    kinds: list[float | None] = [*[None] * count, *partials]
    order = rng.permutation(len(kinds))
    now, reps = 0.0, []
    for k, partial in enumerate(kinds[i] for i in order):
        tired = 1.0 + fatigue * (k / max(len(kinds) - 1, 1)) ** 2
        jitter = rng.lognormal(0.0, 0.09, 4)
        depth = min(rng.normal(0.985, 0.02), 1.03) if partial is None else partial
        depth *= reach
        share = 0.55 + 0.45 * depth
        low = now + pace["out"] * jitter[0] * share * (1 + 0.3 * (tired - 1))
        high = low + pace["turn"] * jitter[1] * (1.0 if partial is None else 0.5)
        end = high + pace["back"] * jitter[2] * share * tired
        sticking = rng.uniform(0, 0.6) * (tired - 1.0)
        reps.append(Rep(now, low, high, end, depth, rng.uniform(0.46, 0.54), sticking))
        now = end + pace["rest"] * jitter[3] * tired
        if rng.random() < 0.06:  # noqa: PLR2004 - a breather in one repetition of sixteen
            now += rng.uniform(1.0, 2.5)
    return tuple(reps)


def depths(reps: tuple[Rep, ...], times: Array) -> Array:
    """How deep the athlete is at [n] times, 0 in the start pose."""
    depth = np.zeros(len(times))
    for rep in reps:
        out = ease((times - rep.begin) / (rep.low - rep.begin), rep.early)
        u = np.clip((times - rep.high) / (rep.end - rep.high), 0, 1)
        back = ease(u - rep.sticking * np.sin(2 * np.pi * u) / (2 * np.pi) * 0.9, 0.5)
        depth = np.maximum(depth, rep.depth * np.minimum(out, 1 - back))
    return depth


def ways(reps: tuple[Rep, ...], times: Array) -> Array:
    """On the way out (1), on the way back (-1) or neither (0), softly, at [n] times."""
    way = np.zeros(len(times))
    for rep in reps:
        inside = (times >= rep.begin) & (times <= rep.end)
        way[inside] = -np.tanh((times[inside] - rep.turn) / 0.12)
    return way


def phases(reps: tuple[Rep, ...], times: Array) -> list[str]:
    """`start`, `out`, `turn` or `back` at [n] times."""
    names = np.full(len(times), "start", dtype=object)
    for rep in reps:
        names[(times >= rep.begin) & (times < rep.low)] = "out"
        names[(times >= rep.low) & (times < rep.high)] = "turn"
        names[(times >= rep.high) & (times < rep.end)] = "back"
    return list(names)
