"""Takes the mean out of every channel of the linear bottlenecks.

Between two inverted residuals values swing by 1 to 4 about means from -75 to 140, so that 256
levels over the whole range leave a channel a handful. A mean that is taken off the bias of the
layer before and put on the bias of the layer behind changes nothing in float, and leaves integers
the swing only. It is the bias absorption of Nagel et al., Data-Free Quantization Through Weight
Equalization and Bias Correction (2019), for layers without an activation.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.convert.blazepose import graph as g

_NO_ACTIVATION = g.schema.ActivationFunctionType.NONE


def centre(graph: g.Graph, means: Mapping[str, NDArray[np.float64]]) -> set[str]:
    """Rewrites a plain float32 network into one that computes the same.

    Where a layer cannot take the mean over, for its zero padding is no longer zero, an ADD puts it
    back first.

    Args:
        graph: changed in place.
        means: [channels] of each computed tensor.

    Returns:
        Names of the layers that have to stay float: those ADDs and the layers behind them.
    """
    subgraph = graph.subgraphs[0]
    consumers = _consumers(graph)
    outputs = {int(index) for index in subgraph.outputs}
    taken: dict[int, NDArray[np.float64]] = {}
    restored: dict[int, int] = {}
    floats: set[str] = set()
    operators = []
    for op in subgraph.operators:
        result = int(op.outputs[0])
        offsets = [taken.get(int(index)) for index in op.inputs]
        if any(offset is not None for offset in offsets):
            if _takes_over(graph, op):
                _shift_bias(graph, op, _carried(graph, op, offsets[0]))
            elif _is_sum(graph, op):
                taken[result] = sum(offset for offset in offsets if offset is not None)
            else:
                for place, offset in enumerate(offsets):
                    if offset is not None:
                        source = int(op.inputs[place])
                        if source not in restored:
                            operators.append(_restore(graph, source, offset))
                            restored[source] = int(operators[-1].outputs[0])
                            floats.add(g.name(graph, restored[source]))
                        g.set_input(op, place, restored[source])
                floats.add(g.name(graph, result))
        if _is_linear(graph, op) and result not in outputs and _worth(graph, consumers[result]):
            taken[result] = means[g.name(graph, result)]
            _shift_bias(graph, op, -taken[result])
        operators.append(op)
    subgraph.operators = operators
    return floats


def _consumers(graph: g.Graph) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {int(op.outputs[0]): [] for op in graph.subgraphs[0].operators}
    for op in graph.subgraphs[0].operators:
        for index in op.inputs:
            if int(index) in found:
                found[int(index)].append(op)
    return found


def _is_linear(graph: g.Graph, op: Any) -> bool:  # noqa: ANN401
    options = op.builtinOptions
    return g.kind(graph, op) == "CONV_2D" and options.fusedActivationFunction == _NO_ACTIVATION


def _is_sum(graph: g.Graph, op: Any) -> bool:  # noqa: ANN401
    options = op.builtinOptions
    return g.kind(graph, op) == "ADD" and options.fusedActivationFunction == _NO_ACTIVATION


def _takes_over(graph: g.Graph, op: Any) -> bool:  # noqa: ANN401
    """Whether the layer sees the mean alike everywhere: a convolution without padding."""
    if g.kind(graph, op) != "CONV_2D":
        return False
    size = g.shape(graph, int(op.inputs[1]))[1:3]
    return size == (1, 1) or op.builtinOptions.padding == g.schema.Padding.VALID


def _worth(graph: g.Graph, behind: list[Any]) -> bool:
    """Whether somebody takes the mean over, and nobody needs it back at the cost of a big ADD."""
    kinds = [_takes_over(graph, op) or _is_sum(graph, op) for op in behind]
    thin = [g.kind(graph, op) == "DEPTHWISE_CONV_2D" for op in behind]
    return any(kinds) and all(a or b for a, b in zip(kinds, thin, strict=True))


def _carried(
    graph: g.Graph,
    op: Any,  # noqa: ANN401
    offset: NDArray[np.float64],
) -> NDArray[np.float64]:
    """[outputs] what a convolution makes of the mean."""
    weights = g.constant(graph, int(op.inputs[1])).astype(np.float64)
    carried: NDArray[np.float64] = np.einsum("oyxi,i->o", weights, offset)
    return carried


def _shift_bias(graph: g.Graph, op: Any, by: NDArray[np.float64]) -> None:  # noqa: ANN401
    """Gives the layer a bias of its own; several may share one."""
    old = int(op.inputs[2])
    bias = g.constant(graph, old).astype(np.float64) + by
    label = f"{g.name(graph, int(op.outputs[0]))}/centred_bias"
    new = g.add_tensor(graph, label, bias.shape, np.float32)
    g.set_constant(graph, new, bias.astype(np.float32))
    g.set_input(op, 2, new)


def _restore(graph: g.Graph, tensor: int, offset: NDArray[np.float64]) -> Any:  # noqa: ANN401
    label = g.name(graph, tensor)
    mean = g.add_tensor(graph, f"{label}/mean", (1, 1, 1, len(offset)), np.float32)
    g.set_constant(graph, mean, offset.astype(np.float32).reshape(1, 1, 1, -1))
    whole = g.add_tensor(graph, f"{label}/restored", g.shape(graph, tensor), np.float32)
    op = g.operator(g.opcode(graph, "ADD", 1), [tensor, mean], [whole])
    op.builtinOptionsType = g.schema.BuiltinOptions.AddOptions
    op.builtinOptions = g.schema.AddOptionsT()
    return op
