import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from synthetic_clips import MakeClip

from gymbox.camera.clip import ClipCamera
from gymbox.camera.frame import Frame
from gymbox.errors import InputError


def read_all(camera: ClipCamera) -> list[Frame]:
    return list(iter(camera.read, None))


def test_every_frame_comes_once_and_in_order(make_clip: MakeClip):
    with ClipCamera(make_clip(frames=30)) as camera:
        assert (camera.frames, camera.fps, camera.size) == (30, 20.0, (64, 48))
        frames = read_all(camera)
        assert camera.read() is None
        assert camera.warning is None
    assert [frame.index for frame in frames] == list(range(30))
    assert np.allclose([frame.timestamp for frame in frames], np.arange(30) / 20)
    brightness = [frame.image[:, 40:].mean() for frame in frames]
    assert np.allclose(brightness, 4 * np.arange(30), atol=6)
    assert frames[0].image.dtype == np.uint8


def test_a_clip_can_be_read_again(make_clip: MakeClip):
    camera = ClipCamera(make_clip(frames=5))
    for _ in range(2):
        with camera:
            times = [frame.timestamp for frame in read_all(camera)]
            assert times == pytest.approx([0, 0.05, 0.1, 0.15, 0.2])


def test_paced_waits_until_each_frame_is_due(make_clip: MakeClip):
    now = [100.0]

    def sleep(seconds: float) -> None:
        assert seconds >= 0
        now[0] += seconds

    with ClipCamera(make_clip(frames=5), paced=True, clock=lambda: now[0], sleep=sleep) as camera:
        times = []
        while (frame := camera.read()) is not None:
            times.append((round(now[0] - 100, 6), round(frame.timestamp, 6)))
            if frame.index == 1:
                now[0] += 0.12  # the reader is late: the next frames come at once, none is lost
    assert times == [(0, 0), (0.05, 0.05), (0.17, 0.1), (0.17, 0.15), (0.2, 0.2)]


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        ([0, 40, 95, 120], [0, 0.04, 0.095, 0.12]),  # variable rate, believed
        ([0, 0, 0, 0], [0, 0.05, 0.1, 0.15]),  # none at all
        ([-3.7e20, -3.7e20, 100, float("nan")], [0, 0.05, 0.1, 0.15]),
        ([0, 50, 9e7, 150], [0, 0.05, 0.1, 0.15]),  # a jump of a day
    ],
)
def test_timestamps_go_forward_whatever_the_container_says(
    make_clip: MakeClip, monkeypatch: pytest.MonkeyPatch, stamps: list[float], expected: list[float]
):
    with ClipCamera(make_clip(frames=4)) as camera:
        camera._capture.release()
        told = iter(stamps)

        class Capture:
            def read(self) -> tuple[bool, np.ndarray]:
                return True, np.zeros((48, 64, 3), np.uint8)

            def get(self, _: int) -> float:
                return next(told)

            def release(self) -> None:
                pass

        monkeypatch.setattr(camera, "_capture", Capture())
        monkeypatch.setattr(camera, "_first", None)
        monkeypatch.setattr(camera, "_index", 0)
        got = [camera.read().timestamp for _ in stamps]
    assert np.allclose(got, expected)


def rotated(path: Path) -> Path:
    """The clip with a matrix in its track header that turns it a quarter clockwise."""
    data = bytearray(path.read_bytes())
    matrix = data.find(b"tkhd") + 4 + 4 + 20 + 16
    assert struct.unpack(">9i", data[matrix : matrix + 36])[0] == 0x10000
    turn = (0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
    data[matrix : matrix + 36] = struct.pack(">9i", *turn)
    path.write_bytes(data)
    return path


def test_a_phone_clip_is_turned_upright(make_clip: MakeClip):
    with ClipCamera(rotated(make_clip())) as camera:
        assert camera.size == (48, 64)
        image = camera.read().image
    assert image.shape == (64, 48, 3)
    # What was the bright left half is on top after a quarter turn clockwise.
    assert image[:32].mean() > image[32:].mean() + 60


def test_a_clip_that_breaks_off_gives_what_it_has_and_says_so(make_clip: MakeClip):
    path = make_clip("cut.avi", frames=60, codec="MJPG")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with ClipCamera(path) as camera:
        frames = read_all(camera)
    assert 10 < len(frames) < 50
    assert f"breaks off after {len(frames)} of 60 frames" in camera.warning


def test_a_whole_clip_gives_no_warning_before_its_end(make_clip: MakeClip):
    with ClipCamera(make_clip(frames=60)) as camera:
        camera.read()
    assert camera.warning is None


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("missing.mp4", None, "missing.mp4 is not there"),
        ("text.mp4", b"hello, this is no video\n" * 99, "text.mp4 is text"),
        ("notes.txt", "Kniebeugen für heute\n".encode() * 99, "notes.txt is text"),
        ("empty.mp4", b"", "empty.mp4 is empty"),
        ("noise.mp4", bytes(range(256)) * 99, "noise.mp4 cannot be read as a video"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 99, "picture .JPEG., not a clip"),
        ("photo.mp4", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "photo.mp4 is a picture .PNG."),
        ("a\0b.mp4", None, "cannot be read"),
    ],
)
def test_what_is_no_clip_is_named(tmp_path: Path, name: str, content: bytes | None, problem: str):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=problem) as caught, ClipCamera(path):
        pass
    assert "\n" not in str(caught.value)


def test_a_folder_is_no_clip(tmp_path: Path):
    with pytest.raises(InputError, match="is a folder"), ClipCamera(tmp_path):
        pass


def test_a_clip_without_frames(make_clip: MakeClip):
    path = make_clip("zero.avi", frames=0, codec="MJPG")
    with pytest.raises(InputError, match=r"holds no frames|cannot be read as a video"):
        ClipCamera(path).__enter__()


def test_an_mp4_whose_index_is_missing(make_clip: MakeClip):
    path = make_clip(frames=30)
    data = path.read_bytes()
    path.write_bytes(data[: data.find(b"moov")])
    with pytest.raises(InputError, match="cannot be read as a video"):
        ClipCamera(path).__enter__()


@pytest.mark.skipif(os.geteuid() != 0, reason="changes to another user, which only root can")
def test_a_clip_that_may_not_be_read():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder, "private.mp4")
        path.write_bytes(b"\0" * 100)
        path.chmod(0)
        os.seteuid(65534)
        try:
            with pytest.raises(InputError, match="may not be read"):
                ClipCamera(path).__enter__()
        finally:
            os.seteuid(0)


def test_opencv_and_ffmpeg_add_no_lines_of_their_own(make_clip: MakeClip, tmp_path: Path):
    broken = tmp_path / "noise.mp4"
    broken.write_bytes(bytes(range(256)) * 99)
    cut = make_clip("cut.avi", codec="MJPG")
    data = cut.read_bytes()
    cut.write_bytes(data[: len(data) * 2 // 3])
    program = (
        "import sys, cv2\n"  # loaded by another room before ours
        "from gymbox.camera.clip import ClipCamera\n"
        "from gymbox.errors import InputError\n"
        "for path in sys.argv[1:]:\n"
        "    try:\n"
        "        with ClipCamera(path) as camera:\n"
        "            while camera.read(): pass\n"
        "    except InputError as error: print(error)\n"
    )
    done = subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", program, broken, cut], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1
