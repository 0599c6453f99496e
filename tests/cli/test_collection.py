"""`gymbox collection`, as an owner over SSH uses it."""

import csv
import json
from pathlib import Path

import pytest

from gymbox.__main__ import main
from gymbox.collection.shelf import FOLDER, Shelf
from gymbox.collection.take import UNKNOWN, row
from gymbox.motion.recording import load_poses
from tests.collection.takes import result, take


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A box whose owner has nothing yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def shelf(home: Path) -> Shelf:
    shelf = Shelf(home / "data" / FOLDER)
    made = result("20261122-a")
    shelf.add_picture("20261122-a", 3, b"jpeg")
    shelf.put(take("20261122-a", reps=5), made.poses.packed())
    shelf.put(take("20261122-b", reps=None, exercise="dip"), made.poses.packed())
    shelf.put(take("20261122-c", reps=6), made.poses.packed())
    return shelf


def gymbox(home: Path, *words: str) -> int:
    return main(["collection", *words, "--set", f"log.folder={home / 'data'}"])


def test_an_empty_box_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gymbox(home) == 0
    assert "No examples yet" in capsys.readouterr().out
    assert gymbox(home, "--json") == 0
    assert json.loads(capsys.readouterr().out)["takes"] == []
    assert not (home / "data").exists()


def test_the_list_tells_what_was_corrected_and_what_was_not_confirmed(
    home: Path, shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gymbox(home, "list") == 0
    first, second, third, total = capsys.readouterr().out.splitlines()
    assert first.startswith("20261122-a")
    assert "not confirmed" in second
    assert "dip" in second
    assert "counted 5" in third
    assert total == "3 takes, 0.0 of 500 MB"
    assert gymbox(home, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["reps"] for one in told["takes"]] == [5, None, 6]
    assert told["bytes"] == sum(shelf.size(name) for name in shelf.names())
    assert told["most"] == 500_000_000


def test_an_export_is_a_set_for_the_tools(home: Path, shelf: Shelf) -> None:
    to = home / "set"
    assert gymbox(home, "export", str(to)) == 0
    with (to / "clips.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["file"] for row in rows] == [f"{name}.npz" for name in shelf.names()]
    assert {path.name for path in to.iterdir()} == {
        *("clips.csv", "landmarks", "rep_marks", "pictures")
    }
    for line in rows:
        assert len(load_poses(to / "landmarks" / line["file"])) > 100
    assert [path.name for path in (to / "rep_marks").iterdir()] == ["20261122-a.txt"]
    assert (to / "pictures" / "20261122-a" / "000003.jpg").read_bytes() == b"jpeg"
    assert gymbox(home, "export", str(to)) == 2


def test_several_boxes_make_one_set(home: Path, shelf: Shelf) -> None:
    other = Shelf(home / "other")
    other.put(take("20261123-z", box="other"), result("z").poses.packed())
    to = home / "set"
    folders = (
        "--from",
        str(shelf.folder),
        "--from",
        str(other.folder),
        "--from",
        str(shelf.folder),
    )
    assert gymbox(home, "export", str(to), *folders) == 0
    with (to / "clips.csv").open(newline="", encoding="utf-8") as lines:
        assert len(list(csv.DictReader(lines))) == 4


def test_takes_are_removed_by_name_or_all(home: Path, shelf: Shelf) -> None:
    assert gymbox(home, "remove", "20261122-b") == 0
    assert shelf.names() == ["20261122-a", "20261122-c"]
    assert gymbox(home, "remove", "20261122-a", "nobody") == 66
    assert shelf.names() == ["20261122-a", "20261122-c"]
    assert gymbox(home, "remove", "--all") == 0
    assert shelf.names() == []


def test_something_else_is_given_a_label(
    home: Path, shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.put(take("20261122-d", exercise=UNKNOWN, counted=0, marks=()), b"")
    assert "something else" in listed(home, capsys)
    assert gymbox(home, "label", "20261122-d", "--as", " Kettlebell  swing") == 0
    assert capsys.readouterr().out == "1 take labelled Kettlebell swing\n"
    assert "Kettlebell swing" in listed(home, capsys)
    assert row(shelf.read("20261122-d"))["exercise"] == UNKNOWN
    assert row(shelf.read("20261122-d"))["notes"] == "Kettlebell swing"
    for words in (("squat",), ("Romanian deadlift",), ("a\tb\x07",), ("x" * 41,)):
        assert gymbox(home, "label", "20261122-d", "--as", *words) == 2
    assert gymbox(home, "label", "20261122-d", "20261122-a", "--as", "row") == 2
    assert gymbox(home, "label", "nobody", "--as", "row") == 66
    assert shelf.read("20261122-d").called == "Kettlebell swing"
    assert gymbox(home, "label", "20261122-d", "--as", "") == 0
    assert "something else" in listed(home, capsys)


def listed(home: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert gymbox(home) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("list", "20261122-a"),
        ("export",),
        ("export", "a", "b"),
        ("remove",),
        ("remove", "--all", "20261122-a"),
        ("remove", "20261122-a", "--from", "x"),
        ("sort",),
        ("label", "20261122-a"),
        ("label", "--as", "row"),
        ("list", "--as", "row"),
    ],
)
def test_wrong_usage_is_told_in_one_line(
    home: Path, shelf: Shelf, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert gymbox(home, *words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert len(shelf.names()) == 3


def test_a_damaged_or_missing_collection_is_told_by_name(
    home: Path, shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gymbox(home, "list", "--from", str(home / "nowhere")) == 66
    assert "nowhere" in capsys.readouterr().err
    shelf.landmarks("20261122-b").unlink()
    assert gymbox(home, "export", str(home / "set")) == 66
    assert "20261122-b has no landmarks" in capsys.readouterr().err
    assert not (home / "set").exists()
    (shelf.folder / "20261122-b" / "take.json").write_text("{")
    assert gymbox(home, "list") == 66
    errors = capsys.readouterr().err.splitlines()
    assert "20261122-b" in errors[0]
