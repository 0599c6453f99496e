import subprocess
import sys

import pytest

from gymbox.camera import open_camera
from gymbox.camera.clip import ClipCamera
from gymbox.camera.picamera import PiCamera
from gymbox.camera.v4l2 import V4l2Camera
from gymbox.errors import ConfigError, InputError

SETTINGS = {
    "device": 0,
    "path": "x.mp4",
    "width": 640,
    "height": 480,
    "fps": 30,
    "flip_horizontal": False,
    "flip_vertical": False,
    "stall_after": 3.0,
    "paced": False,
}


@pytest.mark.parametrize(
    ("kind", "camera"), [("clip", ClipCamera), ("v4l2", V4l2Camera), ("picamera2", PiCamera)]
)
def test_the_settings_name_the_camera(kind: str, camera: type):
    made = open_camera(kind=kind, **SETTINGS)
    assert isinstance(made, camera)
    assert made.live is (kind != "clip")


@pytest.mark.parametrize(
    ("kind", "nearest"), [("picamera", "picamera2"), ("V4L", "v4l2"), ("clips", "clip")]
)
def test_an_unknown_kind_gets_the_nearest_name(kind: str, nearest: str):
    with pytest.raises(ConfigError, match=f"did you mean '{nearest}'"):
        open_camera(kind=kind)


def test_a_clip_needs_a_path():
    with pytest.raises(InputError, match=r"set camera\.path"):
        open_camera(kind="clip")


def test_the_pi_camera_needs_no_opencv():
    program = (
        "import sys; from gymbox.camera import open_camera; open_camera(kind='picamera2');"
        "sys.exit('cv2' in sys.modules)"
    )
    subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", program], check=True
    )
