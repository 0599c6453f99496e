"""Writing `models/manifest.toml`: read by `gymbox.inference.manifest`, written only here."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

FILE = "manifest.toml"
_HEAD = "# What the device may load. Written by tools/convert; the device refuses any other file.\n"


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
        models = tomllib.loads(path.read_text(encoding="utf-8"))["models"]
    models.update(entries)
    tables = [_table(f"models.{name}", models[name]) for name in sorted(models)]
    text = _HEAD + "".join(tables)
    tomllib.loads(text)
    path.write_text(text, encoding="utf-8")


def _table(name: str, values: Mapping[str, object]) -> str:
    lines = [f"\n[{name}]\n"]
    inner = ""
    for key, value in values.items():
        if isinstance(value, Mapping):
            inner += _table(f"{name}.{key}", value)
        else:
            lines.append(f"{key} = {_value(value)}\n")
    return "".join(lines) + inner


def _value(value: object) -> str:
    """A value as TOML writes it; JSON writes strings, numbers and flat lists the same way."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, str | bool | int | float):
        return json.dumps(value, ensure_ascii=False)
    raise TypeError(f"the manifest cannot hold {value!r}")
