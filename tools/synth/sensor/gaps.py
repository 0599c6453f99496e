"""When the box finds nobody: a chain of two states whose rates depend on the view.

A clip has a proneness of its own (gamma distributed, mean 1): most never lose the athlete, a few do
again and again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.synth.sensor.channels import Floats, Recorded
from tools.synth.sensor.features import VIEWS, views

Clip = tuple[Floats, NDArray[np.bool_], float]
"""Causes [n, 4], whether somebody is found [n], seconds from frame to frame."""
SHAPES = np.array([0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3, 0.5, 1.0, 2.0])
RIDGE = 2.0
"""As if so many events more spoke for no effect of a cause."""
ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Gaps:
    """Weights of the causes are logarithms of rates.

    Attributes:
        begin: [4] of the chance that the first frame is lost.
        lose: [4] of losses a second; find: [4] of findings a second.
        shape: of the gamma distribution of the proneness to losses.
    """

    begin: Floats
    lose: Floats
    find: Floats
    shape: Floats

    def draw(self, rng: np.random.Generator, truth: Recorded) -> NDArray[np.bool_]:
        """Frames of a clip in which somebody is found, [n]."""
        given, times = causes(truth), np.asarray(truth["t"], float)
        n = len(times)
        step = float(times[-1] - times[0]) / max(n - 1, 1)
        proneness = rng.gamma(float(self.shape)) / float(self.shape)
        chance = rng.random(n)
        lose = 1 - np.exp(-np.exp(given @ self.lose) * proneness * step)
        find = 1 - np.exp(-np.exp(given @ self.find) * step)
        found = np.empty(n, bool)
        now = bool(chance[0] >= min(np.exp(given[0] @ self.begin), 1.0))
        found[0] = now
        for k in range(1, n):
            now = bool(chance[k] >= lose[k]) if now else bool(chance[k] < find[k])
            found[k] = now
        return found

    def arrays(self) -> dict[str, Floats]:
        """For the model's file."""
        return {f"gaps_{entry.name}": getattr(self, entry.name) for entry in fields(self)}

    @classmethod
    def of(cls, arrays: Mapping[str, Any]) -> "Gaps":
        """From the model's file."""
        return cls(**{e.name: np.asarray(arrays[f"gaps_{e.name}"], float) for e in fields(cls)})


def causes(truth: Recorded) -> Floats:
    """What losses depend on, [n, 4]: one, lying, seen from behind, share outside the picture."""
    view = views(truth)
    outside = 1 - np.asarray(truth["visibility"], float).mean(axis=1)
    lying, back = view == VIEWS.index("lying"), view == VIEWS.index("back")
    return np.stack([np.ones(len(view)), lying, back, outside], axis=1).astype(float)


def fit(clips: Sequence[Clip]) -> Gaps:
    """The rates of clips."""
    first = [(given[:1], ~found[:1], np.ones(1)) for given, found, _ in clips]
    lost = [(g[1:][f[:-1]], ~f[1:][f[:-1]], np.full(f[:-1].sum(), s)) for g, f, s in clips]
    again = [(g[1:][~f[:-1]], f[1:][~f[:-1]], np.full((~f[:-1]).sum(), s)) for g, f, s in clips]
    lose = _rates(lost)
    return Gaps(_rates(first), lose, _rates(again), np.asarray(_shape(lost, lose)))


def _rates(parts: Sequence[tuple[Floats, NDArray[np.bool_], Floats]]) -> Floats:
    """Weights of a Poisson regression by Newton's method, drawn towards no effect."""
    given, events, seconds = (np.concatenate(column) for column in zip(*parts, strict=True))
    draw = np.diag([1e-6, *[RIDGE] * (given.shape[1] - 1)])
    weights = np.zeros(given.shape[1])
    weights[0] = np.log((events.sum() + 0.5) / max(seconds.sum(), 1e-3))
    for _ in range(ROUNDS):
        expected = seconds * np.exp(np.clip(given @ weights, -20, 6))
        slope = given.T @ (events - expected) - draw @ (weights * (np.arange(len(weights)) > 0))
        bend = (given * expected[:, None]).T @ given + draw
        weights = weights + np.clip(np.linalg.solve(bend, slope), -1, 1)
    return weights


def _shape(parts: Sequence[tuple[Floats, NDArray[np.bool_], Floats]], lose: Floats) -> float:
    """The likeliest shape: losses of a clip are then negative binomial."""
    events = np.array([part[1].sum() for part in parts], float)
    expected = np.array([(part[2] * np.exp(part[0] @ lose)).sum() for part in parts])
    return float(max(SHAPES, key=lambda shape: _likelihood(events, expected, shape)))


def _likelihood(events: Floats, expected: Floats, shape: float) -> float:
    """Logarithm, less what does not depend on the shape."""
    rising = sum(np.log(shape + np.arange(int(count))).sum() for count in events)
    share = np.log(shape / (shape + expected)) * shape
    return float(rising + (share + events * np.log(1 / (shape + expected))).sum())
