"""Keras models: .keras and .h5 of Keras 2 and 3, and SavedModel folders.

Models of Keras 2 are read by tf-keras, which is Keras 2 kept alive; those of Keras 3 by Keras.
"""

import json
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import GymboxError, InputError
from tools.convert.quiet import quiet
from tools.convert.sources.named import named_object
from tools.convert.sources.source import ConvertError, Hints, Shape, Source, first_line

_FLEX = "Some ops are not supported by the native TFLite runtime"


def read_keras(path: Path, hints: Hints) -> Source:
    """Opens a .keras or .h5 file, or a folder that Keras saved.

    Raises:
        InputError: it cannot be read.
        ConvertError: it holds code and is not trusted, or layers that nobody knows.
    """
    with quiet():
        keras = _framework(path)
        model = _load(keras, path, hints)
        _unroll(model)
    shape: Shape = (1, *tuple(model.input_shape)[1:])

    def predict(inputs: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        return _as_list(model(inputs, training=False))

    return Source(
        kind=f"Keras {'2' if keras.__name__ == 'tf_keras' else '3'}",
        shape=shape,
        predict=predict,
        to_tflite=lambda fixed: function_to_tflite(lambda x: model(x, training=False), fixed),
    )


def read_saved_model(path: Path, hints: Hints) -> Source:
    """Opens a SavedModel folder; as Keras if Keras saved it, so that its loops can be unrolled."""
    if (path / "keras_metadata.pb").is_file():
        return read_keras(path, hints)
    with quiet():
        tf = _tensorflow()
        try:
            loaded = tf.saved_model.load(str(path))
            serve = loaded.signatures["serving_default"]
            ((name, spec),) = serve.structured_input_signature[1].items()
        except Exception as error:
            # TensorFlow raises a dozen classes here.
            raise InputError(
                f"{path} cannot be read ({first_line(error)})",
                "it needs the signature serving_default with one input",
            ) from error

    # The variables live only as long as what was loaded.
    def call(inputs: Any, _alive: Any = loaded) -> list[Any]:  # noqa: ANN401
        return list(serve(**{name: inputs}).values())

    def predict(inputs: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        return _as_list(call(tf.constant(inputs)))

    sizes = tuple(spec.shape.as_list())
    return Source(
        kind="SavedModel",
        shape=(1, *sizes[1:]),
        predict=predict,
        to_tflite=lambda fixed: function_to_tflite(call, fixed),
    )


def function_to_tflite(call: Callable[[Any], Any], shape: tuple[int, ...]) -> bytes:
    """Freezes what a function of TensorFlow computes into a float32 .tflite file.

    The variables become constants before the converter sees them: given a model of Keras 3 it
    would write a file without weights, and say nothing.

    Raises:
        ConvertError: it needs an op that TFLite does not have.
    """
    with quiet():
        tf = _tensorflow()
        from tensorflow.python.framework import convert_to_constants  # noqa: PLC0415

        spec = tf.TensorSpec(shape, tf.float32)
        try:
            concrete = tf.function(call).get_concrete_function(spec)
            frozen = convert_to_constants.convert_variables_to_constants_v2(concrete)
            converter = tf.lite.TFLiteConverter.from_concrete_functions([frozen])
            converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
            return bytes(converter.convert())
        except Exception as error:
            # The converter raises a class of its own, TensorFlow a dozen others.
            raise ConvertError(
                f"TFLite cannot say it with its own ops ({_missing_ops(error)})",
                "build the network of plain layers; recurrent ones with a fixed length",
            ) from error


def _missing_ops(error: Exception) -> str:
    lines = str(error).splitlines()
    listed = [line.strip() for line in lines if line.strip().startswith(("Flex ops", "TF Select"))]
    return (listed or [first_line(error)])[0]


def _framework(path: Path) -> Any:  # noqa: ANN401 - keras or tf_keras
    _tensorflow()
    if _version(path).startswith("3"):
        import keras  # noqa: PLC0415

        return keras
    import tf_keras  # noqa: PLC0415

    return tf_keras


def _version(path: Path) -> str:
    """The version of Keras that wrote a file; files before 2.0 do not say."""
    try:
        if path.is_dir():
            return "2"
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return str(json.loads(archive.read("metadata.json"))["keras_version"])
        import h5py  # noqa: PLC0415 - comes with tensorflow

        with h5py.File(path) as file:
            version = file.attrs.get("keras_version", "2")
        return version.decode() if isinstance(version, bytes) else str(version)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise InputError(
            f"{path} cannot be read ({first_line(error)})", "check that it came whole"
        ) from error


def _load(keras: Any, path: Path, hints: Hints) -> Any:  # noqa: ANN401
    try:
        if hints.builder is not None:
            model = named_object(hints.builder)()
            model.load_weights(str(path))
            return model
        layers = {layer.__name__: layer for layer in map(named_object, hints.custom)}
        return keras.models.load_model(
            str(path), custom_objects=layers, compile=False, safe_mode=not hints.trust
        )
    except GymboxError:
        raise
    except Exception as error:
        # Keras raises ValueError, TypeError, KeyError, OSError and more, in many lines.
        raise _explained(error, path) from error


def _explained(error: Exception, path: Path) -> ConvertError | InputError:
    text = str(error)
    if "Lambda" in text and ("unsafe" in text or "safe_mode" in text):
        return ConvertError(
            f"{path} holds a Lambda layer, which is code", "add --trust if you made the file"
        )
    if "custom" in text or "Unknown layer" in text or "Could not locate class" in text:
        return ConvertError(
            f"{path} has a layer of its own ({first_line(error)})",
            "name it with --custom module:Class",
        )
    return InputError(
        f"{path} cannot be read ({first_line(error)})",
        "is it a whole model? for weights alone name the code with --builder module:function",
    )


def _unroll(model: Any) -> None:  # noqa: ANN401
    """Turns the loops of recurrent layers into straight lines, which can be quantised.

    Rolled up they become one fused op that keeps its state from window to window, or a loop with
    ops that TFLite does not have.
    """
    for layer in model._flatten_layers():  # noqa: SLF001 - reaches into wrappers too
        if hasattr(layer, "unroll"):
            layer.unroll = True
        if hasattr(layer, "_could_use_gpu_kernel"):
            layer._could_use_gpu_kernel = False  # noqa: SLF001 - else tf-keras does not unroll


def _as_list(outputs: Any) -> list[NDArray[np.float32]]:  # noqa: ANN401
    several = outputs if isinstance(outputs, list | tuple) else [outputs]
    return [np.asarray(output, np.float32) for output in several]


def _tensorflow() -> Any:  # noqa: ANN401
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # The graphics card would be looked for, and complained about.
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    try:
        import tensorflow as tf  # noqa: PLC0415
    except ImportError as error:
        raise ConvertError(
            "TensorFlow is not installed", "pip install -r requirements/desktop.txt"
        ) from error
    return tf
