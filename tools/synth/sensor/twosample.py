"""A two-sample test: can a classifier tell what the box saw from what the model makes up?

The classifier is a perceptron with one hidden layer, trained on windows of a second of some clips
and judged on those of others. Its area under the curve is 0.5 where it can only guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.synth.sensor.channels import Floats

SECONDS, STEPS = 1.0, 8
HIDDEN, ROUNDS, BATCH = 48, 30, 256
RATE, DECAY = 2e-3, 3e-3
FOLDS = 4


@dataclass(slots=True)
class Perceptron:
    """A layer of rectifiers and a logistic output, trained by Adam."""

    weights: list[Floats]

    @classmethod
    def trained(cls, x: Floats, y: Floats, rng: np.random.Generator) -> "Perceptron":
        """Learns labels y [n] of 0 and 1 from standardised x [n, p]."""
        p = x.shape[1]
        first = rng.standard_normal((p, HIDDEN)) * np.sqrt(2 / p)
        net = cls([first, np.zeros(HIDDEN), np.zeros(HIDDEN), np.zeros(1)])
        moments = [(np.zeros_like(w), np.zeros_like(w)) for w in net.weights]
        steps = 0
        for _ in range(ROUNDS):
            for rows in np.array_split(rng.permutation(len(x)), max(len(x) // BATCH, 1)):
                steps += 1
                net._step(net._slopes(x[rows], y[rows]), moments, steps)
        return net

    def __call__(self, x: Floats) -> Floats:
        """Log odds [n] of label 1."""
        first, bias, second, last = self.weights
        return np.asarray(np.maximum(x @ first + bias, 0) @ second + last)

    def _slopes(self, x: Floats, y: Floats) -> list[Floats]:
        first, bias, second, last = self.weights
        inside = np.maximum(x @ first + bias, 0)
        wrong = (1 / (1 + np.exp(-(inside @ second + last))) - y) / len(y)
        back = wrong[:, None] * second * (inside > 0)
        return [x.T @ back, back.sum(axis=0), inside.T @ wrong, wrong.sum(keepdims=True)]

    def _step(self, slopes: list[Floats], moments: list[tuple[Floats, Floats]], steps: int) -> None:
        for weight, slope, (mean, square) in zip(self.weights, slopes, moments, strict=True):
            mean[...] += 0.1 * (slope - mean)
            square[...] += 0.001 * (slope**2 - square)
            ahead = mean / (1 - 0.9**steps)
            size = np.sqrt(square / (1 - 0.999**steps)) + 1e-8
            weight[...] -= RATE * (ahead / size + DECAY * weight)


def windows(channels: Floats, times: Floats) -> Floats:
    """Windows of a second [k, p] of a clip without gaps in them.

    Args:
        channels: [n, c], NaN where nobody is found.
        times: [n] seconds.

    Returns:
        The course of each channel about its mean, its mean, its spread and how it jitters.
    """
    out = []
    for start in np.arange(times[0], times[-1] - SECONDS, SECONDS):
        rows = channels[(times >= start) & (times <= start + SECONDS + 1e-6)]
        if len(rows) < STEPS - 1 or np.isnan(rows).any():
            continue
        at = np.linspace(0, len(rows) - 1, STEPS)
        low = np.minimum(at.astype(int), len(rows) - 2)
        course = rows[low] + (at - low)[:, None] * (rows[low + 1] - rows[low])
        jitter = np.abs(np.diff(rows, 2, axis=0)).mean(axis=0)
        mean, spread = rows.mean(axis=0), rows.std(axis=0)
        tail = [mean, np.log(spread + 1e-3), np.log(jitter + 1e-4)]
        out.append(np.concatenate([(course - mean).ravel(), *tail]))
    return np.array(out).reshape(len(out), (STEPS + 3) * channels.shape[1])


def area(real: Sequence[Floats], made: Sequence[Floats], seed: int = 0) -> float:
    """Area under the curve of the classifier on clips that it was not trained on.

    Args:
        real: windows of each clip.
        made: those of the same clips by the model.
        seed: of the classifier.
    """
    rng = np.random.default_rng(seed)
    fold = rng.permutation(len(real)) % FOLDS
    scores, labels = [], []
    for k in range(FOLDS):
        x, y = _stacked(real, made, fold != k)
        centre, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
        net = Perceptron.trained(np.clip((x - centre) / spread, -5, 5), y, rng)
        x, y = _stacked(real, made, fold == k)
        # Nets of different folds have odds of different scales: only ranks within a fold count.
        scores.append(_area(net(np.clip((x - centre) / spread, -5, 5)), y))
        labels.append(len(y))
    return float(np.average(scores, weights=labels))


def _stacked(
    real: Sequence[Floats], made: Sequence[Floats], chosen: np.ndarray
) -> tuple[Floats, Floats]:
    kept = [
        np.concatenate(
            [part for part, keep in zip(parts, chosen, strict=True) if keep and len(part)]
        )
        for parts in (real, made)
    ]
    return np.concatenate(kept), np.repeat([1.0, 0.0], [len(part) for part in kept])


def _area(scores: Floats, labels: Floats) -> float:
    """Chance that one of label 1 scores above one of label 0."""
    ranks = scores.argsort().argsort() + 1.0
    ones = labels == 1
    above = ranks[ones].sum() - ones.sum() * (ones.sum() + 1) / 2
    return float(above / (ones.sum() * (~ones).sum()))
