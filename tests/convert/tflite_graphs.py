"""Small .tflite files made by hand, so that tests need neither torch nor tensorflow."""

import numpy as np
from numpy.typing import NDArray

from tools.convert.blazepose import graph as g


def dense(weights: NDArray[np.float32], *, signature: bool = True) -> bytes:
    """One dense layer: input [1, n], weights [outputs, n]."""
    graph = g.schema.ModelT()
    graph.version, graph.description = 3, b"by hand"
    graph.operatorCodes, graph.buffers = [], [g.schema.BufferT()]
    main = g.schema.SubGraphT()
    main.tensors, main.operators = [], []
    graph.subgraphs = [main]
    given = g.add_tensor(graph, "given", (1, weights.shape[1]), np.float32)
    kernel = g.add_tensor(graph, "kernel", weights.shape, np.float32)
    g.set_constant(graph, kernel, weights)
    result = g.add_tensor(graph, "result", (1, weights.shape[0]), np.float32)
    op = g.operator(g.opcode(graph, "FULLY_CONNECTED", 1), [given, kernel, -1], [result])
    op.builtinOptionsType = g.schema.BuiltinOptions.FullyConnectedOptions
    op.builtinOptions = g.schema.FullyConnectedOptionsT()
    main.operators = [op]
    main.inputs = np.array([given], np.int32)
    main.outputs = np.array([result], np.int32)
    g.set_outputs(graph, [result])
    if not signature:
        graph.signatureDefs = None
    return g.write(graph)
