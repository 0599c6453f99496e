"""The shader programs, each in the variants that a scene needs."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

SHADERS = Path(__file__).with_name("shaders")
INCLUDE = "#include "
VERSION = "#version 330\n"
ROOM_UNIT, STILL_UNIT, MOVING_UNIT, UNDER_UNIT = 0, 4, 5, 6
"""Texture units: of a mesh, of the shadow maps, of what is seen from below."""
BONES, PAINT = 0, 1
"""Binding points of the uniform blocks."""


class Programs:
    """Compiles programs when they are first asked for, and keeps them.

    Args:
        context: OpenGL.
    """

    def __init__(self, context: Any) -> None:  # noqa: ANN401
        self._context = context
        self._kept: dict[tuple[str, str | None, tuple[tuple[str, int], ...]], Any] = {}

    def get(self, vertex: str, fragment: str | None = None, **defines: int) -> Any:  # noqa: ANN401
        """A program.

        Args:
            vertex: name of the vertex shader's file; without a fragment shader its outputs `at`
                and `facing` are captured.
            fragment: name of the fragment shader's file.
            defines: for the preprocessor.
        """
        key = (vertex, fragment, tuple(sorted(defines.items())))
        if key not in self._kept:
            self._kept[key] = self._compiled(vertex, fragment, defines)
        return self._kept[key]

    def put_all(self, **uniforms: Any) -> None:  # noqa: ANN401
        """Sets uniforms of every program that has them."""
        for program in self._kept.values():
            put(program, **uniforms)

    def put_lamps(self, places: ArrayLike, colours: ArrayLike) -> None:
        """Sets the lamps of the programs made for as many.

        Args:
            places: [n, 4] place and reach, metres.
            colours: [n, 3] linear.
        """
        count = len(np.asarray(places))
        for (_, _, defines), program in self._kept.items():
            if dict(defines).get("LAMPS") == count:
                lamps = np.asarray(places, "<f4").tobytes()
                put(program, lamps=lamps, lamp_colours=np.asarray(colours, "<f4").tobytes())

    def _compiled(self, vertex: str, fragment: str | None, defines: dict[str, int]) -> Any:  # noqa: ANN401
        """Compiles a program and binds its textures and blocks."""
        head = VERSION + "".join(f"#define {name} {value}\n" for name, value in defines.items())
        sources = {"vertex_shader": read(vertex).replace(VERSION, head)}
        if fragment:
            sources["fragment_shader"] = read(fragment).replace(VERSION, head)
            program = self._context.program(**sources)
        else:
            program = self._context.program(**sources, varyings=("at", "facing"))
        put(program, picture=ROOM_UNIT, still_map=STILL_UNIT)
        put(program, moving_map=MOVING_UNIT, under_map=UNDER_UNIT)
        for name, binding in (("Bones", BONES), ("Paint", PAINT)):
            if name in program:
                program[name].binding = binding
        return program


def put(program: Any, **uniforms: Any) -> None:  # noqa: ANN401
    """Sets uniforms; those that a program does not use are passed over."""
    for name, value in uniforms.items():
        if name not in program:
            continue
        if isinstance(value, bytes):
            program[name].write(value)
        else:
            program[name].value = value


def read(name: str) -> str:
    """A shader with its includes."""
    lines = (SHADERS / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(
        read(line.removeprefix(INCLUDE).strip('"')) if line.startswith(INCLUDE) else line
        for line in lines
    )
