"""Writing `models/manifest.toml`: read by `gymbox.inference.manifest`, written only here."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

FILE = "manifest.toml"
_HEAD = "# What the device may load. Written by tools/convert; the device refuses any other file.\n"
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def read_entries(folder: Path) -> dict[str, dict[str, object]]:
    """The table of every model in a models folder.

    Raises:
        OSError: there is no manifest.
        ValueError: it is not TOML, or has no models.
    """
    try:
        tables = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))["models"]
        return {str(name): dict(table) for name, table in tables.items()}
    except (KeyError, AttributeError, TypeError) as error:
        raise ValueError(f"{folder / FILE} has no models") from error


def update_manifest(folder: Path, entries: Mapping[str, Mapping[str, object]]) -> None:
    """Writes the entries of some models into the manifest and leaves those of others alone.

    Args:
        folder: the models folder; the manifest is made if it is not there.
        entries: for each model its table; values are strings, numbers, flat lists of them or, one
            level deep, tables of them.
    """
    path = folder / FILE
    models: dict[str, Mapping[str, object]] = {}
    if path.exists():
        models.update(read_entries(folder))
    models.update(entries)
    path.write_text(manifest_text(models), encoding="utf-8")


def manifest_text(models: Mapping[str, Mapping[str, object]]) -> str:
    """The manifest of some models, sorted by name."""
    return _HEAD + toml_text({"models": dict(sorted(models.items()))})


def toml_text(document: Mapping[str, object]) -> str:
    """A document as TOML; tables come after the values beside them.

    Raises:
        TypeError: it holds something that TOML cannot.
    """
    text = _table("", document)
    tomllib.loads(text)
    return text


def _table(name: str, values: Mapping[str, object]) -> str:
    lines = []
    inner = ""
    for key, value in values.items():
        quoted = key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)
        if isinstance(value, Mapping):
            inner += _table(f"{name}.{quoted}" if name else quoted, value)
        else:
            lines.append(f"{quoted} = {_value(value)}\n")
    head = f"\n[{name}]\n" if name and (lines or not inner) else ""
    return head + "".join(lines) + inner


def _value(value: object) -> str:
    """A value as TOML writes it; JSON writes strings, numbers and flat lists the same way."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, str | bool | int | float):
        return json.dumps(value, ensure_ascii=False)
    raise TypeError(f"the manifest cannot hold {value!r}")
