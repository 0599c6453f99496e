"""Figures of a classifier, in plain numpy: pure functions of `Predictions`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.evaluate.predictions import Predictions

BINS = 15
"""Bins of equal width in the reliability diagram, as in Guo et al. 2017."""


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """How one class is recognised.

    Attributes:
        label: its name.
        count: samples that are of it.
        precision: share of the samples given this name that are of it; 0 if none was.
        recall: share of the samples of it that were given this name; 0 if there are none.
        f1: harmonic mean of the two; 0 if both are 0.
    """

    label: str
    count: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Precision over recall while the threshold falls.

    Attributes:
        precision: [thresholds], at each score that occurs, from the highest down.
        recall: [thresholds], rising.
        average_precision: area under the steps, sum of precision x gain in recall.
    """

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    average_precision: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Samples of nearly the same confidence: from `low` (not included) to `high`."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def accuracy(predictions: Predictions) -> float:
    """Share of the samples whose most probable class is the true one."""
    return float(predictions.correct.mean())


def confusion(predictions: Predictions) -> NDArray[np.int64]:
    """[classes, classes] counts: a row for each true class, a column for each predicted one."""
    classes = len(predictions.labels)
    cells = predictions.truth * classes + predictions.predicted
    return np.bincount(cells, minlength=classes**2).reshape(classes, classes)


def class_figures(predictions: Predictions) -> list[ClassFigures]:
    """Precision, recall and F1 of every class, in the order of the labels."""
    matrix = confusion(predictions)
    hits, named, true = np.diag(matrix), matrix.sum(axis=0), matrix.sum(axis=1)
    return [
        ClassFigures(
            label=label,
            count=int(true[index]),
            precision=_ratio(hits[index], named[index]),
            recall=_ratio(hits[index], true[index]),
            f1=_ratio(2 * hits[index], true[index] + named[index]),
        )
        for index, label in enumerate(predictions.labels)
    ]


def macro_f1(predictions: Predictions, over: Sequence[str] | None = None) -> float:
    """Mean of the classes' F1.

    Args:
        predictions: of a classifier.
        over: names of the classes that count; by default those that have samples. A class without
            samples that is named here counts as 0.
    """
    figures = class_figures(predictions)
    chosen = [
        item.f1 for item in figures if (item.count > 0 if over is None else item.label in over)
    ]
    return float(np.mean(chosen))


def reliability(predictions: Predictions, bins: int = BINS) -> list[Bin]:
    """What share is right among the samples of each confidence; bins of equal width, none empty."""
    confidence = predictions.confidence.astype(np.float64)
    edges = np.linspace(0, 1, bins + 1)
    index = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    return [
        Bin(
            low=float(edges[number]),
            high=float(edges[number + 1]),
            count=int(inside.sum()),
            confidence=float(confidence[inside].mean()),
            accuracy=float(predictions.correct[inside].mean()),
        )
        for number in range(bins)
        if (inside := index == number).any()
    ]


def calibration_error(predictions: Predictions, bins: int = BINS) -> float:
    """Expected calibration error: mean distance of confidence and accuracy over the bins.

    Bins have equal width and weigh by their samples (Guo et al. 2017, "On Calibration of Modern
    Neural Networks"). 0.03 means: what the box shows is 3 points off, on the average.
    """
    return sum(
        item.count * abs(item.confidence - item.accuracy) for item in reliability(predictions, bins)
    ) / len(predictions)


def precision_recall(predictions: Predictions, label: str) -> Curve:
    """The curve of one class against all others.

    Raises:
        ValueError: no such label, or no sample is of this class.
    """
    index = predictions.labels.index(label)
    positive = predictions.truth == index
    if not positive.any():
        raise ValueError(f"no sample is {label}")
    order = np.argsort(-predictions.scores[:, index], kind="stable")
    ranked = predictions.scores[order, index]
    # Samples of the same score fall under a threshold together.
    ends = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    hits = np.cumsum(positive[order])[ends]
    precision, recall = hits / (ends + 1), hits / positive.sum()
    gains = np.diff(recall, prepend=0.0)
    return Curve(precision, recall, float(np.sum(precision * gains)))


def interval(
    predictions: Predictions,
    figure: Callable[[Predictions], float],
    *,
    rounds: int = 500,
    level: float = 0.95,
    seed: int = 0,
) -> tuple[float, float]:
    """Bootstrap interval of a figure: whole sources are drawn anew, with replacement.

    Frames of one clip are nearly the same sample, so drawing frames would make the interval far too
    narrow.

    Args:
        predictions: of a classifier.
        figure: such as `accuracy`.
        rounds: how often sources are drawn.
        level: share of the rounds that lie inside.
        seed: the same seed gives the same interval.
    """
    random = np.random.default_rng(seed)
    _, group = np.unique(predictions.sources, return_inverse=True)
    members = [np.flatnonzero(group == number) for number in range(group.max() + 1)]
    values = [
        figure(predictions.take(np.concatenate([members[number] for number in drawn])))
        for drawn in random.integers(len(members), size=(rounds, len(members)))
    ]
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _ratio(part: np.int64, whole: np.int64) -> float:
    return float(part / whole) if whole else 0.0
