"""One layer of errors: the slow ones, or the jitter on top of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.synth.sensor import kernels, polar
from tools.synth.sensor.channels import COUNT, VISIBILITY, Floats

REACH, STEP = 3.6, 0.2
"""Standard deviations over which the channels' distributions are kept, and how finely."""
KNOTS = np.arange(-REACH, REACH + STEP / 2, STEP)
KEPT = ("mean", "scale", "limits", "shape", "edges", "sizes")
SLOW = 0.12
"""Seconds, standard deviation of the window over which slow errors are averaged."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Channels are `mean + scale * shape(u)`, where u are Gaussian processes of unit variance.

    What `shape` gives are directions and sizes of the joints' errors, see `polar`.

    Attributes:
        mean: [f, c] weights.
        scale: [f, c] weights of its logarithm.
        limits: [2, c] least and most of that logarithm.
        shape: [k, 232] of each channel at `KNOTS`: its own distribution.
        edges: [2, 66] of the scales of sizes that are called small, middling and large.
        sizes: [3, k, 66] of each size at `KNOTS`, tails included: small ones have longer tails.
        factors: [d, k] of each of `kernels.NAMES`.
    """

    mean: Floats
    scale: Floats
    limits: Floats
    shape: Floats
    edges: Floats
    sizes: Floats
    factors: tuple[Floats, ...]

    def draw(self, rng: np.random.Generator, clock: Floats, waves: Floats, made: Floats) -> Floats:
        """Errors of a clip, [n, 232].

        Args:
            rng: source of chance.
            clock: [n] as the features have it.
            waves: [n, m] random features of the pose.
            made: [n, f] functions that mean and scale are linear in.
        """
        u = kernels.draw(rng, clock, waves, self.factors)
        scale = np.clip(made @ self.scale, *self.limits)
        kind = grade(polar.levels(scale), self.edges)
        parts = [_through(self.shape[None], 0, u[:, :COUNT])]
        parts.append(_through(self.sizes, kind, u[:, COUNT:]))
        errors = polar.together(np.concatenate(parts, axis=1))
        return np.asarray(made @ self.mean + np.exp(scale) * errors)

    def arrays(self, name: str) -> dict[str, Floats]:
        """For the model's file."""
        parts = {f"{name}_{key}": getattr(self, key) for key in KEPT}
        return parts | {f"{name}_factor_{k}": factor for k, factor in enumerate(self.factors)}

    @classmethod
    def of(cls, name: str, arrays: Mapping[str, Floats]) -> "Layer":
        """From the model's file."""
        count = range(len(kernels.NAMES))
        factors = tuple(arrays[f"{name}_factor_{k}"] for k in count)
        return cls(*(arrays[f"{name}_{key}"] for key in KEPT), factors)


def grade(levels: Floats, edges: Floats) -> NDArray[np.int64]:
    """Whether each of levels [n, 66] is small (0), middling or large (2)."""
    return np.asarray((levels[None] > edges[:, None]).sum(axis=0))


def _through(knots: Floats, kind: NDArray[np.int64] | int, u: Floats) -> Floats:
    """Gaussian values [n, d] with each channel's own distribution instead.

    Args:
        knots: [b, k, d] distributions at `KNOTS`.
        kind: [n, d] which one of b.
        u: of unit variance.
    """
    at = np.clip((u + REACH) / STEP, 0, len(KNOTS) - 1.001)
    low = at.astype(int)
    column = np.arange(u.shape[1])
    below, above = knots[kind, low, column], knots[kind, low + 1, column]
    return np.asarray(below + (at - low) * (above - below))


def slow(errors: Floats, times: Floats) -> Floats:
    """The slow part of errors [n, c] at [n] seconds."""
    weight = np.exp(-0.5 * ((times[:, None] - times[None]) / SLOW) ** 2)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True) @ errors)


def extended(made: Floats, errors: Floats) -> Floats:
    """Functions of the features, and how large the slow errors and the log odds are: [n, f + 99].

    Jitter depends on these.
    """
    sizes = polar.apart(errors)[:, COUNT:]
    odds = errors[:, VISIBILITY] / 4
    return np.concatenate([made, np.clip(sizes, -7, 1) + 3, odds], axis=1)
