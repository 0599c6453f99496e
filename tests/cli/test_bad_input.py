"""Bad input: one clear line, the exit code of the design, nothing lost."""

import shutil
from pathlib import Path

import pytest

from gymbox import config
from gymbox.__main__ import main
from gymbox.cli import config as config_command
from tests.cli.box_command import DEMO, ROOT, gymbox

RUN_ON_CLIP = (
    "run",
    f"--set=camera.path={DEMO}",
    "--set=camera.kind=clip",
    "--set=buttons.kind=none",
    "--set=buzzer.kind=silent",
)


def expect_one_line(home: Path, code: int, *words: str | Path, says: str) -> None:
    ended = gymbox(*words, home=home)
    lines = ended.stderr.strip().splitlines()
    assert ended.returncode == code, ended.stderr
    assert len(lines) == 1, ended.stderr
    assert lines[0].startswith("gymbox: ")
    assert says in lines[0]


def test_a_missing_clip(tmp_path: Path) -> None:
    expect_one_line(tmp_path, 66, "replay", "absent.mp4", "--exercise", "squat", says="absent.mp4")


def test_a_text_called_mp4(tmp_path: Path) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("to do: squats\n" * 100, "utf-8")
    expect_one_line(tmp_path, 66, "replay", text, "--exercise", "squat", says="text.mp4")


def test_an_empty_file(tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    expect_one_line(tmp_path, 66, "replay", empty, "--exercise", "squat", says="empty.mp4")


def test_a_clip_without_frames(tmp_path: Path) -> None:
    # The header of a real clip, cut off before the first picture.
    clip = tmp_path / "none.mp4"
    clip.write_bytes(DEMO.read_bytes()[:4096])
    expect_one_line(tmp_path, 66, "replay", clip, "--exercise", "squat", says="none.mp4")


def test_a_folder_in_place_of_a_clip(tmp_path: Path) -> None:
    expect_one_line(tmp_path, 66, "replay", tmp_path, "--exercise", "squat", says=str(tmp_path))


@pytest.mark.parametrize("option", ["--video", "--landmarks"])
def test_an_output_without_a_folder(tmp_path: Path, option: str) -> None:
    words = ("replay", DEMO, "--exercise", "squat", option, tmp_path / "absent" / "out.mp4")
    expect_one_line(tmp_path, 66, *words, says="has no folder")


def test_an_unknown_setting(tmp_path: Path) -> None:
    file = tmp_path / "gymbox.toml"
    file.write_text("[camera]\nfsp = 15\n", "utf-8")
    expect_one_line(tmp_path, 78, "run", "--config", file, says="unknown setting camera.fsp")
    expect_one_line(tmp_path, 78, "config", "--config", file, says="did you mean camera.fps?")


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("camera.kind=webcam", "webcam"),
        ("screen.kind=sdd1306", "ssd1306"),
        ("pose.model=heavy", "full or lite"),
        ("training.exercise=squad", "squat"),
        ("buttons.kind=foot", "foot"),
        ("buzzer.kind=loud", "loud"),
    ],
)
def test_a_setting_that_means_nothing(tmp_path: Path, setting: str, says: str) -> None:
    words = (*RUN_ON_CLIP, "--set=screen.kind=picture", f"--set={setting}")
    expect_one_line(tmp_path, 78, *words, says=says)


@pytest.mark.parametrize("command", ["bench", "doctor"])
def test_a_model_that_there_is_not(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "SYSTEM_FILE", Path("absent.toml"))
    assert main([command, "--set", "pose.model=lit"]) == 78
    output = capsys.readouterr()
    assert output.out == ""
    assert "did you mean lite?" in output.err


def test_a_model_with_a_flipped_byte(tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(ROOT / "models", models)
    file = models / "pose_landmark_full.tflite"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    words = ("replay", DEMO, "--exercise", "squat", f"--set=models.folder={models}")
    expect_one_line(tmp_path, 78, *words, says="pose_landmark_full.tflite")
    listed = gymbox("models", f"--set=models.folder={models}", home=tmp_path)
    assert listed.returncode == 1
    assert "is not the one in manifest.toml" in listed.stdout


def test_a_missing_model(tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(ROOT / "models", models)
    (models / "pose_detection.tflite").unlink()
    words = ("replay", DEMO, "--exercise", "squat", f"--set=models.folder={models}")
    expect_one_line(tmp_path, 78, *words, says="pose_detection.tflite")


def test_a_screen_that_is_not_there(tmp_path: Path) -> None:
    words = (*RUN_ON_CLIP, "--set=screen.kind=ssd1306", "--set=screen.port=9")
    expect_one_line(tmp_path, 69, *words, says="i2c-9")


def test_a_camera_that_is_not_there(tmp_path: Path) -> None:
    words = (
        "run",
        "--set=camera.kind=v4l2",
        "--set=camera.device=99",
        "--set=screen.kind=picture",
        "--set=buttons.kind=none",
        "--set=buzzer.kind=silent",
    )
    expect_one_line(tmp_path, 69, *words, says="/dev/video99")


def test_a_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    # Root may write anywhere, so a file stands where the folder should be.
    place = tmp_path / "data"
    place.write_text("not a folder", "utf-8")
    words = (*RUN_ON_CLIP, "--set=screen.kind=picture", f"--set=log.folder={place}")
    expect_one_line(tmp_path, 78, *words, says=str(place))
    assert place.read_text("utf-8") == "not a folder"


def test_a_fault_of_ours_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("GYMBOX_TRACEBACK", raising=False)
    monkeypatch.setattr(config_command, "json", None)
    assert main(["config", "--json"]) == 1
    (record,) = caplog.records
    assert "AttributeError in gymbox.cli.config:" in record.getMessage()
    assert record.exc_info is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("replay", str(DEMO), "--mode", "count"), "--exercise"),
        (("replay", str(DEMO), "--mode", "auto", "--exercise", "squat"), "--mode"),
        (("replay", str(DEMO), "--exercise", "squad"), "squat"),
        (("replay", str(DEMO), "--exercise", "squat", "--mode", "rest"), "rest"),
        (("replay",), "CLIP"),
        (("dance",), "dance"),
        ((), "COMMAND"),
        (("run", "--set", "nonsense"), "section.key=value"),
    ],
)
def test_a_wrong_command_line(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    code = 78 if "--set" in words else 2
    expect_one_line(tmp_path, code, *words, says=says)
