"""The composition root: what the power button does, where a restart goes on, an unreadable log."""

import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gymbox import box
from gymbox.config import Settings, defaults
from gymbox.reps.counter import Counter
from gymbox.workouts.rows import NextSet, OpenSet

BEGAN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CUT_OFF = OpenSet(exercise="push_up", number=2, reps=7, started=BEGAN, elapsed=60.0, age=15.0)


def settings(**changes: object) -> Settings:
    return defaults().with_values({k.replace("__", "."): v for k, v in changes.items()}, "test")


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run."""
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda words, **_: ran.append(words))
    return ran


@pytest.mark.parametrize(
    ("kind", "command", "runs"),
    [
        ("gpio", "systemctl poweroff", [["systemctl", "poweroff"]]),
        ("gpio", "", []),
        ("keyboard", "systemctl poweroff", []),
        ("none", "systemctl poweroff", []),
    ],
)
def test_only_the_button_of_a_box_switches_off(
    commands: list[list[str]], kind: str, command: str, runs: list[list[str]]
) -> None:
    chosen = settings(buttons__kind=kind, power__command=command)
    box.power_off(chosen)
    assert commands == runs
    assert box.powers_off(chosen) == bool(runs)


def test_a_set_that_was_cut_off_keeps_its_own_start() -> None:
    state = box._first_set(settings(), CUT_OFF, Counter(), live=False)
    assert (state.exercise, state.number, state.reps) == ("push_up", 2, 7)
    assert (state.start, state.last_rep) == (-60.0, -15.0)
    live = box._first_set(settings(), CUT_OFF, Counter(), live=True)
    assert live.start == pytest.approx(time.monotonic() - 60, abs=5)


def test_between_sets_the_box_goes_on_with_the_exercise_it_was_at() -> None:
    state = box._first_set(settings(), NextSet("push_up", 3), Counter(), live=True)
    assert (state.exercise, state.number, state.under_way) == ("push_up", 3, False)


def test_what_was_asked_for_comes_before_what_was_left_off() -> None:
    left_off = NextSet("push_up", 3)
    assert box._first_set(settings(), left_off, Counter(), live=False).exercise == "squat"
    asked = defaults().with_values({"training.exercise": "dip"}, "command line")
    assert box._first_set(asked, left_off, Counter(), live=True).exercise == "dip"
    assert (
        box._first_set(settings(), NextSet("handstand", 3), Counter(), live=True).exercise
        == "squat"
    )


def test_a_log_that_cannot_be_read_is_no_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chosen = settings(log__folder=str(tmp_path))
    assert box._history(chosen) == ()
    (tmp_path / "training.db").write_bytes(b"no database" * 100)
    assert box._history(chosen) is None
    assert "cannot be read" in caplog.text
