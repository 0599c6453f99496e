"""A published file made plain: constants in float32, only the outputs that the box reads.

The published weights are float16 behind DEQUANTIZE operators, those of the detector sparse behind
DENSIFY too. Quantisers take neither for a constant and leave such a file as it is.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tools.convert.blazepose import graph as g
from tools.convert.blazepose.run import Runner

_UNPACK = ("DEQUANTIZE", "DENSIFY")


def fold(data: bytes, outputs: Sequence[str] | None = None) -> g.Graph:
    """The network with plain constants.

    Args:
        data: a .tflite file.
        outputs: names of the outputs to keep, in order; all of them if None. What leads to none of
            them is dropped.
    """
    graph = g.read(data)
    subgraph = graph.subgraphs[0]
    packed = [op for op in subgraph.operators if g.kind(graph, op) in _UNPACK]
    results = [int(op.outputs[0]) for op in packed]
    for tensor, values in zip(results, _computed(data, results), strict=True):
        g.set_constant(graph, tensor, values)
    subgraph.operators = [op for op in subgraph.operators if g.kind(graph, op) not in _UNPACK]
    kept = [int(index) for index in subgraph.outputs]
    if outputs is not None:
        known = {g.name(graph, index): index for index in kept}
        kept = [known[label] for label in outputs]
    g.set_outputs(graph, kept)
    g.prune(graph)
    return graph


def _computed(data: bytes, tensors: list[int]) -> list[NDArray[np.float32]]:
    """What the interpreter makes of tensors that depend on constants only."""
    graph = g.read(data)
    by_shape = list(tensors)
    graph.subgraphs[0].outputs = np.array(by_shape, np.int32)
    graph.signatureDefs = None
    runner = Runner(g.write(graph), delegate=False)
    runner.run(np.zeros(runner.input_shape, np.float32))
    return [runner.tensor(index).astype(np.float32) for index in by_shape]
