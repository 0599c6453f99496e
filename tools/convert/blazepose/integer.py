"""A plain float32 network rewritten in 8-bit integers, but for the layers that are to stay float.

Every layer is either integer as a whole (activations int8 with one scale a tensor, weights int8
with one scale a channel, bias int32) or float as a whole; QUANTIZE and DEQUANTIZE stand between.
The numbers follow https://ai.google.dev/edge/litert/models/quantization_spec, so both runtimes take
the file with their built-in kernels.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.convert.blazepose import graph as g

Range = tuple[float, float]

VERSIONS = {
    "CONV_2D": 3,
    "DEPTHWISE_CONV_2D": 3,
    "ADD": 2,
    "PAD": 2,
    "MAX_POOL_2D": 2,
    "RESIZE_BILINEAR": 3,
    "RESHAPE": 1,
    "DEPTH_TO_SPACE": 1,
}
"""The layers that can be integer, with the version of the operator that can."""

MOVES = ("PAD", "MAX_POOL_2D", "RESIZE_BILINEAR", "RESHAPE", "DEPTH_TO_SPACE")
"""Layers that only move values about: what comes out has the scale of what goes in."""

_CHANNELS = {"CONV_2D": 0, "DEPTHWISE_CONV_2D": 3}  # the axis of the output channels
_MOST_BIAS = 2.0**30


def layer(graph: g.Graph, op: Any) -> str:  # noqa: ANN401
    """The name of a layer: that of its output."""
    return g.name(graph, int(op.outputs[0]))


def to_integer(
    data: bytes,
    ranges: Mapping[str, Range],
    floats: AbstractSet[str],
    means: Mapping[str, NDArray[np.float64]],
) -> bytes:
    """Rewrites a network.

    Args:
        data: a file that `fold` made.
        ranges: for each computed tensor the least and the greatest value that it has to hold.
        floats: the layers that stay in float32.
        means: [channels] of each computed tensor and of the input; what rounded weights make of
            them is put right in the bias (section 4.2 of the paper named in `centre`).
    """
    return g.write(_Rewriter(g.read(data), ranges, floats, means).rewritten())


def scale_of(limits: Range) -> tuple[float, int]:
    """Scale and zero point of an int8 tensor; zero is held exactly."""
    low, high = min(limits[0], 0.0), max(limits[1], 0.0)
    scale = max((high - low) / 255.0, 1e-9)
    return scale, int(np.clip(round(-128 - low / scale), -128, 127))


class _Rewriter:
    def __init__(
        self,
        graph: g.Graph,
        ranges: Mapping[str, Range],
        floats: AbstractSet[str],
        means: Mapping[str, NDArray[np.float64]],
    ) -> None:
        self.graph = graph
        self.ranges, self.means = ranges, means
        self.old = list(graph.subgraphs[0].operators)
        self.integer = _choose(graph, floats)
        self.new: list[Any] = []
        self.as_int: dict[int, int] = {}  # float tensor -> its int8 twin
        self.as_float = {int(index) for index in graph.subgraphs[0].inputs}

    def rewritten(self) -> g.Graph:
        for op in self.old:
            if layer(self.graph, op) in self.integer:
                self._add_integer(op)
            else:
                op.inputs = np.array([self._float(int(index)) for index in op.inputs], np.int32)
                self.as_float |= {int(index) for index in op.outputs}
                self.new.append(op)
        for index in self.graph.subgraphs[0].outputs:
            self._float(int(index))
        self.graph.subgraphs[0].operators = self.new
        self._halve_constants()
        g.prune(self.graph)
        return self.graph

    def _add_integer(self, op: Any) -> None:  # noqa: ANN401
        kind, name = g.kind(self.graph, op), layer(self.graph, op)
        inputs = [int(index) for index in op.inputs]
        sources = [self._int(i) if g.constant(self.graph, i) is None else i for i in inputs]
        output = int(op.outputs[0])
        if kind in MOVES:
            scale, zero = self._scale(sources[0])
        else:
            scale, zero = scale_of(self.ranges[name])
        if kind in _CHANNELS:
            sources[1:] = self._parameters(op, kind, name, self._scale(sources[0])[0])
        self.as_int[output] = self._twin(output, scale, zero)
        op.opcodeIndex = g.opcode(self.graph, kind, VERSIONS[kind])
        op.inputs = np.array(sources, np.int32)
        op.outputs = np.array([self.as_int[output]], np.int32)
        self.new.append(op)

    def _parameters(self, op: Any, kind: str, name: str, scale_in: float) -> list[int]:  # noqa: ANN401
        """Integer weights and bias of a convolution."""
        axis, source = _CHANNELS[kind], int(op.inputs[0])
        weights = g.constant(self.graph, int(op.inputs[1]))
        bias = g.constant(self.graph, int(op.inputs[2])).astype(np.float64)
        others = tuple(a for a in range(weights.ndim) if a != axis)
        scale = np.abs(weights).max(axis=others) / 127.0
        # A channel of hardly any weight would need a bias beyond 32 bits.
        scale = np.maximum(scale, np.abs(bias) / scale_in / _MOST_BIAS)
        scale = np.maximum(scale, 1e-9).astype(np.float32).astype(np.float64)
        shape = [-1 if a == axis else 1 for a in range(weights.ndim)]
        whole = np.clip(np.round(weights / scale.reshape(shape)), -127, 127).astype(np.int8)
        lost = (weights - whole * scale.reshape(shape)) * self.means[g.name(self.graph, source)]
        bias = bias + lost.sum(axis=others)
        zeros = np.zeros(len(scale), np.int64)
        made = []
        for label, values, by, along in (
            (f"{name}/weights", whole, scale, axis),
            (
                f"{name}/bias",
                np.round(bias / (scale * scale_in)).astype(np.int32),
                scale * scale_in,
                0,
            ),
        ):
            index = g.add_tensor(
                self.graph, label, values.shape, values.dtype.type, (by, zeros, along)
            )
            g.set_constant(self.graph, index, values)
            made.append(index)
        return made

    def _int(self, tensor: int) -> int:
        """The int8 twin of a tensor, quantised here if nothing made it."""
        if tensor not in self.as_int:
            scale, zero = scale_of(self.ranges[g.name(self.graph, tensor)])
            self.as_int[tensor] = self._twin(tensor, scale, zero)
            self._convert("QUANTIZE", 1, tensor, self.as_int[tensor])
        return self.as_int[tensor]

    def _float(self, tensor: int) -> int:
        """A tensor in float32, turned back here if an integer layer made it."""
        if tensor >= 0 and tensor not in self.as_float and tensor in self.as_int:
            self._convert("DEQUANTIZE", 2, self.as_int[tensor], tensor)
            self.as_float.add(tensor)
        return tensor

    def _convert(self, kind: str, version: int, source: int, target: int) -> None:
        code = g.opcode(self.graph, kind, version)
        self.new.append(g.operator(code, [source], [target]))

    def _twin(self, tensor: int, scale: float, zero: int) -> int:
        return g.add_tensor(
            self.graph,
            f"{g.name(self.graph, tensor)}/int8",
            g.shape(self.graph, tensor),
            np.int8,
            (np.array([scale]), np.array([zero]), 0),
        )

    def _scale(self, tensor: int) -> tuple[float, int]:
        held = self.graph.subgraphs[0].tensors[tensor].quantization
        return float(held.scale[0]), int(held.zeroPoint[0])

    def _halve_constants(self) -> None:
        """Stores the weights of float layers as they were published: float16, behind DEQUANTIZE."""
        used = {int(i) for op in self.new for i in op.inputs if i >= 0}
        front = []
        for tensor in sorted(used):
            values = g.constant(self.graph, tensor)
            if values is None or values.dtype != np.float32:
                continue
            half = values.astype(np.float16)
            if not np.array_equal(half.astype(np.float32), values):
                continue
            label = f"{g.name(self.graph, tensor)}/half"
            packed = g.add_tensor(self.graph, label, values.shape, np.float16)
            g.set_constant(self.graph, packed, half)
            self.graph.subgraphs[0].tensors[tensor].buffer = 0
            code = g.opcode(self.graph, "DEQUANTIZE", 3)
            front.append(g.operator(code, [packed], [tensor]))
        self.graph.subgraphs[0].operators[:0] = front


def _choose(graph: g.Graph, floats: AbstractSet[str]) -> set[str]:
    """The layers that become integer: those that may, and movers that touch one of them."""
    operators = graph.subgraphs[0].operators
    kinds = {layer(graph, op): g.kind(graph, op) for op in operators}
    movers = {name for name, kind in kinds.items() if kind in MOVES}
    chosen = {n for n, kind in kinds.items() if kind in VERSIONS and n not in floats} - movers
    edges = [
        (g.name(graph, int(i)), layer(graph, op)) for op in operators for i in op.inputs if i >= 0
    ]
    for _ in movers:  # a mover may stand behind another
        near = {b for a, b in edges if a in chosen} | {a for a, b in edges if b in chosen}
        chosen |= (near & movers) - floats
    return chosen
