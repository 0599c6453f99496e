"""The manifest: what is right loads, everything else is refused with advice."""

import shutil
from pathlib import Path

import pytest

from gymbox.errors import ModelError
from gymbox.inference.manifest import find_model, load_manifest, models_folder

UNKNOWN_QUANTISATION = """
[models.x]
file = "x"
sha256 = "0"
task = "t"
input_shape = [1]
input_range = [0, 1]
quantisation = "int4"
labels = []
source = ""
licence = ""
recipe = ""
"""


@pytest.fixture
def copy(models: Path, tmp_path: Path) -> Path:
    shutil.copy(models / "manifest.toml", tmp_path)
    shutil.copy(models / "pose_landmark_lite.tflite", tmp_path)
    return tmp_path


def test_every_model_of_the_checkout_is_the_one_in_the_manifest():
    cards = load_manifest()
    assert {"pose_detection", "pose_landmark_lite", "pose_landmark_full"} <= set(cards)
    for card in cards.values():
        assert card.read()
        assert card.source
        assert card.licence


def test_an_explicit_folder_wins(copy: Path):
    assert models_folder(copy) == copy
    assert find_model("pose_landmark_lite", copy).path.parent == copy


@pytest.mark.parametrize("place", [0, 1_000_000, -1])
def test_a_flipped_byte_is_refused(copy: Path, place: int):
    file = copy / "pose_landmark_lite.tflite"
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    with pytest.raises(ModelError, match=r"pose_landmark_lite\.tflite is not the one"):
        find_model("pose_landmark_lite", copy).read()


def test_a_missing_file_is_refused(copy: Path):
    with pytest.raises(ModelError, match=r"pose_detection\.tflite cannot be read"):
        find_model("pose_detection", copy).read()


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path):
    with pytest.raises(ModelError, match=r"there is no manifest\.toml"):
        load_manifest(tmp_path)


def test_a_model_that_the_manifest_does_not_have_is_refused(copy: Path):
    with pytest.raises(ModelError, match=r"it has .*pose_detection"):
        find_model("pose_landmark_huge", copy)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "models = 1",
        "[models.x]\n",
        "not toml",
        UNKNOWN_QUANTISATION,
    ],
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, text: str):
    (tmp_path / "manifest.toml").write_text(text)
    with pytest.raises(ModelError, match="damaged"):
        load_manifest(tmp_path)


def test_a_manifest_of_bytes_that_are_no_text_is_refused(tmp_path: Path):
    (tmp_path / "manifest.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelError, match="damaged"):
        load_manifest(tmp_path)
