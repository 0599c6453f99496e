"""The box's smoothing over time, and how to undo it: errors are modelled as the network makes them.

BlazePose's errors change from frame to frame; what the box keeps is smoothed the less the faster
something moves. Its own filters do that here as well, so that lag and jitter are the real ones.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.one_euro import LowPass, OneEuro
from tools.synth.sensor.channels import JOINTS, Floats, Recorded, unit

SIZE = 1.05
"""Diameter of the circle around the body that speeds are measured in, in body heights."""
SHARE = 0.1
"""Of the new visibility, as `gymbox.inference.smoothing` has it."""
CUTOFF, BETA = (0.05, 0.1), (80.0, 40.0)
"""Hz, and Hz a size a second: of the points in the picture and of those in the world."""
SPEED_CUTOFF = 1.0
BEYOND = 0.5
"""What is undone gives no place farther off than this, in sizes and metres."""
ROUNDS = 12


def smoothed(truth: Recorded, raw: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """What the box records of what its network sees; it begins anew wherever somebody is found.

    Args:
        truth: of the clip.
        raw: `points`, `visibility`, `world` and `score`, NaN where nobody is found.
    """
    out = {**raw, **{name: raw[name].copy() for name in ("points", "visibility", "world")}}
    times = np.asarray(truth["t"], float).tolist()
    scale = _scales(truth)
    places = _places(raw)
    for run in runs(~np.isnan(raw["score"])):
        low = LowPass(SHARE)
        euro = OneEuro(min_cutoff=_column(*CUTOFF), beta=_column(*BETA))
        for k in range(run.start, run.stop):
            flat = euro(places[k], times[k], scale[k])
            out["points"][k], out["world"][k] = flat[:JOINTS], flat[JOINTS:]
            out["visibility"][k] = low(raw["visibility"][k])
    return out


def undone(truth: Recorded, seen: Recorded) -> dict[str, NDArray[Any]]:
    """What the network saw, from what the box recorded."""
    out = {name: np.array(seen[name], float) for name in ("points", "visibility", "world", "score")}
    times, scale = np.asarray(truth["t"], float), _scales(truth).astype(float)
    places = _places(seen).astype(float)
    for run in runs(~np.isnan(seen["score"])):
        found = _sharp(places[run], times[run], scale[run])
        out["points"][run], out["world"][run] = found[:, :JOINTS], found[:, JOINTS:]
        rows = out["visibility"][run]
        rows[1:] = np.clip(rows[:-1] + np.diff(rows, axis=0) / SHARE, 0, 1)
    return {**seen, **out}


def runs(found: NDArray[np.bool_]) -> Iterator[slice]:
    """Stretches of frames in which somebody is found."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], found.astype(int), [0]])))
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        yield slice(int(start), int(stop))


def _sharp(smooth: Floats, times: Floats, scale: Floats) -> Floats:
    """The values [n, 66, 3] that a One-Euro filter made these of."""
    out = smooth.copy()
    cutoff, beta = _column(*CUTOFF).astype(float), _column(*BETA).astype(float)
    speed = np.zeros_like(smooth[0])
    for k in range(1, len(smooth)):
        step = times[k] - times[k - 1]
        turn = 2 * np.pi * SPEED_CUTOFF * step
        share = turn / (turn + 1)
        moved, reach = smooth[k] - smooth[k - 1], BEYOND * scale[k]
        # The larger the value's distance, the more of it is let through: halve the interval.
        low, high = np.zeros_like(moved), np.ones_like(moved)
        for _ in range(ROUNDS):
            middle = (low + high) / 2
            value = smooth[k - 1] + moved + middle**2 * np.sign(moved) * reach
            fast = speed + share * ((value - out[k - 1]) / (scale[k] * step) - speed)
            turn = (cutoff + beta * np.abs(fast)) * 2 * np.pi * step
            enough = np.abs(turn / (turn + 1) * (value - smooth[k - 1])) >= np.abs(moved)
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        out[k] = smooth[k - 1] + moved + high**2 * np.sign(moved) * reach
        speed = speed + share * ((out[k] - out[k - 1]) / (scale[k] * step) - speed)
    return out


def _places(recorded: Recorded) -> NDArray[np.float32]:
    return np.concatenate([recorded["points"], recorded["world"]], axis=1).astype(np.float32)


def _scales(truth: Recorded) -> NDArray[np.float32]:
    """[n, 66, 1] what speeds are measured in: pixels, and metres."""
    out = np.ones((len(truth["t"]), 2 * JOINTS, 1), np.float32)
    out[:, :JOINTS, 0] = SIZE * unit(truth)[:, None]
    return out


def _column(points: float, world: float) -> NDArray[np.float32]:
    """[66, 1] one value for each joint."""
    return np.repeat(np.array([points, world], np.float32), JOINTS)[:, None]
