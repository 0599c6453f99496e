import sys
import time

import pytest
from fake_picamera2 import Transform, World, modules

from gymbox.camera.frame import CameraStuckError
from gymbox.camera.picamera import PiCamera
from gymbox.errors import CameraError


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch):
    world = World()
    for name, module in modules(world).items():
        monkeypatch.setitem(sys.modules, name, module)
    yield world
    world.never.set()


def test_frames_are_blue_green_red_and_timed_by_the_sensor(world: World):
    world.stamp_ns = lambda: 4_900_000_000
    with PiCamera(width=320, height=240, clock=lambda: 5.0, boot_clock=lambda: 5.0) as camera:
        frames = [camera.read() for _ in range(10)]
    assert frames[0].image.shape == (240, 320, 3)
    assert frames[0].image[0, 0].tolist() == [30, 20, 10]
    assert frames[0].timestamp == pytest.approx(4.9)
    assert [frame.index for frame in frames] == list(range(10))
    assert world.held == 0
    assert world.open == 0


def test_what_the_camera_is_asked_for(world: World):
    with PiCamera(fps=20, flip_horizontal=True, flip_vertical=True):
        pass
    assert world.config["main"] == {"format": "RGB888", "size": (640, 480)}
    assert world.config["controls"]["FrameDurationLimits"] == (50000, 50000)
    assert world.config["transform"] == Transform(hflip=True, vflip=True)
    assert world.config["raw"]["size"] == (1640, 1232)  # the whole field of view, binned
    assert world.config["display"] is None
    assert world.config["encode"] is None


@pytest.mark.parametrize("sensor", [(2592, 1944), (4608, 2592), (1456, 1088), (1001, 999)])
def test_every_sensor_is_asked_for_an_even_size(world: World, sensor: tuple[int, int]):
    world.sensor_resolution = sensor
    with PiCamera() as camera:
        assert camera.read().index == 0


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        (99.95, 99.95),  # CLOCK_MONOTONIC
        (599.95, 99.95),  # CLOCK_BOOTTIME, after 500 s of suspend
        (None, 100.0),
        (12.0, 100.0),  # neither clock
        (700.0, 100.0),  # in the future of both
    ],
)
def test_either_clock_of_the_sensor_becomes_ours(
    world: World, stamp: float | None, expected: float
):
    world.stamp_ns = lambda: None if stamp is None else round(stamp * 1e9)
    with PiCamera(clock=lambda: 100.0, boot_clock=lambda: 600.0) as camera:
        assert camera.read().timestamp == pytest.approx(expected)


@pytest.mark.usefixtures("world")
def test_real_clocks_agree():
    with PiCamera() as camera:
        before = time.monotonic()
        assert before - 0.1 <= camera.read().timestamp <= time.monotonic()


def test_a_lost_camera_is_told_and_does_not_hang_the_box(world: World):
    world.lost = True
    camera = PiCamera(stall_after=0.05, close_within=0.05)
    with pytest.raises(CameraStuckError, match="did not stop within") as caught, camera:
        camera.read()
    # The stall came first; that the camera cannot be stopped is what the process dies of.
    assert isinstance(caught.value.__context__, CameraError)
    assert not isinstance(caught.value, CameraError)


def test_a_request_goes_back_even_if_reading_it_fails(world: World):
    with PiCamera() as camera:
        world.broken_metadata = True
        with pytest.raises(RuntimeError):
            camera.read()
        assert world.held == 0


def test_no_camera(world: World):
    world.cameras = 0
    with pytest.raises(CameraError, match=r"does not start .list index.*ribbon cable"), PiCamera():
        pass


def test_a_busy_camera(world: World):
    world.busy = True
    with pytest.raises(CameraError, match=r"busy.*other programs"), PiCamera():
        pass


def test_picamera2_is_not_installed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "libcamera", None)
    with pytest.raises(CameraError, match=r"apt install python3-picamera2.*system-site-packages"):
        PiCamera().__enter__()


def test_reading_a_closed_camera():
    with pytest.raises(CameraError, match="not open"):
        PiCamera().read()
