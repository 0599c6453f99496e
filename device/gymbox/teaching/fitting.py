"""From the repetitions of a demonstration to a profile that counts them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from gymbox.motion.anchors import PARTS, Travel
from gymbox.motion.observe import Observation
from gymbox.motion.signals import ANGLES, NAMES
from gymbox.reps import counter
from gymbox.reps.counter import GAP, Counter, RepDone
from gymbox.reps.profiles import Bound, Phase, Profile, Sides, Signal
from gymbox.reps.progress import SEEN
from gymbox.teaching.cycles import Cycle
from gymbox.teaching.readings import UNIT, Floats, Readings

AROUND = 0.1
"""Seconds about an end of a repetition in which its pose is read."""
SWING = 0.16
"""`UNIT`s by which a signal must change: 14 degrees, a sixth of a limb."""
GOES_ALONG = 0.8
"""Correlation of a signal with the movement from which it tells how far that is."""
CLEAR = 2.5
"""Times that a signal's swing must exceed what it differs between repetitions."""
JITTER = 0.03
"""`UNIT`s that a signal may be off anyway."""
MOST = 5
"""Signals of a profile at most."""
ONE_SIDED = 0.35
"""Share of the other side's swing below which a side takes no part."""
SURE = 0.6
"""Quality from which a side's rest is no failure to see it."""
ROOM = (0.4, 0.35)
"""`UNIT`s that a posture may be outside of what was shown: picture, space."""
OWN, STRAY = 0.3, 0.5
"""How far the share of a movement that a part made itself may be from all of it, and how much the
part that stays may move besides."""
TELLING = 1.6
"""`UNIT`s that a bound may be wide to be worth keeping."""
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
    ranked = _signals(readings, cycles)
    if not ranked:
        return None
    mover, still = _mover(moved)
    whole = replace(_profile(readings, cycles, ranked), moves=mover, still=still)
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


def _profile(readings: Readings, cycles: Sequence[Cycle], ranked: Sequence[Signal]) -> Profile:
    """With the whole way of the smallest repetition as its range."""
    signals = tuple(ranked[:MOST])
    lasts = [cycle.seconds for cycle in cycles]
    return Profile(
        name="",
        title="",
        variant_of="",
        first=_first(readings, cycles),
        counts_at="start",
        sides=_sides(readings, cycles, signals[0]),
        signals=signals,
        posture=tuple(_posture(readings, cycles)),
        start_within=STARTS[0],
        turn_beyond=0.0,
        range=_smallest(readings, cycles, signals),
        hold=0.2,
        min_rep=round(max(0.3, 0.4 * min(lasts)), 2),
        max_rep=round(max(8.0, 3.0 * max(lasts)), 1),
    )


def _signals(readings: Readings, cycles: Sequence[Cycle]) -> list[Signal]:
    """Those that show the movement, the clearest first."""
    together = readings.together()
    starts = _ends(readings, together, cycles, "start")
    turns = _ends(readings, together, cycles, "turn")
    begin, end = np.median(starts, axis=0), np.median(turns, axis=0)
    swing = np.abs(end - begin) / UNIT
    spread = (np.abs(starts - begin).mean(axis=0) + np.abs(turns - end).mean(axis=0)) / UNIT
    clear = swing / (spread + JITTER)
    along = np.abs(_along(readings, together, cycles))
    quality = readings.quality.max(axis=0)
    good = (swing >= SWING) & (along >= GOES_ALONG) & (clear >= CLEAR) & (quality >= SEEN)
    value = np.where(good, np.minimum(swing, 0.6) * np.minimum(clear, 8.0) * quality, 0.0)
    order = [k for k in np.argsort(-value) if value[k] > 0]
    return [
        Signal(
            name=NAMES[k],
            start=_neat(begin[k], NAMES[k]),
            turn=_neat(end[k], NAMES[k]),
            weight=round(float(np.clip(clear[k] / 4.0, 0.5, 2.0)), 1),
        )
        for k in order
    ]


def _neat(value: float, name: str) -> float:
    """To a tenth of a degree or a thousandth of a limb: it is read by people."""
    return round(float(value), 1 if name.removesuffix("_world") in ANGLES else 3)


def _ends(readings: Readings, columns: Floats, cycles: Sequence[Cycle], which: str) -> Floats:
    """[m, k] the signals at one end of the repetitions; the start pose before and after each."""
    at = [cycle.turn for cycle in cycles]
    if which == "start":
        at = [t for cycle in cycles for t in (cycle.start, cycle.end)]
    rows = []
    for t in at:
        near = np.abs(readings.times - t) <= AROUND
        near |= readings.times == readings.times[np.abs(readings.times - t).argmin()]
        rows.append(columns[near].mean(axis=0))
    return np.stack(rows)


def _along(readings: Readings, columns: Floats, cycles: Sequence[Cycle]) -> Floats:
    """[k] correlation with how far the repetitions are, taken as half cosines."""
    inside = (readings.times >= cycles[0].start) & (readings.times <= cycles[-1].end)
    times = readings.times[inside]
    way = np.zeros(len(times))
    for cycle in cycles:
        knots = [cycle.start, cycle.turn, cycle.end]
        share = np.interp(times, knots, [0.0, 1.0, 0.0])
        way = np.maximum(way, np.where((times >= knots[0]) & (times <= knots[2]), share, 0.0))
    way = (1 - np.cos(np.pi * way)) / 2
    centred = columns[inside] - columns[inside].mean(axis=0)
    way = way - way.mean()
    norm = np.sqrt((centred**2).sum(axis=0) * (way**2).sum())
    found: Floats = np.nan_to_num((centred * way[:, None]).sum(axis=0) / np.maximum(norm, 1e-9))
    return found


def _sides(readings: Readings, cycles: Sequence[Cycle], signal: Signal) -> Sides:
    """Whether one arm or leg does it alone, as its clearest signal shows."""
    k = NAMES.index(signal.name)
    inside = (readings.times >= cycles[0].start) & (readings.times <= cycles[-1].end)
    both = readings.sides[:, inside, k]
    if np.isnan(both).any() or readings.quality[:, k].min() < SURE:
        return "visible"
    swings = np.quantile(both, 0.95, axis=1) - np.quantile(both, 0.05, axis=1)
    return "any" if swings.min() <= ONE_SIDED * swings.max() else "visible"


def _smallest(readings: Readings, cycles: Sequence[Cycle], signals: Sequence[Signal]) -> float:
    """Progress of the smallest repetition."""
    together = readings.together()
    total = sum(signal.weight for signal in signals)
    line = sum(
        signal.weight
        * (together[:, NAMES.index(signal.name)] - signal.start)
        / (signal.turn - signal.start)
        for signal in signals
    )
    progress = np.asarray(line)[:, None] / total
    turns = _ends(readings, progress, cycles, "turn")[:, 0]
    starts = _ends(readings, progress, cycles, "start")[:, 0].reshape(-1, 2).max(axis=1)
    return float(np.clip((turns - starts).min(), 0.4, 1.0))


def _posture(readings: Readings, cycles: Sequence[Cycle]) -> Iterator[Bound]:
    """Bounds about what was shown that rule something out."""
    inside = (readings.times >= cycles[0].start - 0.3) & (readings.times <= cycles[-1].end + 0.3)
    together = readings.together()[inside]
    for name in ("uprightness", "uprightness_world", "hip_height_world", "wrist_height_world"):
        k = NAMES.index(name)
        if np.isnan(together[:, k]).any() or readings.quality[:, k].max() < SEEN:
            continue
        room = ROOM[name.endswith("_world")]
        least, most = np.quantile(together[:, k], (0.02, 0.98)) + np.array([-room, room])
        if most - least <= TELLING * UNIT[k]:
            yield Bound(name, _neat(least, name), _neat(most, name))


def _mover(moved: Travel | None) -> tuple[str, tuple[str, ...]]:
    """The part of the body that goes up and down the most, and one that stays meanwhile.

    Where nothing does so clearly, one that stays with itself: that speaks for and against nothing.
    """
    best, most = ("hip", ("hip",)), 0.0
    if moved is None:
        return best
    for part, other in permutations(PARTS, 2):
        pair = moved.between(part, other)
        if abs(1.0 - pair.share) > OWN or pair.stray > STRAY:
            continue
        value = pair.size * pair.seen * (1.0 - abs(1.0 - pair.share))
        if value > most:
            best, most = (part, (other,)), value
    return best


def _first(readings: Readings, cycles: Sequence[Cycle]) -> Phase:
    """Whether the weight goes up first.

    Whoever bends the legs first lowers themselves or a weight, and whoever stretches them lifts;
    where the legs do little, hands, hips and shoulders tell by going up or down.
    """
    together = readings.together()
    change = np.nan_to_num(
        (
            np.median(_ends(readings, together, cycles, "turn"), axis=0)
            - np.median(_ends(readings, together, cycles, "start"), axis=0)
        )
        / UNIT
    )
    at = dict(zip(NAMES, change, strict=True))
    knee = at["knee"] + at["knee_world"]
    heights = (f"{name}{end}" for name in HEIGHTS for end in ("", "_world"))
    lift = knee if abs(knee) > LEGS else sum(at[name] for name in heights)
    return "concentric" if lift >= 0 else "eccentric"


HEIGHTS = ("wrist_height", "hip_height", "uprightness", "shank_height")
LEGS = 0.5
"""`UNIT`s, picture and space together, from which bending knees tell the way."""
