"""Pictures by name: a file, or one frame of a clip."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError

Picture = NDArray[np.uint8]
"""[height, width, 3] red, green, blue."""
Find = Callable[[str], Picture]
"""From the name of a sample to its picture."""

STILLS, CLIPS = (".jpg", ".jpeg", ".png"), (".mp4", ".mkv", ".webm", ".avi", ".mov")
AT = "@"
"""Between a clip and the number of a frame, from 0: "squat.mp4@120"."""


def read(name: str | Path) -> Picture:
    """The picture in a file, or a frame of a clip ("CLIP@FRAME").

    Raises:
        InputError: the file is not there or holds no such picture.
    """
    clip, _, frame = str(name).rpartition(AT)
    still = Path(name).is_file()
    if not still and not Path(clip).is_file():
        raise InputError(f"{name} is not there", "check the path")
    picture = cv2.imread(str(name)) if still else _frame(clip, frame)
    if picture is None:
        raise InputError(
            f"{name} is no picture", "give a picture, or a clip and a frame as CLIP@FRAME"
        )
    return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB).astype(np.uint8, copy=False)


def inside(folder: Path) -> Find:
    """Finds the samples of a report by their names, with or without the ending, in a folder."""

    def find(sample: str) -> Picture:
        clip, _, frame = sample.rpartition(AT)
        stills = [folder / f"{sample}{ending}" for ending in ("", *STILLS)]
        clips = [folder / f"{clip}{ending}" for ending in ("", *CLIPS)] if clip else []
        for path in stills:
            if path.is_file():
                return read(path)
        for path in clips:
            if path.is_file():
                return read(f"{path}{AT}{frame}")
        raise InputError(f"{folder} has no {sample}", "check --pictures")

    return find


def _frame(clip: str, number: str) -> Picture | None:
    """One frame, found step by step: a jump misses where frame times are uneven; BGR."""
    if not number.isdigit():
        return None
    capture = cv2.VideoCapture(clip)
    try:
        for _ in range(int(number)):
            if not capture.grab():
                return None
        _, picture = capture.read()
        return picture  # type: ignore[return-value]
    finally:
        capture.release()
