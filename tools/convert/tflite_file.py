"""What is in a .tflite file, and two things that the factory adds to one."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from gymbox.errors import InputError
from tools.convert.blazepose import graph as g
from tools.convert.blazepose.fold import fold

_MAGIC = b"TFL3"
_INTEGERS = (9, 17, 16)  # int8, int4, int16 in the schema
_FLOAT = 0
_PACKED = ("DEQUANTIZE", "DENSIFY")  # in front of float16 and sparse constants


@dataclass(frozen=True, slots=True)
class Contents:
    """A file in short.

    Attributes:
        inputs: shapes.
        outputs: shapes.
        floats: whether all of both are float32.
        ops: how many there are of each.
        custom: names of those that are not built in; those of TensorFlow begin with Flex.
        integers: whether anything is quantised.
    """

    inputs: tuple[tuple[int, ...], ...]
    outputs: tuple[tuple[int, ...], ...]
    floats: bool
    ops: Counter[str]
    custom: tuple[str, ...]
    integers: bool


def contents(model: bytes) -> Contents:
    """Reads a file without running it.

    Raises:
        InputError: it is none, or one with more than the one graph.
    """
    graph = _read(model)
    main = graph.subgraphs[0]
    ends = [int(index) for index in (*main.inputs, *main.outputs)]
    codes = graph.operatorCodes
    return Contents(
        inputs=tuple(g.shape(graph, int(index)) for index in main.inputs),
        outputs=tuple(g.shape(graph, int(index)) for index in main.outputs),
        floats=all(main.tensors[index].type == _FLOAT for index in ends),
        ops=Counter(g.kind(graph, op) for part in graph.subgraphs for op in part.operators),
        custom=tuple(sorted({code.customCode.decode() for code in codes if code.customCode})),
        integers=any(
            tensor.type in _INTEGERS for part in graph.subgraphs for tensor in part.tensors
        ),
    )


def plain(model: bytes) -> bytes:
    """The same network with float32 constants and a signature, as the quantiser needs it.

    Raises:
        InputError: the file is damaged, or quantised already.
    """
    if contents(model).integers:
        raise InputError("the model is quantised already", "give the float model")
    graph = _read(model)
    if any(g.kind(graph, op) in _PACKED for op in graph.subgraphs[0].operators):
        return g.write(fold(model))
    if graph.signatureDefs:
        return model
    g.set_outputs(graph, [int(index) for index in graph.subgraphs[0].outputs])
    return g.write(graph)


def with_softmax(model: bytes) -> bytes:
    """Turns the logits of a classifier's only output into probabilities."""
    graph = _read(model)
    main = graph.subgraphs[0]
    (logits,) = (int(index) for index in main.outputs)
    result = g.add_tensor(graph, "probabilities", g.shape(graph, logits), np.float32)
    op = g.operator(g.opcode(graph, "SOFTMAX", 1), [logits], [result])
    op.builtinOptionsType = g.schema.BuiltinOptions.SoftmaxOptions
    op.builtinOptions = g.schema.SoftmaxOptionsT()
    op.builtinOptions.beta = 1.0
    main.operators.append(op)
    g.set_outputs(graph, [result])
    return g.write(graph)


def _read(model: bytes) -> g.Graph:
    if model[4:8] != _MAGIC:
        raise InputError("the file is no TFLite model", "check that it came whole")
    try:
        return g.read(model)
    except Exception as error:
        # The reader of flatbuffers raises whatever it stumbles upon.
        raise InputError("the TFLite file is damaged", "check that it came whole") from error
