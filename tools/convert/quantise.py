"""Eight-bit integers for weights and, where they are calibrated, for everything in between.

As a command: `python -m tools.convert quantise TASK|FILE.tflite`; a task brings its own recipe.
"""

import argparse
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import GymboxError
from tools.convert.calibration_ranges import Ranges, collect_ranges
from tools.convert.loose_ends import without_loose_ends
from tools.convert.quiet import quiet
from tools.convert.sources.source import first_line

Kind = Literal["int8", "int8-mixed", "int8-weights"]
Granularity = Literal["CHANNELWISE", "TENSORWISE"]


TASKS = ("phase", "sequence", "blazepose")
"""Each has a `quantise` module in its package."""


class QuantiseError(GymboxError):
    """A model cannot be quantised, or nothing of it was."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to quantise; the options that follow are the affair of that."""
    parser.add_argument("what", metavar="TASK|FILE", help=f"{', '.join(TASKS)}, or a .tflite file")
    parser.add_argument("options", nargs=argparse.REMAINDER, help="TASK --help lists them")


def run(args: argparse.Namespace) -> int:
    """Quantises; returns the exit code."""
    name = f"{args.what}.quantise" if args.what in TASKS else "quantise_file"
    module = import_module(f"tools.convert.{name}")
    parser = argparse.ArgumentParser(prog=f"python -m tools.convert quantise {args.what}")
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(args.options, argparse.Namespace(what=args.what))))


def quantise(
    model: bytes,
    calibration: Iterable[NDArray[np.float32]],
    kind: Kind,
    keep_float: Sequence[str] = (),
    *,
    ranges: Ranges = "extremes",
    dense: Granularity = "CHANNELWISE",
) -> bytes:
    """Quantises a float32 TFLite model with one input and a signature.

    The interface stays float32, so the device need
    not know. Both runtimes load and run the result.

    Args:
        model: the .tflite file.
        calibration: inputs as the box will see them, each float32 of the input's shape; a hundred
            or more. Not looked at for int8-weights.
        kind: int8: all that has an integer form. int8-mixed: the same but for `keep_float`.
            int8-weights: the weights are stored as int8 and computed with in float.
        keep_float: what stays in float: names of ops (`SOFTMAX`) or regular expressions that are
            searched for in the names of the tensors that ops write.
        ranges: how the range of a tensor follows from those of the samples.
        dense: one scale for each output of a dense layer, or one for the layer. An unrolled LSTM
            repeats them at each step, and many make its file larger than the float one.

    Raises:
        QuantiseError: nothing to calibrate with, the model has no weights to quantise or something
            that the quantiser does not know.
        ValueError: `keep_float` and `kind` contradict each other.
    """
    from ai_edge_quantizer.quantizer import Quantizer  # noqa: PLC0415 - desktop only, and slow

    if (kind == "int8-mixed") != bool(keep_float) and kind != "int8-weights":
        raise ValueError(f"{kind} with {list(keep_float)} kept in float")
    samples: list[NDArray[np.float32]] = []
    if kind != "int8-weights":
        samples = [np.ascontiguousarray(sample, np.float32) for sample in calibration]
        if not samples:
            raise QuantiseError("there is nothing to calibrate with", "give pictures or windows")
    try:
        with quiet():
            model = without_loose_ends(model)
            quantizer = Quantizer(model)
            _fill_recipe(quantizer, kind, keep_float, dense)
            recipe = quantizer.get_quantization_recipe()
            found = collect_ranges(model, recipe, samples, ranges) if samples else None
            result = quantizer.quantize(found, enable_progress_report=False).quantized_model
            quantised = bytes(result)
            integers = _has_integers(quantised)
    except Exception as error:
        # The quantiser and the runtime raise classes of all kinds.
        raise QuantiseError(
            f"the model cannot be quantised ({first_line(error)})",
            "try --kind int8-weights, or leave the operator in float with --keep-float",
        ) from error
    # A model with float16 weights passes through unchanged.
    if not integers:
        raise QuantiseError("nothing of the model was quantised", "is it a float32 model?")
    return quantised


def _has_integers(model: bytes) -> bool:
    from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415

    details = Interpreter(model_content=model).get_tensor_details()
    return any(detail["dtype"] == np.int8 for detail in details)


def _fill_recipe(
    quantizer: Any,  # noqa: ANN401 - its class is imported late
    kind: Kind,
    keep_float: Sequence[str],
    dense: Granularity,
) -> None:
    """Says what becomes of each op; what comes later counts more."""
    from ai_edge_quantizer.qtyping import QuantGranularity  # noqa: PLC0415
    from ai_edge_quantizer.qtyping import TFLOperationName as Op  # noqa: PLC0415

    scales = {"weight_granularity": QuantGranularity(dense)}

    if kind == "int8-weights":
        quantizer.add_weight_only_config(".*", Op.ALL_SUPPORTED, num_bits=8)
    else:
        quantizer.add_static_config(
            ".*", Op.ALL_SUPPORTED, activation_num_bits=8, weight_num_bits=8
        )
        quantizer.add_static_config(
            ".*", Op.FULLY_CONNECTED, activation_num_bits=8, weight_num_bits=8, **scales
        )
        for interface in (Op.INPUT, Op.OUTPUT):
            quantizer.update_quantization_recipe(".*", interface, algorithm_key="no_quantize")
    ops = {op.value: op for op in Op}
    for entry in keep_float:
        regex, op = (".*", ops[entry]) if entry in ops else (entry, Op.ALL_SUPPORTED)
        quantizer.update_quantization_recipe(regex, op, algorithm_key="no_quantize")
