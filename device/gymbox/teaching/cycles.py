"""Finding a movement that is repeated, without knowing which one: its times, how alike they are.

All signals together are brought down to one line, the direction in which they change most (first
principal component); beside it the signals that change most are lines of their own. Where one goes
to and fro by most of its range, and does so alike, is a repetition. Somebody who walks to their
place first moves more than in the exercise, so several parts of the recording are looked at, and
the one with the most and most even repetitions is taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gymbox.teaching.readings import UNIT, Floats, Readings

STROKE = 0.45
"""Share of the range of the line that is a stroke."""
LEAST = 0.1
"""Size of a movement in `UNIT`s, all signals together: less is swaying."""
ALIKE = (0.55, 1.6)
"""Sizes of strokes against the middle one that are repetitions of the same movement."""
UNEVEN = 2.6
"""The longest repetition may last so many times as long as the shortest."""
AT_END = 0.12
"""Share of a stroke from its end within which the athlete is there."""
SAME = 0.7
"""Likeness from which repetitions are those of one movement."""
PHASES = 12
"""Moments at which two repetitions are compared."""
LINES = 3
"""Signals that are looked at alone."""
STEPS = 8
"""Places at which parts of the recording begin and end."""
SHORTEST = 0.6
"""Seconds that a repetition takes at least."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """One repetition: seconds when the start pose is left, of the turn, and when it is reached."""

    start: float
    turn: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Repeated:
    """A movement that was repeated.

    Attributes:
        cycles: the repetitions, one after the other.
        alike: 0..1, how alike they are in all signals.
        size: of the movement, see `LEAST`.
        rests: share of the time between the turns that is spent in the start pose.
    """

    cycles: tuple[Cycle, ...]
    alike: float
    size: float
    rests: float

    @property
    def score(self) -> tuple[int, float]:
        """How good a find this is: three alike go before two, then the more alike the better."""
        several = min(3, len(self.cycles)) if self.alike >= SAME else 0
        return several, len(self.cycles) ** 0.5 * self.alike**2 * min(1.0, self.size / (2 * LEAST))


def find(readings: Readings, *, parts: bool = True) -> Repeated | None:
    """The best repeated movement of a recording, None if there is none; see `candidates`."""
    return next(iter(candidates(readings, parts=parts)), None)


def candidates(readings: Readings, *, parts: bool = True) -> list[Repeated]:
    """The repeated movements of a recording, the best first.

    Args:
        readings: of it.
        parts: look at parts of it too, because not all of it is exercise.
    """
    found = [
        repeated
        for begin, end in (_parts(readings.times) if parts else _whole(readings.times))
        for repeated in _look(readings.between(begin, end))
    ]
    return sorted(found, key=lambda repeated: repeated.score, reverse=True)


def movement(readings: Readings) -> tuple[list[Floats], float]:
    """The lines along which a recording changes most, and by how much it does.

    Returns:
        [n] each; and how far the first goes (2 to 98 %) in `UNIT`s, spread over all signals.
    """
    together = readings.together()
    seen = ~np.isnan(together).any(axis=0)
    if not seen.any() or len(together) < PHASES:
        return [], 0.0
    weight = (readings.quality.max(axis=0) / UNIT)[seen]
    columns = (together[:, seen] - np.median(together[:, seen], axis=0)) * weight
    _, _, directions = np.linalg.svd(columns, full_matrices=False)
    line = columns @ directions[0]
    low, high = np.quantile(line, (0.02, 0.98))
    most = np.argsort(-columns.std(axis=0))[:LINES]
    return [line, *columns[:, most].T], float(high - low) / float(np.sqrt(seen.sum()))


def _whole(times: Floats) -> list[tuple[float, float]]:
    return [(float(times[0]), float(times[-1]))] if len(times) else []


def _parts(times: Floats) -> Iterator[tuple[float, float]]:
    if not len(times):
        return
    places = np.linspace(times[0], times[-1], STEPS + 1)
    for first, begin in enumerate(places):
        for end in places[first + 2 :]:
            yield float(begin), float(end)


def _look(readings: Readings) -> Iterator[Repeated]:
    """The repetitions in a part, begun at either end of the movement."""
    lines, size = movement(readings)
    if size < LEAST:
        return
    for line in (*lines, *(-line for line in lines)):
        for run in _runs(line, zigzag(line, STROKE)):
            cycles = [_cycle(readings.times, line, *three) for three in run]
            if _even(cycles):
                alike = likeness(readings, cycles)
                yield Repeated(tuple(cycles), alike, size, _rests(line, run))


def zigzag(line: Floats, share: float) -> list[int]:
    """Where a line turns back by a share of its range: low, high, low, ..., lows first and last."""
    low, high = np.quantile(line, (0.02, 0.98))
    enough = share * (high - low)
    turns: list[int] = []
    extreme, rising = 0, False  # looking for a low first
    for k, value in enumerate(line):
        if rising:
            if value >= line[extreme]:
                extreme = k
            elif line[extreme] - value >= enough:
                turns.append(extreme)
                extreme, rising = k, False
        elif value <= line[extreme]:
            extreme = k
        elif value - line[extreme] >= enough:
            turns.append(extreme)
            extreme, rising = k, True
    if not rising and turns:
        turns.append(extreme)
    return turns


Three = tuple[int, int, int]


def _runs(line: Floats, turns: Sequence[int]) -> Iterator[list[Three]]:
    """Threes of low, high, low, in runs of strokes of like size."""
    threes = [(a, b, c) for a, b, c in zip(turns[::2], turns[1::2], turns[2::2], strict=False)]
    if not threes:
        return
    sizes = [line[b] - max(line[a], line[c]) for a, b, c in threes]
    usual = float(np.median(sizes))
    lows = float(np.median([line[a] for a, _, _ in threes]))
    run: list[Three] = []
    for three, size in zip(threes, sizes, strict=True):
        near = all(abs(line[k] - lows) <= STROKE * usual for k in three[::2])
        if near and ALIKE[0] * usual <= size <= ALIKE[1] * usual:
            run.append(three)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _cycle(times: Floats, line: Floats, low: int, high: int, back: int) -> Cycle:
    """A repetition without the rests on either side of it."""
    out, home = line[low : high + 1], line[high : back + 1]
    leaves = np.flatnonzero(out <= out[0] + AT_END * (out[-1] - out[0]))[-1]
    arrives = np.flatnonzero(home <= home[-1] + AT_END * (home[0] - home[-1]))[0]
    return Cycle(float(times[low + leaves]), float(times[high]), float(times[high + arrives]))


def _even(cycles: Sequence[Cycle]) -> bool:
    lasts = [cycle.seconds for cycle in cycles]
    return min(lasts) >= SHORTEST and max(lasts) <= UNEVEN * min(lasts)


def _rests(line: Floats, run: Sequence[Three]) -> float:
    """Time at the low ends over that at both ends, between the first turn and the last."""
    if len(run) < 2:  # noqa: PLR2004 (between two)
        return 0.5
    span = line[run[0][1] : run[-1][1] + 1]
    low, high = (float(np.median([line[three[k]] for three in run])) for k in (0, 1))
    here = (span - low) / max(high - low, 1e-9)
    at_low, at_high = (here < 2 * AT_END).sum(), (here > 1 - 2 * AT_END).sum()
    return float(at_low / max(at_low + at_high, 1))


def likeness(readings: Readings, cycles: Sequence[Cycle]) -> float:
    """How alike repetitions are, 0..1: of all that changes in them the part that is common."""
    if len(cycles) < 2:  # noqa: PLR2004
        return 0.0
    together = readings.together()
    seen = ~np.isnan(together).any(axis=0)
    columns = together[:, seen] / UNIT[seen]
    shapes = np.stack([shape(readings.times, columns, cycle) for cycle in cycles])
    mean = shapes.mean(axis=0)
    common = ((mean - mean.mean(axis=0)) ** 2).mean()
    apart = ((shapes - mean) ** 2).mean()
    return float(common / max(common + apart, 1e-9))


def shape(times: Floats, columns: Floats, cycle: Cycle) -> Floats:
    """[PHASES, k] a repetition at even shares of each of its ways."""
    at = moments(cycle, PHASES)
    return np.stack([np.interp(at, times, column) for column in columns.T], axis=1)


def moments(cycle: Cycle, count: int) -> Floats:
    """[count] seconds: half of them on the way out, half on the way back."""
    half = count // 2
    out = np.linspace(cycle.start, cycle.turn, half, endpoint=False)
    return np.concatenate([out, np.linspace(cycle.turn, cycle.end, count - half)])


def gaps(cycles: Sequence[Cycle]) -> list[float]:
    """Seconds between one repetition and the next."""
    return [b.start - a.end for a, b in pairwise(cycles)]
