"""Somebody to try the model of the pose step on."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark

Recorded = dict[str, NDArray[Any]]
HEIGHTS = {"SHOULDER": 1.4, "ELBOW": 1.1, "WRIST": 0.85, "HIP": 0.9, "KNEE": 0.5, "ANKLE": 0.08}


def athlete(frames: int = 60, fps: float = 15.0, seed: int = 0) -> Recorded:
    """The truth of somebody who squats and turns a little before the camera."""
    rng = np.random.default_rng(seed)
    times = np.arange(frames) / fps
    depth = np.sin(np.pi * times / 2 + rng.uniform(0, 3)) ** 2
    body = np.zeros((frames, 33, 3))
    body[:, :, 1] = -1.6
    for mark in Landmark:
        part = mark.name.split("_")[-1]
        high = HEIGHTS.get(part, 0.02 if part in {"HEEL", "INDEX"} else 1.6)
        side = 0.2 if mark.name.startswith("LEFT") else -0.2
        drop = 0.4 * depth * (high > 0.6) + 0.1 * depth * (part == "KNEE")
        body[:, mark] = np.stack([np.full(frames, side), drop - high, -0.3 * drop], axis=1)
    body[:, Landmark.NOSE, 0] = 0
    turn = rng.uniform(-1.5, 1.5) + 0.1 * np.sin(times)
    c, s = np.cos(turn), np.sin(turn)
    world = body.copy()
    world[..., 0] = c[:, None] * body[..., 0] + s[:, None] * body[..., 2]
    world[..., 2] = c[:, None] * body[..., 2] - s[:, None] * body[..., 0]
    world -= world[:, 23:25].mean(axis=1, keepdims=True)
    points = world * 150.0
    points[..., :2] += [320.0, 240.0]
    return {
        "points": points.astype(np.float32),
        "visibility": np.ones((frames, 33), np.float32),
        "world": world.astype(np.float32),
        "score": np.ones(frames, np.float32),
        "t": times,
        "fps": np.asarray(fps),
        "size": np.asarray([640, 480]),
        "scale": np.full(frames, 150.0, np.float32),
    }
