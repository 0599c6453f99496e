"""Smoothing a pose over time as MediaPipe does, on the timestamps of the frames.

The constants are those of the PoseLandmarkFiltering graph inside of MediaPipe 0.10.18 (read with
`ValidatedGraphConfig.text_config`); older graphs in its repository have other ones.
"""

import numpy as np
from numpy.typing import NDArray

from gymbox.inference.landmarker import RawPose
from gymbox.motion.landmarks import Pose
from gymbox.motion.one_euro import LowPass, OneEuro


class PoseSmoother:
    """Low pass on visibility, One-Euro on everything else."""

    def __init__(self) -> None:
        self._visibility = LowPass(0.1)
        self._points = OneEuro(min_cutoff=0.05, beta=80.0)
        self._anchors = OneEuro(min_cutoff=0.01, beta=10.0)
        self._world = OneEuro(min_cutoff=0.1, beta=40.0)

    def reset(self) -> None:
        """Forgets the athlete."""
        for part in (self._visibility, self._points, self._anchors, self._world):
            part.reset()

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
        across, down = (raw.anchors[1] - raw.anchors[0]).tolist()
        # Speed counts in body sizes a second; world landmarks are in metres as they are.
        scale = 2 * float(np.hypot(across, down)) or 1.0
        pose = Pose(
            timestamp=time,
            points=self._points(raw.points, time, scale),
            visibility=self._visibility(raw.visibility),
            world=self._world(raw.world, time),
            score=raw.score,
            size=size,
        )
        return pose, self._anchors(raw.anchors, time, scale)
