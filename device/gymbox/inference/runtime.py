"""The interpreter: the only module that knows which TFLite runtime the machine has.

Raspberry Pi OS Bookworm has tflite-runtime, everything else ai-edge-litert; both bring the same
`Interpreter`. Where both are installed, ai-edge-litert is taken.
"""

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import ModelError
from gymbox.inference.manifest import ModelCard

RUNTIMES = {"ai-edge-litert": "ai_edge_litert", "tflite-runtime": "tflite_runtime"}
"""Package of each runtime and its module, the preferred one first."""

VARIABLE = "GYMBOX_TFLITE"
"""Environment variable that names the runtime to take."""

_FIRST_NUMPY_WITHOUT = 2  # the newest tflite-runtime, 2.14, was built for numpy 1
_ADVICE = "install ai-edge-litert, or tflite-runtime with numpy<2 on Raspberry Pi OS Bookworm"


class Network:
    """A model, loaded and ready to run on the CPU.

    Inputs and outputs are views of the interpreter's own memory, so nothing is copied. Let go of
    a view before the next `invoke`, which refuses to run while one is held.

    Args:
        card: the model.
        threads: how many threads one run may use.
        runtime: a key of `RUNTIMES`; by default the environment variable's, else the one that is
            installed.

    Raises:
        ModelError: the file is missing or wrong, no runtime is installed, or it cannot run it.
    """

    def __init__(self, card: ModelCard, *, threads: int = 1, runtime: str | None = None) -> None:
        self.card = card
        self.runtime = runtime or os.environ.get(VARIABLE) or installed_runtime()
        interpreter_class = _interpreter_class(self.runtime)
        # The interpreter does not copy the bytes; it keeps a reference to them.
        model = card.read()
        try:
            with _quiet():
                self._interpreter = interpreter_class(model_content=model, num_threads=threads)
                self._interpreter.allocate_tensors()
        except (RuntimeError, ValueError, SystemError) as error:
            raise ModelError(
                f"{self.runtime} cannot load {card.path} ({_first_line(error)})", _ADVICE
            ) from error
        # What `tensor` gives makes a view each time that it is called.
        self._input = self._only_input()
        outputs = self._interpreter.get_output_details()
        self._outputs: dict[tuple[int, ...], Callable[[], NDArray[np.float32]]] = {
            tuple(int(size) for size in item["shape"]): self._interpreter.tensor(item["index"])
            for item in outputs
        }

    def _only_input(self) -> Callable[[], NDArray[np.float32]]:
        (details,) = self._interpreter.get_input_details()
        shape = tuple(int(size) for size in details["shape"])
        if shape != self.card.input_shape:
            raise ModelError(
                f"{self.card.path} takes {shape}, not {self.card.input_shape} as its manifest says",
                "make the manifest anew with tools/convert",
            )
        view: Callable[[], NDArray[np.float32]] = self._interpreter.tensor(details["index"])
        return view

    def input(self) -> NDArray[np.float32]:
        """The input tensor, to be written to."""
        return self._input()

    def invoke(self) -> None:
        """Runs the network once on what is in its input."""
        self._interpreter.invoke()

    @property
    def output_shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shapes of the outputs, as `output` takes them."""
        return tuple(self._outputs)

    def output(self, *shape: int) -> NDArray[np.float32]:
        """The output tensor of this shape, good until the next `invoke`.

        Raises:
            ModelError: the network has no such output.
        """
        if shape not in self._outputs:
            raise ModelError(f"{self.card.path} has no output of shape {shape}", _ADVICE)
        return self._outputs[shape]()


def installed_runtime() -> str:
    """The name of the runtime that this machine has.

    Raises:
        ModelError: it has none.
    """
    for name, module in RUNTIMES.items():
        if importlib.util.find_spec(module) is not None:
            return name
    raise ModelError("no TFLite runtime is installed", _ADVICE)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the runtime's own remarks off standard error; its faults come as exceptions too.

    They are printed from C++, and no environment variable of either runtime silences them.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


def _interpreter_class(runtime: str) -> Any:  # noqa: ANN401 - neither runtime has type information
    """Imports a runtime, with its known trap caught before it prints a traceback of its own."""
    if runtime not in RUNTIMES:
        raise ModelError(f"there is no TFLite runtime {runtime!r}", f"take {' or '.join(RUNTIMES)}")
    if runtime == "tflite-runtime" and int(np.__version__.split(".")[0]) >= _FIRST_NUMPY_WITHOUT:
        raise ModelError(f"tflite-runtime cannot work with numpy {np.__version__}", _ADVICE)
    try:
        return importlib.import_module(f"{RUNTIMES[runtime]}.interpreter").Interpreter
    except (ImportError, SystemError) as error:
        raise ModelError(f"{runtime} cannot be used ({_first_line(error)})", _ADVICE) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
