"""A USB camera through OpenCV's V4L2 back-end."""

import math
import os
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gymbox.camera._opencv import cv2
from gymbox.camera._video_nodes import NODES, check_node, usable_nodes
from gymbox.camera.frame import Clock, Frame
from gymbox.errors import CameraError

_BUFFERS = 2
"""One is filled while the other is read. With a single one the driver has nowhere to put the next
frame meanwhile, and UVC cameras fall to half their rate; more would only hold older frames."""

_NAP = 0.01
"""Seconds between two looks at a device that returns the same frame at once."""


class V4l2Camera:
    """A live camera on a /dev/video node, MJPG where it can.

    A frame counts only if the driver's timestamp or the picture has changed: after an unplug OpenCV
    has been seen to return the last frame over and over.

    Attributes:
        size: (width, height) that the camera chose, pixels; it may not have the one asked for.

    Args:
        device: number or path of the node.
        width: asked for, pixels.
        height: asked for, pixels.
        fps: asked for.
        stall_after: seconds without a new frame after which the camera counts as lost.
        flip_horizontal: mirror left and right.
        flip_vertical: turn upside down.
        clock: monotonic seconds; the driver's timestamps are used where they are on this clock.
        sleep: waits for so many seconds.
        nodes: folder in which the kernel describes the video nodes.

    Raises:
        CameraError: on entering, when the device is missing, busy or no camera.
    """

    live = True

    def __init__(
        self,
        device: int | str = 0,
        *,
        width: int = 640,
        height: int = 480,
        fps: float = 30.0,
        stall_after: float = 3.0,
        flip_horizontal: bool = False,
        flip_vertical: bool = False,
        clock: Clock = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        nodes: Path = NODES,
    ) -> None:
        self.device = Path(f"/dev/video{device}" if str(device).isdigit() else str(device))
        self.size = (width, height)
        self._fps = fps
        self._stall_after = stall_after
        self._flip = _flip_code(flip_horizontal=flip_horizontal, flip_vertical=flip_vertical)
        self._clock = clock
        self._sleep = sleep
        self._nodes = nodes
        self._capture: cv2.VideoCapture | None = None
        self._seen: tuple[float, int] | None = None
        self._last = -math.inf
        self._index = 0

    def __enter__(self) -> Self:
        check_node(self.device, self._nodes)
        # Read by OpenCV once, at the first wait; whole seconds. Its default of 10 s is too long.
        os.environ["OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT"] = str(max(1, round(self._stall_after)))
        # By its real name: OpenCV knows nothing of the links in /dev/v4l/by-id.
        capture = cv2.VideoCapture(str(self.device.resolve()), cv2.CAP_V4L2)
        if not capture.isOpened():
            raise CameraError(
                f"{self.device} does not open as a camera",
                f"close other programs that use it, or choose another ({self._choices()})",
            )
        self._capture = capture
        self._configure(capture)
        self._seen = None
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self) -> Frame:
        """Waits for the next new frame.

        Raises:
            CameraError: none came within `stall_after` seconds, or the camera is gone.
        """
        if self._capture is None:
            raise CameraError(f"{self.device} is not open", "open the camera first")
        deadline = self._clock() + self._stall_after
        while True:
            if not self._capture.grab():
                raise self._lost()
            now = self._clock()
            stamp = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
            decoded, image = self._capture.retrieve()
            # USB cameras send a broken JPEG now and then: the next one will do.
            if decoded and self._is_new(stamp, pixels := np.asarray(image, dtype=np.uint8)):
                return self._frame(pixels, self._capture_time(stamp, now))
            if now >= deadline:
                raise self._lost()
            self._sleep(_NAP)

    def close(self) -> None:
        """Lets go of the device."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _configure(self, capture: cv2.VideoCapture) -> None:
        width, height = self.size
        # The format comes first: it decides which sizes and rates there are.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
        capture.set(cv2.CAP_PROP_FPS, self._fps)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, _BUFFERS)

    def _is_new(self, stamp: float, image: NDArray[np.uint8]) -> bool:
        # A sixteenth of the rows and columns: sensor noise alone changes some of them.
        seen = (stamp, zlib.crc32(image[::16, ::16].tobytes()))
        changed = seen != self._seen
        self._seen = seen
        return changed

    def _capture_time(self, stamp: float, now: float) -> float:
        """The driver's timestamp if it is on our clock, else when the frame arrived."""
        believable = 0 <= now - stamp < self._stall_after and stamp > self._last
        return stamp if believable else now

    def _frame(self, image: NDArray[np.uint8], timestamp: float) -> Frame:
        if self._flip is not None:
            image = np.asarray(cv2.flip(image, self._flip), dtype=np.uint8)
        self.size = (image.shape[1], image.shape[0])
        self._last = timestamp
        frame = Frame(image, timestamp, self._index)
        self._index += 1
        return frame

    def _lost(self) -> CameraError:
        if not self.device.exists():
            return CameraError(
                f"{self.device} has gone", f"plug the camera in again ({self._choices()})"
            )
        return CameraError(
            f"{self.device} has sent no new frame for {self._stall_after:g} s",
            "check its cable and power",
        )

    def _choices(self) -> str:
        return f"found: {', '.join(usable_nodes(self._nodes)) or 'no camera'}"


def _flip_code(*, flip_horizontal: bool, flip_vertical: bool) -> int | None:
    """OpenCV's name for the two mirrors."""
    if flip_horizontal and flip_vertical:
        return -1
    if flip_horizontal:
        return 1
    return 0 if flip_vertical else None
