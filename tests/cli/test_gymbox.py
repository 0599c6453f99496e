"""The commands on the bundled clip, as a user runs them."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.cli.box_command import DEMO, gymbox

STAND_INS = (
    "--set=camera.kind=clip",
    f"--set=camera.path={DEMO}",
    "--set=screen.kind=picture",
    "--set=buttons.kind=none",
    "--set=buzzer.kind=silent",
)
REPLAY = ("replay", DEMO, "--exercise", "squat", "--json")
LABELS = json.loads(DEMO.with_suffix(".json").read_text("utf-8"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.mark.slow
def test_demo_counts_what_the_clip_holds(home: Path) -> None:
    ended = gymbox("demo", "--fast", home=home)
    assert ended.returncode == 0, ended.stderr
    assert "right" in ended.stdout
    assert ended.stderr == ""


@pytest.fixture(scope="module")
def replayed(home: Path) -> str:
    """What a replay with all its outputs prints."""
    ended = gymbox(*REPLAY, "--video", home / "out.mp4", "--landmarks", home / "out.npz", home=home)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    return ended.stdout


@pytest.mark.slow
def test_replay_prints_one_object_a_line(replayed: str) -> None:
    events = [json.loads(line) for line in replayed.splitlines()]
    summary = events[-1]
    assert summary["event"] == "summary"
    assert (summary["exercise"], summary["reps"]) == ("squat", LABELS["reps"])
    assert summary["frames"] == LABELS["frames"]
    assert [entry["reps"] for entry in summary["sets"]] == [LABELS["reps"]]
    reps = [event for event in events if event["event"] == "rep"]
    assert sum(rep["partial"] for rep in reps) == LABELS["partials"]
    assert set(reps[0]) == {
        "event", "t", "exercise", "rep", "partial", "rom", "tempo", "form", "confidence",
        "late",
    }  # fmt: skip
    check_times(reps)


def check_times(reps: list[dict[str, float]]) -> None:
    """Each repetition is told while the athlete is on the way back up or just there."""
    for rep, label in zip(reps, LABELS["repetitions"], strict=True):
        assert label["turn"] < rep["t"] < label["end"] + 0.5
        assert rep["partial"] == label["partial"]


@pytest.mark.slow
@pytest.mark.usefixtures("replayed")
def test_replay_writes_the_drawn_clip_and_the_landmarks(home: Path) -> None:
    capture = cv2.VideoCapture(str(home / "out.mp4"))
    assert capture.get(cv2.CAP_PROP_FRAME_COUNT) == LABELS["frames"]
    with np.load(home / "out.npz") as arrays:
        assert arrays["points"].shape == (LABELS["frames"], 33, 3)


@pytest.mark.slow
def test_the_same_clip_gives_the_same_events(home: Path, replayed: str) -> None:
    assert gymbox(*REPLAY, home=home).stdout == replayed


@pytest.mark.slow
def test_run_keeps_the_log_that_history_and_export_show(home: Path) -> None:
    ended = gymbox("run", *STAND_INS, f"--set=screen.path={home / 'screen.png'}", home=home)
    assert ended.returncode == 0, ended.stderr
    assert "event=set_end" in ended.stderr
    assert (home / "screen.png").is_file()
    history = json.loads(gymbox("history", "--json", home=home).stdout)
    assert [(row["exercise"], row["reps"], row["partial"]) for row in history["sets"]] == [
        ("squat", LABELS["reps"], LABELS["partials"])
    ]
    rows = gymbox("export", "--format", "csv", home=home).stdout.splitlines()
    assert len(rows) == 1 + LABELS["reps"] + LABELS["partials"]


def test_models_are_as_the_manifest_says(home: Path) -> None:
    ended = gymbox("models", "--json", home=home)
    assert ended.returncode == 0
    assert {card["state"] for card in json.loads(ended.stdout).values()} == {"ok"}


def test_config_tells_origins(home: Path) -> None:
    ended = gymbox("config", "--json", "--set", "camera.fps=12", home=home)
    settings = json.loads(ended.stdout)
    assert settings["camera.fps"] == {"value": 12, "origin": "command line"}
    assert settings["camera.width"]["origin"] == "default"


def test_doctor_names_every_part(home: Path) -> None:
    ended = gymbox("doctor", *STAND_INS, home=home)
    assert ended.stderr == ""
    lines = ended.stdout.splitlines()
    parts = " ".join(line.split()[1] for line in lines)
    assert parts == "models camera screen buttons buzzer log disk heat power journal"
    assert all(line.startswith("ok") for line in lines[:7]), ended.stdout
    assert ended.returncode == (1 if "FAULT" in ended.stdout else 0)


def test_version_and_help_import_no_network(home: Path) -> None:
    assert gymbox("--version", home=home).stdout.startswith("gymbox 0.")
    assert "replay" in gymbox("--help", home=home).stdout
