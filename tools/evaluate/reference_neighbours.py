"""Counting by pose classification with k nearest neighbours, on mediapipe's landmarks.

The method that Google published with MediaPipe Pose (Colab "Pose Classification (Extended)", 2020)
with its published settings; the implementation is our own. A pose is normalised, described by
distances between joints, compared with sample poses of either end of a movement, smoothed over
time, and counted when it leaves the bent end.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark
from tools.evaluate._mediapipe import Array

BENT, STRAIGHT = "bent", "straight"
"""The ends of a movement: class names are "<exercise> bent" and "<exercise> straight"."""
TORSO = 2.5
"""A person is at least so many torsos large."""
WEIGHTS = np.array([1.0, 1.0, 0.2])
"""Of x, y and the guessed z."""
NEAR, NEAREST = 30, 10
"""Samples that are kept by their largest distance, then by their mean distance."""
WINDOW, ALPHA = 10, 0.2
"""Frames of the moving average, and its decay."""
ENTER, EXIT = 6.0, 4.0
"""Votes of NEAREST from which the bent end is entered, and below which it is left."""

_PAIRS = (
    *(
        (Landmark.LEFT_SHOULDER, Landmark.LEFT_ELBOW),
        (Landmark.RIGHT_SHOULDER, Landmark.RIGHT_ELBOW),
    ),
    *((Landmark.LEFT_ELBOW, Landmark.LEFT_WRIST), (Landmark.RIGHT_ELBOW, Landmark.RIGHT_WRIST)),
    *((Landmark.LEFT_HIP, Landmark.LEFT_KNEE), (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE)),
    *((Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE), (Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE)),
    *(
        (Landmark.LEFT_SHOULDER, Landmark.LEFT_WRIST),
        (Landmark.RIGHT_SHOULDER, Landmark.RIGHT_WRIST),
    ),
    *((Landmark.LEFT_HIP, Landmark.LEFT_ANKLE), (Landmark.RIGHT_HIP, Landmark.RIGHT_ANKLE)),
    *((Landmark.LEFT_HIP, Landmark.LEFT_WRIST), (Landmark.RIGHT_HIP, Landmark.RIGHT_WRIST)),
    *(
        (Landmark.LEFT_SHOULDER, Landmark.LEFT_ANKLE),
        (Landmark.RIGHT_SHOULDER, Landmark.RIGHT_ANKLE),
    ),
    *((Landmark.LEFT_HIP, Landmark.LEFT_WRIST), (Landmark.RIGHT_HIP, Landmark.RIGHT_WRIST)),
    *((Landmark.LEFT_ELBOW, Landmark.RIGHT_ELBOW), (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE)),
    *((Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST), (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE)),
)
"""Joints whose distances describe a pose, beside hips to shoulders; one pair stands there twice."""
_MIRROR = np.array([-1.0, 1.0, 1.0])


def embed(points: Array) -> Array:
    """[n, 23, 3] differences between joints of poses [n, 33, 3], free of place and size."""
    hips = points[:, [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=1)
    shoulders = points[:, [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(axis=1)
    torso = np.linalg.norm((shoulders - hips)[:, :2], axis=1)
    reach = np.linalg.norm((points - hips[:, None])[..., :2], axis=2).max(axis=1)
    size = np.maximum(torso * TORSO, reach)[:, None, None]
    first, second = (list(ends) for ends in zip(*_PAIRS, strict=True))
    spine = (shoulders - hips)[:, None]
    return np.concatenate([spine, points[:, second] - points[:, first]], axis=1) / size


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Poses whose class is known.

    Attributes:
        embedded: [n, 23, 3] of `embed`.
        classes: [n] names.
        clips: [n] of which they are frames.
        scenes: [n] of these clips.
    """

    embedded: Array
    classes: NDArray[np.str_]
    clips: NDArray[np.str_]
    scenes: NDArray[np.str_]

    def take(self, rows: NDArray[np.bool_]) -> "Samples":
        """Some of them."""
        return Samples(self.embedded[rows], self.classes[rows], self.clips[rows], self.scenes[rows])

    @classmethod
    def joined(cls, parts: Sequence["Samples"]) -> "Samples":
        """All of several."""
        return cls(
            np.concatenate([part.embedded for part in parts]),
            np.concatenate([part.classes for part in parts]),
            np.concatenate([part.clips for part in parts]),
            np.concatenate([part.scenes for part in parts]),
        )


def votes(embedded: Array, samples: Samples) -> list[dict[str, float]]:
    """How many of the nearest samples are of each class, for poses [n, 23, 3]; empty for NaN."""
    return [{} if np.isnan(pose).any() else _votes(pose, samples) for pose in np.asarray(embedded)]


def _votes(pose: Array, samples: Samples) -> dict[str, float]:
    both = [np.abs(samples.embedded - side) * WEIGHTS for side in (pose, pose * _MIRROR)]
    largest = np.minimum(*(apart.max(axis=(1, 2)) for apart in both))
    near = np.argsort(largest, kind="stable")[:NEAR]
    mean = np.minimum(*(apart[near].mean(axis=(1, 2)) for apart in both))
    nearest = near[np.argsort(mean, kind="stable")[:NEAREST]]
    names, counts = np.unique(samples.classes[nearest], return_counts=True)
    return dict(zip(names.tolist(), counts.astype(float).tolist(), strict=True))


def smoothed(rows: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """The votes of each frame as an exponential moving average of the last ones."""
    window: deque[Mapping[str, float]] = deque(maxlen=WINDOW)
    out = []
    for row in rows:
        window.appendleft(row)
        weights = (1 - ALPHA) ** np.arange(len(window))
        names = {name for frame in window for name in frame}
        out.append(
            {
                name: float(
                    np.dot(weights, [frame.get(name, 0.0) for frame in window]) / weights.sum()
                )
                for name in names
            }
        )
    return out


def count(rows: Sequence[Mapping[str, float]], exercise: str) -> list[int]:
    """Frames at which repetitions are counted, from the raw votes of all frames."""
    reps, entered = [], False
    name = f"{exercise} {BENT}"
    for frame, (raw, mean) in enumerate(zip(rows, smoothed(rows), strict=True)):
        if not raw:
            continue  # nobody was found: whoever it was holds still
        if not entered:
            entered = mean.get(name, 0.0) > ENTER
        elif mean.get(name, 0.0) < EXIT:
            reps.append(frame)
            entered = False
    return reps
