"""A .tflite file as Python objects: read, walked, written.

The object interface of the schema that ai-edge-litert brings; nothing here knows about BlazePose.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from numpy.typing import NDArray

Graph = Any
"""A `schema.ModelT` with one subgraph."""

_DTYPES = {
    schema.TensorType.FLOAT32: np.float32,
    schema.TensorType.FLOAT16: np.float16,
    schema.TensorType.INT32: np.int32,
    schema.TensorType.INT8: np.int8,
}
_NAMES = {code: name for name, code in vars(schema.BuiltinOperator).items() if name[0] != "_"}
_LAST_OF_OLD = 127  # codes up to here stand in the deprecated field too


def read(data: bytes) -> Graph:
    """The objects of a file."""
    return schema.ModelT.InitFromObj(schema.Model.GetRootAs(data, 0))


def write(graph: Graph) -> bytes:
    """The file of some objects."""
    import flatbuffers  # noqa: PLC0415 - comes with ai-edge-litert

    builder = flatbuffers.Builder(1 << 20)
    builder.Finish(graph.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def kind(graph: Graph, op: Any) -> str:  # noqa: ANN401 - the schema has no type information
    """The name of an operator, such as CONV_2D."""
    code = graph.operatorCodes[op.opcodeIndex]
    return _NAMES[max(code.builtinCode, code.deprecatedBuiltinCode)]


def opcode(graph: Graph, name: str, version: int) -> int:
    """The index of an operator's code in the table, added if it is not there."""
    builtin = getattr(schema.BuiltinOperator, name)
    for index, code in enumerate(graph.operatorCodes):
        if max(code.builtinCode, code.deprecatedBuiltinCode) == builtin and code.version == version:
            return index
    code = schema.OperatorCodeT()
    code.builtinCode, code.deprecatedBuiltinCode = builtin, min(builtin, _LAST_OF_OLD)
    code.version = version
    graph.operatorCodes.append(code)
    return len(graph.operatorCodes) - 1


def constant(graph: Graph, tensor: int) -> NDArray[Any] | None:
    """The values of a constant tensor; None for one that is computed."""
    described = graph.subgraphs[0].tensors[tensor]
    data = graph.buffers[described.buffer].data
    if data is None or len(data) == 0 or described.sparsity is not None:
        return None
    values: NDArray[Any] = np.frombuffer(bytes(bytearray(data)), _DTYPES[described.type])
    return values.reshape(shape(graph, tensor))


def shape(graph: Graph, tensor: int) -> tuple[int, ...]:
    """The shape of a tensor."""
    sizes = graph.subgraphs[0].tensors[tensor].shape
    return () if sizes is None else tuple(int(size) for size in sizes)


def name(graph: Graph, tensor: int) -> str:
    """The name of a tensor."""
    return str(graph.subgraphs[0].tensors[tensor].name.decode())


def set_constant(graph: Graph, tensor: int, values: NDArray[Any]) -> None:
    """Makes a tensor a constant, in a buffer of its own."""
    described = graph.subgraphs[0].tensors[tensor]
    buffer = schema.BufferT()
    buffer.data = np.frombuffer(np.ascontiguousarray(values).tobytes(), np.uint8)
    graph.buffers.append(buffer)
    described.buffer = len(graph.buffers) - 1
    described.type = next(code for code, dtype in _DTYPES.items() if dtype == values.dtype)
    described.shape = np.array(values.shape, np.int32)
    described.sparsity = None


def add_tensor(
    graph: Graph,
    label: str,
    sizes: Iterable[int],
    dtype: type[np.generic],
    quantisation: tuple[NDArray[np.float64], NDArray[np.int64], int] | None = None,
) -> int:
    """Adds a computed tensor and returns its index.

    Args:
        graph: added to.
        label: its name.
        sizes: its shape.
        dtype: of its values.
        quantisation: scales, zero points and the axis they run along.
    """
    tensor = schema.TensorT()
    tensor.name = label.encode()
    tensor.shape = np.array(list(sizes), np.int32)
    tensor.type = next(code for code, known in _DTYPES.items() if known == dtype)
    tensor.buffer = 0
    if quantisation is not None:
        scale, zero, axis = quantisation
        tensor.quantization = schema.QuantizationParametersT()
        tensor.quantization.scale = np.asarray(scale, np.float32)
        tensor.quantization.zeroPoint = np.asarray(zero, np.int64)
        tensor.quantization.quantizedDimension = axis
    graph.subgraphs[0].tensors.append(tensor)
    return len(graph.subgraphs[0].tensors) - 1


def operator(code: int, inputs: list[int], outputs: list[int]) -> Any:  # noqa: ANN401
    """An operator without options, not yet in a graph."""
    op = schema.OperatorT()
    op.opcodeIndex = code
    op.inputs, op.outputs = np.array(inputs, np.int32), np.array(outputs, np.int32)
    op.builtinOptionsType = 0
    return op


def set_input(op: Any, place: int, tensor: int) -> None:  # noqa: ANN401
    """Lets an operator read another tensor."""
    inputs = np.array(op.inputs, np.int32)
    inputs[place] = tensor
    op.inputs = inputs


def set_outputs(graph: Graph, outputs: list[int]) -> None:
    """Gives the graph these outputs, and a signature that says so.

    The runtimes take any graph; the quantisers ask for a signature.
    """
    subgraph = graph.subgraphs[0]
    subgraph.outputs = np.array(outputs, np.int32)
    signature = schema.SignatureDefT()
    signature.signatureKey = b"serving_default"
    signature.subgraphIndex = 0
    signature.inputs = [_mapped(graph, int(index)) for index in subgraph.inputs]
    signature.outputs = [_mapped(graph, int(index)) for index in outputs]
    graph.signatureDefs = [signature]


def _mapped(graph: Graph, tensor: int) -> Any:  # noqa: ANN401
    mapped = schema.TensorMapT()
    mapped.name, mapped.tensorIndex = graph.subgraphs[0].tensors[tensor].name, tensor
    return mapped


def prune(graph: Graph) -> None:
    """Drops operators, tensors and buffers that no output needs."""
    subgraph = graph.subgraphs[0]
    needed = {int(index) for index in subgraph.outputs}
    kept = []
    for op in reversed(subgraph.operators):
        if needed & {int(index) for index in op.outputs}:
            kept.append(op)
            needed |= {int(index) for index in op.inputs if index >= 0}
    subgraph.operators = kept[::-1]
    needed |= {int(index) for index in subgraph.inputs}
    order = sorted(needed)
    moved = {old: new for new, old in enumerate(order)} | {-1: -1}
    subgraph.tensors = [subgraph.tensors[old] for old in order]
    for holder in (*subgraph.operators, subgraph):
        holder.inputs = np.array([moved[int(index)] for index in holder.inputs], np.int32)
        holder.outputs = np.array([moved[int(index)] for index in holder.outputs], np.int32)
    graph.metadata, graph.metadataBuffer = None, None
    _prune_buffers(graph)
    set_outputs(graph, [int(index) for index in subgraph.outputs])


def _prune_buffers(graph: Graph) -> None:
    """Buffer 0 stays the empty one that computed tensors point to."""
    used = sorted({tensor.buffer for tensor in graph.subgraphs[0].tensors} | {0})
    moved = {old: new for new, old in enumerate(used)}
    for tensor in graph.subgraphs[0].tensors:
        if constantless(graph, tensor):
            tensor.buffer = 0
        tensor.buffer = moved[tensor.buffer]
    graph.buffers = [graph.buffers[old] for old in used]


def constantless(graph: Graph, tensor: Any) -> bool:  # noqa: ANN401
    """Whether a tensor's buffer is empty."""
    data = graph.buffers[tensor.buffer].data
    return data is None or len(data) == 0
