"""What arrives in the loop: frames of a recording in step, those of a live camera by the slot."""

import time
from collections.abc import Generator

from gymbox.camera.capture import Capture
from gymbox.camera.frame import Camera
from gymbox.camera.slot import LatestFrame
from gymbox.loop import Arrival

TURN = 0.25
"""Seconds after which the loop turns even without a frame, for buttons, screen and watchdog."""


def arrivals(camera: Camera) -> Generator[Arrival, None, None]:
    """Every frame of an open recording; of a live camera the newest, and word of its loss."""
    return _live(camera) if camera.live else _recorded(camera)


def _recorded(camera: Camera) -> Generator[Arrival, None, None]:
    while (frame := camera.read()) is not None:
        yield frame


def _live(camera: Camera) -> Generator[Arrival, None, None]:
    slot = LatestFrame()
    with Capture(camera, slot) as capture:
        while True:
            capture.check()
            frame = slot.get(TURN)
            yield from slot.events()
            yield time.monotonic() if frame is None else frame
