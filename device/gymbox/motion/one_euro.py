"""Filters that run on timestamps: a low pass and the One-Euro filter.

The One-Euro filter smooths a slow signal much and a fast one little: Casiez, Roussel and Vogel,
"1 euro filter: a simple speed-based low-pass filter for noisy input in interactive systems",
CHI 2012. The form here is that of mediapipe/util/filtering/one_euro_filter.cc.
"""

import math

import numpy as np
from numpy.typing import NDArray


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


class OneEuro:
    """The One-Euro filter over an array of values, each on its own.

    Args:
        min_cutoff: Hz, cut-off frequency of a value at rest; lower is smoother.
        beta: how much the cut-off rises with speed; higher lags less.
        derivative_cutoff: Hz, cut-off frequency for the speed itself.
    """

    def __init__(self, *, min_cutoff: float, beta: float, derivative_cutoff: float = 1.0) -> None:
        self._min_cutoff = np.float32(min_cutoff)
        self._beta = np.float32(beta)
        self._derivative_cutoff = derivative_cutoff
        self.reset()

    def reset(self) -> None:
        """Forgets what was; the next values pass as they are."""
        self._time: float | None = None
        self._raw: NDArray[np.float32] | None = None
        self._smooth: NDArray[np.float32] | None = None
        self._speed: NDArray[np.float32] | None = None

    def __call__(
        self, values: NDArray[np.float32], time: float, scale: float = 1.0
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
        if self._raw is None or self._smooth is None or self._speed is None or self._time is None:
            self._speed = np.zeros_like(values)
            self._smooth = values
        elif time <= self._time:
            return values
        else:
            interval = time - self._time
            speed = (values - self._raw) * np.float32(1 / (scale * interval))
            self._speed = self._speed + _share(self._derivative_cutoff, interval) * (
                speed - self._speed
            )
            cutoff = self._min_cutoff + self._beta * np.abs(self._speed)
            turn = cutoff * np.float32(2 * math.pi * interval)
            self._smooth = self._smooth + turn / (turn + 1) * (values - self._smooth)
        self._raw = values
        self._time = time
        return self._smooth


def _share(cutoff: float, interval: float) -> np.float32:
    """The share of the new value in a low pass of this cut-off frequency (Hz), after seconds."""
    turn = 2 * math.pi * cutoff * interval
    return np.float32(turn / (turn + 1))
