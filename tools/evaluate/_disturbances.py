"""What can go wrong between an athlete and the counter, done to recorded poses on purpose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark, Pose
from tools.evaluate._count_run import TimedPose, thinned

Floats = NDArray[np.float32]
Recording = Sequence[TimedPose]
Disturbance = Callable[[Recording, np.random.Generator], list[TimedPose]]

TALL = 1.7
"""Metres of the world landmarks that count as the body's height."""
TWINS = {
    int(mark): int(Landmark[mark.name.replace("LEFT", "RIGHT")])
    for mark in Landmark
    if "LEFT" in mark.name
}


def as_it_is(recording: Recording, rng: np.random.Generator) -> list[TimedPose]:  # noqa: ARG001 (as the others)
    """Nothing."""
    return list(recording)


def slower(fps: float, recording: Recording, rng: np.random.Generator) -> list[TimedPose]:  # noqa: ARG001
    """A camera of fewer frames a second."""
    return thinned(recording, fps)


def lost(share: float, recording: Recording, rng: np.random.Generator) -> list[TimedPose]:
    """Nobody is found in this share of the frames, here and there."""
    gone = rng.random(len(recording)) < share
    return [(t, None if away else pose) for (t, pose), away in zip(recording, gone, strict=True)]


def bursts(every: float, recording: Recording, rng: np.random.Generator) -> list[TimedPose]:
    """Nobody is found for 0.3 to 1 s, about once in `every` seconds."""
    found, until = [], -1.0
    before = recording[0][0] if recording else 0.0
    for t, pose in recording:
        if t > until and rng.random() < (t - before) / every:
            until = t + rng.uniform(0.3, 1.0)
        before = t
        found.append((t, None if t < until else pose))
    return found


def jitter(share: float, recording: Recording, rng: np.random.Generator) -> list[TimedPose]:
    """Every joint is off by that share of the body's height (standard deviation), each frame."""
    size = share * _height(recording)
    return [
        (t, pose and replace(pose, points=_shaken(pose.points, size, rng), world=world))
        for t, pose in recording
        for world in [pose and _shaken(pose.world, share * TALL, rng)]
    ]


def one_sided(recording: Recording, rng: np.random.Generator) -> list[TimedPose]:
    """One side is hidden: visibility 0, and its joints anywhere within the body's box."""
    rows = list(TWINS) if rng.random() < 0.5 else list(TWINS.values())  # noqa: PLR2004 (either)
    return [(t, pose and _hidden(pose, rows, rng)) for t, pose in recording]


def mirrored(recording: Recording, rng: np.random.Generator) -> list[TimedPose]:  # noqa: ARG001
    """Left is right."""
    rows = np.arange(len(Landmark))
    for left, right in TWINS.items():
        rows[left], rows[right] = right, left
    return [(t, pose and _flipped(pose, rows)) for t, pose in recording]


DISTURBANCES: Mapping[str, Disturbance] = {
    "as it is": as_it_is,
    "15 frames a second": partial(slower, 15.0),
    "8 frames a second": partial(slower, 8.0),
    "5 frames a second": partial(slower, 5.0),
    "10 % of the frames lost": partial(lost, 0.1),
    "30 % of the frames lost": partial(lost, 0.3),
    "bursts of up to 1 s lost": partial(bursts, 4.0),
    "jitter of 1 % of the height": partial(jitter, 0.01),
    "jitter of 2 % of the height": partial(jitter, 0.02),
    "one side hidden": one_sided,
    "mirrored": mirrored,
}
"""By what the report calls them."""


def _height(recording: Recording) -> float:
    """Pixels from the nose to the feet along the body, at its longest of most frames."""
    bones = [
        (Landmark.NOSE, Landmark.LEFT_SHOULDER),
        (Landmark.LEFT_SHOULDER, Landmark.LEFT_HIP),
        (Landmark.LEFT_HIP, Landmark.LEFT_KNEE),
        (Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE),
    ]
    sizes = [
        sum(float(np.linalg.norm(pose.points[a, :2] - pose.points[b, :2])) for a, b in bones)
        for _, pose in recording
        if pose is not None
    ]
    return float(np.quantile(sizes, 0.9)) if sizes else 0.0


def _shaken(points: Floats, size: float, rng: np.random.Generator) -> Floats:
    return (points + rng.normal(0.0, size, points.shape)).astype(np.float32)


def _hidden(pose: Pose, rows: list[int], rng: np.random.Generator) -> Pose:
    points, world, visibility = pose.points.copy(), pose.world.copy(), pose.visibility.copy()
    for array in (points, world):
        low, high = array.min(axis=0), array.max(axis=0)
        array[rows] = rng.uniform(low, high, (len(rows), 3))
    visibility[rows] = 0.0
    return replace(pose, points=points, world=world, visibility=visibility)


def _flipped(pose: Pose, rows: Floats) -> Pose:
    points, world = pose.points[rows].copy(), pose.world[rows].copy()
    points[:, 0] = pose.size[0] - points[:, 0]
    world[:, 0] *= -1
    return replace(pose, points=points, world=world, visibility=pose.visibility[rows])
