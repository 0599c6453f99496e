"""The gym: walls, floor and equipment made of boxes, cylinders and spheres."""

from dataclasses import dataclass

import numpy as np
import trimesh
from trimesh import creation
from trimesh.transformations import rotation_matrix

from tools.synth import textures
from tools.synth.curves import Array

TURN = -16.0
"""Degrees by which the room is turned against the picture."""
BACK, LEFT, TALL, WIDE = 2.3, -3.1, 3.0, 9.0
STEEL, IRON, RED, BLUE = (52, 56, 62), (34, 34, 36), (190, 58, 44), (52, 92, 150)
CHROME, LEATHER, YELLOW = (168, 170, 174), (40, 40, 44), (222, 178, 62)


@dataclass(frozen=True, slots=True)
class Panel:
    """A flat textured rectangle: corners [4, 3] from bottom left, counter-clockwise."""

    corners: Array
    texture: textures.Picture


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that does not move.

    Attributes:
        panels: flat textured rectangles.
        things: coloured solids.
    """

    panels: tuple[Panel, ...]
    things: tuple[trimesh.Trimesh, ...]

    def points(self, spacing: float = 0.02) -> Array:
        """Points on the solids for their shadows, [n, 3]."""
        fine = [t.subdivide_to_size(spacing) if len(t.faces) < 400 else t for t in self.things]  # noqa: PLR2004
        return np.concatenate([np.asarray(t.vertices) for t in fine])


def build(seed: int) -> Room:
    """Builds the room; the same seed gives the same textures."""
    rng = np.random.default_rng(seed)
    panels = (
        _panel((-4.5, -5.0, 0.0), (9.0, 0, 0), (0, 9.0, 0), textures.rubber(rng)),
        _panel((-1.25, -1.0, 0.004), (2.5, 0, 0), (0, 1.95, 0), textures.planks(rng)),
        _panel((LEFT, BACK, 0), (WIDE, 0, 0), (0, 0, TALL), textures.plaster(rng, 1800, 600, 0.36)),
        _panel((LEFT, BACK - 6, 0), (0, 6, 0), (0, 0, TALL), textures.bricks(rng, 1200, 600)),
        _panel((-1.95, BACK - 0.02, 1.5), (0.6, 0, 0), (0, 0, 0.8), textures.poster()),
    )
    things = [*_rack(1.55, 1.75), *_dumbbells(-2.2, 2.0), *_floor_things()]
    turn = rotation_matrix(np.deg2rad(TURN), [0, 0, 1])
    for thing in things:
        thing.apply_transform(turn)
    turned = tuple(Panel(p.corners @ turn[:3, :3].T, p.texture) for p in panels)
    return Room(turned, tuple(things))


def _panel(
    corner: tuple[float, float, float],
    along: tuple[float, float, float],
    up: tuple[float, float, float],
    texture: textures.Picture,
) -> Panel:
    """A rectangle from one corner and two edges."""
    a, u, v = np.array(corner), np.array(along), np.array(up)
    return Panel(np.stack([a, a + u, a + u + v, a + v]), texture)


def _paint(mesh: trimesh.Trimesh, colour: tuple[int, int, int]) -> trimesh.Trimesh:
    """One colour for a solid."""
    mesh.visual.vertex_colors = np.tile([*colour, 255], (len(mesh.vertices), 1)).astype(np.uint8)
    return mesh


def box(
    centre: tuple[float, float, float],
    size: tuple[float, float, float],
    colour: tuple[int, int, int],
) -> trimesh.Trimesh:
    """A box, metres."""
    mesh = creation.box(extents=size)
    mesh.apply_translation(centre)
    return _paint(mesh, colour)


def rod(
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    radius: float,
    colour: tuple[int, int, int],
) -> trimesh.Trimesh:
    """A cylinder between two points, metres."""
    return _paint(creation.cylinder(radius=radius, segment=[start, end], sections=28), colour)


def _rack(x: float, y: float) -> list[trimesh.Trimesh]:
    """A power rack with a loaded bar."""
    half, deep, tall = 0.58, 0.45, 2.2
    parts = [
        box((x + sx * half, y + sy * deep / 2, tall / 2), (0.07, 0.07, tall), STEEL)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    parts += [box((x, y + sy * deep / 2, tall), (2 * half, 0.07, 0.07), STEEL) for sy in (-1, 1)]
    parts += [box((x + sx * half, y, 0.04), (0.07, deep + 0.5, 0.07), STEEL) for sx in (-1, 1)]
    front, high = y - deep / 2 - 0.07, 1.25
    parts += [box((x + sx * half, front, high - 0.05), (0.06, 0.1, 0.05), YELLOW) for sx in (-1, 1)]
    parts.append(rod((x - 1.05, front, high), (x + 1.05, front, high), 0.015, CHROME))
    for sx in (-1, 1):
        for offset, radius, colour in ((0.72, 0.225, RED), (0.78, 0.225, BLUE), (0.83, 0.15, IRON)):
            a = x + sx * offset
            parts.append(rod((a - 0.022, front, high), (a + 0.022, front, high), radius, colour))
    return parts


def _dumbbells(x: float, y: float) -> list[trimesh.Trimesh]:
    """A rack of two shelves of dumbbells."""
    parts = [box((x + sx * 0.62, y, 0.42), (0.05, 0.36, 0.84), STEEL) for sx in (-1, 1)]
    for high in (0.34, 0.74):
        parts.append(box((x, y, high), (1.24, 0.34, 0.03), STEEL))
        for k in range(5):
            a, radius = x - 0.48 + 0.24 * k, 0.055 + 0.007 * k
            z = high + 0.015 + radius
            parts.append(rod((a, y - 0.10, z), (a, y + 0.10, z), 0.016, CHROME))
            parts += [
                rod((a, y + s * 0.13 - 0.04, z), (a, y + s * 0.13 + 0.04, z), radius, IRON)
                for s in (-1, 1)
            ]
    return parts


def _floor_things() -> list[trimesh.Trimesh]:
    """A bench, a medicine ball and a kettlebell."""
    bench = [box((0.05, 1.85, 0.43), (1.15, 0.28, 0.09), LEATHER)]
    bench += [box((0.05 + s * 0.42, 1.85, 0.19), (0.06, 0.22, 0.38), STEEL) for s in (-1, 1)]
    ball = _paint(creation.icosphere(subdivisions=4, radius=0.16), BLUE)
    ball.apply_translation((-1.2, 1.6, 0.16))
    bell = _paint(creation.icosphere(subdivisions=4, radius=0.10), IRON)
    bell.apply_translation((-0.85, 1.75, 0.10))
    ring = _paint(creation.torus(major_radius=0.055, minor_radius=0.014), IRON)
    ring.apply_transform(rotation_matrix(np.pi / 2, [1, 0, 0]))
    ring.apply_translation((-0.85, 1.75, 0.215))
    return [*bench, ball, bell, ring]
