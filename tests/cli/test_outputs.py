"""Outputs: written whole and where they were asked for, or one line that says why not."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from gymbox.__main__ import main
from gymbox.cli.video import is_whole
from gymbox.motion.recording import load_poses
from tests.cli.box_command import DEMO, ROOT, gymbox

FRAMES = 40


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The beginning of the bundled clip."""
    path = tmp_path_factory.mktemp("clip") / "short.mp4"
    reader = cv2.VideoCapture(str(DEMO))
    size = (int(reader.get(cv2.CAP_PROP_FRAME_WIDTH)), int(reader.get(cv2.CAP_PROP_FRAME_HEIGHT)))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 25.0, size)
    for _ in range(FRAMES):
        writer.write(reader.read()[1])
    writer.release()
    return path.read_bytes()


@pytest.fixture
def clip(tmp_path: Path, short: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    Path("clip.mp4").write_bytes(short)
    return Path("clip.mp4")


def replay(*words: str | Path) -> int:
    return main(
        ["replay", "clip.mp4", "--exercise", "squat", "--set", "pose.model=lite", *map(str, words)]
    )


def names() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


@pytest.mark.parametrize("option", ["--video", "--landmarks"])
@pytest.mark.parametrize("way", ["clip.mp4", "./clip.mp4", "link.mp4"])
def test_the_clip_is_never_written_over(
    clip: Path, short: bytes, option: str, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("link.mp4").symlink_to(clip)
    assert replay(option, way) == 2
    assert "named twice" in capsys.readouterr().err
    assert clip.read_bytes() == short


@pytest.mark.usefixtures("clip")
def test_two_outputs_need_two_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert replay("--video", "out.mp4", "--landmarks", "./out.mp4") == 2
    assert "named twice" in capsys.readouterr().err
    assert names() == ["clip.mp4"]


@pytest.mark.usefixtures("clip")
def test_the_files_have_exactly_the_names_asked_for() -> None:
    assert replay("--landmarks", "lm", "--video", "out.mp4") == 0
    assert names() == ["clip.mp4", "lm", "out.mp4"]
    assert len(load_poses(Path("lm"))) == FRAMES
    assert is_whole(Path("out.mp4"), FRAMES)


@pytest.mark.usefixtures("clip")
@pytest.mark.parametrize("option", ["--video", "--landmarks"])
def test_a_folder_is_no_output(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("folder").mkdir()
    assert replay(option, "folder") == 1
    assert "folder is no ordinary file" in capsys.readouterr().err
    assert names() == ["clip.mp4", "folder"]


@pytest.mark.usefixtures("clip")
def test_a_video_of_an_unknown_kind(capfd: pytest.CaptureFixture[str]) -> None:
    assert replay("--video", "out.xyz") == 66
    assert (
        capfd.readouterr().err == "gymbox: cannot write out.xyz: choose a name that ends in .mp4\n"
    )
    assert names() == ["clip.mp4"]


@contextmanager
def small_files() -> Iterator[None]:
    """Files of 4 kB at most: the system refuses the rest, as a full disk does.

    No fixture: pytest itself may write to a file, and does so between fixtures and test.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("clip")
@pytest.mark.parametrize("option", ["--video", "--landmarks"])
def test_a_full_disk_is_told_and_leaves_the_old_file(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out.mp4").write_text("precious", "utf-8")
    with small_files():
        assert replay(option, "out.mp4") == 1
    output = capsys.readouterr()
    assert "out.mp4 c" in output.err  # cannot be, or could not be, written
    assert "nothing was counted" in output.out
    assert Path("out.mp4").read_text("utf-8") == "precious"
    assert names() == ["clip.mp4", "out.mp4"]


def test_a_video_that_lacks_frames_is_not_whole(clip: Path, short: bytes) -> None:
    assert is_whole(clip, FRAMES)
    assert not is_whole(clip, FRAMES + 1)
    clip.write_bytes(short[: len(short) // 2])
    assert not is_whole(clip, FRAMES)


def run_into(stdout: int, *words: str) -> tuple[int, str]:
    """Runs the command with such a standard output; the exit code and what it says of it."""
    ended = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-m", "gymbox", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT / "device")},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stderr


def run_unread(*words: str) -> tuple[int, str]:
    """Runs the command with a pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return run_into(writer, *words)
    finally:
        os.close(writer)


@pytest.mark.usefixtures("clip")
def test_outputs_are_finished_though_nobody_reads_the_lines() -> None:
    words = ("replay", "clip.mp4", "--exercise", "squat", "--set=pose.model=lite")
    assert run_unread(*words, "--landmarks", "lm.npz") == (0, "")
    with np.load("lm.npz") as arrays:
        assert len(arrays["t"]) == FRAMES
    assert run_unread(*words) == (0, "")


@pytest.mark.usefixtures("clip")
@pytest.mark.parametrize(
    "words", [("config",), ("history",), ("export",), ("replay", "clip.mp4", "--exercise=squat")]
)
def test_an_output_that_takes_nothing(words: tuple[str, ...]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        code, told = run_into(full, *words)
    finally:
        os.close(full)
    assert code == 1
    assert told == (
        "gymbox: the output cannot be written (No space left on device): send it elsewhere\n"
    )


def test_a_closed_output(tmp_path: Path) -> None:
    command = f"exec {sys.executable} -m gymbox history >&-"
    ended = subprocess.run(  # noqa: S602 (our own command)
        command,
        shell=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "device"), "XDG_DATA_HOME": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert (
        ended.stderr == "gymbox: the output cannot be written (not writable): send it elsewhere\n"
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("history", "--limit", "abc"), "argument --limit: abc is no number of sets"),
        (("history", "--limit", "9" * 20), "is no number of sets"),
        (("export", "--since", "0001-01-01"), "argument --since: 0001-01-01 is no date such as"),
    ],
)
def test_options_that_mean_nothing(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    ended = gymbox(*words, home=tmp_path)
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert says in line
