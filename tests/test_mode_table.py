"""The table of modes: where a restart goes on, what is left out, an unreadable log."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gymbox import mode_table
from gymbox.config import Settings, defaults
from gymbox.errors import ConfigError
from gymbox.inference.manifest import ModelCard
from gymbox.limits import CHOICES
from gymbox.parts import Parts
from gymbox.reps.counter import Counter
from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.sets import SetState
from gymbox.workouts.rows import NextSet, OpenSet

BEGAN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CUT_OFF = OpenSet(exercise="push_up", number=2, reps=7, started=BEGAN, elapsed=60.0, age=15.0)


def settings(**changes: object) -> Settings:
    return defaults().with_values({k.replace("__", "."): v for k, v in changes.items()}, "test")


def first_set(
    left_off: mode_table.LeftOff,
    *,
    live: bool,
    chosen: Settings | None = None,
    otherwise: str = "squat",
) -> SetState[Counter]:
    parts = Parts.of(chosen or settings(), live=live)
    return mode_table.first_set(parts, left_off, Counter(), otherwise=otherwise)


def test_a_set_that_was_cut_off_keeps_its_own_start() -> None:
    state = first_set(CUT_OFF, live=False)
    assert (state.exercise, state.number, state.reps) == ("push_up", 2, 7)
    assert (state.start, state.last_rep) == (-60.0, -15.0)
    live = first_set(CUT_OFF, live=True)
    assert live.start == pytest.approx(time.monotonic() - 60, abs=5)


def test_between_sets_the_box_goes_on_with_the_exercise_it_was_at() -> None:
    state = first_set(NextSet("push_up", 3), live=True)
    assert (state.exercise, state.number, state.under_way) == ("push_up", 3, False)


def test_what_was_asked_for_comes_before_what_was_left_off() -> None:
    left_off = NextSet("push_up", 3)
    assert first_set(left_off, live=False).exercise == "squat"
    asked = defaults().with_values({"training.exercise": "dip"}, "command line")
    assert first_set(left_off, live=True, chosen=asked, otherwise="dip").exercise == "dip"
    assert first_set(NextSet("handstand", 3), live=True).exercise == "squat"


def test_left_to_itself_the_box_waits_for_what_comes_and_numbers_it_on() -> None:
    state = first_set(NextSet("push_up", 3), live=True, otherwise=UNKNOWN)
    assert (state.exercise, state.done) == (UNKNOWN, {"push_up": 2})
    assert first_set(CUT_OFF, live=True, otherwise=UNKNOWN).exercise == "push_up"


def test_an_unknown_exercise_in_the_settings_is_told() -> None:
    parts = Parts.of(settings(training__exercise="squad"), live=False)
    with pytest.raises(ConfigError, match=r"training\.exercise"):
        mode_table.TABLE["count"][0](parts, None)


def test_every_mode_can_be_that_of_switch_on() -> None:
    assert CHOICES["training.mode"] == tuple(mode_table.TABLE)


def test_without_their_networks_modes_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text("[models]\n")
    bare = Parts.of(settings(models__folder=str(tmp_path)), live=False)
    names = [mode.name for mode in mode_table.modes(bare, first="history", left_off=None)]
    assert "history" in names
    assert not {"auto", "spot"} & set(names)


def test_a_log_that_cannot_be_read_is_no_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chosen = settings(log__folder=str(tmp_path))
    assert mode_table.history(chosen) == ()
    (tmp_path / "training.db").write_bytes(b"no database" * 100)
    assert mode_table.history(chosen) is None
    assert "cannot be read" in caplog.text


def test_the_file_of_each_network_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []
    whole = ModelCard.read

    def read(card: ModelCard) -> bytes:
        reads.append(card.name)
        return whole(card)

    monkeypatch.setattr(ModelCard, "read", read)
    parts = Parts.of(settings(), live=False)
    made = mode_table.modes(parts, first="auto", left_off=None)
    assert [mode.name for mode in made] == list(mode_table.TABLE)
    assert sorted(reads) == ["phase", "pose_detection", "pose_landmark_full", "sequence"]
