"""From what was said in clips to figures, with what chance may have had a hand in."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from gymbox.reps.profiles import UNKNOWN
from tools.convert.sequence.labels import LABELS, label_of
from tools.evaluate._count_clips import Clip
from tools.evaluate._count_scores import Matches, Score, match, summarise
from tools.evaluate.predictions import Predictions

FEWEST = 5
"""Real clips of a class that it takes to be judged."""
LONG = 4
"""Repetitions from which a clip must not be off by more than one."""
ROUNDS = 1000
"""How often scenes are drawn anew."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Delay:
    """How long an exercise took to be settled, from the beginning of the first repetition.

    Attributes:
        named: seconds until it was named and stayed so; infinite for never.
        counting: seconds until the first repetition of it was told; infinite for never.
        rep: seconds that one repetition takes in this clip.
    """

    named: float
    counting: float
    rep: float

    @property
    def reps(self) -> float:
        """Repetitions until it was named and counted."""
        return max(self.named, self.counting) / max(self.rep, 1e-9)


@dataclass(frozen=True, slots=True)
class Outcome(Score):
    """What a counter made of a clip.

    Attributes:
        ends: seconds at which repetitions were counted.
        seconds: length of the clip.
        said: the exercise that it took it for, all in all.
        ever: the same, if a name that was taken back stays.
        told: repetitions that were told, those taken back included.
        wrong: repetitions of `count` that were counted as another exercise.
        delay: until the exercise was settled; None where nobody knows when the first repetition
            began.
    """

    ends: tuple[float, ...] = ()
    seconds: float = 0.0
    said: str = UNKNOWN
    ever: str = UNKNOWN
    told: int = 0
    wrong: int = 0
    delay: Delay | None = None


def rate(outcomes: Iterable[Score]) -> float:
    """The rep error rate."""
    return summarise(outcomes).rate


def named_rate(outcomes: Iterable[Outcome]) -> float:
    """The rep error rate if a repetition of another exercise is a ghost, and its own is missed."""
    rows = list(outcomes)
    errors = sum(one.clip.error(one.count - one.wrong) + one.wrong for one in rows)
    return errors / max(1, sum(one.clip.reps or 0 for one in rows))


def within(outcomes: Iterable[Score]) -> float:
    """Share of the clips that are counted within their bounds."""
    total = summarise(outcomes)
    return total.within / max(1, total.clips)


def far_off(outcomes: Iterable[Score]) -> list[Score]:
    """The clips of four repetitions and more that are off by more than one."""
    long = (one for one in outcomes if (one.clip.reps or 0) >= LONG)
    return [one for one in long if abs(one.count - (one.clip.reps or 0)) > 1]


def matches(outcomes: Iterable[Outcome], native: Callable[[Clip], float]) -> Matches:
    """Marked against counted repetitions, of the clips that have marks.

    Args:
        outcomes: of the clips.
        native: frames a second of a clip, in which its marks are counted.
    """
    pairs = (
        match([mark / native(one.clip) for mark in one.clip.marks], one.ends, one.seconds)
        for one in outcomes
        if one.clip.marks
    )
    return sum(pairs, Matches())


def interval(
    rows: Sequence[T], scene: Callable[[T], str], figure: Callable[[Sequence[T]], float]
) -> tuple[float, float]:
    """95 % bootstrap interval: whole scenes are drawn anew, since clips of one are alike."""
    by_scene: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        by_scene[scene(row)].append(row)
    groups = list(by_scene.values())
    if not groups:
        return float("nan"), float("nan")
    random = np.random.default_rng(0)
    values = [
        figure([row for number in drawn for row in groups[number]])
        for drawn in random.integers(len(groups), size=(ROUNDS, len(groups)))
    ]
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def of_scene(outcome: Score) -> str:
    """The scene of its clip."""
    return outcome.clip.scene


def recognition(outcomes: Sequence[Outcome]) -> Predictions:
    """What the box took every clip for, as certain as it can be."""
    known = [one.said if one.said in LABELS else label_of(one.said) for one in outcomes]
    return Predictions.of(
        LABELS,
        [LABELS.index(label_of(one.clip.exercise)) for one in outcomes],
        np.eye(len(LABELS))[[LABELS.index(name) for name in known]],
        [one.clip.scene for one in outcomes],
        [one.clip.name for one in outcomes],
    )


def judged_classes(said: Predictions) -> tuple[str, ...]:
    """Classes with clips enough."""
    counts = np.bincount(said.truth, minlength=len(said.labels)).tolist()
    return tuple(name for name, n in zip(said.labels, counts, strict=True) if n >= FEWEST)
