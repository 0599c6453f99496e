"""The collection on the disk: whole takes or none, whatever happens in between."""

import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from gymbox.bundles import durable
from gymbox.collection.shelf import Shelf
from gymbox.errors import InputError
from gymbox.motion.recording import load_poses
from tests.collection.takes import result, take

CALLS = ("write", "rename", "sync_folder")


class PowerCutError(Exception):
    """Nothing after this happens."""


def put(shelf: Shelf, name: str = "t") -> None:
    shelf.put(take(name), b"landmarks")


def test_a_take_comes_back_as_it_was(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "collection")
    made = result("one")
    shelf.put(made.take, made.poses.packed())
    assert shelf.names() == ["one"]
    assert shelf.read("one") == made.take
    poses = load_poses(shelf.landmarks("one"))
    assert len(poses) == made.take.frames
    assert poses.times[0] == 0
    assert poses.times[-1] == pytest.approx(made.take.seconds)
    assert poses.size == made.take.size


def test_the_word_for_the_box_stays(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "here")
    word = shelf.box()
    assert len(word) == 6
    assert Shelf(tmp_path / "here").box() == word
    assert Shelf(tmp_path / "there").box() != word
    assert shelf.names() == []


def test_pictures_belong_to_the_take(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for frame in (7, 4, 10):
        shelf.add_picture("t", frame, b"jpeg")
    assert shelf.names() == []
    assert shelf.drafted("t") == 3
    put(shelf)
    assert [path.name for path in shelf.pictures("t")] == ["000004.jpg", "000007.jpg", "000010.jpg"]
    assert shelf.size("t") == sum(f.stat().st_size for f in tmp_path.rglob("*") if f.is_file())
    shelf.remove("t")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("number", range(1, 5))
def test_a_power_cut_leaves_a_whole_take_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    calls = 0
    real = getattr(durable, call)

    def cut(*arguments: object) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            raise PowerCutError
        real(*arguments)

    shelf = Shelf(tmp_path)
    shelf.add_picture("t", 1, b"jpeg")
    monkeypatch.setattr(durable, call, cut)
    try:
        put(shelf)
        shelf.relabel(take("t", reps=6))
    except PowerCutError:
        pass
    monkeypatch.undo()
    after = Shelf(tmp_path)
    after.tidy()
    for name in after.names():
        assert after.read(name).reps in {5, 6}
        assert after.landmarks(name).read_bytes() == b"landmarks"
        assert len(after.pictures(name)) == 1
    assert {path.name for path in tmp_path.iterdir()} <= {"t"}


def test_a_killed_process_leaves_a_whole_take_or_none(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from gymbox.collection.shelf import Shelf
        from tests.collection.takes import take
        shelf = Shelf(Path(sys.argv[1]))
        print("go", flush=True)
        for number in range(100000):
            shelf.put(take(f"{number:06d}"), b"x" * 100000)
        """
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=root,
        env={"PYTHONPATH": f"{root / 'device'}:{root}", "PATH": "/usr/bin"},
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.7)
        process.kill()
    shelf = Shelf(tmp_path)
    shelf.tidy()
    assert shelf.names()
    for name in shelf.names():
        assert shelf.read(name).name == name
        assert shelf.landmarks(name).stat().st_size == 100000
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_putting_again_after_an_attempt_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(tmp_path)
    monkeypatch.setattr(durable, "rename", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full"):
        put(shelf)
    monkeypatch.undo()
    put(shelf)
    put(shelf)
    assert shelf.names() == ["t"]


def test_relabelling_changes_what_is_said_and_nothing_else(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    put(shelf)
    shelf.relabel(replace(shelf.read("t"), reps=9))
    assert shelf.read("t").reps == 9
    assert shelf.landmarks("t").read_bytes() == b"landmarks"


def test_what_is_no_take_is_told_by_its_name(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    (tmp_path / "odd").mkdir()
    with pytest.raises(InputError, match="odd"):
        shelf.read("odd")
    (tmp_path / "odd" / "take.json").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="odd"):
        shelf.read("odd")
