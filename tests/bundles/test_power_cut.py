"""A power cut between any two steps: afterwards the old models or the new ones are in force, whole.

The machine dies at the n-th call that touches the disk, for every n. What was written and not yet
synced is lost with it: such files are empty afterwards. Nothing that runs after the cut, such as
cleaning up, has any effect.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gymbox.bundles.sets import current_set, installed_folder, sets_folder
from gymbox.bundles.store import Store
from gymbox.inference.manifest import load_manifest
from tests.bundles.parcels import all_well, bundle


class PowerCutError(BaseException):
    """The machine is dead."""


class Machine:
    """Dies at the n-th call that changes the disk."""

    def __init__(self, dies_at: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self.dies_at = dies_at
        self.synced = set(files(folder))
        for owner, name in (
            (os, "fsync"),
            (Path, "mkdir"),
            (Path, "chmod"),
            (Path, "replace"),
            (Path, "symlink_to"),
            (Path, "unlink"),
            (shutil, "rmtree"),
        ):
            monkeypatch.setattr(owner, name, self.watched(name, getattr(owner, name)))

    def watched(self, name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            self.calls += 1
            if self.calls >= self.dies_at:
                if name == "rmtree" and self.calls == self.dies_at:
                    half_removed(Path(str(arguments[0])))
                raise PowerCutError
            if name == "fsync":
                self.synced.add(Path(f"/proc/self/fd/{arguments[0]}").readlink())
            if name == "replace":
                self.moved(Path(str(arguments[0])), Path(str(arguments[1])))
            return function(*arguments, **options)

        return call

    def moved(self, path: Path, target: Path) -> None:
        """What was synced stays so under its new name."""
        for known in list(self.synced):
            if known.is_relative_to(path):
                self.synced.add(target / known.relative_to(path))

    def lose_what_was_not_synced(self, folder: Path) -> None:
        for path in files(folder):
            if path not in self.synced:
                path.write_bytes(b"")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def half_removed(folder: Path) -> None:
    for path in files(folder)[::2]:
        os.unlink(path)  # noqa: PTH108 (Path's own is watched)


def in_force(data: Path) -> str:
    """The version in force, known to be whole; "" for the packaged models."""
    current = current_set(sets_folder(data))
    if current is None:
        assert installed_folder(data) is None
        return ""
    assert installed_folder(data) == current.folder
    assert load_manifest(current.folder)["tiny"].read()
    assert list(current.faults()) == []
    return current.label.version


def install(name: str) -> Callable[[Path, Path], None]:
    return lambda data, parcels: Store(data, all_well).install(parcels / f"{name}.zip") and None


def rollback(data: Path, _: Path) -> None:
    Store(data, all_well).rollback()


STORIES = {
    "the first bundle": ([], install("1"), {"", "1"}),
    "a second bundle": ([install("1")], install("2"), {"1", "2"}),
    "a third, the first goes": ([install("1"), install("2")], install("3"), {"2", "3"}),
    "back to the one before": ([install("1"), install("2")], rollback, {"1", "2"}),
    "back to the packaged": ([install("1")], rollback, {"", "1"}),
}


@pytest.fixture(scope="module")
def parcels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parcels")
    for version in "123":
        bundle(folder / f"{version}.zip", version=version)
    return folder


@pytest.mark.parametrize("story", STORIES)
def test_after_a_power_cut_a_whole_set_is_in_force(
    story: str, parcels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before, change, either = STORIES[story]
    monkeypatch.setattr(os, "fsync", lambda _: None)  # the machine keeps account of it
    for step in before:
        step(tmp_path / "before", parcels)
    (tmp_path / "before").mkdir(exist_ok=True)
    seen = set()
    dies_at = 0
    alive = True
    while alive:
        dies_at += 1
        data = tmp_path / f"data{dies_at}"
        shutil.copytree(tmp_path / "before", data, symlinks=True)
        with monkeypatch.context() as patch:
            machine = Machine(dies_at, data, patch)
            try:
                change(data, parcels)
                alive = False
            except PowerCutError:
                pass
        machine.lose_what_was_not_synced(data)
        seen.add(in_force(data))
        # The next installation finds its way and leaves no rubbish.
        install("3")(data, parcels)
        assert in_force(data) == "3"
        left = {path.name.split("-")[0] for path in sets_folder(data).iterdir()}
        assert left <= {".lock", "current", "1", "2", "3"}
        shutil.rmtree(data)
    assert seen == either
    assert dies_at > 5
