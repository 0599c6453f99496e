"""Pictures of people and things in a room."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.synth.mesh import Mesh
from tools.synth.people.body import Body, Floats
from tools.synth.people.look import Look
from tools.synth.render import context as gl
from tools.synth.render.backdrop import Backdrop
from tools.synth.render.shadows import Shadows
from tools.synth.render.things import BONES, PAINT, STILL, Person, Thing
from tools.synth.render.views import camera, column_major
from tools.synth.world.rooms import World

ROOM_UNIT, STILL_UNIT, MOVING_UNIT = 0, 4, 5
"""Texture units: of a mesh, of the two shadow maps."""
LAMPS = 4


class Renderer:
    """Draws scenes of one picture size.

    Args:
        size: width and height in pixels.
        samples: a pixel; 4 smooths edges, 0 does not.

    Raises:
        GymboxError: no OpenGL.
    """

    def __init__(self, size: tuple[int, int], samples: int = 4) -> None:
        self.size = size
        self._context = c = gl.create()
        self._programs = _programs(c)
        self._shadows = Shadows(c, self._programs["depth"])
        self._backdrop = Backdrop(c, self._programs["backdrop"], size, samples)
        self._canvas = c.framebuffer(
            [c.renderbuffer(size, 4, samples=samples)], c.depth_renderbuffer(size, samples=samples)
        )
        self._picture = c.framebuffer([c.renderbuffer(size, 4)])
        self._labels = c.framebuffer([c.renderbuffer(size, 1)], c.depth_renderbuffer(size))
        self._world: World | None = None

    def scene(
        self,
        world: World,
        people: Sequence[tuple[Body, Look]] = (),
        props: Sequence[Mesh] = (),
    ) -> None:
        """Sets what is drawn.

        Args:
            world: what stands still; of its walls only the sides that face inwards are drawn, and
                they throw no shadow from behind.
            people: bodies and what they wear.
            props: rigid things that move, in their own axes.
        """
        self._context.__enter__()
        self._world = world
        self._room = [Thing(self._context, self._programs, mesh) for mesh in world.meshes]
        self._people = [Person(self._context, self._programs, *one) for one in people]
        self._props = [Thing(self._context, self._programs, mesh) for mesh in props]
        self._light(world)
        self._shadows.keep(self._room, world.lights.sun)
        self._backdrop.forget()

    def draw(
        self,
        pose: ArrayLike,
        view: float,
        bones: Sequence[Floats] = (),
        poses: Sequence[Floats] = (),
    ) -> NDArray[np.uint8]:
        """Draws one picture.

        Args:
            pose: [4, 4] camera to world; it looks along -z, y is up.
            view: vertical angle of view, degrees.
            bones: of each person [b, 3, 4], rest pose to world, as from `Body.matrices`.
            poses: of each prop [4, 4], its own axes to the world.

        Returns:
            [h, w, 3] uint8 red, green, blue.
        """
        self._context.__enter__()
        for person, matrices in zip(self._people, bones, strict=True):
            person.pose(matrices)
        self._shadows.cast(self._people, self._props, poses)
        matrix = camera(pose, view, self.size)
        self._aim(matrix, pose)
        self._context.enable_only(self._context.DEPTH_TEST | self._context.CULL_FACE)
        self._context.front_face = "cw"
        if self._backdrop.stale(matrix):
            self._backdrop.redraw(matrix, self._draw_room, self._world.background)
        self._canvas.use()
        self._backdrop.show(self._shadows)
        self._draw_moving(poses)
        self._context.copy_framebuffer(self._picture, self._canvas)
        width, height = self.size
        pixels = np.frombuffer(self._picture.read(components=3, alignment=1), np.uint8)
        return pixels.reshape(height, width, 3)

    def labels(self, poses: Sequence[Floats] = ()) -> NDArray[np.uint8]:
        """Who is seen where in the picture drawn last, [h, w]: 0 nobody, k person k - 1.

        Args:
            poses: of the props, as given to `draw`.
        """
        self._context.__enter__()
        flat = self._programs["flat"]
        self._labels.use()
        self._labels.clear(depth=1.0)
        self._context.enable_only(self._context.DEPTH_TEST | self._context.CULL_FACE)
        self._context.front_face = "cw"
        gl.put(flat, camera=column_major(self._matrix), value=0.0)
        for thing in self._room:
            thing.draw_depth(flat, labelled=True)
        for thing, pose in zip(self._props, poses, strict=True):
            thing.draw_depth(flat, pose, labelled=True)
        for k, person in enumerate(self._people, start=1):
            gl.put(flat, value=k / 255.0)
            person.draw_depth(flat, labelled=True)
        width, height = self.size
        pixels = np.frombuffer(self._labels.read(components=1, alignment=1), np.uint8)
        return pixels.reshape(height, width)

    def _draw_room(self, *, moving: bool) -> None:
        """Draws what stands still."""
        gl.put(self._programs["mesh"], moving=moving)
        for thing in self._room:
            thing.draw(self._programs["mesh"], STILL)

    def _draw_moving(self, poses: Sequence[Floats]) -> None:
        """Draws props and people."""
        gl.put(self._programs["mesh"], moving=True)
        for thing, pose in zip(self._props, poses, strict=True):
            thing.draw(self._programs["mesh"], pose)
        for person in self._people:
            person.draw()

    def _light(self, world: World) -> None:
        """Hands the lights to the programs."""
        lights = world.lights
        lamps = np.zeros((LAMPS, 4), "<f4")
        colours = np.zeros((LAMPS, 3), "<f4")
        for k, lamp in enumerate(lights.lamps[:LAMPS]):
            lamps[k], colours[k] = (*lamp.place, lamp.reach), lamp.colour
        for name in ("person", "mesh", "backdrop"):
            gl.put(
                self._programs[name],
                sun=tuple(lights.sun),
                sun_colour=tuple(lights.sun_colour),
                sky=tuple(lights.sky),
                ground=tuple(lights.ground),
                lamps=lamps.tobytes(),
                lamp_colours=colours.tobytes(),
                blur=0.7 + 2.0 * float(lights.softness),
            )

    def _aim(self, matrix: NDArray[np.float64], pose: ArrayLike) -> None:
        """Hands camera and shadows to the programs."""
        self._matrix = matrix
        self._shadows.use(STILL_UNIT, MOVING_UNIT)
        for name in ("person", "mesh"):
            gl.put(
                self._programs[name],
                camera=column_major(matrix),
                eye=tuple(np.asarray(pose, float)[:3, 3]),
                to_still=column_major(self._shadows.to_still),
                to_moving=column_major(self._shadows.to_moving),
            )


def _programs(context: Any) -> dict[str, Any]:  # noqa: ANN401
    """All programs, their textures and blocks bound."""
    out = {
        "skin": gl.program(context, "skin.vert", varyings=("at", "facing")),
        "person": gl.program(context, "person.vert", "person.frag"),
        "mesh": gl.program(context, "mesh.vert", "mesh.frag"),
        "depth": gl.program(context, "depth.vert", "nothing.frag"),
        "flat": gl.program(context, "depth.vert", "flat.frag"),
        "backdrop": gl.program(context, "full.vert", "backdrop.frag"),
    }
    for name in ("person", "mesh"):
        gl.put(out[name], picture=ROOM_UNIT, still_map=STILL_UNIT, moving_map=MOVING_UNIT)
    gl.put(out["backdrop"], picture=1, darkness=2, depth=3, moving_map=MOVING_UNIT)
    out["skin"]["Bones"].binding = BONES
    out["person"]["Paint"].binding = PAINT
    return out
