"""From the travel to what the network shall answer."""

import numpy as np
from numpy.typing import NDArray

from tools.convert.phase import OUTER

BLUR = 0.04
"""Share of the travel over which one class passes into the next: nobody sees a third exactly."""


def soft(travel: NDArray[np.floating]) -> NDArray[np.float32]:
    """[n, 3] the shares of up, down and neither at a travel [n]; NaN is `neither`."""
    known = ~np.isnan(travel)
    way = np.where(known, travel, 0.5)
    up = 1 / (1 + np.exp((way - OUTER) / BLUR))
    down = 1 / (1 + np.exp((1 - OUTER - way) / BLUR))
    up, down = np.where(known, up, 0.0), np.where(known, down, 0.0)
    return np.stack([up, down, 1 - up - down], axis=1).astype(np.float32)


def hard(travel: NDArray[np.floating]) -> NDArray[np.int64]:
    """[n] the class at a travel [n]."""
    way = np.nan_to_num(travel, nan=0.5)
    return np.where(way < OUTER, 0, np.where(way > 1 - OUTER, 1, 2)).astype(np.int64)
