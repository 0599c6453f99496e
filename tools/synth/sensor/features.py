"""What the errors of BlazePose depend on, as far as the true joints tell it."""

from dataclasses import dataclass

import numpy as np

from gymbox.motion.landmarks import Landmark
from tools.synth.sensor.channels import Floats, Recorded, stature, unit

MAIN = tuple(
    Landmark[name]
    for name in (
        *("NOSE", "LEFT_SHOULDER", "RIGHT_SHOULDER", "LEFT_ELBOW", "RIGHT_ELBOW"),
        *("LEFT_WRIST", "RIGHT_WRIST", "LEFT_INDEX", "RIGHT_INDEX", "LEFT_HIP", "RIGHT_HIP"),
        *("LEFT_KNEE", "RIGHT_KNEE", "LEFT_ANKLE", "RIGHT_ANKLE"),
        *("LEFT_FOOT_INDEX", "RIGHT_FOOT_INDEX"),
    )
)
VIEWS = ("front", "oblique", "side", "back", "lying")
"""Up to 30 degrees from the face, up to 60, up to 120, and more; or the trunk lies."""
EDGES = np.cos(np.deg2rad([30.0, 60.0, 120.0]))
IDLE = 0.03
"""Body heights a second by which the clock of somebody who keeps still advances."""
UPRIGHT = 0.4
"""Share of the trunk that goes up the picture, from which an athlete is not lying."""


@dataclass(frozen=True, slots=True)
class Features:
    """Of n frames.

    Attributes:
        pose: [n, 51] the main joints from the middle of the hips, in body heights, in the
            camera's axes: it holds the pose, the view and whether somebody lies.
        rest: [n, 106] speed of those joints in the picture (body heights a second) with and
            without sign, which joints are outside the picture, how large the body is in it, and
            its place there, and the logarithms of the whole body's speed and of the frame rate.
        clock: [n] way that the body has gone, body heights, and a little for every second: what
            the network sees changes as the body moves, and so do its errors.
    """

    pose: Floats
    rest: Floats
    clock: Floats


def features(truth: Recorded) -> Features:
    """The features of a clip."""
    n, main = len(truth["t"]), list(MAIN)
    high, pixels = stature(truth["world"]), unit(truth)
    pose = truth["world"][:, main].reshape(n, -1) / high
    flat = np.nan_to_num(np.asarray(truth["points"][:, main, :2], float))
    speed = np.zeros_like(flat)
    if n > 1:
        speed = np.gradient(flat, truth["t"], axis=0) / pixels[:, None, None]
    speed = np.clip(speed, -4, 4).reshape(n, -1)
    width, height = truth["size"]
    middle = flat[:, [MAIN.index(Landmark.LEFT_HIP), MAIN.index(Landmark.RIGHT_HIP)]].mean(axis=1)
    place = middle / [width, height] - 0.5
    size = np.log(np.clip(pixels / min(width, height), 0.05, 20))
    outside = 1 - np.asarray(truth["visibility"], float)
    clock = _clock(np.asarray(pose, float), flat / pixels[:, None, None], truth["t"])
    pace = np.log(np.gradient(clock) / np.gradient(truth["t"])) if n > 1 else np.zeros(n)
    rate = np.full(n, np.log(float(truth["fps"])))
    rest = [speed, np.abs(speed), outside, np.clip(place, -1, 1), np.stack([size, pace, rate], 1)]
    return Features(np.asarray(pose, float), np.concatenate(rest, axis=1), clock)


def _clock(pose: Floats, flat: Floats, times: Floats) -> Floats:
    """See `Features.clock`: root mean square way of the joints in space and in the picture."""
    inside = (np.diff(pose, axis=0) ** 2).sum(axis=1)
    across = (np.diff(flat, axis=0) ** 2).sum(axis=(1, 2))
    way = np.sqrt((inside + across) / len(MAIN))
    return np.concatenate([[0.0], np.cumsum(way + IDLE * np.diff(times))])


def views(truth: Recorded) -> np.ndarray:
    """Which of `VIEWS` each frame is, [n]."""
    world = np.asarray(truth["world"], float)
    left = world[:, Landmark.LEFT_SHOULDER] - world[:, Landmark.RIGHT_SHOULDER]
    left += world[:, Landmark.LEFT_HIP] - world[:, Landmark.RIGHT_HIP]
    up = world[:, Landmark.LEFT_SHOULDER] + world[:, Landmark.RIGHT_SHOULDER]
    up -= world[:, Landmark.LEFT_HIP] + world[:, Landmark.RIGHT_HIP]
    face = np.cross(left, up)
    towards = -face[:, 2] / np.linalg.norm(face, axis=1)
    view = (towards[:, None] < EDGES).sum(axis=1)
    lying = -up[:, 1] < UPRIGHT * np.linalg.norm(up, axis=1)
    return np.where(lying, VIEWS.index("lying"), view)
