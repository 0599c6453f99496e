import threading
import time
from collections.abc import Callable, Iterable
from typing import Self

import numpy as np
import pytest
from synthetic_clips import MakeClip

from gymbox.camera.capture import Capture
from gymbox.camera.clip import ClipCamera
from gymbox.camera.frame import CameraStuckError, Frame
from gymbox.camera.slot import LatestFrame
from gymbox.errors import CameraError
from gymbox.events import CameraBack, CameraLost

GONE = CameraError("the camera is gone", "plug it in")


class ScriptedCamera:
    """Gives frames, raises errors or calls functions, as the script says; then waits."""

    live = True

    def __init__(self, *script: object, opening: Iterable[object] = ()) -> None:
        self._script = iter(script)
        self._opening = iter(opening)
        self.opened = self.closed = 0
        self.index = 0
        self.done = threading.Event()

    def __enter__(self) -> Self:
        self.opened += 1
        if isinstance(error := next(self._opening, None), Exception):
            raise error
        return self

    def __exit__(self, *_: object) -> None:
        self.closed += 1

    def read(self) -> Frame | None:
        step = next(self._script, "end")
        if isinstance(step, BaseException):
            raise step
        if step == "end":
            self.done.set()
            time.sleep(0.005)
        if callable(step):
            step()
        self.index += 1
        return Frame(np.zeros((2, 2, 3), np.uint8), time.monotonic(), self.index)


def wait_for(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.002)


def run(camera: ScriptedCamera, slot: LatestFrame) -> Capture:
    capture = Capture(camera, slot, retry_after=0.01, retry_limit=0.04, hang_after=0.25)
    capture.start()
    return capture


def test_frames_arrive_and_the_camera_is_closed():
    slot, camera = LatestFrame(), ScriptedCamera()
    with Capture(camera, slot):
        assert slot.get(timeout=10) is not None
    assert (camera.opened, camera.closed) == (1, 1)
    assert slot.events() == []


def test_a_lost_camera_is_opened_again_and_told_once():
    slot = LatestFrame()
    camera = ScriptedCamera(None, GONE, opening=[None, GONE, GONE, GONE])
    capture = run(camera, slot)
    wait_for(camera.done.is_set)
    assert capture.stop()
    lost, back = slot.events()
    assert isinstance(lost, CameraLost)
    assert lost.reason == "the camera is gone: plug it in"
    assert isinstance(back, CameraBack)
    assert back.t >= lost.t
    assert camera.opened == 5
    assert slot.last_frame_age < 5


def test_a_camera_that_is_missing_from_the_start_is_not_waited_for():
    slot = LatestFrame()
    capture = run(ScriptedCamera(opening=[GONE]), slot)
    with pytest.raises(CameraError, match="the camera is gone: plug it in"):
        slot.get(timeout=10)
    assert capture.stop()
    assert slot.events() == []


def test_two_losses_are_told_twice():
    slot = LatestFrame()
    camera = ScriptedCamera("frame", GONE, "frame", GONE, "frame")
    capture = run(camera, slot)
    wait_for(camera.done.is_set)
    capture.stop()
    names = [event.name for event in slot.events()]
    assert names == ["camera_lost", "camera_back"] * 2


def test_the_pause_grows_and_is_bounded(monkeypatch: pytest.MonkeyPatch):
    pauses: list[float] = []
    capture = Capture(
        ScriptedCamera("frame", GONE, opening=[None, *[GONE] * 5]),
        LatestFrame(),
        retry_after=1,
        retry_limit=5,
    )
    monkeypatch.setattr(capture._stopping, "wait", pauses.append)
    capture.start()
    wait_for(lambda: len(pauses) == 6)
    wait_for(lambda: capture._pause == 1)
    assert capture.stop()
    assert pauses == [1, 2, 4, 5, 5, 5]


@pytest.mark.parametrize("error", [ValueError("a bug"), MemoryError("no memory")])
def test_any_other_error_reaches_the_main_loop(error: BaseException):
    slot = LatestFrame()
    capture = run(ScriptedCamera(error), slot)
    with pytest.raises(type(error), match=str(error)):
        slot.get(timeout=10)
    assert capture.stop()


def test_a_hang_is_found_and_does_not_block_stopping():
    hung = threading.Event()
    slot = LatestFrame()
    capture = run(ScriptedCamera("frame", hung.wait), slot)
    assert slot.get(timeout=10) is not None
    capture.check()
    wait_for(lambda: capture.heartbeat_age > 0.25)
    assert slot.last_frame_age > 0.2
    with pytest.raises(CameraStuckError, match="has not answered for"):
        capture.check()
    assert capture.stop(timeout=0.05) is False
    hung.set()
    assert capture.stop() is True


def test_a_lost_camera_is_not_a_hang():
    slot = LatestFrame()
    capture = run(ScriptedCamera("frame", GONE, opening=[None, *[GONE] * 1000]), slot)
    wait_for(lambda: slot.last_frame_age > 0.3)
    capture.check()
    assert capture.stop()


def test_a_recording_is_refused(make_clip: MakeClip):
    with pytest.raises(ValueError, match="in step"):
        Capture(ClipCamera(make_clip()), LatestFrame())
