"""What the box saw beside what the model makes up, in figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark
from tools.synth.sensor import channels
from tools.synth.sensor.channels import Floats
from tools.synth.sensor.features import VIEWS, views
from tools.synth.sensor.pairs import Pair
from tools.synth.sensor.sensor import Sensor
from tools.synth.sensor.smoothing import runs

GROUPS = {
    "head": range(11),
    **{
        name: (int(Landmark[f"LEFT_{joint}"]), int(Landmark[f"RIGHT_{joint}"]))
        for name, joint in (
            *(("shoulders", "SHOULDER"), ("elbows", "ELBOW"), ("wrists", "WRIST")),
            *(("hips", "HIP"), ("knees", "KNEE"), ("ankles", "ANKLE")),
        )
    },
    "hands": range(17, 23),
    "feet": range(29, 33),
}
SHARES = (0.1, 0.5, 0.9, 0.95, 0.99)
LAGS = (0.1, 0.3, 1.0)
EDGES = (0.0, 0.1, 0.5, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Twin:
    """A clip as the box saw it, as the model would have it, and with white noise.

    Attributes:
        pair: the clip.
        times: [n] seconds.
        view: [n] of `VIEWS`.
        seen, made, white: [n, 232] channels, NaN where nobody or not the athlete is found.
        recorded: arrays that the model made.
    """

    pair: Pair
    times: Floats
    view: NDArray[np.int64]
    seen: Floats
    made: Floats
    white: Floats
    recorded: dict[str, NDArray[Any]]


def twins(model: Sensor, pairs: Sequence[Pair], seed: int = 0) -> list[Twin]:
    """All clips, made up from the same truth that was filmed.

    White noise has the mean and the spread of each channel over all clips.
    """
    seen = []
    for pair in pairs:
        rows = channels.pack(pair.truth, pair.seen)
        rows[~pair.found | pair.astray] = np.nan
        seen.append(rows)
    whole = np.concatenate(seen)
    mean, spread = np.nanmean(whole, axis=0), np.nanstd(whole, axis=0)
    out = []
    for k, (pair, rows) in enumerate(zip(pairs, seen, strict=True)):
        rng = np.random.default_rng((seed, k))
        recorded = model.observe(pair.truth, rng)
        made = channels.pack(pair.truth, recorded)
        white = mean + spread * rng.standard_normal(rows.shape)
        times = np.asarray(pair.truth["t"], float)
        out.append(Twin(pair, times, views(pair.truth), rows, made, white, recorded))
    return out


def distances(twins: Sequence[Twin], which: str, group: str, view: str | None = None) -> Floats:
    """Distances in the picture of a group's joints from the truth, body heights, [k]."""
    joints = 3 * np.array(GROUPS[group])
    parts = []
    for twin in twins:
        rows = getattr(twin, which)
        if view is not None:
            rows = rows[twin.view == VIEWS.index(view)]
        rows = rows[~np.isnan(rows[:, 0])]
        parts.append(np.hypot(rows[:, joints], rows[:, joints + 1]).ravel())
    return np.concatenate(parts)


def remembered(twins: Sequence[Twin], which: str, group: str) -> list[float]:
    """Autocorrelation of the errors about each clip's mean, at `LAGS`."""
    joints = 3 * np.array(GROUPS[group])
    columns = np.concatenate([joints, joints + 1])
    products, squares = np.zeros(len(LAGS)), np.zeros(len(LAGS))
    for twin in twins:
        rows = getattr(twin, which)[:, columns]
        rows = rows - np.nanmean(rows, axis=0) if not np.isnan(rows).all() else rows
        for k, lag in enumerate(LAGS):
            step = max(round(lag * float(twin.pair.truth["fps"])), 1)
            one, other = rows[:-step], rows[step:]
            both = ~np.isnan(one[:, 0]) & ~np.isnan(other[:, 0])
            products[k] += (one[both] * other[both]).sum()
            squares[k] += ((one[both] ** 2).sum() + (other[both] ** 2).sum()) / 2
    return (products / np.maximum(squares, 1e-12)).tolist()


def visible(twins: Sequence[Twin], which: str, group: str) -> list[float]:
    """Shares of the visibilities between `EDGES`."""
    columns = channels.VISIBILITY.start + np.array(GROUPS[group])
    rows = np.concatenate([getattr(twin, which)[:, columns].ravel() for twin in twins])
    chance = 1 / (1 + np.exp(-rows[~np.isnan(rows)]))
    return (np.histogram(chance, EDGES)[0] / len(chance)).tolist()


@dataclass(frozen=True, slots=True)
class Lost:
    """Frames in which nobody is found.

    Attributes:
        share: of all frames.
        clips: share of clips with any.
        gaps: [k] their lengths in seconds.
    """

    share: float
    clips: float
    gaps: Floats


def lost(founds: Sequence[NDArray[np.bool_]], fps: Sequence[float]) -> Lost:
    """Of clips, each with whether somebody is found [n]."""
    gaps = [
        (run.stop - run.start) / rate
        for found, rate in zip(founds, fps, strict=True)
        for run in runs(~found)
    ]
    frames = np.concatenate(founds)
    return Lost(
        float((~frames).mean()), float(np.mean([not f.all() for f in founds])), np.array(gaps)
    )
