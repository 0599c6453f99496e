"""Shadow maps of the sun, of what stands still and of what moves; and what is seen from below."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.synth.people.body import Floats
from tools.synth.render.programs import Programs, put
from tools.synth.render.things import DEPTH, Person, Thing
from tools.synth.render.views import TO_TEXTURE, column_major, light

STILL_TEXELS, MOVING_TEXELS, UNDER_TEXELS = 2048, 1024, 256
UP = np.array([0.0, 0.0, -1.0])
"""Whoever looks up from below stands there."""
AROUND = 0.22
"""Metres of body and hair beyond its bones, at most."""


class Shadows:
    """The maps and how to read them.

    Attributes:
        to_still: [4, 4] world to the map of what stands still, 0..1.
        to_moving: [4, 4] world to the map of what moves.
        region: [2, 3] lowest and highest column, row and depth of that map, 0..1, of all in it.
        to_under: [4, 4] world to the map of what is seen from below; depth grows upwards.
        under_region: [2, 3] of that map.
    """

    def __init__(self, context: Any, programs: Programs) -> None:  # noqa: ANN401
        self._context, self._program = context, programs.get("depth.vert", DEPTH)
        self._still, self._moving = (_map(context, n) for n in (STILL_TEXELS, MOVING_TEXELS))
        self._under = _map(context, UNDER_TEXELS)
        self._under[1].compare_func = ""
        self._sun = np.array([0.0, 0.0, 1.0])
        self.to_still = self.to_moving = self.to_under = np.eye(4)
        self.region = self.under_region = np.array([[0.0] * 3, [1.0] * 3])

    def keep(self, room: Sequence[Thing], sun: NDArray[np.float64]) -> None:
        """Draws the map of what stands still.

        What faces away from the sun throws no shadow: the sun shines through walls and ceilings
        that are drawn from inside only.
        """
        self._sun = sun
        matrix, _ = light(sun, _together([thing.corners() for thing in room]), 0.0, STILL_TEXELS)
        self.to_still = TO_TEXTURE @ matrix
        self._begin(self._still[0], matrix)
        for thing in room:
            thing.draw_plain(DEPTH)

    def cast(
        self,
        people: Sequence[Person],
        props: Sequence[Thing],
        poses: Sequence[Floats],
    ) -> None:
        """Draws the map of what moves."""
        parts = [person.heads for person in people]
        parts += [thing.corners(pose) for thing, pose in zip(props, poses, strict=True)]
        places = _together(parts)
        matrix, self.region = light(self._sun, places, AROUND, MOVING_TEXELS)
        self.to_moving = TO_TEXTURE @ matrix
        under, self.under_region = light(UP, places, AROUND, UNDER_TEXELS)
        self.to_under = TO_TEXTURE @ under
        for target, view in ((self._moving[0], matrix), (self._under[0], under)):
            self._begin(target, view)
            for person in people:
                person.draw_plain(DEPTH)
            for thing, pose in zip(props, poses, strict=True):
                thing.draw_plain(DEPTH, pose)

    def use(self, still: int, moving: int, under: int) -> None:
        """Binds the maps to texture units."""
        for (_, texture), unit in zip(
            (self._still, self._moving, self._under), (still, moving, under), strict=True
        ):
            texture.use(unit)

    def _begin(self, target: Any, matrix: NDArray[np.float64]) -> None:  # noqa: ANN401
        """Clears a map and gets ready to draw into it."""
        self._context.enable_only(self._context.DEPTH_TEST | self._context.CULL_FACE)
        self._context.front_face = "ccw"
        target.use()
        target.clear(depth=1.0)
        put(self._program, camera=column_major(matrix))


def _together(places: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """All places [n, 3]; the origin if there are none."""
    return np.concatenate(places) if places else np.zeros((1, 3))


def _map(context: Any, texels: int) -> tuple[Any, Any]:  # noqa: ANN401
    """A framebuffer of depth only, and its texture that compares as it is read."""
    texture = context.depth_texture((texels, texels))
    texture.compare_func = "<="
    texture.filter = (context.LINEAR, context.LINEAR)
    texture.repeat_x = texture.repeat_y = False
    return context.framebuffer(depth_attachment=texture), texture
