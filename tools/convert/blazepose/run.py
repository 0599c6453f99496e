"""Running a network that is still being made, on the desktop's ai-edge-litert."""

from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from numpy.typing import NDArray


class Runner:
    """One interpreter on one thread.

    Args:
        data: a .tflite file with one float32 input.
        delegate: with XNNPACK, as the box runs it; without, the plain kernels.
    """

    def __init__(self, data: bytes, *, delegate: bool = True) -> None:
        kind = OpResolverType.AUTO if delegate else OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
        self._interpreter = Interpreter(
            model_content=data, num_threads=1, experimental_op_resolver_type=kind
        )
        self._interpreter.allocate_tensors()
        (self._input,) = self._interpreter.get_input_details()
        self._outputs = [item["index"] for item in self._interpreter.get_output_details()]

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Of the only input."""
        return tuple(int(size) for size in self._input["shape"])

    def run(self, picture: NDArray[np.float32]) -> list[NDArray[Any]]:
        """All outputs for one input, copied."""
        self._interpreter.set_tensor(self._input["index"], picture)
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(index) for index in self._outputs]

    def invoke(self) -> None:
        """Runs once more on the same input."""
        self._interpreter.invoke()

    def tensor(self, index: int) -> NDArray[Any]:
        """The values of an output or constant, by its index in the file."""
        values: NDArray[Any] = self._interpreter.get_tensor(index)
        return values
