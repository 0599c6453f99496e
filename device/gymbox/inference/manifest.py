"""`models/manifest.toml`: what the device may load, and whether a file is the one it names."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gymbox.errors import ModelError

FILE = "manifest.toml"
_QUANTISATIONS = ("float32", "float16", "int8", "int8-mixed", "int8-weights")
_PACKAGED = Path(__file__).parents[1] / "models"
_CHECKOUT = Path(__file__).parents[3] / "models"
_ADVICE = "bring back the models folder of this release (python -m tools.convert fetch)"


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

    def read(self) -> bytes:
        """The bytes of the file, known to be the right ones.

        Raises:
            ModelError: the file is missing, or is not the one in the manifest.
        """
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise ModelError(
                f"the model {self.path} cannot be read ({error.strerror})", _ADVICE
            ) from error
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise ModelError(f"the model {self.path} is not the one in {FILE}", _ADVICE)
        return data


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
    """Reads the manifest; the model files themselves are read when they are loaded.

    Args:
        folder: the models folder, if it is not the usual one.

    Raises:
        ModelError: there is no manifest, or it does not hold what it should.
    """
    folder = models_folder(folder)
    path = folder / FILE
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["models"]
        return {name: _card(name, table, folder) for name, table in tables.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} is damaged ({error})", _ADVICE) from error


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
    )
