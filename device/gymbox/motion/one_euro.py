"""Filters that run on timestamps: a low pass and the One-Euro filter.

The One-Euro filter smooths a slow signal much and a fast one little: Casiez, Roussel and Vogel,
"1 euro filter: a simple speed-based low-pass filter for noisy input in interactive systems",
CHI 2012. The form here is that of mediapipe/util/filtering/one_euro_filter.cc.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_TURN = 2 * math.pi


class LowPass:
    """Exponential smoothing: each value is `alpha` new and the rest old.

    Args:
        alpha: 0..1, the share of the new value.
    """

    def __init__(self, alpha: float) -> None:
        self._alpha = np.float32(alpha)
        self._state: NDArray[np.float32] | None = None

    def reset(self) -> None:
        """Forgets what was; the next value passes as it is."""
        self._state = None

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Smooths an array of values, each on its own; always of the same shape."""
        if self._state is None:
            self._state = values
        else:
            self._state = self._state + self._alpha * (values - self._state)
        return self._state


class _Moment(NamedTuple):
    """What the filter remembers of the last moment."""

    time: float
    raw: NDArray[np.float32]
    smooth: NDArray[np.float32]
    speed: NDArray[np.float32]


class OneEuro:
    """The One-Euro filter over an array of values, each on its own.

    Cut-off, beta and scale are numbers or arrays that broadcast with the values.

    Args:
        min_cutoff: Hz, cut-off frequency of a value at rest; lower is smoother.
        beta: how much the cut-off rises with speed; higher lags less.
        derivative_cutoff: Hz, cut-off frequency for the speed itself.
    """

    def __init__(
        self,
        *,
        min_cutoff: float | NDArray[np.float32],
        beta: float | NDArray[np.float32],
        derivative_cutoff: float = 1.0,
    ) -> None:
        self._min_cutoff = np.asarray(min_cutoff, np.float32)
        self._beta = np.asarray(beta, np.float32)
        self._derivative_cutoff = derivative_cutoff
        self._last: _Moment | None = None

    def reset(self) -> None:
        """Forgets what was; the next values pass as they are."""
        self._last = None

    def __call__(
        self,
        values: NDArray[np.float32],
        time: float,
        scale: float | NDArray[np.float32] = 1.0,
    ) -> NDArray[np.float32]:
        """Smooths the values of one moment.

        Args:
            values: any shape, the same at every call.
            time: seconds; values of a time that is not later than the last pass as they are.
            scale: the size that the speed is measured in, so that near and far athletes are
                smoothed alike.

        Returns:
            A new array.
        """
        last = self._last
        if last is None:
            self._last = _Moment(time, values, values, np.zeros_like(values))
            return values
        if time <= last.time:
            return values
        interval = time - last.time
        # Sizes a second. As float32 the divisor does not make it all float64.
        speed = (values - last.raw) / np.multiply(scale, interval, dtype=np.float32)
        speed = last.speed + _share(self._derivative_cutoff, interval) * (speed - last.speed)
        turn = (self._min_cutoff + self._beta * np.abs(speed)) * np.float32(_TURN * interval)
        smooth: NDArray[np.float32] = last.smooth + turn / (turn + np.float32(1)) * (
            values - last.smooth
        )
        self._last = _Moment(time, values, smooth, speed)
        return smooth


def _share(cutoff: float, interval: float) -> np.float32:
    """The share of the new value in a low pass of this cut-off frequency (Hz), after seconds."""
    turn = _TURN * cutoff * interval
    return np.float32(turn / (turn + 1))
