"""From trained weights to the files that the box runs, in float and in int8."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.convert.phase.frames import Row
from tools.convert.phase.network import INPUT_RANGE, Answer, PhaseNetwork
from tools.convert.phase.views import plain
from tools.convert.quantise import quantise
from tools.convert.torch_source import to_tflite

CALIBRATION = 300
"""Pictures that the ranges of the activations are measured on."""
IN_FLOAT = 6
"""Convolutions that stay in float: the stem and the first two blocks.

ImageNet's weights leave channels of very different size there. All in int8 took 6 points of
accuracy on the frames of one fold (89.8 to 83.4 %), weights alone 2; with these six in float it was
89.4 %, with any later quarter of the layers in float no better than with none. They are a sixth of
the work.
"""


def to_float(network: PhaseNetwork, temperature: float, size: int) -> bytes:
    """The float32 .tflite of a network, with probabilities at a temperature."""
    return to_tflite(Answer(network, temperature).eval(), (1, size, size, 3))


def to_int8(model: bytes, samples: Sequence[NDArray[np.float32]]) -> bytes:
    """Its twin in int8, but for the first layers; the interface stays float."""
    return quantise(model, samples, "int8-mixed", _first_convolutions(model))


def _first_convolutions(model: bytes) -> list[str]:
    """Regular expressions of the tensors that the first convolutions write."""
    from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415 - desktop only

    interpreter = Interpreter(model_content=model)
    names = {detail["index"]: detail["name"] for detail in interpreter.get_tensor_details()}
    written = [
        names[op["outputs"][0]]
        for op in interpreter._get_ops_details()  # noqa: SLF001 - nothing public tells the order
        if op["op_name"] in ("CONV_2D", "DEPTHWISE_CONV_2D")
    ]
    return [f"^{re.escape(name)};?$" for name in written[:IN_FLOAT]]


def calibration(folder: Path, rows: Sequence[Row], size: int) -> list[NDArray[np.float32]]:
    """Inputs [1, size, size, 3] from pictures spread evenly over the rows, as the box sees them."""
    chosen = [rows[index] for index in np.linspace(0, len(rows) - 1, CALIBRATION).astype(int)]
    low, high = INPUT_RANGE
    return [
        (picture[None].astype(np.float32) * ((high - low) / 255) + low).astype(np.float32)
        for picture in plain(folder, chosen, size)
    ]
