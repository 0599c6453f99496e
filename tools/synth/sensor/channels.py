"""Landmarks as errors in units of the body, and back: the channels that the model speaks of."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark

Floats = NDArray[np.float64]
Recorded = Mapping[str, NDArray[Any]]
"""Arrays as `gymbox.motion.recording` keeps them; the truth has `scale` as well."""

JOINTS = len(Landmark)
POINTS, WORLD = slice(0, 3 * JOINTS), slice(3 * JOINTS, 6 * JOINTS)
VISIBILITY, SCORE = slice(6 * JOINTS, 7 * JOINTS), slice(7 * JOINTS, 7 * JOINTS + 1)
COUNT = SCORE.stop
TWIN = np.array(
    [
        Landmark[
            mark.name.replace("LEFT", "RIGHT")
            if "LEFT" in mark.name
            else mark.name.replace("RIGHT", "LEFT")
        ]
        for mark in Landmark
    ]
)
"""For every joint the one of the other side."""
STATURE = 1.11
"""Body height over shin, thigh, trunk and neck up to the nose together, over anny's bodies."""
SURE = 1e-5
"""Nearest that a chance may come to 0 and 1."""
MOST = 20.0
"""Log odds."""


def unit(truth: Recorded) -> Floats:
    """Pixels that the body's height takes in each frame, [n]."""
    return stature(truth["world"]) * np.asarray(truth["scale"], float)


def stature(world: NDArray[Any]) -> float:
    """The body's height in metres, from its bones in [n, 33, 3]."""
    at = {
        name: world[:, [Landmark["LEFT_" + name], Landmark["RIGHT_" + name]]]
        for name in ("SHOULDER", "HIP", "KNEE", "ANKLE")
    }
    shoulders, hips = at["SHOULDER"].mean(axis=1), at["HIP"].mean(axis=1)
    legs = np.linalg.norm(at["ANKLE"] - at["KNEE"], axis=2).mean(axis=1)
    legs += np.linalg.norm(at["KNEE"] - at["HIP"], axis=2).mean(axis=1)
    trunk = np.linalg.norm(shoulders - hips, axis=1)
    neck = np.linalg.norm(world[:, Landmark.NOSE] - shoulders, axis=1)
    return STATURE * float(np.median(legs + trunk + neck))


def pack(truth: Recorded, seen: Recorded) -> Floats:
    """What the box saw, as channels [n, 232]; NaN where it saw nobody.

    Errors of the points in body heights, errors in the world in metres, and the log odds of
    visibility and score.
    """
    n = len(truth["t"])
    flat = (seen["points"] - truth["points"]) / unit(truth)[:, None, None]
    return np.concatenate(
        [
            flat.reshape(n, -1),
            (seen["world"] - truth["world"]).reshape(n, -1),
            _odds(seen["visibility"]),
            _odds(seen["score"])[:, None],
        ],
        axis=1,
    ).astype(float)


def unpack(truth: Recorded, channels: Floats, found: NDArray[np.bool_]) -> dict[str, NDArray[Any]]:
    """Channels as the box would record them.

    Args:
        truth: of the clip.
        channels: [n, 232] as from `pack`.
        found: [n] whether somebody is found.
    """
    n = len(channels)
    errors = channels[:, POINTS].reshape(n, JOINTS, 3) * unit(truth)[:, None, None]
    out = {
        "points": truth["points"] + errors,
        "visibility": _chance(channels[:, VISIBILITY]),
        "world": truth["world"] + channels[:, WORLD].reshape(n, JOINTS, 3),
        "score": _chance(channels[:, SCORE])[:, 0],
    }
    for rows in out.values():
        rows[~found] = np.nan
    kept = {name: truth[name] for name in ("t", "fps", "size")}
    return {name: rows.astype(np.float32) for name, rows in out.items()} | kept


def mirrored(recorded: Recorded) -> dict[str, NDArray[Any]]:
    """The same clip in a mirror: left is right, for truth and for what was seen alike."""
    points, world = recorded["points"][:, TWIN].copy(), recorded["world"][:, TWIN].copy()
    points[..., 0] = float(recorded["size"][0]) - points[..., 0]
    world[..., 0] *= -1
    visibility = recorded["visibility"][:, TWIN]
    return {**recorded, "points": points, "world": world, "visibility": visibility}


def _odds(chance: NDArray[Any]) -> Floats:
    inside = np.clip(np.asarray(chance, float), SURE, 1 - SURE)
    return np.log(inside / (1 - inside))


def _chance(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -MOST, MOST))))
