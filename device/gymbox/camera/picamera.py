"""The Pi's ribbon camera through picamera2."""

import os
import threading
import time
from typing import TYPE_CHECKING, Any, Self

from gymbox.camera.frame import CameraStuckError, Clock, Frame
from gymbox.errors import CameraError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BUFFERS = 4
"""Fewer make libcamera miss frames, more only cost memory."""

_FAILURES = (RuntimeError, OSError, LookupError, ValueError, TypeError, AttributeError)
"""What picamera2 raises when a camera is missing, busy or broken: it has no error class of its own,
and "no camera" is an IndexError."""


class PiCamera:
    """A live CSI camera.

    Args:
        device: number of the camera, 0 for the first.
        width: of the frames, pixels.
        height: of the frames, pixels.
        fps: frames a second.
        stall_after: seconds without a frame after which the camera counts as lost.
        flip_horizontal: mirror left and right.
        flip_vertical: turn upside down.
        close_within: seconds that libcamera may take to stop; after a lost camera it can take for
            ever.
        clock: seconds of CLOCK_MONOTONIC.
        boot_clock: seconds of CLOCK_BOOTTIME, which goes on while the Pi is suspended.

    Raises:
        CameraError: on entering, when picamera2 or the camera is missing, or the camera is busy.
        CameraStuckError: on leaving, when the camera did not stop in time.
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
        close_within: float = 3.0,
        clock: Clock = time.monotonic,
        boot_clock: Clock = lambda: time.clock_gettime(time.CLOCK_BOOTTIME),
    ) -> None:
        self.size = (width, height)
        self._number = int(device) if str(device).isdigit() else device
        self._fps = fps
        self._stall_after = stall_after
        self._flip_horizontal = flip_horizontal
        self._flip_vertical = flip_vertical
        self._close_within = close_within
        self._clock = clock
        self._boot_clock = boot_clock
        self._camera: Any = None
        self._index = 0

    def __enter__(self) -> Self:
        libcamera, picamera2 = _load()
        try:
            self._camera = picamera2.Picamera2(self._number)
            self._camera.configure(self._configuration(libcamera))
            self._camera.start(show_preview=False)
        except _FAILURES as error:
            self.close()
            raise CameraError(
                f"the Pi camera {self._number} does not start ({_reason(error)})",
                "check its ribbon cable, see what `rpicam-hello --list-cameras` finds, and close"
                " other programs that use it",
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self) -> Frame:
        """Waits for the next frame.

        Raises:
            CameraError: none came within `stall_after` seconds.
        """
        if self._camera is None:
            raise CameraError("the Pi camera is not open", "open the camera first")
        try:
            request = self._camera.capture_request(wait=self._stall_after)
        except TimeoutError:
            raise CameraError(
                f"the Pi camera has sent no frame for {self._stall_after:g} s",
                "check its ribbon cable",
            ) from None
        except _FAILURES as error:
            raise CameraError(
                f"the Pi camera has stopped ({_reason(error)})", "check its ribbon cable"
            ) from error
        # The buffer belongs to libcamera: copy, then give it back whatever happens.
        try:
            image: NDArray[np.uint8] = request.make_array("main")
            stamp: int | None = request.get_metadata().get("SensorTimestamp")
        finally:
            request.release()
        frame = Frame(image, self._capture_time(stamp), self._index)
        self._index += 1
        return frame

    def close(self) -> None:
        """Stops the camera and lets go of it.

        Raises:
            CameraStuckError: it did not stop in time.
        """
        camera, self._camera = self._camera, None
        if camera is None:
            return
        closing = threading.Thread(target=_shut, args=(camera,), name="camera-close", daemon=True)
        closing.start()
        closing.join(self._close_within)
        if closing.is_alive():
            raise CameraStuckError(
                f"the Pi camera did not stop within {self._close_within:g} s",
                "start gymbox again; if the camera stays lost, check its ribbon cable and reboot",
            )

    def _configuration(self, libcamera: Any) -> dict[str, Any]:  # noqa: ANN401 (untyped module)
        frame_us = round(1e6 / self._fps)
        # Half the sensor's size is the binned mode that sees the whole field of view. Left to
        # itself, libcamera may take a mode as small as the frames and see only the middle.
        width, height = self._camera.sensor_resolution
        configuration: dict[str, Any] = self._camera.create_video_configuration(
            # "RGB888" names the bits from high to low: in memory it is blue, green, red.
            main={"format": "RGB888", "size": self.size},
            raw={"size": (width // 4 * 2, height // 4 * 2)},
            transform=libcamera.Transform(hflip=self._flip_horizontal, vflip=self._flip_vertical),
            buffer_count=_BUFFERS,
            controls={"FrameDurationLimits": (frame_us, frame_us)},
            display=None,
            encode=None,
            queue=False,  # a frame taken before it was asked for is an old one
        )
        return configuration

    def _capture_time(self, stamp: int | None) -> float:
        """Seconds of `clock` at which the sensor took the frame.

        libcamera documents CLOCK_BOOTTIME, the Pi's drivers have stamped CLOCK_MONOTONIC. The
        two differ by the time spent suspended, so the one that makes the frame's age small and not
        negative is the right one.
        """
        now = self._clock()
        if stamp is None:
            return now
        ages = (now - stamp / 1e9, self._boot_clock() - stamp / 1e9)
        return now - min((age for age in ages if 0 <= age < self._stall_after), default=0.0)


def _load() -> tuple[Any, Any]:
    """The libcamera and picamera2 modules, which only the distribution's packages provide."""
    # libcamera reports every mode it sets; what goes wrong is enough. It reads this once.
    os.environ.setdefault("LIBCAMERA_LOG_LEVELS", "*:WARN")
    try:
        import libcamera  # noqa: PLC0415 (there only on a Pi)
        import picamera2  # noqa: PLC0415 (the same)
    except ImportError as error:
        raise CameraError(
            f"picamera2 cannot be loaded ({_reason(error)})",
            "sudo apt install python3-picamera2, in a venv made with --system-site-packages",
        ) from error
    except ValueError as error:
        # "numpy.dtype size changed": apt's modules were built for another numpy.
        raise CameraError(
            f"picamera2 does not fit this numpy ({_reason(error)})",
            "keep to the numpy of the constraints file for this system",
        ) from error
    return libcamera, picamera2


def _shut(camera: Any) -> None:  # noqa: ANN401 (untyped module)
    try:
        camera.stop()
    finally:
        camera.close()


def _reason(error: BaseException) -> str:
    return str(error).strip() or type(error).__name__
