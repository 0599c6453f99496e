"""Curves that joints move along: eased from 0 to 1, or through key poses."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def ease(u: ArrayLike, early: float = 0.5) -> Array:
    """Minimum-jerk step from 0 to 1 (Flash and Hogan 1985), clamped outside.

    Args:
        u: progress, 0..1, any shape.
        early: where in time the middle of the way is reached; below 0.5 the start is brisker.

    >>> float(ease(0.5)), float(ease(-1)), float(ease(2))
    (0.5, 0.0, 1.0)
    """
    u = np.clip(np.asarray(u, dtype=float), 0.0, 1.0)
    u = u ** (np.log(0.5) / np.log(early))
    return u**3 * (10.0 - 15.0 * u + 6.0 * u**2)


def mix(a: ArrayLike, b: ArrayLike, u: ArrayLike) -> Array:
    """Straight line from a (u = 0) to b (u = 1)."""
    a, b, u = np.asarray(a, float), np.asarray(b, float), np.asarray(u, float)
    return a + (b - a) * u


def through(stops: ArrayLike, values: ArrayLike, at: ArrayLike) -> Array:
    """Monotone cubic through key values (Fritsch and Carlson 1980): no overshoot between keys.

    Args:
        stops: [n] rising positions of the keys, n >= 2.
        values: [n] values there.
        at: positions to read, any shape; clamped to the stops.
    """
    x, y = np.asarray(stops, float), np.asarray(values, float)
    step, slope = np.diff(x), np.diff(y) / np.diff(x)
    tangent = np.concatenate([slope[:1], (slope[:-1] + slope[1:]) / 2, slope[-1:]])
    tangent[1:-1][slope[:-1] * slope[1:] <= 0] = 0.0
    limit = 3.0 * np.minimum(
        np.abs(np.concatenate([slope[:1], slope])), np.abs(np.concatenate([slope, slope[-1:]]))
    )
    tangent = np.clip(tangent, -limit, limit)
    q = np.clip(np.asarray(at, float), x[0], x[-1])
    k = np.clip(np.searchsorted(x, q, side="right") - 1, 0, len(step) - 1)
    h, u = step[k], (q - x[k]) / step[k]
    left = (1 + 2 * u) * (1 - u) ** 2 * y[k] + u * (1 - u) ** 2 * h * tangent[k]
    right = u**2 * (3 - 2 * u) * y[k + 1] + u**2 * (u - 1) * h * tangent[k + 1]
    return left + right


def smooth(values: Array, rate: float, seconds: float) -> Array:
    """Gaussian low-pass along the first axis without delay; the ends are held.

    Args:
        values: [n, ...] samples.
        rate: samples a second.
        seconds: standard deviation of the Gaussian.
    """
    reach = int(np.ceil(4 * seconds * rate))
    offsets = np.arange(-reach, reach + 1)
    kernel = np.exp(-0.5 * (offsets / (seconds * rate)) ** 2)
    kernel /= kernel.sum()
    padded = np.concatenate([values[:1].repeat(reach, 0), values, values[-1:].repeat(reach, 0)])
    flat = padded.reshape(len(padded), -1)
    out = np.stack([np.convolve(c, kernel, mode="valid") for c in flat.T], axis=1)
    return out.reshape(values.shape)
