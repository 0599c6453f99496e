"""How far two models answer alike, and whether a quantised one is good enough."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import GymboxError

MOST_LOST = 0.01
"""Accuracy that a model may lose when it is quantised: one point."""
LEAST_AGREEMENT = 0.95
"""Share of samples with the same first answer, where the truth is not known."""
_ROUNDING = 1e-9

Floats = NDArray[np.float32]


class WorseError(GymboxError):
    """A quantised model is not as good as its float original."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two models on the same samples.

    Attributes:
        largest: largest difference of any output number.
        mean: mean difference.
        same_answer: share of samples where the largest output is the same.
    """

    largest: float
    mean: float
    same_answer: float


def agreement(one: Floats, other: Floats) -> Agreement:
    """Compares one output of two models.

    Args:
        one: [n, ...].
        other: the same shape.
    """
    difference = np.abs(one.astype(np.float64) - other.astype(np.float64))
    flat, beside = one.reshape(len(one), -1), other.reshape(len(other), -1)
    same = flat.argmax(axis=1) == beside.argmax(axis=1)
    return Agreement(float(difference.max()), float(difference.mean()), float(same.mean()))


def accuracy(scores: Floats, truth: NDArray[np.int64]) -> float:
    """Share of samples [n, classes] whose largest score is the true class."""
    return float((scores.argmax(axis=1) == truth).mean())


def recalls(scores: Floats, truth: NDArray[np.int64], labels: Sequence[str]) -> dict[str, float]:
    """For each class that there are samples of, the share that is recognised."""
    right = scores.argmax(axis=1) == truth
    return {
        label: float(right[truth == index].mean())
        for index, label in enumerate(labels)
        if (truth == index).any()
    }


def gate(accuracy_float: float, accuracy_int8: float) -> None:
    """Lets a quantised model through that has lost one point of accuracy at most.

    Raises:
        WorseError: it has lost more.
    """
    lost = accuracy_float - accuracy_int8
    if lost > MOST_LOST + _ROUNDING:
        raise WorseError(
            f"the quantised model is right in {accuracy_int8:.1%}, {100 * lost:.1f} points less"
            f" than the float one ({accuracy_float:.1%})",
            "calibrate with more samples, or leave sensitive layers in float (compare --layers)",
        )


def gate_agreement(same_answer: float) -> None:
    """The same where nobody knows the truth: the two must answer alike.

    Raises:
        WorseError: they do not often enough.
    """
    if same_answer < LEAST_AGREEMENT - _ROUNDING:
        raise WorseError(
            f"the quantised model gives the float one's answer in only {same_answer:.1%}",
            "calibrate with more samples, or leave sensitive layers in float (compare --layers)",
        )
