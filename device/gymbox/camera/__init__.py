"""Where frames come from: the Pi's ribbon camera, a USB camera or a recording."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from gymbox.errors import ConfigError, InputError

if TYPE_CHECKING:
    from gymbox.camera.frame import Camera

KINDS = ("picamera2", "v4l2", "clip")
"""What `kind` may be in the settings."""


def open_camera(
    *,
    kind: str,
    device: int | str = 0,
    width: int = 640,
    height: int = 480,
    fps: float = 30.0,
    stall_after: float = 3.0,
    flip_horizontal: bool = False,
    flip_vertical: bool = False,
    path: str | Path | None = None,
    paced: bool = False,
) -> "Camera":
    """Makes the camera that the settings name; it is opened by `with`.

    Libraries are loaded only for the kind that is asked for.

    Args:
        kind: one of `KINDS`.
        device: which camera: a number, or for v4l2 also a path such as "/dev/video0".
        width: of the frames, pixels.
        height: of the frames, pixels.
        fps: frames a second to ask the camera for.
        stall_after: seconds without a new frame after which a live camera counts as lost.
        flip_horizontal: mirror left and right.
        flip_vertical: turn upside down (with flip_horizontal: half a turn).
        path: the recording, for clip.
        paced: play the recording at its own speed.

    Raises:
        ConfigError: there is no such kind.
        InputError: clip without a path.
    """
    if kind == "clip":
        from gymbox.camera.clip import ClipCamera  # noqa: PLC0415 (loads OpenCV)

        if not path:
            raise InputError("camera.kind is clip, but no clip is named", "set camera.path")
        return ClipCamera(path, paced=paced)
    if kind == "v4l2":
        from gymbox.camera.v4l2 import V4l2Camera  # noqa: PLC0415 (loads OpenCV)

        return V4l2Camera(
            device,
            width=width,
            height=height,
            fps=fps,
            stall_after=stall_after,
            flip_horizontal=flip_horizontal,
            flip_vertical=flip_vertical,
        )
    if kind == "picamera2":
        from gymbox.camera.picamera import PiCamera  # noqa: PLC0415 (only where asked for)

        return PiCamera(
            device,
            width=width,
            height=height,
            fps=fps,
            stall_after=stall_after,
            flip_horizontal=flip_horizontal,
            flip_vertical=flip_vertical,
        )
    nearest = difflib.get_close_matches(kind.lower(), KINDS, n=1, cutoff=0.0)[0]
    raise ConfigError(
        f"there is no camera kind {kind!r}",
        f"did you mean {nearest!r}? Known are {', '.join(KINDS)}",
    )
