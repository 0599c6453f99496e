"""Meshes and people in the memory of the graphics card."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.synth.mesh import Mesh
from tools.synth.people.body import Body, Floats
from tools.synth.people.figure import dress
from tools.synth.people.look import Look
from tools.synth.render.context import put
from tools.synth.render.paint import block
from tools.synth.render.views import column_major

STILL = np.eye(4)
BONES, PAINT = 0, 1
"""Binding points of the uniform blocks."""
MOST_BONES = 128


AROUND = 0.3
"""Metres of body and hair beyond its bones, at most."""

Box = tuple[NDArray[np.floating], NDArray[np.floating]]
"""Lowest and highest corner, [3] each."""


class Thing:
    """A mesh that can be drawn."""

    def __init__(self, context: Any, programs: dict[str, Any], mesh: Mesh) -> None:  # noqa: ANN401
        self._low, self._high = mesh.vertices.min(axis=0), mesh.vertices.max(axis=0)
        self._shine = mesh.shine
        uv = np.zeros((len(mesh.vertices), 2), "<f4") if mesh.uv is None else mesh.uv
        tint = np.asarray(mesh.colours, float) ** 2.2
        rows = np.concatenate([mesh.vertices, mesh.normals, tint, uv], axis=1).astype("<f4")
        buffer = context.buffer(rows.tobytes())
        faces = context.buffer(mesh.faces.astype("<i4").tobytes())
        names = ("position", "normal", "tint", "uv")
        self._lit = context.vertex_array(programs["mesh"], [(buffer, "3f 3f 3f 2f", *names)], faces)
        depth = [(buffer, "3f 32x", "at")]
        self._depth = context.vertex_array(programs["depth"], depth, faces)
        self._flat = context.vertex_array(programs["flat"], depth, faces)
        self._texture = None
        if mesh.texture is not None:
            pixels = np.ascontiguousarray(mesh.texture)
            height, width = pixels.shape[:2]
            self._texture = context.texture((width, height), 3, pixels.tobytes(), alignment=1)
            self._texture.build_mipmaps()

    def box(self, pose: Floats = STILL) -> Box:
        """What it takes up in the world at most."""
        middle, half = (self._low + self._high) / 2, (self._high - self._low) / 2
        middle = pose[:3, :3] @ middle + pose[:3, 3]
        reach = np.abs(pose[:3, :3]) @ half
        return middle - reach, middle + reach

    def draw(self, program: Any, pose: Floats = STILL) -> None:  # noqa: ANN401
        """Draws it with light, `pose` [4, 4] in the world."""
        put(
            program,
            model=column_major(pose),
            shine=self._shine,
            textured=self._texture is not None,
        )
        if self._texture is not None:
            self._texture.use(0)
        self._lit.render()

    def draw_depth(self, program: Any, pose: Floats = STILL, *, labelled: bool = False) -> None:  # noqa: ANN401
        """Draws its depth only, or its label."""
        put(program, model=column_major(pose))
        (self._flat if labelled else self._depth).render()


class Person:
    """A dressed body that can be posed and drawn."""

    def __init__(self, context: Any, programs: dict[str, Any], body: Body, look: Look) -> None:  # noqa: ANN401
        figure = dress(body, look)
        self._count = len(figure.vertices)
        self._rest_heads = self._heads = body.skeleton.heads
        rest = context.buffer(figure.vertices.tobytes())
        faces = context.buffer(figure.faces.astype("<i4").tobytes())
        self._posed = context.buffer(reserve=self._count * 24)
        self._bones = context.buffer(reserve=MOST_BONES * 48)
        self._paint = context.buffer(block(body, look))
        skin = "3f 3f 20x 4u1 4u1 4f1 4f1"
        names = ("position", "normal", "bones_a", "bones_b", "weights_a", "weights_b")
        self._skinning = context.vertex_array(programs["skin"], [(rest, skin, *names)])
        self._lit = context.vertex_array(
            programs["person"],
            [
                (rest, "3f 12x 4f 4f1 16x", "position", "cover", "share"),
                (self._posed, "3f 3f", "at", "facing"),
            ],
            faces,
        )
        posed = [(self._posed, "3f 12x", "at")]
        self._depth = context.vertex_array(programs["depth"], posed, faces)
        self._flat = context.vertex_array(programs["flat"], posed, faces)

    def pose(self, bones: Floats) -> None:
        """Moves it: bones [b, 3, 4], rest pose to world."""
        self._heads = np.einsum("bij,bj->bi", bones[:, :, :3], self._rest_heads) + bones[:, :, 3]
        self._bones.write(np.ascontiguousarray(bones, "<f4").tobytes())
        self._bones.bind_to_uniform_block(BONES)
        self._skinning.transform(self._posed, vertices=self._count)

    def box(self) -> Box:
        """What it takes up in the world at most."""
        return self._heads.min(axis=0) - AROUND, self._heads.max(axis=0) + AROUND

    def draw(self) -> None:
        """Draws it with light."""
        self._paint.bind_to_uniform_block(PAINT)
        self._lit.render()

    def draw_depth(self, program: Any, *, labelled: bool = False) -> None:  # noqa: ANN401
        """Draws its depth only, or its label."""
        put(program, model=column_major(STILL))
        (self._flat if labelled else self._depth).render()
