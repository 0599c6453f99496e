"""`gymbox exercises` as a user types it: teach, rename, export, import, and what goes wrong."""

import json
from pathlib import Path

import pytest

from gymbox import config
from gymbox.__main__ import main
from gymbox.reps.profiles import profiles
from gymbox.teaching.library import Library
from tests.cli.box_command import DEMO
from tests.teaching.shown import taught


class Box:
    """A data folder and the command on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = folder / "data"
        self._capsys = capsys
        self.out = self.err = ""

    def run(self, *words: str | Path) -> int:
        code = main(["exercises", f"--set=log.folder={self.data}", *map(str, words)])
        self.out, self.err = self._capsys.readouterr()
        assert "Traceback" not in self.err
        return code

    def refuses(self, code: int, says: str, *words: str | Path) -> None:
        """One line says why, and nothing is printed besides."""
        assert self.run(*words) == code
        assert says in self.err
        assert self.err.count("\n") == 1
        assert self.out == ""


@pytest.fixture
def box(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Box:
    monkeypatch.setattr(config, "SYSTEM_FILE", tmp_path / "absent.toml")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return Box(tmp_path, capsys)


@pytest.fixture
def filled(box: Box) -> Box:
    Library.open(box.data).save(taught())
    return box


def test_a_box_lists_what_it_came_with(box: Box):
    assert box.run() == 0
    assert [line.split()[0] for line in box.out.splitlines()] == list(profiles())
    assert box.run("list", "--json") == 0
    rows = json.loads(box.out)
    assert rows["squat"] == {"title": "Squat", "taught": False}


def test_what_was_taught_is_listed_and_shown(filled: Box):
    assert filled.run("list", "--json") == 0
    assert json.loads(filled.out)["front_raise"]["reps"] == 3
    assert filled.run("list") == 0
    assert "taught, 3 repetitions" in filled.out.splitlines()[-1]
    assert filled.run("show", "front_raise") == 0
    assert 'title = "Front raise"' in filled.out
    assert filled.run("show", "squat", "--json") == 0
    assert "hip_height" in json.loads(filled.out)["signals"]
    assert filled.run("show", "squat") == 0


def test_the_list_needs_no_word(filled: Box):
    assert filled.run("--json") == 0
    assert "front_raise" in json.loads(filled.out)
    assert filled.run() == 0
    assert "Front raise" in filled.out


def test_an_export_writes_over_nothing_unless_told_to(filled: Box, tmp_path: Path):
    path = tmp_path / "mine.toml"
    path.write_text("mine")
    filled.refuses(2, "is there already", "export", "front_raise", path)
    assert path.read_text() == "mine"
    assert filled.run("export", "front_raise", path, "--force") == 0
    assert "front_raise" in path.read_text()


def test_renamed_exported_removed_and_imported(filled: Box, tmp_path: Path):
    assert filled.run("rename", "front_raise", "plate_raise", "--title", "Plates up") == 0
    assert filled.run("export", "plate_raise") == 0
    assert (tmp_path / "plate_raise.toml").is_file()
    assert filled.run("export", "plate_raise", tmp_path / "copy.toml") == 0
    assert filled.run("remove", "plate_raise") == 0
    assert Library.open(filled.data).taught() == {}
    assert filled.run("import", tmp_path / "copy.toml") == 0
    assert Library.open(filled.data).profile("plate_raise").title == "Plates up"
    filled.refuses(2, "is there already", "import", tmp_path / "copy.toml")
    assert filled.run("import", tmp_path / "copy.toml", "--name", "another") == 0
    assert filled.run("import", tmp_path / "copy.toml", "--replace") == 0
    assert list(Library.open(filled.data).taught()) == ["another", "plate_raise"]


def test_wrong_words_are_told_in_one_line(filled: Box, tmp_path: Path):
    filled.refuses(2, "did you mean front_raise", "show", "front_rise")
    filled.refuses(2, "is an exercise of the box", "remove", "squat")
    filled.refuses(2, "is an exercise of the box", "rename", "front_raise", "squat")
    filled.refuses(2, "is no name for an exercise", "rename", "front_raise", "Front Raise")
    filled.refuses(2, "is no title", "rename", "front_raise", "front_raise", "--title", "x" * 30)
    filled.refuses(2, "no taught exercise", "export", "row")
    filled.refuses(2, "invalid choice", "learn")
    filled.refuses(2, "required", "rename", "front_raise")
    filled.refuses(66, "is no file", "import", tmp_path / "none.toml")
    filled.refuses(1, "is no ordinary file", "export", "front_raise", tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it has no format"),
        (b"rubbish", "no TOML"),
        (b"\xff\xfe", "no text"),
        (b"format = 7\n", "update gymbox"),
        (b"format = 1\n", "missing or unknown"),
        (b"#" * 300_000, "too large"),
    ],
)
def test_bad_files_are_told_in_one_line(box: Box, tmp_path: Path, content: bytes, says: str):
    bad = tmp_path / "bad.toml"
    bad.write_bytes(content)
    box.refuses(66, says, "import", bad)
    assert Library.open(box.data).taught() == {}


def test_a_bad_file_in_the_folder_is_told_and_the_rest_is_listed(filled: Box):
    bad = filled.data / "exercises" / "bad.toml"
    bad.write_text("rubbish", "utf-8")
    assert filled.run("list") == 1
    assert "front_raise" in filled.out
    assert filled.err.count("\n") == 1
    assert "bad.toml is no taught exercise" in filled.err
    assert bad.exists()


def test_squats_are_too_like_squats(box: Box):
    box.refuses(1, "is too like squat", "teach", DEMO, "--name", "deep_bend")
    assert box.run("teach", DEMO, "--name", "deep_bend", "--title", "Deep bend", "--anyway") == 0
    assert "is learnt from 5 repetitions" in box.out
    assert Library.open(box.data).taught()["deep_bend"].like == "squat"
    box.refuses(2, "is there already", "teach", DEMO, "--name", "deep_bend")


def test_a_lesson_without_repetitions_is_told(box: Box, tmp_path: Path):
    box.refuses(1, "nothing was learnt", "teach", DEMO, "--name", "deep_bend", "--end", "2")
    box.refuses(66, "none.mp4", "teach", tmp_path / "none.mp4", "--name", "deep_bend")
    box.refuses(2, "is an exercise of the box", "teach", DEMO, "--name", "squat")
    assert Library.open(box.data).taught() == {}
