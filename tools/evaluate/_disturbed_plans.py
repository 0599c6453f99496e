"""Sets that are hard to count, as repetitions on a clock: slow, paused, drifting, in clusters."""

from collections.abc import Callable, Mapping

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves.exercise import Exercise
from tools.synth.moves.reps import Rep

Plan = Callable[[Exercise, np.random.Generator], tuple[Rep, ...]]
FULL = 0.985
"""Depth of a full repetition."""
HALF = 0.5
"""Depth from which a repetition should count."""
STEP = (0.46, 0.54)
"""Where in its time a stroke reaches its middle."""


def steady(exercise: Exercise, rng: np.random.Generator) -> tuple[Rep, ...]:
    """Three to seven repetitions at one athlete's pace."""
    return _set(exercise, rng, _full(rng, rng.integers(3, 8)))


def partials(exercise: Exercise, rng: np.random.Generator) -> tuple[Rep, ...]:
    """Full ones, and in between two that turn round before the half."""
    depths = [*_full(rng, rng.integers(3, 6)), *rng.uniform(0.22, 0.42, 2)]
    # The first one shows how far the athlete goes.
    return _set(exercise, rng, [depths[0], *rng.permutation(depths[1:])])


def paused(exercise: Exercise, rng: np.random.Generator) -> tuple[Rep, ...]:
    """Half a second to four at either end, or at both."""
    pauses = {"turn": rng.uniform(0.5, 4.0, 5), "rest": rng.uniform(0.5, 4.0, 5)}
    for end in ([], ["turn"], ["rest"])[rng.integers(3)]:
        del pauses[end]
    return _set(exercise, rng, _full(rng, 5), **pauses)


def slow(exercise: Exercise, rng: np.random.Generator) -> tuple[Rep, ...]:
    """Eccentric strokes of four to eight seconds."""
    way = "out" if exercise.first == "eccentric" else "back"
    return _set(exercise, rng, _full(rng, 4), **{way: rng.uniform(4.0, 8.0, 4)})


def clusters(exercise: Exercise, rng: np.random.Generator) -> tuple[Rep, ...]:
    """Five and five, ten to fifteen seconds in the start pose in between."""
    rest = np.full(10, rng.uniform(*exercise.pace["rest"]))
    rest[4] = rng.uniform(10.0, 15.0)
    return _set(exercise, rng, _full(rng, 10), rest=rest)


def shrinking(exercise: Exercise, rng: np.random.Generator) -> tuple[Rep, ...]:
    """A range that loses thirty per cent from the first to the last of eight."""
    return _set(exercise, rng, np.linspace(1.0, 0.7, 8) * _full(rng, 8))


def growing(exercise: Exercise, rng: np.random.Generator) -> tuple[Rep, ...]:
    """One that gains as much."""
    return _set(exercise, rng, np.linspace(0.7, 1.0, 8) * _full(rng, 8))


def first_off(exercise: Exercise, rng: np.random.Generator) -> tuple[Rep, ...]:
    """A first one that is shallower than the rest, or deeper."""
    depths = _full(rng, 5) * (1.0 if rng.random() < 0.5 else 0.75)  # noqa: PLR2004
    depths[0] = 0.75 if depths[0] > 0.9 else 1.0  # noqa: PLR2004
    return _set(exercise, rng, depths)


def quick(exercise: Exercise, rng: np.random.Generator) -> tuple[Rep, ...]:
    """Strokes of half the usual time, without a rest."""
    hurry = {way: np.full(8, 0.5 * rng.uniform(*exercise.pace[way])) for way in ("out", "back")}
    return _set(exercise, rng, _full(rng, 8), **hurry, rest=np.full(8, 0.1))


PLANS: Mapping[str, Plan] = {
    "steady": steady,
    "partial repetitions in between": partials,
    "pauses of 0.5-4 s": paused,
    "eccentric 4-8 s": slow,
    "clusters 5 + 5, 10-15 s": clusters,
    "range shrinks by 30 %": shrinking,
    "range grows by 30 %": growing,
    "first one shallower or deeper": first_off,
    "twice as quick": quick,
}
"""By what the report calls them."""


def _full(rng: np.random.Generator, count: int) -> Array:
    return np.minimum(rng.normal(FULL, 0.02, count), 1.03)


def _set(
    exercise: Exercise, rng: np.random.Generator, depths: Array, **given: Array
) -> tuple[Rep, ...]:
    """Repetitions of these depths; seconds of `out`, `turn`, `back`, `rest`, drawn if not given."""
    pace = {key: float(rng.uniform(*span)) for key, span in exercise.pace.items()}
    now, reps = 0.0, []
    for k, depth in enumerate(depths):
        lasts = {
            key: given[key][k] if key in given else value * rng.lognormal(0.0, 0.09)
            for key, value in pace.items()
        }
        share = 0.55 + 0.45 * depth
        low = now + lasts["out"] * share
        high = low + lasts["turn"]
        end = high + lasts["back"] * share
        reps.append(Rep(now, low, high, end, float(depth), float(rng.uniform(*STEP))))
        now = end + lasts["rest"]
    return tuple(reps)
