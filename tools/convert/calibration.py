"""Samples to calibrate and to compare with: a folder of pictures, or an .npz of windows."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError

_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".webp")
_TRUTH = ("truth", "labels", "y")
_WHITE = 255.0


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Inputs of a model.

    Attributes:
        inputs: [n, 1, ...] float32, each as the model takes it.
        truth: [n] index of the label of each; None if that is not known.
    """

    inputs: NDArray[np.float32]
    truth: NDArray[np.int64] | None

    def __len__(self) -> int:
        return len(self.inputs)


def load_samples(
    path: Path,
    shape: tuple[int, ...],
    input_range: tuple[float, float] = (0.0, 1.0),
    *,
    labels: Sequence[str] = (),
    most: int = 300,
) -> Samples:
    """Reads samples and brings them into the shape of a model's input.

    Args:
        path: a folder of pictures, in folders named after the labels if the truth is known; or an
            .npz with one array [n, ...] of inputs ready for the model and, if the truth is known,
            an array `truth` [n] of indices or names.
        shape: of the model's input, the batch of one first.
        input_range: value of black and of full white; an .npz is taken as it is.
        labels: names of the outputs.
        most: how many are read, evenly spread over what is there; each takes memory.

    Raises:
        InputError: there is nothing, it cannot be read, or does not fit the model.
    """
    if path.is_dir():
        return _pictures(path, shape, input_range, labels, most)
    if not path.is_file():
        raise InputError(f"{path} is not there", "give a folder of pictures or an .npz file")
    return _windows(path, shape, labels, most)


def _pictures(
    folder: Path,
    shape: tuple[int, ...],
    input_range: tuple[float, float],
    labels: Sequence[str],
    most: int,
) -> Samples:
    import cv2  # noqa: PLC0415 - windows need none

    from gymbox.inference.phase_net import square  # noqa: PLC0415 - it imports cv2 too

    if len(shape) != 4 or shape[1] != shape[2]:  # noqa: PLR2004 - [1, S, S, C]
        raise InputError(f"{folder} is a folder, the model takes no pictures", "give an .npz file")
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in _PICTURES)
    if not files:
        raise InputError(f"{folder} holds no pictures", f"it should hold {', '.join(_PICTURES)}")
    files = [files[index] for index in _spread(len(files), most)]
    low, high = input_range
    inputs = np.empty((len(files), *shape), np.float32)
    for place, file in enumerate(files):
        picture = cv2.imread(str(file), cv2.IMREAD_COLOR)
        if picture is None:
            raise InputError(f"{file} cannot be read", "take it out of the folder")
        rgb = square(np.asarray(picture[:, :, ::-1], np.uint8), shape[1])
        inputs[place, 0] = rgb.astype(np.float32) * ((high - low) / _WHITE) + low
    return Samples(inputs, _folder_truth(folder, files, labels))


def _folder_truth(
    folder: Path, files: Sequence[Path], labels: Sequence[str]
) -> NDArray[np.int64] | None:
    names = [file.relative_to(folder).parts[0] for file in files]
    if not labels or not set(names) <= set(labels):
        return None
    return np.array([labels.index(name) for name in names], np.int64)


def _windows(path: Path, shape: tuple[int, ...], labels: Sequence[str], most: int) -> Samples:
    try:
        with np.load(path) as file:
            arrays = {name: np.asarray(file[name]) for name in file.files}
    except (OSError, ValueError, EOFError, AttributeError, zipfile.BadZipFile) as error:
        raise InputError(f"{path} cannot be read", "it should be an .npz file of arrays") from error
    fitting = [name for name, array in arrays.items() if array.shape[1:] == shape[1:]]
    if not fitting:
        found = ", ".join(f"{name} {list(array.shape)}" for name, array in arrays.items())
        raise InputError(
            f"{path} has no array of windows [n, {', '.join(map(str, shape[1:]))}]",
            f"it has {found or 'nothing'}",
        )
    values = arrays[fitting[0]]
    if not len(values) or values.dtype.kind not in "fiu" or not np.isfinite(values).all():
        raise InputError(
            f"{fitting[0]} in {path} is empty or not all numbers", "leave such windows out"
        )
    chosen = _spread(len(values), most)
    inputs = values[chosen].astype(np.float32)[:, None]
    given = next((arrays[name] for name in _TRUTH if name in arrays), None)
    if given is None or given.shape != (len(values),):
        return Samples(inputs, None)
    return Samples(inputs, _indices(given[chosen], labels))


def _indices(truth: NDArray[np.generic], labels: Sequence[str]) -> NDArray[np.int64] | None:
    if truth.dtype.kind in "iu":
        return truth.astype(np.int64)
    names = [str(name) for name in truth]
    if truth.dtype.kind != "U" or not set(names) <= set(labels):
        return None
    return np.array([labels.index(name) for name in names], np.int64)


def _spread(count: int, most: int) -> NDArray[np.int64]:
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))
