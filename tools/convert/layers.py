"""Where a quantised model parts from its float original, operator by operator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.convert import runner
from tools.convert.blazepose import graph as g
from tools.convert.quiet import quiet


@dataclass(frozen=True, slots=True)
class Layer:
    """One operator's output in both models.

    Attributes:
        op: the operator's name, as `--keep-float` takes it.
        tensor: the name of what it writes, as `--keep-float` takes it.
        decibels: signal over noise; below 20 a tenth of the signal is noise.
    """

    op: str
    tensor: str
    decibels: float


def compare_layers(
    model: bytes, quantised: bytes, inputs: NDArray[np.float32], most: int = 8
) -> list[Layer]:
    """Runs both with all intermediate values kept, and matches these by name.

    Args:
        model: float .tflite file.
        quantised: made from it, so that the tensors have the same names.
        inputs: [n, 1, ...].
        most: how many of them are run.

    Returns:
        The operators, the noisiest first.
    """
    ops = _writers(model)
    signal, noise = dict.fromkeys(ops, 0.0), dict.fromkeys(ops, 0.0)
    seen = set()
    with quiet():
        pair = [
            runner.interpreter(data, experimental_preserve_all_tensors=True)
            for data in (model, quantised)
        ]
    for sample in inputs[:most]:
        before, after = (_values(made, sample, ops) for made in pair)
        for name in before.keys() & after.keys():
            if before[name].shape == after[name].shape:
                seen.add(name)
                signal[name] += float((before[name] ** 2).sum())
                noise[name] += float(((before[name] - after[name]) ** 2).sum())
    layers = [
        Layer(ops[name], name, round(_decibels(signal[name], noise[name]), 1)) for name in seen
    ]
    return sorted(layers, key=lambda layer: (layer.decibels, layer.tensor))


def _writers(model: bytes) -> dict[str, str]:
    """For each tensor that an operator computes, the name of that operator."""
    graph = g.read(model)
    return {
        g.name(graph, int(index)): g.kind(graph, op)
        for op in graph.subgraphs[0].operators
        for index in op.outputs
    }


def _values(made: Any, sample: Any, names: Mapping[str, str]) -> dict[str, NDArray[np.float64]]:  # noqa: ANN401
    """Every named tensor after one run, as real numbers; integers are scaled back."""
    made.set_tensor(made.get_input_details()[0]["index"], sample)
    made.invoke()
    values: dict[str, NDArray[np.float64]] = {}
    for detail in made.get_tensor_details():
        if detail["name"] not in names:
            continue
        try:
            raw = np.asarray(made.get_tensor(detail["index"]), np.float64)
        except ValueError:  # a part that nothing reads has no memory
            continue
        scale, zero = detail["quantization"]
        values[detail["name"]] = (raw - zero) * scale if scale else raw
    return values


def _decibels(signal: float, noise: float) -> float:
    if not noise:
        return 200.0
    return float(10 * np.log10(max(signal, 1e-30) / noise))
