"""How the body bears itself in a demonstration: posture, sides, what moves, what goes up first."""

from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np

from gymbox.motion.anchors import PARTS, Travel
from gymbox.motion.signals import NAMES
from gymbox.reps.profiles import Bound, Phase, Sides, Signal
from gymbox.reps.progress import SEEN
from gymbox.teaching.clearest import ends, neat
from gymbox.teaching.cycles import Cycle
from gymbox.teaching.readings import UNIT, Readings

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
HEIGHTS = ("wrist_height", "hip_height", "uprightness", "shank_height")
LEGS = 0.5
"""`UNIT`s, picture and space together, from which bending knees tell the way."""


def posture(readings: Readings, cycles: Sequence[Cycle]) -> Iterator[Bound]:
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
            yield Bound(name, neat(least, name), neat(most, name))


def sides(readings: Readings, cycles: Sequence[Cycle], signal: Signal) -> Sides:
    """Whether one arm or leg does it alone, as its clearest signal shows."""
    k = NAMES.index(signal.name)
    inside = (readings.times >= cycles[0].start) & (readings.times <= cycles[-1].end)
    both = readings.sides[:, inside, k]
    if np.isnan(both).any() or readings.quality[:, k].min() < SURE:
        return "visible"
    swings = np.quantile(both, 0.95, axis=1) - np.quantile(both, 0.05, axis=1)
    return "any" if swings.min() <= ONE_SIDED * swings.max() else "visible"


def mover(moved: Travel | None) -> tuple[str, tuple[str, ...]]:
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


def first(readings: Readings, cycles: Sequence[Cycle]) -> Phase:
    """Whether the weight goes up first.

    Whoever bends the legs first lowers themselves or a weight, and whoever stretches them lifts;
    where the legs do little, hands, hips and shoulders tell by going up or down.
    """
    together = readings.together()
    change = np.nan_to_num(
        (
            np.median(ends(readings, together, cycles, "turn"), axis=0)
            - np.median(ends(readings, together, cycles, "start"), axis=0)
        )
        / UNIT
    )
    at = dict(zip(NAMES, change, strict=True))
    knee = at["knee"] + at["knee_world"]
    heights = (f"{name}{end}" for name in HEIGHTS for end in ("", "_world"))
    lift = knee if abs(knee) > LEGS else sum(at[name] for name in heights)
    return "concentric" if lift >= 0 else "eccentric"
