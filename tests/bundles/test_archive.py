"""The bundle as a file: whole it is read, cut, flipped or arranged it is refused."""

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gymbox.bundles import archive
from gymbox.bundles.archive import SEAL_LENGTH, open_bundle
from gymbox.errors import InputError
from tests.bundles.parcels import TINY, bundle, unpacked
from tools.convert.bundle_file import sealed

QUICK = settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(tmp_path_factory.mktemp("whole") / "whole.zip")


def read_all(path: Path) -> dict[str, bytes]:
    with open_bundle(path) as parcel:
        return {name: parcel.read(name) for name in parcel.label.files}


def test_a_whole_bundle_is_read(whole: Path):
    files = read_all(whole)
    assert files["tiny.tflite"] == TINY
    assert set(files) == {"manifest.toml", "tiny.tflite", "NOTICE"}


def test_any_unzip_reads_it(whole: Path):
    with zipfile.ZipFile(whole) as zipped:
        assert zipped.testzip() is None


@QUICK
@given(share=st.floats(0, 1, exclude_max=True))
@example(share=0.0)
@example(share=0.999999)
def test_cut_off_at_any_byte_it_is_refused(whole: Path, tmp_path: Path, share: float):
    data = whole.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(data[: int(share * len(data))])
    with pytest.raises(InputError, match="damaged"):
        read_all(cut)


@QUICK
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@example(share=0.0, bit=0)
@example(share=0.999999, bit=0)
def test_with_any_bit_flipped_it_is_refused(whole: Path, tmp_path: Path, share: float, bit: int):
    data = bytearray(whole.read_bytes())
    data[int(share * len(data))] ^= 1 << bit
    path = tmp_path / "flipped.zip"
    path.write_bytes(data)
    with pytest.raises(InputError, match="damaged"):
        read_all(path)


@QUICK
@given(share=st.floats(0, 1, exclude_max=True), value=st.integers(0, 255), data=st.data())
def test_arranged_anew_and_sealed_it_is_refused_or_the_same(
    whole: Path, tmp_path: Path, share: float, value: int, data: st.DataObject
):
    changed = bytearray(whole.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        changed[int(share * (len(changed) - SEAL_LENGTH))] = value
        share = data.draw(st.floats(0, 1, exclude_max=True))
    path = tmp_path / "arranged.zip"
    path.write_bytes(sealed(bytes(changed)))
    try:
        found = read_all(path)
    except InputError:
        return
    assert found == read_all(whole)


@QUICK
@given(st.binary(max_size=200))
def test_any_other_file_is_refused(tmp_path: Path, data: bytes):
    path = tmp_path / "other"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_all(path)


def rebuilt(path: Path, source: Path, change: Callable[[zipfile.ZipFile], None]) -> Path:
    """The bundle with something more in its zip, and the right seal."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for name, data in unpacked(source).items():
            zipped.writestr(name, data)
        change(zipped)
        zipped.comment = b"x" * SEAL_LENGTH
    path.write_bytes(sealed(buffer.getvalue()))
    return path


def a_link(zipped: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    zipped.writestr(entry, "/etc/passwd")


def packed_small(zipped: zipfile.ZipFile) -> None:
    zipped.writestr("bomb", b"\0" * 1_000_000, zipfile.ZIP_DEFLATED)


def a_file_twice(zipped: zipfile.ZipFile) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        zipped.writestr("tiny.tflite", b"another")


CHANGES: dict[str, tuple[Callable[[zipfile.ZipFile], None], str]] = {
    "a way out": (lambda zipped: zipped.writestr("../../etc/cron.d/x", b""), "not those of its"),
    "a root": (lambda zipped: zipped.writestr("/etc/passwd", b""), "not those of its label"),
    "a file more": (lambda zipped: zipped.writestr("more", b""), "not those of its label"),
    "a folder": (lambda zipped: zipped.writestr("folder/", b""), "no ordinary file"),
    "a link": (a_link, "no ordinary file"),
    "a bomb": (packed_small, "compressed"),
    "a file twice": (a_file_twice, "twice"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_no_bundle_may_hold_is_refused(whole: Path, tmp_path: Path, what: str):
    change, says = CHANGES[what]
    path = rebuilt(tmp_path / "arranged.zip", whole, change)
    with pytest.raises(InputError, match=says):
        read_all(path)


def test_too_many_files_are_refused(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "MOST_FILES", 3)
    with pytest.raises(InputError, match="more than 3 files"):
        read_all(whole)
    monkeypatch.undo()
    monkeypatch.setattr(archive, "LARGEST", 100)
    with pytest.raises(InputError, match="it is no bundle"):
        read_all(whole)
    monkeypatch.undo()
    monkeypatch.setattr(archive, "LARGEST_FILE", 1000)
    with pytest.raises(InputError, match="a file in it has more"):
        read_all(bundle(tmp_path / "large.zip"))


def test_a_zip_that_is_no_bundle_is_refused(tmp_path: Path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        zipped.writestr("holiday.jpg", b"a picture")
    path = tmp_path / "holiday.zip"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(InputError, match="its end is missing"):
        read_all(path)


@pytest.mark.parametrize("place", ["absent.zip", "."])
def test_a_path_that_cannot_be_read_is_told(tmp_path: Path, place: str):
    with pytest.raises(InputError, match="cannot be read"):
        read_all(tmp_path / place)
