import math
import os
from itertools import count, repeat
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from gymbox.camera import v4l2
from gymbox.camera._opencv import cv2
from gymbox.camera._video_nodes import usable_nodes
from gymbox.camera.v4l2 import V4l2Camera
from gymbox.errors import CameraError

DEVICE = "/dev/null"  # a device that every machine has; the capture behind it is a stand-in


BROKEN = None
"""In place of a brightness: a picture that cannot be decoded."""


class FakeCapture:
    """As cv2.VideoCapture behaves on V4L2: frames from a script of (milliseconds, brightness)."""

    made: ClassVar[list["FakeCapture"]] = []

    def __init__(self, name: str, backend: int) -> None:
        assert backend == cv2.CAP_V4L2
        self.name = name
        self.settings: list[tuple[int, float]] = []
        self.script = self.scripts()
        self.now: tuple[float, int | None] = (0, 0)
        self.released = False
        FakeCapture.made.append(self)

    scripts = staticmethod(lambda: ((40.0 * n, n % 256) for n in count(1)))

    def isOpened(self) -> bool:  # noqa: N802 (OpenCV's name)
        return True

    def set(self, key: int, value: float) -> bool:
        self.settings.append((key, value))
        return True

    def grab(self) -> bool:
        shot = next(self.script)
        if shot is not None:
            self.now = shot
        return shot is not None

    def get(self, key: int) -> float:
        assert key == cv2.CAP_PROP_POS_MSEC
        return self.now[0]

    def retrieve(self) -> tuple[bool, np.ndarray | None]:
        if self.now[1] is BROKEN:
            return False, None
        image = np.full((480, 640, 3), self.now[1], np.uint8)
        image[:, :320] = 0
        return True, image

    def release(self) -> None:
        self.released = True


class Clock:
    """A clock that only moves when somebody sleeps, or as told."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def capture(monkeypatch: pytest.MonkeyPatch):
    FakeCapture.made = []
    monkeypatch.setattr(v4l2.cv2, "VideoCapture", FakeCapture)
    return FakeCapture


def test_frames_carry_the_drivers_timestamp_when_it_is_monotonic(capture: type[FakeCapture]):
    with V4l2Camera(DEVICE, clock=lambda: 0.3) as camera:
        frames = [camera.read() for _ in range(3)]
    assert [frame.timestamp for frame in frames] == pytest.approx([0.04, 0.08, 0.12])
    assert [frame.index for frame in frames] == [0, 1, 2]
    assert capture.made[0].released


@pytest.mark.parametrize("stamp", [0.0, 1.7e12, -1.0, math.nan])
def test_frames_are_timed_on_arrival_when_it_is_not(
    capture: type[FakeCapture], monkeypatch: pytest.MonkeyPatch, stamp: float
):
    monkeypatch.setattr(capture, "scripts", lambda _: ((stamp, n) for n in range(9)))
    clock = Clock(50.0)
    with V4l2Camera(DEVICE, clock=clock) as camera:
        for expected in (50.0, 51.0, 52.0):
            clock.now = expected
            assert camera.read().timestamp == expected


def test_the_format_is_set_before_the_size(capture: type[FakeCapture]):
    with V4l2Camera(DEVICE, width=320, height=240, fps=15):
        pass
    keys = [key for key, _ in capture.made[0].settings]
    settings = dict(capture.made[0].settings)
    assert keys[0] == cv2.CAP_PROP_FOURCC
    assert settings[cv2.CAP_PROP_FOURCC] == cv2.VideoWriter.fourcc(*"MJPG")
    assert settings[cv2.CAP_PROP_FRAME_WIDTH] == 320
    assert settings[cv2.CAP_PROP_FPS] == 15
    assert settings[cv2.CAP_PROP_BUFFERSIZE] == 2


def test_the_same_frame_over_and_over_is_a_lost_camera(
    capture: type[FakeCapture], monkeypatch: pytest.MonkeyPatch
):
    shots = [(40.0, 1), (80.0, 2)]
    monkeypatch.setattr(capture, "scripts", lambda _: iter([*shots, *repeat((80.0, 2), 10_000)]))
    clock = Clock(0.1)
    with V4l2Camera(DEVICE, stall_after=3, clock=clock, sleep=clock.sleep) as camera:
        camera.read()
        camera.read()
        with pytest.raises(CameraError, match="no new frame for 3 s"):
            camera.read()
    assert clock.now == pytest.approx(3.1, abs=0.05)


def test_a_still_scene_is_not_a_lost_camera(
    capture: type[FakeCapture], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(capture, "scripts", lambda _: ((40.0 * n, 7) for n in count(1)))
    with V4l2Camera(DEVICE, clock=lambda: 1.0) as camera:
        assert [camera.read().index for _ in range(20)] == list(range(20))


def test_a_broken_picture_is_passed_over(
    capture: type[FakeCapture], monkeypatch: pytest.MonkeyPatch
):
    shots = [(40.0, 1), (80.0, BROKEN), (120.0, 3)]
    monkeypatch.setattr(capture, "scripts", lambda _: iter(shots))
    with V4l2Camera(DEVICE, clock=lambda: 0.2) as camera:
        assert [camera.read().timestamp for _ in range(2)] == pytest.approx([0.04, 0.12])


def test_a_camera_that_sends_only_broken_pictures_is_lost(
    capture: type[FakeCapture], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(capture, "scripts", lambda _: ((40.0 * n, BROKEN) for n in count(1)))
    clock = Clock()
    camera = V4l2Camera(DEVICE, clock=clock, sleep=clock.sleep)
    with camera, pytest.raises(CameraError, match="no new frame for 3 s"):
        camera.read()


def test_a_stall_that_opencv_reports(capture: type[FakeCapture], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(capture, "scripts", lambda _: iter([(40.0, 1), None]))
    with V4l2Camera(DEVICE) as camera:
        camera.read()
        with pytest.raises(CameraError, match="no new frame for 3 s"):
            camera.read()


def test_an_unplugged_camera(capture: type[FakeCapture], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(capture, "grab", lambda _: False)
    with V4l2Camera(DEVICE) as camera:
        camera.device = Path("/dev/gymbox-unplugged")
        with pytest.raises(CameraError, match=r"has gone.*plug the camera in"):
            camera.read()


@pytest.mark.parametrize(("across", "down"), [(0, 0), (1, 0), (1, 1)])
@pytest.mark.usefixtures("capture")
def test_flips(across: int, down: int):
    with V4l2Camera(
        DEVICE, flip_horizontal=bool(across), flip_vertical=bool(down), clock=lambda: 0.1
    ) as camera:
        image = camera.read().image
    assert image[:, 0].any() == across  # the bright half is on the right by nature


@pytest.mark.usefixtures("capture")
def test_the_select_timeout_is_set_in_whole_seconds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "99")
    with V4l2Camera(DEVICE, stall_after=0.4):
        assert os.environ["OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT"] == "1"


def test_a_real_device_that_is_no_camera():
    with pytest.raises(CameraError, match="does not open as a camera"):
        V4l2Camera("/dev/null").__enter__()


def nodes(folder: Path, **names: str) -> Path:
    for node, name in names.items():
        (folder / node).mkdir()
        (folder / node / "name").write_text(f"{name}\n")
    return folder


def test_the_pis_own_nodes_are_no_cameras(tmp_path: Path, capture: type[FakeCapture]):
    folder = nodes(
        tmp_path,
        video0="HD Webcam",
        video10="bcm2835-codec-decode",
        video13="bcm2835-isp-output0",
        video20="pispbe-input",
        null="bcm2835-isp-capture0",
    )
    assert usable_nodes(folder) == ["/dev/video0 (HD Webcam)"]
    camera = V4l2Camera("/dev/null", nodes=folder)
    with pytest.raises(CameraError, match=r"bcm2835-isp-capture0.*picamera2.*/dev/video0"), camera:
        pass
    assert capture.made == []


def test_a_missing_device_names_those_that_are_there(tmp_path: Path):
    folder = nodes(tmp_path, video0="HD Webcam", video2="Other")
    camera = V4l2Camera(97, nodes=folder)
    with pytest.raises(CameraError, match=r"/dev/video97 .*/dev/video0 .HD Webcam., /dev/video2"):
        camera.__enter__()


def test_no_camera_at_all(tmp_path: Path):
    with pytest.raises(CameraError, match="found: no camera"):
        V4l2Camera(97, nodes=tmp_path / "none").__enter__()
