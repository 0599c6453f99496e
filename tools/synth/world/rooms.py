"""Rooms: what stands around an athlete, and the light on it."""

from dataclasses import dataclass

from tools.synth.mesh import Mesh
from tools.synth.world.lights import Lights


@dataclass(frozen=True, slots=True)
class World:
    """Everything around the athlete that does not move.

    Attributes:
        meshes: walls, floor, ceiling and what stands there.
        lights: the light on all of it and on the athlete.
        background: [3] sRGB, where nothing is drawn: the open sky.
    """

    meshes: tuple[Mesh, ...]
    lights: Lights
    background: tuple[float, float, float] = (0.0, 0.0, 0.0)
