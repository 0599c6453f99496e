"""Recorded landmarks of mediapipe, which the references count on."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError
from tools.evaluate._count_run import thinned

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """What mediapipe saw in a clip.

    Attributes:
        points: [n, 33, 4] x, y, z in pixels of the clip and visibility 0..1; NaN for nobody.
        times: [n] seconds.
    """

    points: Array
    times: Array

    def seconds(self, frame: int) -> float:
        """When a frame was taken."""
        return float(self.times[frame])

    def thinned(self, fps: float | None) -> "Landmarks":
        """As many of the frames as a camera of `fps` frames a second would have taken."""
        rows = [index for _, index in thinned(list(zip(self.times, count(), strict=False)), fps)]
        return Landmarks(self.points[rows], self.times[rows])


def load(path: Path) -> Landmarks:
    """Reads the landmarks of one clip.

    Raises:
        InputError: the file is missing or is not such a file.
    """
    try:
        with np.load(path) as arrays:
            points = arrays["landmarks"].astype(np.float64)
            return Landmarks(points, np.arange(len(points)) / float(arrays["fps"]))
    except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
        raise InputError(f"{path} holds no landmarks ({error})", "check --reference") from error
