"""An inverted residual made by hand, the way the published pose networks are stored."""

import numpy as np
from numpy.typing import NDArray

from tools.convert.blazepose import graph as g

SIDE, THIN, WIDE = 8, 4, 12
_RELU6 = g.schema.ActivationFunctionType.RELU6
_NONE = g.schema.ActivationFunctionType.NONE


class Builder:
    """Adds layers with random weights, float16 behind DEQUANTIZE."""

    def __init__(self, seed: int) -> None:
        self.chance = np.random.default_rng(seed)
        self.graph = g.schema.ModelT()
        self.graph.version, self.graph.description = 3, b"by hand"
        self.graph.operatorCodes, self.graph.buffers = [], [g.schema.BufferT()]
        self.main = g.schema.SubGraphT()
        self.main.tensors, self.main.operators = [], []
        self.graph.subgraphs = [self.main]

    def constant(self, label: str, values: NDArray[np.float64]) -> int:
        half = g.add_tensor(self.graph, f"{label}/half", values.shape, np.float16)
        g.set_constant(self.graph, half, values.astype(np.float16))
        whole = g.add_tensor(self.graph, label, values.shape, np.float32)
        op = g.operator(g.opcode(self.graph, "DEQUANTIZE", 3), [half], [whole])
        self.main.operators.append(op)
        return whole

    def conv(
        self,
        label: str,
        source: int,
        channels: int,
        *,
        size: int = 1,
        relu: bool,
        bias: float = 0.5,
    ) -> int:
        inputs = g.shape(self.graph, source)[3]
        weights = self.chance.normal(
            0, (size * size * inputs) ** -0.5, (channels, size, size, inputs)
        )
        options = g.schema.Conv2DOptionsT()
        options.dilationWFactor = options.dilationHFactor = 1
        offsets = self.chance.normal(0, bias, channels)
        return self._layer("CONV_2D", label, source, weights, offsets, options=options, relu=relu)

    def depthwise(self, label: str, source: int, *, relu: bool) -> int:
        channels = g.shape(self.graph, source)[3]
        weights = self.chance.normal(0, 0.4, (1, 3, 3, channels))
        options = g.schema.DepthwiseConv2DOptionsT()
        options.depthMultiplier = options.dilationWFactor = options.dilationHFactor = 1
        offsets = self.chance.normal(0, 0.5, channels)
        return self._layer(
            "DEPTHWISE_CONV_2D", label, source, weights, offsets, options=options, relu=relu
        )

    def _layer(self, kind, label, source, weights, offsets, *, options, relu) -> int:  # noqa: ANN001
        inputs = [
            source,
            self.constant(f"{label}/w", weights),
            self.constant(f"{label}/b", offsets),
        ]
        result = g.add_tensor(self.graph, label, (1, SIDE, SIDE, len(offsets)), np.float32)
        op = g.operator(g.opcode(self.graph, kind, 1), inputs, [result])
        options.strideW = options.strideH = 1
        options.padding = g.schema.Padding.SAME
        options.fusedActivationFunction = _RELU6 if relu else _NONE
        name = type(options).__name__.removesuffix("T")
        op.builtinOptionsType = getattr(g.schema.BuiltinOptions, name)
        op.builtinOptions = options
        self.main.operators.append(op)
        return result

    def add(self, label: str, one: int, other: int) -> int:
        result = g.add_tensor(self.graph, label, g.shape(self.graph, one), np.float32)
        op = g.operator(g.opcode(self.graph, "ADD", 1), [one, other], [result])
        op.builtinOptionsType = g.schema.BuiltinOptions.AddOptions
        op.builtinOptions = g.schema.AddOptionsT()
        self.main.operators.append(op)
        return result


def residual(seed: int = 1, offset: float = 20.0) -> bytes:
    """Stem, bottleneck, expansion, depthwise, bottleneck, sum; two outputs and one to be cut.

    Args:
        seed: of the weights.
        offset: how far the means of the bottlenecks lie from zero.
    """
    made = Builder(seed)
    picture = g.add_tensor(made.graph, "picture", (1, SIDE, SIDE, 3), np.float32)
    made.main.inputs = np.array([picture], np.int32)
    stem = made.conv("stem", picture, WIDE, size=3, relu=True)
    thin = made.conv("thin", stem, THIN, relu=False, bias=offset)
    wide = made.depthwise("deep", made.conv("wide", thin, WIDE, relu=True), relu=True)
    total = made.add("sum", thin, made.conv("thin_again", wide, THIN, relu=False, bias=offset))
    seen = made.conv("seen", total, WIDE, relu=True)
    branch = made.depthwise("branch", total, relu=True)
    mask = made.conv("mask", seen, 1, relu=False)
    g.set_outputs(made.graph, [seen, branch, mask])
    return g.write(made.graph)
