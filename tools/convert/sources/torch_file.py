"""PyTorch files: exported programs, TorchScript, pickled modules, weights alone."""

import pickle
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError, UsageError
from tools.convert.quiet import quiet
from tools.convert.sources.named import named_object
from tools.convert.sources.source import ConvertError, Hints, Shape, Source, first_line
from tools.convert.torch_source import is_picture, to_tflite

_PICTURE_RANK = 4


def read_torch(path: Path, hints: Hints) -> Source:
    """Opens a .pt2, .pt or .pth file.

    Raises:
        InputError: it cannot be read.
        UsageError: it holds weights alone and no builder was named, or leaves its input open.
        ConvertError: it holds pickled code and is not trusted.
    """
    with quiet():
        torch = _torch()
        kind, module, shape = _load(torch, path, hints)

    def predict(inputs: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        return run_module(torch, module, inputs)

    return Source(kind, shape, predict, lambda fixed: convert_module(module, fixed))


def run_module(torch: Any, module: Any, inputs: NDArray[np.float32]) -> list[NDArray[np.float32]]:  # noqa: ANN401
    """One input as the box has it through a torch module."""
    given = torch.from_numpy(np.ascontiguousarray(inputs))
    if is_picture(inputs.shape):
        given = given.permute(0, 3, 1, 2).contiguous()
    with torch.no_grad(), quiet():
        outputs = module(given)
    several = outputs if isinstance(outputs, list | tuple) else [outputs]
    return [np.asarray(output.detach(), np.float32) for output in several]


def convert_module(module: Any, shape: tuple[int, ...]) -> bytes:  # noqa: ANN401
    """A torch module as float32 TFLite.

    Raises:
        ConvertError: it cannot be traced, or needs an op that has no counterpart.
    """
    try:
        return to_tflite(module, shape)
    except Exception as error:
        # torch.export and the converter raise classes of their own, dozens of them.
        raise ConvertError(
            f"the network cannot be converted ({first_line(error)})",
            "check --input-shape; the path through it must not depend on the values",
        ) from error


def box_shape(sizes: tuple[int | None, ...]) -> Shape:
    """The shape as the box would give it of one that torch takes: pictures channels last."""
    if len(sizes) == _PICTURE_RANK and sizes[1] in (1, 3):
        return (1, sizes[2], sizes[3], sizes[1])
    return (1, *sizes[1:])


def _load(torch: Any, path: Path, hints: Hints) -> tuple[str, Any, Shape | None]:  # noqa: ANN401
    if path.suffix == ".pt2":
        program = _read(lambda: torch.export.load(str(path)), path)
        return "PyTorch program", _fixed(program), _program_shape(program)
    script = _script(torch, path)
    if script is not None:
        return "TorchScript", _from_script(script, hints), hints.shape
    try:
        loaded = torch.load(str(path), map_location="cpu", weights_only=not hints.trust)
    except Exception as error:
        raise _refused(path, error) from error
    if isinstance(loaded, torch.nn.Module):
        return "PyTorch module", loaded.eval(), hints.shape
    return "PyTorch weights", _built(loaded, path, hints), hints.shape


def _refused(path: Path, error: Exception) -> ConvertError | InputError:
    if not isinstance(error, pickle.UnpicklingError):
        return _unreadable(path, error)
    # What torch says goes on for lines about its own options.
    if "GLOBAL" in str(error) or "unrecognized" in str(error):
        return ConvertError(
            f"{path} holds a pickled class, which is code", "add --trust if you made the file"
        )
    return InputError(f"{path} is no PyTorch file", "check that it came whole")


def _built(loaded: Any, path: Path, hints: Hints) -> Any:  # noqa: ANN401
    """The user's architecture with the weights of the file."""
    if hints.builder is None:
        raise UsageError(
            f"{path} holds weights without a network",
            "name the code with --builder module:function",
        )
    state = loaded
    for key in ("state_dict", "model_state_dict", "model"):
        if isinstance(state, Mapping) and isinstance(state.get(key), Mapping):
            state = state[key]
    build = named_object(hints.builder)
    try:
        module = build()
        module.load_state_dict(state)
        return module.eval()
    except Exception as error:
        # The function is the user's, and may fail in any way.
        raise ConvertError(
            f"the weights do not fit what {hints.builder} makes ({first_line(error)})",
            "give the function that made the network when it was trained",
        ) from error


def _script(torch: Any, path: Path) -> Any | None:  # noqa: ANN401
    """The TorchScript program of a file, or None if it holds something else."""
    try:
        return torch.jit.load(str(path), map_location="cpu").eval()
    except (RuntimeError, ValueError, OSError):
        return None


def _from_script(script: Any, hints: Hints) -> Any:  # noqa: ANN401
    """TorchScript as a module that can be exported."""
    import torch  # noqa: PLC0415
    from torch._export.converter import TS2EPConverter  # noqa: PLC0415

    if hints.shape is None:
        raise UsageError("TorchScript does not say what it takes", "add --input-shape 1 96 96 3")
    example = torch.zeros(hints.shape)
    if is_picture(hints.shape):
        example = example.permute(0, 3, 1, 2).contiguous()
    try:
        return _fixed(TS2EPConverter(script, (example,)).convert())
    except Exception as error:
        raise ConvertError(
            f"the TorchScript cannot be taken apart ({first_line(error)})",
            "save it with torch.export.save instead",
        ) from error


def _fixed(program: Any) -> Any:  # noqa: ANN401
    """The module of an exported program, which is for inference already.

    It refuses to be told so, and the converter does tell it.
    """
    module = program.module()
    module.eval = lambda: module
    module.train = lambda _mode=True: module
    module.training = False
    return module


def _program_shape(program: Any) -> Shape:  # noqa: ANN401
    examples, named = program.example_inputs or ((), {})
    if len(examples) != 1 or named or not hasattr(examples[0], "shape"):
        raise ConvertError("the program does not take exactly one tensor", "the box gives one")
    return box_shape(tuple(int(size) for size in examples[0].shape))


def _read(load: Callable[[], Any], path: Path) -> Any:  # noqa: ANN401
    try:
        return load()
    except Exception as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> InputError:
    return InputError(f"{path} cannot be read ({first_line(error)})", "check that it came whole")


def _torch() -> Any:  # noqa: ANN401
    try:
        import torch  # noqa: PLC0415
    except ImportError as error:
        raise ConvertError(
            "PyTorch is not installed", "pip install -r requirements/desktop.txt"
        ) from error
    return torch
