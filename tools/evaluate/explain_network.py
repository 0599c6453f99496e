"""An image classifier of the manifest, or a .tflite file of its own, as a function of a picture."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError, ModelError, UsageError
from gymbox.inference.manifest import FILE, ModelCard, find_model, load_manifest
from gymbox.inference.runtime import Network
from tools.evaluate.interpreters import laid_open


class ImageClassifier:
    """A network from the picture that it sees to a probability for each class.

    Attributes:
        labels: names of the classes, in the order of the probabilities.
        side: width and height of the picture, pixels.

    Raises:
        UsageError: the model does not classify square pictures.
        ModelError: it cannot be read or run.
    """

    def __init__(self, card: ModelCard) -> None:
        batch, height, width, channels = (*card.input_shape, *[0] * 4)[:4]
        if (batch, height, channels) != (1, width, 3) or len(card.labels) <= 1:
            raise UsageError(f"{card.name} is no classifier of square pictures", "choose another")
        self.card = card
        self.labels = card.labels
        self.side = width
        self._network = Network(card)

    def tensor(self, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
        """A picture [side, side, 3] as the network takes it, [1, side, side, 3]."""
        low, high = self.card.input_range
        return (low + picture[None] * np.float32((high - low) / 255)).astype(np.float32)

    def __call__(self, picture: NDArray[np.uint8]) -> NDArray[np.float64]:
        """The probabilities, [classes], of a picture [side, side, 3] RGB."""
        self._network.input()[:] = self.tensor(picture)
        self._network.invoke()
        chances: NDArray[np.float64] = self._network.output(1, len(self.labels))[0].astype(float)
        return chances


def find(
    model: str,
    labels: Sequence[str] = (),
    input_range: tuple[float, float] | None = None,
    models: Path | None = None,
) -> ModelCard:
    """The card of a model: by its name in the manifest, or a file.

    Args:
        model: name or path. A file that its folder's manifest names has the card of there.
        labels: of a file without a manifest.
        input_range: value of black and of full white, of a file without a manifest.
        models: folder of the manifest, if not the usual one.

    Raises:
        ModelError: the manifest does not have the name.
        InputError: the file cannot be read.
        UsageError: nothing says what the file takes and gives.
    """
    path = Path(model)
    if path.suffix != ".tflite":
        return find_model(model, models)
    if (path.parent / FILE).is_file():
        for card in load_manifest(path.parent).values():
            if card.path.resolve() == path.resolve():
                return card
    if not labels or input_range is None:
        raise UsageError(f"no manifest names {path}", "say --labels and --range")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})", "check the path") from error
    return ModelCard(
        name=path.stem,
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        task="image classification",
        input_shape=_input_shape(data, path),
        input_range=input_range,
        quantisation="float32",
        labels=tuple(labels),
        source="",
        licence="",
        recipe="",
    )


def _input_shape(model: bytes, path: Path) -> tuple[int, ...]:
    try:
        (details,) = laid_open(model).get_input_details()
    except (ModelError, ValueError) as error:
        raise InputError(f"{path} is no model with one input ({error})", "check it") from error
    return tuple(int(size) for size in details["shape"])
