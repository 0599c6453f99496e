"""Outputs of operators that nothing reads, taken out before quantising."""

from typing import Any

import numpy as np

from tools.convert.blazepose import graph as g


def without_loose_ends(model: bytes) -> bytes:
    """Replaces each SPLIT of which a part is not read by a SLICE for every part that is.

    The first step of an unrolled LSTM leaves such parts. The quantiser cannot measure them, and
    XNNPACK refuses the whole model if they are quantised.
    """
    graph = g.read(model)
    main = graph.subgraphs[0]
    read = {int(index) for op in main.operators for index in op.inputs}
    read |= {int(index) for index in main.outputs}
    operators: list[Any] = []
    changed = False
    for op in main.operators:
        if g.kind(graph, op) == "SPLIT" and not {int(index) for index in op.outputs} <= read:
            operators += _slices(graph, op, read)
            changed = True
        else:
            operators.append(op)
    if not changed:
        return model
    main.operators = operators
    g.prune(graph)
    return g.write(graph)


def _slices(graph: g.Graph, op: Any, read: set[int]) -> list[Any]:  # noqa: ANN401
    axis_values = g.constant(graph, int(op.inputs[0]))
    if axis_values is None:
        return [op]
    axis = int(axis_values.ravel()[0])
    code = g.opcode(graph, "SLICE", 1)
    made = []
    for place, output in enumerate(int(index) for index in op.outputs):
        if output not in read:
            continue
        size = np.array(g.shape(graph, output), np.int32)
        begin = np.zeros_like(size)
        begin[axis] = place * size[axis]
        ends = [
            _constant(graph, f"part{output}{word}", values)
            for word, values in (("_begin", begin), ("_size", size))
        ]
        part = g.operator(code, [int(op.inputs[1]), *ends], [output])
        part.builtinOptionsType = g.schema.BuiltinOptions.SliceOptions
        part.builtinOptions = g.schema.SliceOptionsT()
        made.append(part)
    return made


def _constant(graph: g.Graph, name: str, values: Any) -> int:  # noqa: ANN401
    tensor = g.add_tensor(graph, name, values.shape, np.int32)
    g.set_constant(graph, tensor, values)
    return tensor
