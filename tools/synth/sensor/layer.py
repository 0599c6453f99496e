"""One layer of errors: the slow ones, or the jitter on top of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tools.synth.sensor import kernels, polar
from tools.synth.sensor.channels import COUNT, VISIBILITY, Floats

REACH, STEP = 3.6, 0.2
"""Standard deviations over which the channels' distributions are kept, and how finely."""
KNOTS = np.arange(-REACH, REACH + STEP / 2, STEP)
SLOW = 0.12
"""Seconds, standard deviation of the window over which slow errors are averaged."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Channels are `mean + scale * shape(u)`, where u are Gaussian processes of unit variance.

    What `shape` gives are directions and sizes of the joints' errors, see `polar`.

    Attributes:
        mean: [f, c] weights.
        scale: [f, c] weights of its logarithm.
        shape: [k, d] of each channel at `KNOTS`: its own distribution, tails included.
        factors: [d, k] of each of `kernels.NAMES`.
    """

    mean: Floats
    scale: Floats
    shape: Floats
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
        size = np.exp(made @ self.scale)
        return np.asarray(made @ self.mean + size * polar.together(self._shaped(u)))

    def _shaped(self, u: Floats) -> Floats:
        """Gaussian values [n, d] with each channel's own distribution instead."""
        at = np.clip((u + REACH) / STEP, 0, len(KNOTS) - 1.001)
        low = at.astype(int)
        column = np.arange(u.shape[1])
        below, above = self.shape[low, column], self.shape[low + 1, column]
        return np.asarray(below + (at - low) * (above - below))

    def arrays(self, name: str) -> dict[str, Floats]:
        """For the model's file."""
        parts = {f"{name}_{key}": getattr(self, key) for key in ("mean", "scale", "shape")}
        return parts | {f"{name}_factor_{k}": factor for k, factor in enumerate(self.factors)}

    @classmethod
    def of(cls, name: str, arrays: Mapping[str, Floats]) -> "Layer":
        """From the model's file."""
        mean, scale, shape = (arrays[f"{name}_{key}"] for key in ("mean", "scale", "shape"))
        count = range(len(kernels.NAMES))
        return cls(mean, scale, shape, tuple(arrays[f"{name}_factor_{k}"] for k in count))


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
