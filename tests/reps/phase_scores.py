"""What a phase network says of athletes: clearly, or with mistakes."""

import math
import random
from collections.abc import Callable, Sequence

from gymbox.motion.phase import PhaseScores

UP, DOWN, NEITHER = range(3)


def phase(progress: float | None) -> int:
    """Up and down are the outer thirds of the travel."""
    if progress is None or 1 / 3 <= progress <= 2 / 3:
        return NEITHER
    return UP if progress < 1 / 3 else DOWN


def said(label: int, surely: float = 0.9) -> PhaseScores:
    """One class is said, the others share the rest."""
    chances = [(1 - surely) / 2] * 3
    chances[label] = surely
    return PhaseScores(*chances)


def clear(progress: float | None) -> PhaseScores:
    """What a network says that is never wrong."""
    return said(phase(progress))


def mistaken(labels: Sequence[int], rate: float, chance: random.Random) -> list[PhaseScores]:
    """What a network says that takes so many frames, at random, for either of the other classes."""
    wrong = [chance.random() < rate for _ in labels]
    return [
        said((label + chance.choice((1, 2))) % 3 if slip else label, chance.uniform(0.6, 1.0))
        for label, slip in zip(labels, wrong, strict=True)
    ]


def repetitions(count: int, tempo: float, hold: float) -> Callable[[float], float]:
    """The progress at each time: a hold, then so many repetitions of `tempo` seconds."""

    def progress(t: float) -> float:
        if not hold <= t < hold + count * tempo:
            return 0.0
        return 0.5 - 0.5 * math.cos(2 * math.pi * (t - hold) / tempo)

    return progress
