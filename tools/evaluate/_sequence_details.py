"""What single windows of the sequence net say: how early, and how sure that it is nothing known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.convert.sequence.labels import UNKNOWN
from tools.evaluate import metrics
from tools.evaluate.predictions import Predictions

AGES = ((0.0, 1.25), (1.25, 1.75), (1.75, 2.25), (2.25, 3.25), (3.25, np.inf))
"""Seconds from the first frame of a clip to the end of a window."""


@dataclass(frozen=True, slots=True)
class Age:
    """Windows that end as long after their clip's first frame.

    Attributes:
        low, high: seconds.
        count: windows.
        right: share of them.
        error: expected calibration error of their confidence.
        found: share that is given its name, of those that show something known.
        wrong: share that is given a name, of those that show nothing known.
    """

    low: float
    high: float
    count: int
    right: float
    error: float
    found: float
    wrong: float


def ages(windows: Predictions) -> list[Age]:
    """Figures by how much of a clip a window has seen; none where there are no windows."""
    ends = np.array([float(name.rpartition("@")[2]) for name in windows.samples])
    rows = []
    for low, high in AGES:
        part = windows.take((ends > low - 1e-6) & (ends <= high))
        if len(part):
            rows.append(_age(low, high, part))
    return rows


def _age(low: float, high: float, part: Predictions) -> Age:
    unknown = part.labels.index(UNKNOWN)
    known = part.truth != unknown
    return Age(
        low=low,
        high=high,
        count=len(part),
        right=metrics.accuracy(part),
        error=metrics.calibration_error(part),
        found=_share(part.correct[known]),
        wrong=_share(part.predicted[~known] != unknown),
    )


def unknown_error(windows: Predictions, bins: int = metrics.BINS) -> float:
    """Expected calibration error of the chance of unknown alone, whatever is likeliest."""
    column = windows.labels.index(UNKNOWN)
    chance = np.asarray(windows.scores[:, column], float)
    truth = windows.truth == column
    index = np.clip(np.ceil(chance * bins).astype(int) - 1, 0, bins - 1)
    total = 0.0
    for number in np.unique(index).tolist():
        inside = index == number
        total += inside.sum() * abs(chance[inside].mean() - truth[inside].mean())
    return float(total / len(windows))


def _share(hits: NDArray[np.bool_]) -> float:
    return float(hits.mean()) if len(hits) else float("nan")


def table(windows: Predictions) -> str:
    """The figures by age as Markdown, with a line on the chance of unknown."""
    rows = [
        "| window ends after | windows | right | ECE | known: named | unknown: named |",
        "|---|---|---|---|---|---|",
    ]
    for age in ages(windows):
        span = f"{age.low:g} to {age.high:g} s" if np.isfinite(age.high) else f"over {age.low:g} s"
        rows.append(
            f"| {span} | {age.count} | {age.right:.1%} | {age.error:.3f} | {age.found:.1%} "
            f"| {age.wrong:.1%} |"
        )
    rows.append(
        f"\nThe chance of `unknown` alone is {unknown_error(windows):.3f} off (expected calibration"
        " error over\nall windows)."
    )
    return "\n".join(rows)
