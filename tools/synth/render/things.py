"""Meshes and people in the memory of the graphics card."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.synth.mesh import Mesh
from tools.synth.people.body import Body, Floats
from tools.synth.people.figure import dress
from tools.synth.people.look import PATTERNS, Look
from tools.synth.render.paint import block, linear
from tools.synth.render.programs import BONES, PAINT, ROOM_UNIT, Programs, put
from tools.synth.render.views import column_major

STILL = np.eye(4)
REST = (
    ("3f", 12, "position"), ("3f", 12, "normal"), ("4f", 16, "cover"), ("4f1", 4, "share"),
    ("4u1", 4, "bones_a"), ("4u1", 4, "bones_b"), ("4f1", 4, "weights_a"), ("4f1", 4, "weights_b"),
)  # fmt: skip
"""Columns of figure.VERTEX: format, bytes, name in the shaders."""
POSED = (("3f", 12, "at"), ("3f", 12, "facing"))
DEPTH, LABEL = "nothing.frag", "flat.frag"
MOST_BONES = 128


class Thing:
    """A mesh that can be drawn.

    Args:
        context: OpenGL.
        programs: to draw with.
        mesh: what.
        lamps: how many there are in the scene.
        still: whether it belongs to the room that the backdrop keeps.

    Attributes:
        casts: whether it throws a shadow.
    """

    def __init__(
        self,
        context: Any,  # noqa: ANN401
        programs: Programs,
        mesh: Mesh,
        *,
        lamps: int,
        still: bool,
    ) -> None:
        ends = np.stack([mesh.vertices.min(axis=0), mesh.vertices.max(axis=0)]).astype(float)
        self._corners = np.stack(np.meshgrid(*ends.T, indexing="ij"), axis=-1).reshape(-1, 3)
        self._shine, self._glow = mesh.shine, mesh.glow
        self.casts = mesh.shadow
        tint = linear(mesh.colours)
        columns = [mesh.vertices, mesh.normals, tint]
        layout, names = "3f 3f 3f", ["position", "normal", "tint"]
        defines = {"LAMPS": lamps}
        self._texture = None
        if mesh.texture is not None and mesh.uv is not None:
            self._texture = _texture(context, mesh.texture)
            columns.append(mesh.uv)
            layout, names = "3f 3f 3f 2f", [*names, "uv"]
            defines["TEXTURED"] = 1
        rows = np.concatenate(columns, axis=1).astype("<f4")
        buffer = context.buffer(rows.tobytes())
        faces = context.buffer(mesh.faces.astype("<i4").tobytes())
        defines |= {"KEPT": 1, "SOFT": 1} if still else {"MOVING": 1}
        self._program = programs.get("mesh.vert", "mesh.frag", **defines)
        self._lit = context.vertex_array(self._program, [(buffer, layout, *names)], faces)
        depth = [(buffer, f"3f {4 * rows.shape[1] - 12}x", "at")]
        self._plain = _plain(context, programs, depth, faces)

    def corners(self, pose: Floats = STILL) -> NDArray[np.float64]:
        """The corners of the box about it in the world, [8, 3]."""
        return self._corners @ pose[:3, :3].T + pose[:3, 3]

    def draw(self, pose: Floats = STILL) -> None:
        """Draws it with light, `pose` [4, 4] in the world."""
        put(self._program, model=column_major(pose), shine=self._shine, glow=self._glow)
        if self._texture is not None:
            self._texture.use(ROOM_UNIT)
        self._lit.render()

    def draw_plain(self, program: str, pose: Floats = STILL) -> None:
        """Draws its depth (`nothing.frag`) or its label (`flat.frag`)."""
        put(self._plain[program].program, model=column_major(pose))
        self._plain[program].render()


class Person:
    """A dressed body that can be posed and drawn.

    Attributes:
        heads: [b, 3] where its bones begin in the world.
    """

    def __init__(
        self,
        context: Any,  # noqa: ANN401
        programs: Programs,
        body: Body,
        look: Look,
        *,
        lamps: int,
    ) -> None:
        figure = dress(body, look)
        self._count = len(figure.vertices)
        self._rest_heads = self.heads = body.skeleton.heads
        rest = context.buffer(figure.vertices.tobytes())
        self._posed = context.buffer(reserve=self._count * 24)
        self._bones = context.buffer(reserve=MOST_BONES * 48)
        self._paint = context.buffer(block(body, look))
        skin = programs.get("skin.vert")
        self._skinning = context.vertex_array(skin, [_columns(skin, rest, REST)])
        parts = (REST, rest), (POSED, self._posed)
        top, bottom = (PATTERNS.index(cloth.pattern) for cloth in (look.top, look.bottom))
        self._lit = [
            context.vertex_array(
                program,
                [_columns(program, buffer, layout) for layout, buffer in parts],
                context.buffer(faces.astype("<i4").tobytes()),
            )
            for program, faces in (
                (
                    programs.get("person.vert", "body.frag", LAMPS=lamps, TOP=top, BOTTOM=bottom),
                    figure.faces[: figure.clad],
                ),
                (
                    programs.get("person.vert", "head.frag", LAMPS=lamps),
                    figure.faces[figure.clad :],
                ),
            )
        ]
        everything = context.buffer(figure.faces.astype("<i4").tobytes())
        self._plain = _plain(context, programs, [(self._posed, "3f 12x", "at")], everything)

    def pose(self, bones: Floats) -> None:
        """Moves it: bones [b, 3, 4], rest pose to world."""
        self.heads = np.einsum("bij,bj->bi", bones[:, :, :3], self._rest_heads) + bones[:, :, 3]
        self._bones.write(np.ascontiguousarray(bones, "<f4").tobytes())
        self._bones.bind_to_uniform_block(BONES)
        self._skinning.transform(self._posed, vertices=self._count)

    def draw(self) -> None:
        """Draws it with light."""
        self._paint.bind_to_uniform_block(PAINT)
        for vertices in self._lit:
            vertices.render()

    def draw_plain(self, program: str) -> None:
        """Draws its depth (`nothing.frag`) or its label (`flat.frag`)."""
        put(self._plain[program].program, model=column_major(STILL))
        self._plain[program].render()


def _columns(program: Any, buffer: Any, columns: tuple[tuple[str, int, str], ...]) -> tuple[Any]:  # noqa: ANN401
    """Those columns of a buffer that a program reads, the others left out."""
    layout = [form if name in program else f"{size}x" for form, size, name in columns]
    return (buffer, " ".join(layout), *(name for _, _, name in columns if name in program))


def _plain(context: Any, programs: Programs, layout: list[Any], faces: Any) -> dict[str, Any]:  # noqa: ANN401
    """Vertex arrays that draw without light."""
    return {
        name: context.vertex_array(programs.get("depth.vert", name), layout, faces)
        for name in (DEPTH, LABEL)
    }


def _texture(context: Any, pixels: NDArray[np.uint8]) -> Any:  # noqa: ANN401
    """A texture with its smaller copies."""
    height, width = pixels.shape[:2]
    texture = context.texture((width, height), 3, np.ascontiguousarray(pixels), alignment=1)
    texture.build_mipmaps()
    return texture
