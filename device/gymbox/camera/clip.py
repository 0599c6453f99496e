"""A recording as a camera: every frame, in order, so that a clip always gives the same count."""

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gymbox.camera._opencv import cv2
from gymbox.camera._sniff import check_clip_file
from gymbox.camera.frame import Clock, Frame
from gymbox.errors import InputError

_LIKELY_FPS = 30.0
"""Taken where the container names no frame rate that a camera could have."""

_HIGHEST_FPS = 1000.0
_MOST_FRAMES = 1e9
_LONGEST_GAP = 10.0
"""Seconds between two frames beyond which a container's timestamps are not believed."""

_MISSING_SHARE = 0.05
"""A clip that lacks more of its announced frames than this has been cut off. Containers that only
know their duration announce a frame or two too many."""


class ClipCamera:
    """Frames of a video file.

    Attributes:
        frames: how many the container announces, for a progress bar; None when it does not say.
        fps: frames a second, as the container has it.
        size: (width, height) in pixels, turned upright as the container asks.
        warning: why the clip ended early, or None.

    Args:
        path: the file.
        paced: wait for each frame as long as the recording does, instead of reading on.
        clock: what pacing is measured with, seconds.
        sleep: waits for so many seconds.

    Raises:
        InputError: on entering, when there is nothing to read in the file.

    >>> with ClipCamera("squat.mp4") as camera:             # doctest: +SKIP
    ...     while (frame := camera.read()) is not None:
    ...         print(frame.timestamp)
    """

    live = False

    def __init__(
        self,
        path: str | Path,
        *,
        paced: bool = False,
        clock: Clock = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.path = Path(path)
        self.frames: int | None = None
        self.fps = _LIKELY_FPS
        self.size = (0, 0)
        self.warning: str | None = None
        self._paced = paced
        self._clock = clock
        self._sleep = sleep
        self._capture: cv2.VideoCapture | None = None
        self._first: Frame | None = None
        self._index = 0
        self._last = 0.0
        self._began = 0.0

    def __enter__(self) -> Self:
        check_clip_file(self.path)
        # The absolute name keeps FFmpeg from taking "concat:a.mp4" for a protocol.
        capture = cv2.VideoCapture(str(self.path.absolute()), cv2.CAP_FFMPEG)
        if not capture.isOpened():
            raise InputError(
                f"{self.path} cannot be read as a video",
                "use a whole clip that a video player opens, such as an .mp4",
            )
        self._capture = capture
        capture.set(cv2.CAP_PROP_ORIENTATION_AUTO, 1)
        self.fps = _believable_fps(capture.get(cv2.CAP_PROP_FPS))
        self.frames = _believable_count(capture.get(cv2.CAP_PROP_FRAME_COUNT))
        self.warning = None
        self._index = 0
        self._first = self._next()
        if self._first is None:
            self.close()
            raise InputError(f"{self.path} holds no frames", "record the clip again")
        height, width = self._first.image.shape[:2]
        self.size = (width, height)
        self._began = self._clock()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self) -> Frame | None:
        """The next frame, or None at the end. Paced, it waits until the frame is due."""
        frame, self._first = self._first or self._next(), None
        if frame is None:
            self._judge_end()
        elif self._paced:
            self._sleep(max(0.0, self._began + frame.timestamp - self._clock()))
        return frame

    def close(self) -> None:
        """Lets go of the file."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None
        self._first = None

    def _next(self) -> Frame | None:
        if self._capture is None:
            return None
        read, image = self._capture.read()
        if not read:
            return None
        frame = Frame(_as_pixels(image), self._position(self._capture), self._index)
        self._index += 1
        self._last = frame.timestamp
        return frame

    def _position(self, capture: cv2.VideoCapture) -> float:
        """Seconds into the recording: the container's own timestamp where it goes forward."""
        stamp = capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        if self._index == 0:
            return stamp if 0 <= stamp < _LONGEST_GAP else 0.0
        if 0 < stamp - self._last < _LONGEST_GAP:
            return stamp
        return self._last + 1 / self.fps

    def _judge_end(self) -> None:
        missing = (self.frames or 0) - self._index
        if missing > max(2, _MISSING_SHARE * (self.frames or 0)):
            self.warning = (
                f"{self.path} breaks off after {self._index} of {self.frames} frames"
                f" ({self._last:.1f} s): the rest of the file is missing or damaged"
            )


def _as_pixels(image: cv2.typing.MatLike) -> NDArray[np.uint8]:
    return np.asarray(image, dtype=np.uint8)


def _believable_fps(fps: float) -> float:
    return fps if math.isfinite(fps) and 0 < fps <= _HIGHEST_FPS else _LIKELY_FPS


def _believable_count(count: float) -> int | None:
    return int(count) if math.isfinite(count) and 0 < count < _MOST_FRAMES else None
