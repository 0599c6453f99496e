"""Installing and going back: a whole set stays in force, whatever is wrong with the next one."""

import errno
import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gymbox.bundles import durable, sets
from gymbox.bundles import label as labels
from gymbox.bundles.selftest import Passed
from gymbox.bundles.sets import current_set, installed_folder, sets_folder
from gymbox.bundles.store import SPARE, Store
from gymbox.errors import DiskError, GymboxError, InputError, ModelError
from gymbox.inference.manifest import load_manifest
from tests.bundles.parcels import TINY, all_well, bundle, tree


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(os, "fsync", lambda _: None)  # slow, and nobody pulls the plug here
    return tmp_path / "data"


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return bundle(tmp_path / "one.zip", version="1")


@pytest.fixture
def two(tmp_path: Path) -> Path:
    return bundle(tmp_path / "two.zip", version="2")


def store(data: Path, selftest: Callable[[Path], Passed] = all_well) -> Store:
    return Store(data, selftest)


def version(data: Path) -> str:
    current = current_set(sets_folder(data))
    return current.label.version if current else ""


def folders(data: Path) -> list[str]:
    """Versions of the sets that are kept."""
    found = [path.name for path in sets_folder(data).iterdir() if path.name != ".lock"]
    return sorted(name.split("-")[0] for name in found)


def test_a_bundle_is_put_in_force_and_completed_by_the_packaged_models(data: Path, one: Path):
    outcome = store(data).install(one)
    assert outcome.tried == Passed("no runtime", ("tiny",), ())
    folder = installed_folder(data)
    assert folder == outcome.current.folder
    cards = load_manifest(folder)
    assert cards["tiny"].read() == TINY
    assert {"pose_detection", "pose_landmark_full"} <= set(cards)
    assert cards["pose_detection"].read()
    assert not list(outcome.current.faults())


def test_everybody_may_read_it_and_nobody_else_write(data: Path, one: Path):
    store(data).install(one)
    for path in sets_folder(data).rglob("*"):
        if not path.is_symlink() and path.name != ".lock":
            assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644)


def test_the_one_before_is_kept_and_older_ones_are_not(data: Path, one: Path, two: Path):
    three = bundle(one.with_name("three.zip"), version="3")
    for path in (one, two, three):
        store(data).install(path)
    assert folders(data) == ["2", "3", "current"]


def test_going_back_leads_to_the_one_before_then_to_the_packaged(data: Path, one: Path, two: Path):
    store(data).install(one)
    store(data).install(two)
    target, skipped = store(data).rollback()
    assert target is not None
    assert (target.label.version, skipped, version(data)) == ("1", "", "1")
    assert store(data).rollback() == (None, "")
    assert installed_folder(data) is None
    assert folders(data) == []
    with pytest.raises(GymboxError, match="no bundle is installed"):
        store(data).rollback()


def test_the_bundle_in_force_is_not_installed_again(data: Path, one: Path):
    store(data).install(one)
    before = tree(data)
    assert store(data).install(one).tried is None
    assert tree(data) == before


def test_a_bundle_of_before_can_be_installed_again(data: Path, one: Path, two: Path):
    for path in (one, two, one):
        store(data).install(path)
    assert version(data) == "1"
    assert folders(data) == ["1", "2", "current"]
    store(data).rollback()
    assert version(data) == "2"


def spoil(data: Path, name: str = "tiny.tflite") -> None:
    current = current_set(sets_folder(data))
    assert current is not None
    (current.folder / name).write_bytes(b"spoilt")


def test_a_spoilt_set_is_told_and_repaired_by_installing_it_again(data: Path, one: Path):
    store(data).install(one)
    spoil(data)
    with pytest.raises(ModelError, match="rollback goes back"):
        load_manifest(installed_folder(data))["tiny"].read()
    assert store(data).install(one).tried is not None
    assert load_manifest(installed_folder(data))["tiny"].read() == TINY
    assert folders(data) == ["1", "current"]
    assert store(data).rollback() == (None, "")


def test_going_back_passes_by_a_spoilt_set(data: Path, one: Path, two: Path):
    store(data).install(one)
    store(data).install(two)
    (before,) = sets_folder(data).glob("1-*")
    (before / "tiny.tflite").unlink()
    target, skipped = store(data).rollback()
    assert target is None
    assert "tiny.tflite cannot be read" in skipped
    assert installed_folder(data) is None


def test_a_spoilt_set_is_not_kept_as_the_one_before(data: Path, one: Path, two: Path):
    store(data).install(one)
    spoil(data)
    store(data).install(two)
    assert folders(data) == ["2", "current"]
    assert store(data).rollback() == (None, "")


def test_the_bundle_before_a_spoilt_one_can_be_installed_again(data: Path, one: Path, two: Path):
    store(data).install(one)
    store(data).install(two)
    spoil(data)
    assert store(data).install(one).tried is not None
    assert version(data) == "1"
    assert load_manifest(installed_folder(data))["tiny"].read() == TINY


def test_a_switch_that_fails_changes_nothing(
    data: Path, one: Path, two: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    store(data).install(one)
    before = tree(data)
    monkeypatch.setattr(Path, "symlink_to", full)
    with pytest.raises(DiskError, match="No space left"):
        store(data).install(two)
    assert tree(data) == before


def test_a_set_that_was_removed_by_hand_can_be_installed_again(data: Path, one: Path):
    shutil.rmtree(store(data).install(one).current.folder)
    with pytest.raises(ModelError, match="rollback goes back"):
        installed_folder(data)
    store(data).install(one)
    assert load_manifest(installed_folder(data))["tiny"].read() == TINY


@pytest.mark.parametrize("name", ["bundle.toml", "installed.toml"])
def test_out_of_any_damage_there_is_a_way_back(data: Path, one: Path, name: str):
    store(data).install(one)
    spoil(data, name)
    with pytest.raises(ModelError, match="rollback goes back"):
        installed_folder(data)
    store(data).rollback()
    assert installed_folder(data) is None


def test_one_for_another_gymbox_is_refused(data: Path, tmp_path: Path):
    path = bundle(tmp_path / "other.zip", gymbox=("7.5",))
    with pytest.raises(GymboxError, match=r"made for gymbox 7\.5") as told:
        store(data).install(path)
    assert told.value.exit_code == 1
    assert not data.exists()


def test_after_an_update_to_another_series_it_is_left_aside(
    data: Path, one: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    store(data).install(one)
    monkeypatch.setattr(labels.Label.fits, "__defaults__", ("7.5.0",))
    sets._tell.cache_clear()
    assert installed_folder(data) is None
    assert installed_folder(data) is None
    assert len(caplog.records) == 1
    assert "the packaged ones are used" in caplog.text


@pytest.mark.parametrize(
    ("changes", "error", "says"),
    [
        ({"task": "reading minds"}, GymboxError, "no use for tiny"),
        ({"file": "other.tflite"}, InputError, "has another other.tflite"),
        ({"file": "/etc/passwd"}, InputError, "has another passwd"),
        ({"file": "../../../x"}, InputError, "has another x"),
        ({"sha256": "0" * 64}, InputError, "has another tiny.tflite"),
        ({"sample": "samples/absent.npz"}, InputError, "the sample of tiny"),
        ({"quantisation": "int4"}, InputError, "unknown quantisation"),
        ({"input_range": [1]}, InputError, "manifest.toml is damaged"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(
    data: Path, one: Path, changes: dict[str, object], error: type[GymboxError], says: str
):
    store(data).install(one)
    before = tree(data)
    path = bundle(one.with_name("wrong.zip"), **changes)
    with pytest.raises(error, match=says):
        store(data).install(path)
    assert tree(data) == before


def test_a_new_name_may_do_any_known_task_and_a_known_name_only_its_own(data: Path, tmp_path: Path):
    store(data).install(bundle(tmp_path / "new.zip", task="person detection"))
    wrong = bundle(tmp_path / "wrong.zip", name="pose_detection", task="body landmarks")
    with pytest.raises(GymboxError, match="no use for pose_detection"):
        store(data).install(wrong)


def test_one_that_fails_the_self_test_changes_nothing(data: Path, one: Path, two: Path):
    def fails(_: Path) -> Passed:
        raise GymboxError("the self-test failed", "no")

    store(data).install(one)
    before = tree(data)
    with pytest.raises(GymboxError, match="self-test failed"):
        store(data, fails).install(two)
    assert tree(data) == before


def test_too_little_room_is_told_beforehand(data: Path, one: Path, monkeypatch: pytest.MonkeyPatch):
    usage = shutil.disk_usage(one)._replace(free=SPARE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DiskError, match=r"only 20 MB are free.*make room"):
        store(data).install(one)
    assert tree(data) == {}


@pytest.mark.parametrize("number", range(5))
def test_a_disk_that_fills_up_changes_nothing(
    data: Path, one: Path, two: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    store(data).install(one)
    before = tree(data)
    left = iter(range(number))
    write = durable.write

    def full(path: Path, content: bytes) -> None:
        if next(left, None) is None:
            path.write_bytes(content[:3])
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, content)

    monkeypatch.setattr(durable, "write", full)
    with pytest.raises(DiskError, match="No space left"):
        store(data).install(two)
    assert tree(data) == before


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_without_rights_it_says_to_use_sudo(
    data: Path, one: Path, monkeypatch: pytest.MonkeyPatch, code: int
):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, "not you")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(GymboxError, match=r"cannot be written \(not you\): use sudo"):
        store(data).install(one)


def test_two_at_once_do_not_meet(data: Path, one: Path, two: Path):
    store(data).install(one)
    before = tree(data)
    with (sets_folder(data) / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for change in (lambda: store(data).install(two), store(data).rollback):
            with pytest.raises(GymboxError, match="another gymbox is changing"):
                change()
    assert tree(data) == before
    store(data).install(two)
    assert version(data) == "2"


def test_what_is_not_ours_is_left_alone(data: Path, one: Path, two: Path):
    store(data).install(one)
    mine = sets_folder(data) / "my models"
    mine.mkdir()
    (mine / "notes").write_text("keep")
    store(data).install(two)
    store(data).rollback()
    assert (mine / "notes").read_text() == "keep"


def test_no_link_of_the_box_s_user_is_followed(data: Path, one: Path, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("keep")
    data.mkdir()
    sets_folder(data).symlink_to(elsewhere)
    with pytest.raises(GymboxError, match="is a link"):
        store(data).install(one)
    sets_folder(data).unlink()
    sets_folder(data).mkdir()
    (sets_folder(data) / ".lock").symlink_to(elsewhere / "precious")
    with pytest.raises(GymboxError, match="cannot be written"):
        store(data).install(one)
    assert (elsewhere / "precious").read_text() == "keep"


@pytest.mark.parametrize("target", ["..", "/etc", "../../x", ".staging"])
def test_a_link_that_leads_elsewhere_is_refused(data: Path, target: str):
    sets_folder(data).mkdir(parents=True)
    (sets_folder(data) / "current").symlink_to(target)
    with pytest.raises(ModelError, match="out of its folder"):
        installed_folder(data)
    store(data).rollback()
    assert installed_folder(data) is None


def test_a_bundle_without_a_model_is_refused(data: Path, tmp_path: Path):
    path = bundle(tmp_path / "none.zip", files={"manifest.toml": b"[models]\n"})
    with pytest.raises(InputError, match="no model in it"):
        store(data).install(path)
