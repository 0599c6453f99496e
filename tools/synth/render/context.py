"""An OpenGL context without a window, and its shaders."""

from pathlib import Path
from typing import Any

from gymbox.errors import GymboxError

SHADERS = Path(__file__).with_name("shaders")
INCLUDE = "#include "


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


def program(context: Any, vertex: str, fragment: str | None = None, **options: Any) -> Any:  # noqa: ANN401
    """A program of shader files.

    Args:
        context: as from `create`.
        vertex: name of the vertex shader's file.
        fragment: name of the fragment shader's file, or None.
        options: more for moderngl, such as `varyings`.
    """
    sources = {"vertex_shader": _read(vertex)}
    if fragment:
        sources["fragment_shader"] = _read(fragment)
    return context.program(**sources, **options)


def put(program: Any, **uniforms: Any) -> None:  # noqa: ANN401
    """Sets uniforms; those that the compiler found unused are passed over."""
    for name, value in uniforms.items():
        if name in program:
            member = program[name]
            if isinstance(value, bytes):
                member.write(value)
            else:
                member.value = value


def _read(name: str) -> str:
    """A shader with its includes."""
    lines = (SHADERS / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(
        _read(line.removeprefix(INCLUDE).strip('"')) if line.startswith(INCLUDE) else line
        for line in lines
    )
