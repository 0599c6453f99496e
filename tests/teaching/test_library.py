"""Taught exercises as files: there and back, and every way in which a file can be wrong."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.errors import DiskError, InputError, UsageError
from gymbox.reps.profiles import profiles
from gymbox.teaching.library import Library, load
from gymbox.teaching.taught import check_name, parsed, written
from tests.teaching.shown import taught

ONE = taught()


def test_a_file_says_all_there_is():
    again = parsed(written(ONE), "it")
    assert again.profile == ONE.profile
    assert again.reps == ONE.reps
    assert again.like == ONE.like
    assert again.template.rows == pytest.approx(ONE.template.rows, abs=1e-4)
    assert written(again) == written(ONE)


@settings(max_examples=50)
@given(title=st.text(min_size=1, max_size=30))
def test_any_title_survives_or_is_refused(title: str):
    if len(title) > 24 or not title.isprintable():
        with pytest.raises(UsageError, match="is no title"):
            ONE.named("one", title)
        return
    named = ONE.named("one", title)
    assert parsed(written(named), "it").profile.title == named.profile.title


def test_a_library_finds_what_was_saved(tmp_path: Path):
    Library.open(tmp_path).save(ONE)
    library = Library.open(tmp_path)
    assert library.faults == ()
    assert list(library.profiles()) == [*profiles(), "front_raise"]
    assert library.profile("front_raise") == ONE.profile
    with pytest.raises(UsageError, match="did you mean front_raise"):
        library.profile("front_rise")
    assert [path.name for path in (tmp_path / "exercises").iterdir()] == ["front_raise.toml"]


def test_without_a_folder_there_are_the_packaged_ones(tmp_path: Path):
    assert Library().profiles() == profiles()
    assert Library.open(tmp_path / "none").profiles() == profiles()


def test_a_name_is_taken_once(tmp_path: Path):
    library = Library.open(tmp_path)
    library.save(ONE)
    with pytest.raises(UsageError, match="there already"):
        library.save(ONE)
    library.save(ONE, over=True)


def test_renaming_and_removing(tmp_path: Path):
    library = Library.open(tmp_path)
    library.save(ONE)
    library.rename("front_raise", "plate_raise")
    assert library.profile("plate_raise").title == "Plate raise"
    library.rename("plate_raise", "plate_raise", "Raise it")
    assert Library.open(tmp_path).profile("plate_raise").title == "Raise it"
    library.remove("plate_raise")
    assert Library.open(tmp_path).taught() == {}
    with pytest.raises(UsageError, match="exercise of the box"):
        library.remove("squat")
    with pytest.raises(UsageError, match="none has been taught"):
        library.rename("plate_raise", "other")


@pytest.mark.parametrize("name", ["", "Squat", "a b", "../x", "x" * 25, "squat", "unknown", "auto"])
def test_names_that_will_not_do(name: str):
    with pytest.raises(UsageError):
        check_name(name)


GOOD = written(ONE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rubbish",
        "[[[",
        GOOD[: len(GOOD) // 2],
        GOOD.replace("format = 1", ""),
        GOOD.replace("format = 1", "format = true"),
        GOOD.replace("reps = 3", "reps = 0"),
        GOOD.replace('name = "front_raise"', 'name = "squat"'),
        GOOD.replace('name = "front_raise"', 'name = "../../etc/x"'),
        GOOD.replace("[profile]", "[profile]\nsurprise = 1"),
        GOOD.replace("[template]", "[template]\nsurprise = 1"),
        GOOD.replace("weight = ", "weight = -"),
        GOOD.replace("range = ", "range = nan #"),
        GOOD.replace("reach = ", "reach = inf #"),
        GOOD.replace("  [", "  [0.0, ", 1),
        GOOD.replace('name = "wrist_height', 'name = "tail_height'),
    ],
)
def test_a_bad_file_is_told_in_one_line(text: str):
    with pytest.raises(InputError) as caught:
        parsed(text, "front_raise.toml")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("front_raise.toml is no taught exercise")


def test_a_newer_file_asks_for_an_update():
    with pytest.raises(InputError, match="format 2, not 1: update gymbox"):
        parsed(GOOD.replace("format = 1", "format = 2"), "x.toml")


def test_bad_files_are_skipped_and_kept(tmp_path: Path):
    library = Library.open(tmp_path)
    library.save(ONE)
    folder = tmp_path / "exercises"
    (folder / "broken.toml").write_text("rubbish", "utf-8")
    (folder / "binary.toml").write_bytes(b"\xff\xfe\x00")
    (folder / "large.toml").write_bytes(b"#" * 300_000)
    (folder / "other.toml").write_text(GOOD, "utf-8")
    (folder / "a_folder.toml").mkdir()
    again = Library.open(tmp_path)
    assert list(again.taught()) == ["front_raise"]
    assert len(again.faults) == 5
    assert all("\n" not in fault for fault in again.faults)
    assert (folder / "broken.toml").exists()
    with pytest.raises(UsageError, match="there already"):
        again.save(ONE.named("broken"))


def test_a_disk_that_does_not_take_it_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    library = Library.open(tmp_path)
    library.save(ONE)

    def full(path: Path, data: bytes) -> None:
        path.write_bytes(data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gymbox.bundles.durable.write", full)
    with pytest.raises(DiskError, match="make room"):
        library.save(ONE, over=True)
    monkeypatch.undo()
    assert list(Library.open(tmp_path).taught()) == ["front_raise"]
    assert [path.name for path in (tmp_path / "exercises").iterdir()] == ["front_raise.toml"]


def test_a_missing_file_cannot_be_loaded(tmp_path: Path):
    with pytest.raises(InputError, match="is no file"):
        load(tmp_path / "none.toml")
