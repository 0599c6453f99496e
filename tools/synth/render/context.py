"""An OpenGL context without a window."""

from typing import Any

from gymbox.errors import GymboxError


def create() -> Any:  # noqa: ANN401 - moderngl is an extra and has no types
    """A context; on a machine without a graphics card Mesa draws on the processor.

    Raises:
        GymboxError: moderngl or EGL is missing.
    """
    try:
        import moderngl  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise GymboxError(
            f"the renderer needs {error.name}", "install the extra: pip install -e '.[synth]'"
        ) from error
    try:
        return moderngl.create_context(standalone=True, backend="egl", require=330)
    except Exception as error:
        raise GymboxError(
            f"no OpenGL 3.3 without a window: {error}",
            "install Mesa: apt install libegl1 libgl1-mesa-dri",
        ) from error
