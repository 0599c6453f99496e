"""Between a channel's own distribution and the normal one, without scipy."""

from statistics import NormalDist

import numpy as np

from tools.synth.sensor.channels import Floats

GRID = 4001
NORMAL = NormalDist()


def cumulative(values: Floats) -> Floats:
    """Share of a normal distribution below each of [k] values."""
    return np.array([NORMAL.cdf(float(value)) for value in values])


def quantile(values: Floats, at: Floats) -> Floats:
    """Values [k, c] that each column of [n, c] has at [k] standard deviations of a normal one."""
    return np.asarray(np.quantile(values, cumulative(at), axis=0))


def score(values: Floats) -> Floats:
    """Each column of [n, c] by its ranks as a normal distribution of unit variance."""
    n = len(values)
    share = (np.arange(GRID) + 0.5) / GRID
    inverse = np.array([NORMAL.inv_cdf(float(one)) for one in share])
    order = values.argsort(axis=0).argsort(axis=0)
    return np.asarray(np.interp((order + 0.5) / n, share, inverse))
