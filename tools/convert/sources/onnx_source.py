"""ONNX files, by way of PyTorch."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError
from tools.convert.quiet import quiet
from tools.convert.sources.source import ConvertError, Source, first_line
from tools.convert.sources.torch_file import box_shape, convert_module
from tools.convert.torch_source import is_picture


def read_onnx(path: Path) -> Source:
    """Opens an .onnx file with one input.

    `predict` runs it with ONNX's own reference interpreter, so a mistake of the way to PyTorch does
    not go unseen.

    Raises:
        InputError: it cannot be read.
        ConvertError: it has an op that PyTorch cannot be told of.
    """
    with quiet():
        onnx = _onnx()
        try:
            model = onnx.load(str(path))
            onnx.checker.check_model(model)
        except Exception as error:
            # protobuf and the checker raise classes of their own.
            raise InputError(
                f"{path} cannot be read ({first_line(error)})", "check that it came whole"
            ) from error
        known = {constant.name for constant in model.graph.initializer}
        inputs = [entry for entry in model.graph.input if entry.name not in known]
        if len(inputs) != 1:
            raise ConvertError(f"{path} has {len(inputs)} inputs", "the box gives exactly one")
        module = _to_torch(model)
    sizes = tuple(
        dim.dim_value if dim.HasField("dim_value") else None
        for dim in inputs[0].type.tensor_type.shape.dim
    )
    shape = box_shape(sizes)
    turned = shape != (1, *sizes[1:])

    def predict(values: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        from onnx.reference import ReferenceEvaluator  # noqa: PLC0415

        given = values.transpose(0, 3, 1, 2) if turned else values
        outputs = ReferenceEvaluator(model).run(None, {inputs[0].name: given})
        return [np.asarray(output, np.float32) for output in outputs]

    def to_tflite(fixed: tuple[int, ...]) -> bytes:
        # A network that takes pictures channels last turns them itself: give them as they are.
        return convert_module(
            module if turned or not is_picture(fixed) else _upright(module), fixed
        )

    return Source("ONNX", shape, predict, to_tflite)


def _upright(module: Any) -> Any:  # noqa: ANN401
    """Undoes the turning of pictures that a torch network gets."""
    import torch  # noqa: PLC0415

    class Upright(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = module

        def forward(self, picture: Any) -> Any:  # noqa: ANN401
            return self.inner(picture.permute(0, 2, 3, 1))

    return Upright().eval()


def _to_torch(model: Any) -> Any:  # noqa: ANN401
    try:
        with _without_torchvision():
            import onnx2torch  # noqa: PLC0415

        return onnx2torch.convert(model).eval()
    except ImportError as error:
        raise ConvertError(
            "onnx2torch is not installed", "pip install -r requirements/desktop.txt"
        ) from error
    except Exception as error:
        # Its own class for unknown ops, anything for known ones in an odd form.
        raise ConvertError(
            f"the ONNX file has what cannot be taken ({first_line(error)})",
            "export it anew with opset 17, or convert the model it came from",
        ) from error


@contextmanager
def _without_torchvision() -> Iterator[None]:
    """Lets onnx2torch be imported without torchvision.

    It wants it for two ops of detectors only, and no wheel of it goes with the small torch. Others
    who look for torchvision later must not find the stand-in, so it is taken away again.
    """
    stand_in, ops = ModuleType("torchvision"), ModuleType("torchvision.ops")
    ops.roi_align = None  # type: ignore[attr-defined]
    stand_in.ops = ops  # type: ignore[attr-defined]
    added = {"torchvision": stand_in, "torchvision.ops": ops}
    real = {name: sys.modules[name] for name in added if name in sys.modules}
    sys.modules |= added
    try:
        yield
    finally:
        for name in added:
            del sys.modules[name]
        sys.modules |= real


def _onnx() -> Any:  # noqa: ANN401
    try:
        import onnx  # noqa: PLC0415
    except ImportError as error:
        raise ConvertError(
            "ONNX is not installed", "pip install -r requirements/desktop.txt"
        ) from error
    return onnx
