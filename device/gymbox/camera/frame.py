"""What every camera delivers."""

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import HardwareError


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture and the time at which it was taken.

    Attributes:
        image: [height, width, 3] uint8, channels blue, green, red as OpenCV has them.
        timestamp: seconds; a monotonic clock when live, the position in a recording otherwise.
        index: running number of the frames of this camera, from 0.
    """

    image: NDArray[np.uint8]
    timestamp: float
    index: int


class CameraStuckError(HardwareError):
    """The camera does not answer and cannot be let go of: only a new process can use it again.

    No `CameraError`, so it is not retried in place: the process ends with it.
    """


class Camera(Protocol):
    """A source of frames, used in a `with` block.

    Entering opens it, leaving closes it, and both may be done again: that is how a lost camera is
    brought back.

    Attributes:
        live: True when frames are lost unless read in time; False for a recording.
    """

    live: bool

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def read(self) -> Frame | None:
        """Waits for the next frame; None at the end of a recording.

        Raises:
            CameraError: no frame came in time, or the device is gone.
        """
        ...


Clock = Callable[[], float]
"""Seconds that only go forward, such as `time.monotonic`."""
