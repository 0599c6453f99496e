"""The room as a camera sees it: drawn once, shown again until the camera is elsewhere."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.synth.render.programs import Programs, put
from tools.synth.render.shadows import Shadows
from tools.synth.render.views import TO_TEXTURE, Matrix, column_major

DARK_UNIT, DEPTH_UNIT = 2, 3
REACH = 0.3
"""Metres above the room at which a body no longer darkens it, as in backdrop.frag."""
GRID = 8
"""The places seen are sampled every so many pixels to find out where shade may fall."""


class Backdrop:
    """Colour of the room, its depth, and what the shade of people leaves of it.

    Args:
        context: OpenGL.
        programs: to draw with.
        size: width and height of the pictures.
        samples: a pixel.
    """

    def __init__(
        self,
        context: Any,  # noqa: ANN401
        programs: Programs,
        size: tuple[int, int],
        samples: int,
    ) -> None:
        self._context, self._size = context, size
        self._shade = programs.get("full.vert", "backdrop.frag")
        self._touch = programs.get("full.vert", "backdrop.frag", TOUCH=1)
        for program in (self._shade, self._touch):
            put(program, darkness=DARK_UNIT, depth=DEPTH_UNIT, size=tuple(map(float, size)))
        colour, dark = (context.renderbuffer(size, 4, samples=samples) for _ in range(2))
        depth = context.depth_renderbuffer(size, samples=samples)
        self._smooth = context.framebuffer([colour, dark], depth)
        self._shown = context.framebuffer([colour], depth)
        self._darkness, self._depth = context.texture(size, 4), context.depth_texture(size)
        self._depth.compare_func = ""
        for texture in (self._darkness, self._depth):
            texture.filter = (context.NEAREST, context.NEAREST)
        unused = context.renderbuffer(size, 4)
        self._plain = context.framebuffer([unused, self._darkness], self._depth)
        self._triangles = {
            program: context.vertex_array(program, []) for program in (self._shade, self._touch)
        }
        self._places = np.zeros((0, 4))
        self._matrix: Matrix | None = None

    def forget(self) -> None:
        """The room has changed."""
        self._matrix = None

    def stale(self, matrix: Matrix) -> bool:
        """Whether the camera [4, 4] is not the one that the room was drawn for."""
        return self._matrix is None or not np.array_equal(matrix, self._matrix)

    def redraw(
        self, matrix: Matrix, paint: Callable[[], None], background: tuple[float, ...]
    ) -> None:
        """Draws the room for a camera [4, 4]."""
        for target in (self._smooth, self._plain):
            target.use()
            target.clear(*background, 1.0, depth=1.0)
            paint()
        self._matrix = matrix
        self._places = self._sampled()

    def show(self, target: Any, shadows: Shadows) -> None:  # noqa: ANN401
        """Copies it into a framebuffer, depth included, and darkens it where people are near."""
        self._context.copy_framebuffer(target, self._shown)
        target.use()
        self._darkness.use(DARK_UNIT)
        self._depth.use(DEPTH_UNIT)
        self._context.enable_only(self._context.BLEND)
        self._context.blend_func = self._context.DST_COLOR, self._context.ZERO
        metre = float(shadows.to_under[2, 2])
        put(self._touch, metre=metre)
        behind = shadows.region + np.array([[0, 0, 0], [0, 0, np.inf]])
        below = shadows.under_region - np.array([[0, 0, REACH * metre], [0, 0, 0]])
        self._darken(target, self._shade, shadows.to_moving, behind)
        self._darken(target, self._touch, shadows.to_under, below)
        target.scissor = None

    def _darken(
        self,
        target: Any,  # noqa: ANN401
        program: Any,  # noqa: ANN401
        matrix: Matrix,
        region: NDArray[np.float64],
    ) -> None:
        """Draws what darkens the room by one map: world to it [4, 4], and its region [2, 3]."""
        pixels = self._within(matrix, region)
        if pixels is None:
            return
        from_picture = np.linalg.inv(TO_TEXTURE @ self._matrix)
        put(program, from_picture=column_major(matrix @ from_picture))
        target.scissor = pixels
        self._triangles[program].render(vertices=3)

    def _sampled(self) -> NDArray[np.float64]:
        """Places in the world that are seen, [n, 4], row by row of a coarse grid."""
        width, height = self._size
        depth = np.frombuffer(self._depth.read(alignment=4), "<f4").reshape(height, width)
        rows, columns = np.mgrid[0:height:GRID, 0:width:GRID]
        seen = np.stack(
            [columns / width, rows / height, depth[::GRID, ::GRID], np.ones(rows.shape)], axis=-1
        )
        places = seen.reshape(-1, 4) @ np.linalg.inv(TO_TEXTURE @ self._matrix).T
        return places / places[:, 3:]

    def _within(
        self, matrix: Matrix, region: NDArray[np.float64]
    ) -> tuple[int, int, int, int] | None:
        """Left, top, width and height in pixels of what lies in a region [2, 3] of a map."""
        at = self._places @ matrix[:3].T
        inside = ((at > region[0]) & (at < region[1])).all(axis=1)
        inside = inside.reshape(-1, -(-self._size[0] // GRID))
        if not inside.any():
            return None
        (top, bottom), (left, right) = (
            np.flatnonzero(inside.any(axis=axis))[[0, -1]] * GRID for axis in (1, 0)
        )
        x, y = max(int(left) - GRID, 0), max(int(top) - GRID, 0)
        return (
            x,
            y,
            min(int(right) + GRID, self._size[0]) - x,
            min(int(bottom) + GRID, self._size[1]) - y,
        )
