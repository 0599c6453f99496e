"""From trained weights to the files that the box runs, in float and in int8."""

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


def to_float(network: PhaseNetwork, temperature: float, size: int) -> bytes:
    """The float32 .tflite of a network, with probabilities at a temperature."""
    return to_tflite(Answer(network, temperature).eval(), (1, size, size, 3))


def to_int8(model: bytes, samples: Sequence[NDArray[np.float32]]) -> bytes:
    """Its int8 twin; the interface stays float."""
    return quantise(model, samples, "int8")


def calibration(folder: Path, rows: Sequence[Row], size: int) -> list[NDArray[np.float32]]:
    """Inputs [1, size, size, 3] from pictures spread evenly over the rows, as the box sees them."""
    chosen = [rows[index] for index in np.linspace(0, len(rows) - 1, CALIBRATION).astype(int)]
    low, high = INPUT_RANGE
    return [
        (picture[None].astype(np.float32) * ((high - low) / 255) + low).astype(np.float32)
        for picture in plain(folder, chosen, size)
    ]
