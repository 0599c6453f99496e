"""Which format a file is of."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError, UsageError
from tools.convert import runner, tflite_file
from tools.convert.sources.source import ConvertError, Hints, Source

_KNOWN = ".keras, .h5, a SavedModel folder, .pt2, .pt, .pth, .onnx or .tflite"


def open_source(path: Path, hints: Hints) -> Source:
    """Opens a trained model as it comes.

    Raises:
        InputError: it is not there or cannot be read.
        UsageError: it is of no known format, or a hint is missing.
        ConvertError: it is of a kind that the box cannot have.
    """
    if not path.exists():
        raise InputError(f"{path} is not there", "check the path")
    if path.is_dir():
        from tools.convert.sources.keras_source import read_saved_model  # noqa: PLC0415

        return read_saved_model(path, hints)
    match path.suffix.lower():
        case ".keras" | ".h5" | ".hdf5":
            from tools.convert.sources.keras_source import read_keras  # noqa: PLC0415

            return read_keras(path, hints)
        case ".pt2" | ".pt" | ".pth":
            from tools.convert.sources.torch_file import read_torch  # noqa: PLC0415

            return read_torch(path, hints)
        case ".onnx":
            from tools.convert.sources.onnx_source import read_onnx  # noqa: PLC0415

            return read_onnx(path)
        case ".tflite":
            return _read_tflite(path)
    raise UsageError(f"{path.name} is of no known format", f"it takes {_KNOWN}")


def _read_tflite(path: Path) -> Source:
    try:
        model = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})", "check the path") from error
    found = tflite_file.contents(model)
    if len(found.inputs) != 1:
        raise ConvertError(f"{path} has {len(found.inputs)} inputs", "the box gives exactly one")

    def predict(inputs: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        return list(runner.run_all(runner.interpreter(model), inputs[None]))

    return Source("TFLite", found.inputs[0], predict, lambda _: tflite_file.plain(model))
