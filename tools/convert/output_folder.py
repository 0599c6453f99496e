"""Writing a finished model into a models folder, whole or not at all."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from gymbox.errors import InputError
from tools.convert.manifest_file import FILE, read_entries, update_manifest


def write_model(folder: Path, name: str, model: bytes, entry: Mapping[str, object]) -> Path:
    """Writes NAME.tflite, its entry in the manifest and a line in NOTICE.

    Args:
        folder: the models folder; it is made if it is not there.
        name: of the model.
        model: the .tflite file.
        entry: its table in the manifest, without the file and its sha256.

    Returns:
        The path of the file.

    Raises:
        InputError: the folder cannot be written, or its manifest is damaged.
    """
    path = folder / f"{name}.tflite"
    whole = {"file": path.name, "sha256": hashlib.sha256(model).hexdigest(), **entry}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / FILE).exists():
            read_entries(folder)  # a damaged manifest is found before anything is written
        write_whole(path, model)
        update_manifest(folder, {name: whole})
        _notice(folder / "NOTICE", f"{path.name}: {entry['source']}; licence {entry['licence']}")
    except (OSError, ValueError) as error:
        raise InputError(f"{folder} cannot be written ({error})", "name another --out") from error
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file in one step, so that no half of one is ever found.

    Raises:
        InputError: it cannot be written.
    """
    part = path.with_suffix(".part")
    try:
        part.write_bytes(data)
        os.replace(part, path)  # noqa: PTH105 - in one step
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(
            f"{path} cannot be written ({error.strerror})", "name another file"
        ) from error


def _notice(path: Path, line: str) -> None:
    """Says whose work the models are; a bundle carries it."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    kept = [old for old in lines if old.partition(":")[0] != line.partition(":")[0]]
    path.write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")
