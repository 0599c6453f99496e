"""`models/manifest.toml`: what the device may load, and whether a file is the one it names."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gymbox.errors import ModelError

FILE = "manifest.toml"
BUNDLE = "bundle.toml"
"""Beside the manifest of an unpacked bundle; the models that it lacks are the packaged ones."""

_QUANTISATIONS = ("float32", "float16", "int8", "int8-mixed", "int8-weights")
_PACKAGED = Path(__file__).parents[1] / "models"
_CHECKOUT = Path(__file__).parents[3] / "models"
_ADVICE = "bring back the models folder of this release"
ROLLBACK = "sudo gymbox models rollback goes back to the models before"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What the manifest says about one model.

    Attributes:
        name: its key.
        path: where the file lies.
        sha256: of the file, in hexadecimal.
        task: what the network does, in words.
        input_shape: of its only input.
        input_range: value of black and of full white.
        quantisation: float32, float16, int8, int8-mixed or int8-weights.
        labels: names of its classes or points, in order.
        source: where the weights come from.
        licence: SPDX identifier.
        recipe: the command that made the file.
        figures: facts and measurements, by name.
        version: of the model, "" if it has none of its own.
        card: file with the model card: who made it, of what, what it is good for, where it fails.
        data_sheet: file about the data that it was trained on.
        sample: file with an input and what has to come out; None where there is none.
    """

    name: str
    path: Path
    sha256: str
    task: str
    input_shape: tuple[int, ...]
    input_range: tuple[float, float]
    quantisation: str
    labels: tuple[str, ...]
    source: str
    licence: str
    recipe: str
    figures: Mapping[str, float | str] = field(default_factory=dict)
    version: str = ""
    card: str = ""
    data_sheet: str = ""
    sample: Path | None = None

    def read(self) -> bytes:
        """The bytes of the file, known to be the right ones.

        Raises:
            ModelError: the file is missing, or is not the one in the manifest.
        """
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise ModelError(
                f"the model {self.path} cannot be read ({error.strerror})", advice(self.path.parent)
            ) from error
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise ModelError(
                f"the model {self.path} is not the one in {FILE}", advice(self.path.parent)
            )
        return data


def advice(folder: Path) -> str:
    """What to do about a models folder that is not as it should be."""
    return ROLLBACK if (folder / BUNDLE).is_file() else _ADVICE


def models_folder(explicit: Path | None = None) -> Path:
    """Where the models lie: the folder that was asked for, else the package's, else the checkout's.

    Raises:
        ModelError: there is no manifest in the one that was asked for, or in any.
    """
    candidates = (explicit,) if explicit is not None else (_PACKAGED, _CHECKOUT)
    for folder in candidates:
        if (folder / FILE).is_file():
            return folder
    raise ModelError(f"there is no {FILE} in {candidates[-1]}", _ADVICE)


def load_manifest(folder: Path | None = None) -> dict[str, ModelCard]:
    """Every model of a folder; the model files themselves are read when they are loaded.

    The folder of a bundle need not have every model: the others are those of the package. So a
    bundle stays fit when an update of gymbox brings a model that it knows nothing of.

    Args:
        folder: the models folder, if it is not the usual one.

    Raises:
        ModelError: there is no manifest, or it does not hold what it should.
    """
    folder = models_folder(folder)
    if (folder / BUNDLE).is_file():
        return read_manifest(models_folder()) | read_manifest(folder)
    return read_manifest(folder)


def read_manifest(folder: Path) -> dict[str, ModelCard]:
    """The models in the manifest of a folder, and no others.

    Raises:
        ModelError: there is no manifest, or it does not hold what it should.
    """
    path = folder / FILE
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["models"]
        return {name: _card(name, table, folder) for name, table in tables.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(f"{path} is damaged ({error})", advice(folder)) from error


def find_model(name: str, folder: Path | None = None) -> ModelCard:
    """The card of one model.

    Raises:
        ModelError: the manifest does not have it, or cannot be read.
    """
    cards = load_manifest(folder)
    if name not in cards:
        known = ", ".join(sorted(cards)) or "nothing"
        raise ModelError(f"there is no model {name} in {FILE}", f"it has {known}")
    return cards[name]


def _card(name: str, table: Mapping[str, Any], folder: Path) -> ModelCard:
    low, high = table["input_range"]
    quantisation = table["quantisation"]
    if quantisation not in _QUANTISATIONS:
        raise ValueError(f"{name} has an unknown quantisation {quantisation!r}")
    return ModelCard(
        name=name,
        path=folder / table["file"],
        sha256=table["sha256"],
        task=table["task"],
        input_shape=tuple(int(size) for size in table["input_shape"]),
        input_range=(float(low), float(high)),
        quantisation=quantisation,
        labels=tuple(table["labels"]),
        source=table["source"],
        licence=table["licence"],
        recipe=table["recipe"],
        figures=dict(table.get("figures", {})),
        version=str(table.get("version", "")),
        card=str(table.get("card", "")),
        data_sheet=str(table.get("data_sheet", "")),
        sample=folder / table["sample"] if table.get("sample") else None,
    )
