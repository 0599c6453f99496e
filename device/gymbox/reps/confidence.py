"""How likely a repetition that was counted is a true one, from what the counter knows of it.

A logistic model: the chance is 1 / (1 + exp(-(bias + weights . evidence))). Its weights stand in
confidence.toml, learnt on synthetic athletes of whom every repetition is known and on disturbed
landmarks; docs/reports/confidence.md says how far it can be believed.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from itertools import pairwise

from gymbox.reps.movement import STILL, Sample

CLEAR = 0.04
"""Torso lengths between two parts of the body from which their movement tells something."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What the complete repetitions of a set were like, on average; later ones weigh more.

    Attributes:
        reach: progress from the start pose to the turn; 0 before the first.
        seconds: from leaving the start pose to the count.
        low: progress of the start pose.
        across, down: place of the hips and of the part that stays, pixels.
        reps: how many there were.
        end: when the last one counted, seconds.
    """

    reach: float = 0.0
    seconds: float = 0.0
    low: float = 0.0
    across: float = 0.0
    down: float = 0.0
    reps: int = 0
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class Prelude:
    """The last seconds before a repetition.

    Attributes:
        rested: share of them spent in the start pose; of two seconds at most, and of those only
            since somebody has been seen.
        wander: how far the athlete went about in the picture, torso lengths.
    """

    rested: float = 0.0
    wander: float = 0.0


NO_HABIT, NO_PRELUDE = Habit(), Prelude()
FOLLOW = 0.3
"""How far a habit follows the newest repetition."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a repetition; 0 where it says nothing.

    Attributes:
        unseen: share of the quality that lacks.
        shallow: how far the reach stays below the profile's full one.
        unlike: logarithm of the reach over the usual one, without its sign.
        hurried: how far the logarithm of the seconds stays below that of two.
        rhythm: logarithm of the seconds over the usual ones, without its sign.
        rough: way of the progress beyond out and back, in reaches.
        gap: longest gap between samples, seconds.
        swapped: share of the movement that the part made which should stay.
        moved: from where the repetitions before took place, torso lengths.
        off: from where their start pose was, progress.
        restless: share of the last seconds before it not spent in the start pose.
        wander: how far the athlete went about in the picture in the seconds before it.
        alone: 1 if there was none before.
        late: logarithm of the seconds since the one before, beyond five.
    """

    unseen: float = 0.0
    shallow: float = 0.0
    unlike: float = 0.0
    hurried: float = 0.0
    rhythm: float = 0.0
    rough: float = 0.0
    gap: float = 0.0
    swapped: float = 0.0
    moved: float = 0.0
    off: float = 0.0
    restless: float = 0.0
    wander: float = 0.0
    alone: float = 0.0
    late: float = 0.0


NAMES = tuple(field.name for field in fields(Evidence))


def prelude(recent: Sequence[Sample], low: float, began: float) -> Prelude:
    """What came before a repetition.

    Args:
        recent: the samples of the last seconds before it.
        low: progress of the start pose.
        began: since when somebody has been seen, seconds.
    """
    last = recent[-1]
    rested = sum(b.t - a.t for a, b in pairwise(recent) if max(a.value, b.value) <= low + 2 * STILL)
    way = _range([s.across for s in recent]) + _range([s.still for s in recent])
    return Prelude(min(1.0, rested / min(max(last.t - began, 0.5), 2.0)), way / last.torso)


def weigh(
    rep: Sequence[Sample], low: float, reach: float, before: Prelude, habit: Habit
) -> Evidence:
    """The evidence of one repetition.

    Args:
        rep: its samples, from the last one at rest in the start pose on.
        low: progress of the start pose.
        reach: how far it went.
        before: what came before it.
        habit: what those before it were like.
    """
    first, last = rep[0], rep[-1]
    seconds = max(last.t - first.t, 1e-3)
    pairs = list(pairwise(rep))
    way = sum(abs(b.value - a.value) for a, b in pairs)
    straight = reach + abs(max(s.value for s in rep) - last.value)
    known = habit.reps > 0
    return Evidence(
        unseen=1.0 - sum(sample.quality for sample in rep) / len(rep),
        shallow=max(0.0, 1.0 - reach),
        unlike=_apart(reach, habit.reach) if known else 0.0,
        hurried=max(0.0, math.log(2.0 / seconds)),
        rhythm=_apart(seconds, habit.seconds) if known else 0.0,
        rough=_capped(way / max(straight, 0.05) - 1.0),
        gap=max((b.t - a.t for a, b in pairs), default=0.0),
        swapped=_swapped(rep),
        moved=_capped(
            math.hypot(first.across - habit.across, first.still - habit.down) / last.torso
        )
        if known
        else 0.0,
        off=abs(low - habit.low) if known else 0.0,
        restless=1.0 - before.rested,
        wander=_capped(before.wander, 1.0),
        alone=0.0 if known else 1.0,
        late=max(0.0, math.log(max(first.t - habit.end, 1e-3) / 5.0)) if known else 0.0,
    )


def chance(evidence: Evidence) -> float:
    """0..1, that the repetition is a true one."""
    weights, bias = _model()
    total = bias + sum(w * getattr(evidence, name) for name, w in weights.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def after(habit: Habit, rep: Sequence[Sample], low: float, reach: float) -> Habit:
    """The habit with one more complete repetition."""
    first, last = rep[0], rep[-1]
    share = FOLLOW if habit.reps else 1.0
    return Habit(
        reach=habit.reach + share * (reach - habit.reach),
        seconds=habit.seconds + share * (last.t - first.t - habit.seconds),
        low=habit.low + share * (low - habit.low),
        across=habit.across + share * (first.across - habit.across),
        down=habit.down + share * (first.still - habit.down),
        reps=habit.reps + 1,
        end=last.t,
    )


def _swapped(rep: Sequence[Sample]) -> float:
    """How much of the movement the wrong part made, as `gymbox.motion.anchors` has it.

    Where that part also moved by itself, nobody can tell: less.
    """
    count = len(rep)
    a, b = sum(s.mover for s in rep) / count, sum(s.still for s in rep) / count
    own = sum((s.mover - a) ** 2 for s in rep) / count
    other = sum((s.still - b) ** 2 for s in rep) / count
    joint = sum((s.mover - a) * (s.still - b) for s in rep) / count
    between = own + other - 2 * joint
    if between <= 0.0:
        return 0.0
    told = between / (between + (CLEAR * rep[-1].torso) ** 2)
    stray = math.sqrt(max(0.0, other - (joint - other) ** 2 / between) / between)
    return told * _capped(abs(1.0 - (own - joint) / between)) * max(0.0, 1.0 - told * stray)


def _range(places: list[float]) -> float:
    """From the 10 % to the 90 % place: a network that has just found somebody jumps."""
    ordered, spare = sorted(places), len(places) // 10
    return ordered[-1 - spare] - ordered[spare]


def _apart(a: float, b: float) -> float:
    """How different two sizes are: the logarithm of their ratio, at most that of four."""
    return _capped(abs(math.log(max(a, 1e-3) / max(b, 1e-3))), math.log(4.0))


def _capped(value: float, most: float = 2.0) -> float:
    return min(value, most)


@cache
def _model() -> tuple[dict[str, float], float]:
    """Weights by name, and the bias."""
    table = tomllib.loads(
        resources.files(__package__).joinpath("confidence.toml").read_text("utf-8")
    )
    weights = {name: float(table["weights"][name]) for name in NAMES}
    return weights, float(table["bias"])
