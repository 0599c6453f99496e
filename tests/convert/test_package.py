"""Packing: what comes out is taken by a box, the same twice; what must not be packed is refused."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from gymbox.bundles.archive import open_bundle
from gymbox.bundles.sample import load_sample
from gymbox.bundles.sets import installed_folder
from gymbox.bundles.store import Store
from gymbox.errors import GymboxError, InputError, UsageError
from gymbox.inference.manifest import find_model, load_manifest
from tests.bundles.parcels import CREATED, HERE, MODELS, TINY, entry, unpacked
from tools.convert import package, samples
from tools.convert.__main__ import main
from tools.convert.manifest_file import toml_text, update_manifest
from tools.convert.package import pack, prove


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A models folder with one model."""
    place = tmp_path / "models"
    place.mkdir()
    (place / "tiny.tflite").write_bytes(TINY)
    (place / "NOTICE").write_text("nobody's")
    update_manifest(place, {"tiny": entry()})
    return place


def packed(folder: Path, name: str = "out.zip", **options: object) -> Path:
    out = folder.parent / name
    pack(folder, [], out, **{"version": "1.0", "created": CREATED} | options)  # type: ignore[arg-type]
    return out


def test_a_box_takes_what_was_packed(folder: Path, tmp_path: Path):
    out = packed(folder)
    data = tmp_path / "data"
    outcome = Store(data).install(out)
    assert outcome.tried is not None
    assert outcome.tried.compared == ("tiny",)
    card = load_manifest(installed_folder(data))["tiny"]
    assert card.labels == ("up", "down", "neither")
    assert {"LICENSE", "NOTICE"} <= set(outcome.current.label.files)


def test_the_same_input_gives_the_same_bytes(folder: Path):
    first = packed(folder).read_bytes()
    assert packed(folder, "again.zip").read_bytes() == first
    later = packed(folder, "later.zip", created=datetime(2027, 1, 1, tzinfo=UTC))
    assert later.read_bytes() != first


def test_the_label_says_what_it_is(folder: Path):
    with open_bundle(packed(folder, version="2.0", gymbox=("0.1", "0.2"))) as bundle:
        assert (bundle.label.version, bundle.label.gymbox) == ("2.0", ("0.1", "0.2"))
        assert bundle.label.created == "2026-11-21T12:00:00Z"
        assert bundle.label.tasks == ("body landmarks",)


def test_cards_and_data_sheets_come_along(folder: Path):
    pages = folder.parent / "docs"
    pages.mkdir()
    (pages / "tiny.md").write_text("# Tiny")
    (pages / "tiny-data.md").write_text("# Data")
    update_manifest(
        folder, {"tiny": entry(card="docs/tiny.md", data_sheet="docs/tiny-data.md", version="3")}
    )
    files = unpacked(packed(folder))
    assert files["cards/tiny.md"] == b"# Tiny"
    assert files["data_sheets/tiny.md"] == b"# Data"
    assert b'card = "cards/tiny.md"' in files["manifest.toml"]
    (pages / "tiny.md").unlink()
    with pytest.raises(InputError, match=r"tiny\.md, of tiny, is not there"):
        packed(folder)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"licence": " "}, "tiny has no licence"),
        ({"source": ""}, "tiny has no source"),
        ({"figures": {"accuracy_float": 0.97, "accuracy_int8": 0.955}}, "1.5 points less"),
    ],
)
def test_what_must_not_be_packed_is_refused(folder: Path, changes: dict[str, object], says: str):
    update_manifest(folder, {"tiny": entry(**changes)})
    with pytest.raises(GymboxError, match=says) as told:
        packed(folder)
    assert told.value.exit_code == 1
    assert not (folder.parent / "out.zip").exists()


def test_a_point_of_accuracy_may_be_lost(folder: Path):
    figures = {"accuracy_float": 0.97, "accuracy_int8": 0.96}
    update_manifest(folder, {"tiny": entry(figures=figures)})
    assert packed(folder).is_file()


def test_custom_operators_are_refused(folder: Path):
    flex = (MODELS / "flex.tflite").read_bytes()
    (folder / "tiny.tflite").write_bytes(flex)
    update_manifest(folder, {"tiny": entry(flex)})
    with pytest.raises(GymboxError, match="FlexMatrixDeterminant"):
        packed(folder)


def test_a_file_that_is_not_the_one_in_the_manifest_is_refused(folder: Path):
    (folder / "tiny.tflite").write_bytes(TINY + b"\0")
    with pytest.raises(GymboxError, match="is not the one"):
        packed(folder)


def test_a_missing_notice_manifest_or_model_is_told(folder: Path, tmp_path: Path):
    with pytest.raises(UsageError, match="there is no model huge"):
        pack(folder, ["huge"], tmp_path / "out.zip", version="1", created=CREATED)
    (folder / "NOTICE").unlink()
    with pytest.raises(InputError, match="NOTICE cannot be read"):
        packed(folder)
    with pytest.raises(InputError, match="no good manifest"):
        packed(tmp_path / "absent")


def test_a_model_that_ignores_its_input_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch):
    zero = np.zeros((1, 4), np.float32)
    monkeypatch.setattr(samples, "sample_inputs", lambda _: iter([zero, zero]))
    with pytest.raises(GymboxError, match="gives the same for"):
        packed(folder)


def test_a_model_of_pictures_is_shown_the_athlete(tmp_path: Path):
    models = Path(package.ROOT / "models")
    out = tmp_path / "out.zip"
    pack(models, ["pose_landmark_lite"], out, version="1", created=CREATED)
    path = tmp_path / "sample.npz"
    path.write_bytes(unpacked(out)["samples/pose_landmark_lite.npz"])
    sample = load_sample(path)
    assert (sample.input.dtype, sample.input.shape) == (np.uint8, (1, 256, 256, 3))
    assert sample.outputs[1, 1][0] > 0.95  # surely somebody
    assert sum(values.size for values in sample.outputs.values()) < 10_000
    assert len(path.read_bytes()) < 300_000


def test_noise_is_in_the_range_of_the_model(folder: Path):
    card = find_model("tiny", folder)
    (noise,) = samples.sample_inputs(card)
    assert noise.shape == card.input_shape
    assert noise.min() >= -1
    assert noise.max() <= 1


def test_the_command_packs_and_proves(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert main(["package", "tiny", "--models", str(folder), "--version", "7"]) == 0
    assert "self-test passed" in capsys.readouterr().out
    with open_bundle(Path("gymbox-models-7.zip")) as bundle:
        assert bundle.label.created == "2023-11-14T22:13:20Z"
        assert bundle.label.gymbox == HERE
    assert main(["package", "--models", str(folder), "--version", "../7"]) == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert main(["package", "--models", str(folder)]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_proving_finds_what_a_box_would_not_take(folder: Path):
    update_manifest(folder, {"tiny": entry(task="juggling")})
    with pytest.raises(GymboxError, match="no use for tiny"):
        prove(packed(folder))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21", "2026-11-21T00:00:00+00:00"),
        ("2026-11-21T12:00+02:00", "2026-11-21T10:00:00+00:00"),
    ],
)
def test_times_are_in_utc(text: str, moment: str):
    assert package._moment(text).isoformat() == moment
    with pytest.raises(argparse.ArgumentTypeError, match="is no time"):
        package._moment("noon")


def test_names_with_dots_are_quoted():
    document = {"a": 1, "files": {"x.y": {"n": 2}, "b c": 3}}
    assert toml_text(document) == 'a = 1\n\n[files]\n"b c" = 3\n\n[files."x.y"]\nn = 2\n'
