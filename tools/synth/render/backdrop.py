"""The room as a camera sees it: drawn once, shown in every picture until the camera goes away."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.synth.render.programs import Programs, put
from tools.synth.render.shadows import Shadows
from tools.synth.render.views import TO_TEXTURE, Matrix, column_major

PICTURE_UNIT, DARK_UNIT, DEPTH_UNIT = 1, 2, 3
WIDER = 1.2
"""A hand-held camera's room is kept this many times wider and higher than it sees at once."""
CLOSE, DISTANT = 0.93, 1.0
"""Depths (0..1, of the lens) of the nearest and the farthest things of a room: 1.1 m and beyond."""


class Backdrop:
    """Colour of the room, what the shade of people leaves of it, and its depth.

    Args:
        context: OpenGL.
        programs: to draw with.
        size: width and height of the pictures.
        samples: a pixel.
        steady: whether the camera stands still; else it may move as a hand does.
    """

    def __init__(
        self,
        context: Any,  # noqa: ANN401
        programs: Programs,
        size: tuple[int, int],
        samples: int,
        *,
        steady: bool,
    ) -> None:
        self._context, self._size = context, size
        wider = 1.0 if steady else WIDER
        kept = (round(size[0] * wider), round(size[1] * wider))
        self._narrow = np.diag([size[0] / kept[0], size[1] / kept[1], 1.0, 1.0])
        defines = {} if steady else {"MOVED": 1}
        self._program = programs.get("full.vert", "backdrop.frag", **defines)
        put(self._program, picture=PICTURE_UNIT, darkness=DARK_UNIT, depth=DEPTH_UNIT)
        self._textures = [context.texture(kept, 4) for _ in range(2)]
        self._depth = context.depth_texture(kept)
        self._depth.compare_func = ""
        filters = context.NEAREST if steady else context.LINEAR
        for texture in self._textures:
            texture.filter = (filters, filters)
        self._depth.filter = (context.NEAREST, context.NEAREST)
        for texture in (*self._textures, self._depth):
            texture.repeat_x = texture.repeat_y = False
        self._smooth = context.framebuffer(
            [context.renderbuffer(kept, 4, samples=samples) for _ in range(2)],
            context.depth_renderbuffer(kept, samples=samples),
        )
        self._plain = context.framebuffer(
            [context.renderbuffer(kept, 4) for _ in range(2)], self._depth
        )
        self._kept = context.framebuffer(self._textures)
        self._triangle = context.vertex_array(self._program, [])
        self._steady = steady
        self._matrix: Matrix | None = None

    def forget(self) -> None:
        """The room has changed."""
        self._matrix = None

    def stale(self, matrix: Matrix) -> bool:
        """Whether the camera [4, 4] sees what was not kept."""
        if self._matrix is None:
            return True
        if self._steady:
            return not np.array_equal(self._narrow @ matrix, self._matrix)
        corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (CLOSE, DISTANT)])
        seen = _across(self._to_kept(matrix), corners)
        return bool((seen[:, :2] < 0).any() or (seen[:, :2] > 1).any())

    def redraw(
        self, matrix: Matrix, paint: Callable[[Matrix], None], background: tuple[float, ...]
    ) -> None:
        """Draws the room for a camera [4, 4] and whereabouts it may move."""
        self._matrix = self._narrow @ matrix
        for target in (self._smooth, self._plain):
            target.use()
            target.clear(*background, 1.0, depth=1.0)
            paint(self._matrix)
        self._context.copy_framebuffer(self._kept, self._smooth)

    def show(self, matrix: Matrix, shadows: Shadows) -> None:
        """Draws it into the framebuffer in use, depth included, in the shade of what moves.

        Args:
            matrix: [4, 4] of the camera now.
            shadows: of what moves.
        """
        to_kept = self._to_kept(matrix)
        put(
            self._program,
            from_kept=column_major(shadows.to_moving @ np.linalg.inv(TO_TEXTURE @ self._matrix)),
            to_kept=column_major(to_kept),
            to_now=column_major(np.linalg.inv(to_kept)),
            size=tuple(float(n) for n in self._size),
        )
        for texture, unit in zip(self._textures, (PICTURE_UNIT, DARK_UNIT), strict=True):
            texture.use(unit)
        self._depth.use(DEPTH_UNIT)
        self._context.depth_func = "1"
        self._context.disable(self._context.CULL_FACE)
        self._triangle.render(vertices=3)
        self._context.enable(self._context.CULL_FACE)
        self._context.depth_func = "<"

    def _to_kept(self, matrix: Matrix) -> Matrix:
        """From (column, row, depth) in 0..1 as the camera [4, 4] sees, to the same as kept."""
        return TO_TEXTURE @ self._matrix @ np.linalg.inv(TO_TEXTURE @ matrix)


def _across(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points [n, 3] through a projective matrix."""
    out = np.concatenate([points, np.ones((len(points), 1))], axis=1) @ matrix.T
    return out[:, :3] / out[:, 3:]
