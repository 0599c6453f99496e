"""Smoothing a pose over time as MediaPipe does, on the timestamps of the frames.

The constants are those of the PoseLandmarkFiltering graph inside of MediaPipe 0.10.18 (read with
`ValidatedGraphConfig.text_config`); older graphs in its repository have other ones.
"""

import math

import numpy as np
from numpy.typing import NDArray

from gymbox.inference.landmarker import ANCHORS, BODY, WORLD, RawPose
from gymbox.motion.landmarks import Pose
from gymbox.motion.one_euro import LowPass, OneEuro


class PoseSmoother:
    """Low pass on visibility, One-Euro on everything that has a place."""

    def __init__(self) -> None:
        self._visibility = LowPass(0.1)
        # One filter for all rows: a frame costs a dozen calls of numpy instead of three dozen.
        self._places = OneEuro(
            min_cutoff=_column(body=0.05, anchors=0.01, world=0.1),
            beta=_column(body=80.0, anchors=10.0, world=40.0),
        )
        self._scale = _column(body=1.0, anchors=1.0, world=1.0)

    def reset(self) -> None:
        """Forgets the athlete."""
        self._visibility.reset()
        self._places.reset()

    def __call__(
        self, raw: RawPose, time: float, size: tuple[int, int]
    ) -> tuple[Pose, NDArray[np.float32]]:
        """Smooths one pose.

        Args:
            raw: what the network saw.
            time: seconds, of the frame.
            size: (width, height) of the frame, pixels.

        Returns:
            The pose, and the [2, 2] anchors of the next region.
        """
        hips, rim = raw.places[ANCHORS, :2].tolist()
        # Speed counts in body sizes a second; world landmarks are in metres and stay so.
        self._scale[: WORLD.start] = 2 * math.dist(hips, rim) or 1.0
        places = self._places(raw.places, time, self._scale)
        pose = Pose(
            timestamp=time,
            points=places[BODY],
            visibility=self._visibility(raw.visibility),
            world=places[WORLD],
            score=raw.score,
            size=size,
        )
        return pose, places[ANCHORS, :2]


def _column(*, body: float, anchors: float, world: float) -> NDArray[np.float32]:
    """[68, 1] one value for each row of `RawPose.places`."""
    column = np.empty((WORLD.stop, 1), np.float32)
    column[BODY], column[ANCHORS], column[WORLD] = body, anchors, world
    return column
