"""Pictures of people and things in a room."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.synth.mesh import Mesh
from tools.synth.people.body import Body, Floats
from tools.synth.people.look import Look
from tools.synth.render.backdrop import Backdrop
from tools.synth.render.context import create, current
from tools.synth.render.programs import MOVING_UNIT, STILL_UNIT, UNDER_UNIT, Programs, put
from tools.synth.render.shadows import Shadows
from tools.synth.render.things import LABEL, Person, Thing
from tools.synth.render.views import Matrix, camera, column_major
from tools.synth.world.rooms import World


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
        self._context = c = create()
        self._programs = Programs(c)
        self._shadows = Shadows(c, self._programs)
        self._backdrop = Backdrop(c, self._programs, size, samples)
        self._canvas = c.framebuffer(
            [c.renderbuffer(size, 4, samples=samples)], c.depth_renderbuffer(size, samples=samples)
        )
        self._picture = c.framebuffer([c.renderbuffer(size, 4)])
        self._labels = c.framebuffer([c.renderbuffer(size, 1)], c.depth_renderbuffer(size))
        self._world: World | None = None

    @current
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
        self._world = world
        self._context.gc()
        c, programs, lamps = self._context, self._programs, len(world.lights.lamps)
        self._room = [Thing(c, programs, mesh, lamps=lamps, still=True) for mesh in world.meshes]
        self._people = [Person(c, programs, *one, lamps=lamps) for one in people]
        self._props = [Thing(c, programs, mesh, lamps=lamps, still=False) for mesh in props]
        self._light(world)
        self._shadows.keep([t for t in self._room if t.casts], world.lights.sun)
        self._backdrop.forget()

    @current
    def draw(
        self,
        pose: ArrayLike,
        view: float,
        bones: Sequence[Floats] = (),
        poses: Sequence[Floats] = (),
    ) -> NDArray[np.uint8]:
        """Draws one picture; a third of the time it takes where the camera has not moved since.

        Args:
            pose: [4, 4] camera to world; it looks along -z, y is up.
            view: vertical angle of view, degrees.
            bones: of each person [b, 3, 4], rest pose to world, as from `Body.matrices`.
            poses: of each prop [4, 4], its own axes to the world.

        Returns:
            [h, w, 3] uint8 red, green, blue.
        """
        for person, matrices in zip(self._people, bones, strict=True):
            person.pose(matrices)
        self._shadows.cast(self._people, self._props, poses)
        matrix = camera(pose, view, self.size)
        self._aim(matrix, pose)
        self._context.enable_only(self._context.DEPTH_TEST | self._context.CULL_FACE)
        self._context.front_face = "cw"
        if self._backdrop.stale(matrix):
            self._backdrop.redraw(matrix, self._draw_room, self._world.background)
        self._backdrop.show(self._canvas, self._shadows)
        self._context.enable_only(self._context.DEPTH_TEST | self._context.CULL_FACE)
        self._draw_moving(poses)
        self._context.copy_framebuffer(self._picture, self._canvas)
        width, height = self.size
        pixels = np.frombuffer(self._picture.read(components=3, alignment=1), np.uint8)
        return pixels.reshape(height, width, 3)

    @current
    def labels(self, poses: Sequence[Floats] = ()) -> NDArray[np.uint8]:
        """Who is seen where in the picture drawn last, [h, w]: 0 nobody, 1 the first person.

        Args:
            poses: of the props, as given to `draw`.
        """
        flat = self._programs.get("depth.vert", LABEL)
        self._labels.use()
        self._labels.clear(depth=1.0)
        self._context.enable_only(self._context.DEPTH_TEST | self._context.CULL_FACE)
        self._context.front_face = "cw"
        put(flat, camera=column_major(self._matrix), value=0.0)
        for thing in self._room:
            thing.draw_plain(LABEL)
        for thing, pose in zip(self._props, poses, strict=True):
            thing.draw_plain(LABEL, pose)
        for k, person in enumerate(self._people, start=1):
            put(flat, value=k / 255.0)
            person.draw_plain(LABEL)
        width, height = self.size
        pixels = np.frombuffer(self._labels.read(components=1, alignment=1), np.uint8)
        return pixels.reshape(height, width)

    def _draw_room(self) -> None:
        """Draws what stands still, out of the shade of what moves."""
        for thing in self._room:
            thing.draw()

    def _draw_moving(self, poses: Sequence[Floats]) -> None:
        """Draws props and people."""
        for thing, pose in zip(self._props, poses, strict=True):
            thing.draw(pose)
        for person in self._people:
            person.draw()

    def _light(self, world: World) -> None:
        """Hands the lights to the programs."""
        lights = world.lights
        self._programs.put_all(
            sun=tuple(lights.sun),
            sun_colour=tuple(lights.sun_colour),
            sky=tuple(lights.sky),
            ground=tuple(lights.ground),
            blur=0.7 + 2.0 * float(lights.softness),
        )
        if lights.lamps:
            places = [(*lamp.place, lamp.reach) for lamp in lights.lamps]
            colours = [lamp.colour for lamp in lights.lamps]
            self._programs.put_lamps(places, colours)

    def _aim(self, matrix: Matrix, pose: ArrayLike) -> None:
        """Hands camera and shadows to the programs."""
        self._matrix = matrix
        self._shadows.use(STILL_UNIT, MOVING_UNIT, UNDER_UNIT)
        self._programs.put_all(
            camera=column_major(matrix),
            eye=tuple(np.asarray(pose, float)[:3, 3]),
            to_still=column_major(self._shadows.to_still),
            to_moving=column_major(self._shadows.to_moving),
        )
