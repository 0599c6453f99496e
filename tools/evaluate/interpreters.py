"""A .tflite file laid open: what the device's own `Network` keeps to itself."""

import importlib
import warnings
from typing import Any

from gymbox.errors import ModelError
from gymbox.inference.runtime import RUNTIMES, installed_runtime


def laid_open(model: bytes) -> Any:  # noqa: ANN401 - neither runtime has type information
    """An interpreter that keeps every tensor in between.

    Delegates would keep them to themselves, so there are none: quantised layers are slow on x86.

    Raises:
        ModelError: no runtime is installed, or it cannot run the model layer by layer.
    """
    module = importlib.import_module(f"{RUNTIMES[installed_runtime()]}.interpreter")
    try:
        with warnings.catch_warnings(action="ignore"):  # it costs memory, as is meant
            interpreter = module.Interpreter(
                model_content=model,
                experimental_op_resolver_type=module.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
                experimental_preserve_all_tensors=True,
            )
            interpreter.allocate_tensors()
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"the model cannot be run layer by layer ({error})", "check it") from error
    return interpreter
