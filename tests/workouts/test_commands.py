import argparse
import csv
import io
import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from training import NOON, WallClock, rep, whole_set

from gymbox.cli import export, history
from gymbox.errors import DataFolderError, GymboxError, UsageError
from gymbox.events import RepUndone
from gymbox.workouts.log import TrainingLog
from gymbox.workouts.rows import EXPORT_COLUMNS


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two days of training: squats, push-ups with an undone and a partial rep, then curls."""
    clock = WallClock()
    with TrainingLog.open(tmp_path / "data", clock=clock) as log:
        for event in [
            *whole_set(0, 3),
            *whole_set(100, 12, "push_up"),
            RepUndone(t=160, exercise="push_up", rep=11),
        ]:
            log.record(event)
        clock.turn(86400)
        for event in [
            *whole_set(90000, 2, "biceps_curl")[:-1],
            rep(90020, 2, "biceps_curl", partial=True),
        ]:
            log.record(event)
    return tmp_path / "data"


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(command: object, folder: Path, *words: str) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        args = parser.parse_args(words)
        args.data = folder
        return command.run(args), capsys.readouterr().out

    return call


def test_history_reads_as_a_diary(run: Run, folder: Path):
    code, text = run(history, folder)
    assert code == 0
    assert text == (
        "Saturday 21 November 2026\n"
        "  time   exercise           reps  tempo            range   form\n"
        "  13:00  squat                 3  1.0-0.2-0.8-0.5    75%\n"
        "  13:01  push up              11  1.0-0.2-0.8-0.5    75%\n"
        "\n"
        "Sunday 22 November 2026\n"
        "  time   exercise           reps  tempo            range   form\n"
        "  13:00  biceps curl           2  1.0-0.2-0.8-0.5    75%         1 partial, under way\n"
        "\n"
    )


def test_history_is_limited_to_the_newest(run: Run, folder: Path):
    _, text = run(history, folder, "--limit", "1")
    assert "biceps curl" in text
    assert "squat" not in text


def test_history_as_json(run: Run, folder: Path):
    sets = json.loads(run(history, folder, "--json")[1])["sets"]
    assert [one["exercise"] for one in sets] == ["biceps_curl", "push_up", "squat"]
    assert sets[1]["reps"] == 11
    assert sets[2]["started"] == "2026-11-21T12:00:00.000+00:00"
    assert sets[2]["tempo"] == [1.0, 0.25, 0.75, 0.5]
    assert sets[0]["seconds"] is None


@pytest.mark.parametrize("limit", ["0", "-3", "many"])
def test_a_limit_that_is_no_number_of_sets(run: Run, folder: Path, limit: str):
    with pytest.raises(SystemExit):
        run(history, folder, "--limit", limit)


def test_a_fresh_box(run: Run, tmp_path: Path):
    folder = tmp_path / "data"
    assert run(history, folder) == (
        0,
        f"No training yet in {folder}. The first set will stand here.\n",
    )
    assert json.loads(run(history, folder, "--json")[1]) == {"sets": []}
    assert run(export, folder) == (0, ",".join(EXPORT_COLUMNS) + "\r\n")
    assert run(export, folder, "--format", "json") == (0, "[]\n")
    assert not folder.exists()


def test_export_as_csv(run: Run, folder: Path):
    text = run(export, folder)[1]
    assert text.endswith("\r\n")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == EXPORT_COLUMNS
    assert len(rows) == 3 + 12 + 3
    assert [row["undone"] for row in rows[3:15]] == ["0"] * 11 + ["1"]
    assert rows[-1]["partial"] == "1"
    assert rows[-1]["set_seconds"] == ""  # still under way
    assert rows[0]["rom"] == "0.75"
    assert rows[0]["form"] == ""


def test_json_holds_the_same_as_csv(run: Run, folder: Path):
    table = list(csv.DictReader(io.StringIO(run(export, folder)[1], newline="")))
    array = json.loads(run(export, folder, "--format", "json")[1])

    def as_csv(value: object) -> str:
        return "" if value is None else str(int(value) if isinstance(value, bool) else value)

    assert [{key: as_csv(value) for key, value in row.items()} for row in array] == table


def test_since_means_the_day_on_the_wall(run: Run, folder: Path):
    def count(day: str) -> int:
        return len(json.loads(run(export, folder, "--format", "json", "--since", day)[1]))

    assert (count("2026-11-21"), count("2026-11-22"), count("2026-11-23")) == (18, 3, 0)


def test_since_midnight_is_the_local_one():
    assert export._day("2026-11-21") == datetime.fromisoformat("2026-11-21T00:00:00+01:00")
    assert timedelta(hours=13) == NOON - export._day("2026-11-21")


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", ""])
def test_since_needs_a_date(run: Run, folder: Path, day: str):
    with pytest.raises(SystemExit):
        run(export, folder, "--since", day)


def test_output_goes_to_a_file_that_others_may_read(run: Run, folder: Path, tmp_path: Path):
    target = tmp_path / "log.csv"
    old = os.umask(0o022)
    assert run(export, folder, "--output", str(target)) == (0, "")
    os.umask(old)
    assert target.read_bytes().count(b"\r\n") == 19
    assert target.stat().st_mode & 0o777 == 0o644
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "log.csv"]


def test_a_file_is_not_written_over_unasked(run: Run, folder: Path, tmp_path: Path):
    target = tmp_path / "log.csv"
    target.write_text("precious")
    with pytest.raises(UsageError, match="is there already: choose another name, or add --force"):
        run(export, folder, "--output", str(target))
    assert target.read_text() == "precious"
    assert run(export, folder, "--output", str(target), "--force")[0] == 0
    assert target.read_text().startswith("session,")


@pytest.mark.parametrize("place", ["nowhere/log.csv", "data/training.db/log.csv"])
def test_output_that_cannot_be_written(run: Run, folder: Path, tmp_path: Path, place: str):
    with pytest.raises(GymboxError, match="cannot be written") as caught:
        run(export, folder, "--output", str(tmp_path / place))
    assert caught.value.exit_code == 1


def test_an_export_that_fails_leaves_the_old_file(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def rows(_: TrainingLog, __: object) -> Iterator[dict[str, object]]:
        yield dict.fromkeys(EXPORT_COLUMNS, 1)
        raise DataFolderError("training.db: malformed", "it is damaged")

    target = tmp_path / "log.csv"
    target.write_text("precious")
    monkeypatch.setattr(TrainingLog, "export", rows)
    with pytest.raises(DataFolderError):
        run(export, folder, "--output", str(target), "--force")
    assert target.read_text() == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "log.csv"]
