"""An OpenGL context without a window."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from gymbox.errors import GymboxError

P = ParamSpec("P")
R = TypeVar("R")


def create() -> Any:  # noqa: ANN401 - moderngl is an extra and has no types
    """A context; on a machine without a graphics card Mesa draws on the processor.

    Raises:
        GymboxError: moderngl or EGL is missing.
    """
    try:
        import moderngl  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise GymboxError(
            f"the renderer needs {error.name}", "set up the venv of docs/synth.md"
        ) from error
    try:
        context = moderngl.create_context(standalone=True, backend="egl", require=330)
    except Exception as error:
        raise GymboxError(
            f"no OpenGL 3.3 without a window: {error}",
            "install Mesa: apt install libegl1 libgl1-mesa-dri",
        ) from error
    context.gc_mode = "context_gc"
    return context


def current(method: Callable[P, R]) -> Callable[P, R]:
    """Makes the context of a method's owner the one in use: a process may have several."""

    @wraps(method)
    def inside(*args: P.args, **options: P.kwargs) -> R:
        with args[0]._context:  # type: ignore[attr-defined] # noqa: SLF001
            return method(*args, **options)

    return inside
