"""From the repetitions of a demonstration to a profile that counts them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gymbox.motion.anchors import Travel
from gymbox.motion.observe import Observation
from gymbox.reps import counter
from gymbox.reps.counter import GAP, Counter, RepDone
from gymbox.reps.profiles import Profile, Signal
from gymbox.teaching import bearing, clearest
from gymbox.teaching.cycles import Cycle
from gymbox.teaching.readings import Readings

MOST = 5
"""Signals of a profile at most."""
SMALLEST = 0.58
"""Share of the smallest repetition shown from which one is complete."""
RANGES, STARTS = (SMALLEST, 0.5), (0.35, 0.5)
"""What is tried for the range of a profile, and for the start pose."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A profile and how well it counts the demonstration.

    Attributes:
        profile: with a name and title to be given.
        reps: what its counter counts in the demonstration.
        wrong: repetitions by which that differs from those shown.
        uneven: spread of their sizes, a share.
    """

    profile: Profile
    reps: tuple[RepDone, ...]
    wrong: int
    uneven: float

    @property
    def cost(self) -> tuple[float, ...]:
        """The less the better: count first, then evenness, then how many signals agree."""
        return (self.wrong, round(self.uneven, 1), -len(self.profile.signals))


def fit(
    observations: Sequence[Observation],
    readings: Readings,
    cycles: Sequence[Cycle],
    moved: Travel | None,
) -> Fit | None:
    """The profile that counts a demonstration best.

    Args:
        observations: of the demonstration.
        readings: the same as arrays.
        cycles: its repetitions.
        moved: how far the parts of the body went in them.

    Returns:
        None where no signal shows the movement.
    """
    signals = clearest.ranked(readings, cycles)
    if not signals:
        return None
    mover, still = bearing.mover(moved)
    whole = replace(_profile(readings, cycles, signals[:MOST]), moves=mover, still=still)
    begin, end = cycles[0].start - 1.0, cycles[-1].end + 1.0
    shown = [seen for seen in observations if begin <= seen.timestamp <= end]
    fits = [_judged(profile, shown, cycles) for profile in _variants(whole)]
    return min(fits, key=lambda found: found.cost)


def counted(observations: Sequence[Observation], profile: Profile) -> list[RepDone]:
    """The complete repetitions that a profile counts, one that waits to settle included."""
    state, reps = Counter(), list[RepDone]()
    for seen in observations:
        state, news = counter.step(state, seen, profile)
        reps += [event for event in news if isinstance(event, RepDone) and not event.partial]
    pending = state.pending
    if pending is not None and observations[-1].timestamp - pending.end <= GAP:
        reps.append(pending)
    return reps


def _judged(profile: Profile, shown: Sequence[Observation], cycles: Sequence[Cycle]) -> Fit:
    reps = tuple(counted(shown, profile))
    sizes = [rep.rom for rep in reps]
    uneven = float(np.std(sizes)) / max(sizes) if sizes else 1.0
    return Fit(profile, reps, abs(len(reps) - len(cycles)), uneven)


def _variants(whole: Profile) -> Iterator[Profile]:
    """A profile with fewer signals, another range, a wider start pose."""
    ways = [whole.signals[:count] for count in (MOST, 3, 2, 1) if count <= len(whole.signals)]
    ways.append(tuple(s for s in whole.signals if s.name.endswith("_world")))
    ways.append(tuple(s for s in whole.signals if not s.name.endswith("_world")))
    for signals in filter(None, dict.fromkeys(ways)):
        for start in STARTS:
            for share in RANGES:
                yield replace(
                    whole, signals=signals, start_within=start, range=round(share * whole.range, 2)
                )


def _profile(readings: Readings, cycles: Sequence[Cycle], signals: Sequence[Signal]) -> Profile:
    """With the whole way of the smallest repetition as its range."""
    lasts = [cycle.seconds for cycle in cycles]
    return Profile(
        name="",
        title="",
        variant_of="",
        first=bearing.first(readings, cycles),
        counts_at="start",
        sides=bearing.sides(readings, cycles, signals[0]),
        signals=tuple(signals),
        posture=tuple(bearing.posture(readings, cycles)),
        start_within=STARTS[0],
        turn_beyond=0.0,
        range=clearest.smallest(readings, cycles, signals),
        hold=0.2,
        min_rep=round(max(0.3, 0.4 * min(lasts)), 2),
        max_rep=round(max(8.0, 3.0 * max(lasts)), 1),
    )
