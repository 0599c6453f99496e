"""The room as one camera sees it: drawn once, shown in every picture until the camera moves."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.synth.render.programs import Programs, put
from tools.synth.render.shadows import Shadows
from tools.synth.render.views import column_major

PICTURE_UNIT, DARK_UNIT, DEPTH_UNIT = 1, 2, 3


class Backdrop:
    """Colour of the room, what the shade of people leaves of it, and its depth.

    Args:
        context: OpenGL.
        programs: to draw with.
        size: width and height of the pictures.
        samples: a pixel.
    """

    def __init__(self, context: Any, programs: Programs, size: tuple[int, int], samples: int) -> None:  # noqa: ANN401
        self._context, self._size = context, size
        self._program = programs.get("full.vert", "backdrop.frag")
        put(self._program, picture=PICTURE_UNIT, darkness=DARK_UNIT, depth=DEPTH_UNIT)
        self._drawn = context.framebuffer(
            [context.renderbuffer(size, 4, samples=samples) for _ in range(2)],
            context.depth_renderbuffer(size, samples=samples),
        )
        self._textures = [context.texture(size, 4) for _ in range(2)]
        self._depth = context.depth_texture(size)
        self._depth.compare_func = ""
        self._kept = context.framebuffer(self._textures, None)
        self._plain = context.framebuffer(
            [context.renderbuffer(size, 4) for _ in range(2)], self._depth
        )
        for texture in (*self._textures, self._depth):
            texture.filter = (context.NEAREST, context.NEAREST)
        self._triangle = context.vertex_array(self._program, [])
        self._matrix: NDArray[np.float64] | None = None

    def forget(self) -> None:
        """The room has changed."""
        self._matrix = None

    def stale(self, matrix: NDArray[np.float64]) -> bool:
        """Whether the camera [4, 4] is not the one that the room was drawn for."""
        return self._matrix is None or not np.array_equal(matrix, self._matrix)

    def redraw(
        self, matrix: NDArray[np.float64], paint: Callable[[], None], background: tuple[float, float, float]
    ) -> None:
        """Draws the room for a camera."""
        for target in (self._drawn, self._plain):
            target.use()
            target.clear(*background, 1.0, depth=1.0)
            paint()
        self._context.copy_framebuffer(self._kept, self._drawn)
        self._matrix = matrix

    def show(self, shadows: Shadows) -> None:
        """Draws it into the framebuffer in use, depth included, in the shade of what moves."""
        from_clip = np.linalg.inv(self._matrix)
        to_clip = np.array([[2, 0, 0, -1], [0, 2, 0, -1], [0, 0, 2, -1], [0, 0, 0, 1.0]])
        put(
            self._program,
            from_pixels=column_major(shadows.to_moving @ from_clip @ to_clip),
            size=tuple(float(n) for n in self._size),
        )
        self._textures[0].use(PICTURE_UNIT)
        self._textures[1].use(DARK_UNIT)
        self._depth.use(DEPTH_UNIT)
        self._context.depth_func = "1"
        self._context.disable(self._context.CULL_FACE)
        self._triangle.render(vertices=3)
        self._context.enable(self._context.CULL_FACE)
        self._context.depth_func = "<"
