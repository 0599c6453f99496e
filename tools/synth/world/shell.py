"""What encloses a room: floor, walls, what hangs there, ceiling; or a yard's fences and sky."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.synth.mesh import Mesh, box, panel
from tools.synth.surfaces import grid_faces
from tools.synth.world import colours, pictures, textures

Array = NDArray[np.float64]
OFF = 0.012
"""How far pictures stand off their wall, metres."""
DAY_GLOW = (0.5, 1.1)
FAR, DRUM = 26.0, 32
"""How far away the sky is, metres, and how many corners it has."""


@dataclass(frozen=True, slots=True)
class Walls:
    """A box of a room, in its own axes.

    Attributes:
        low: [2] corner with the least x and y, metres.
        high: [2] the opposite corner.
        tall: metres.
    """

    low: Array
    high: Array
    tall: float

    def side(self, k: int) -> tuple[Array, Array, Array]:
        """Bottom left corner, edge and inward direction [3] of a wall seen from inside.

        Side 0 lies at the most y, then against the sun: 1 the least x, 2 the least y, 3 the most x.
        """
        (x0, y0), (x1, y1) = self.low, self.high
        corners = [(x0, y1), (x0, y0), (x1, y0), (x1, y1)]
        a, b = np.array([*corners[k], 0.0]), np.array([*corners[k - 1], 0.0])
        if k == 0:
            b = np.array([x1, y1, 0.0])
        edge = b - a
        inward = np.cross(edge / np.linalg.norm(edge), [0, 0, 1.0])
        return a, edge, inward


def floor(walls: Walls, surface: textures.Surface) -> Mesh:
    """The floor."""
    (x0, y0), (x, y) = walls.low, walls.high - walls.low
    return _covered((x0, y0, 0), (x, 0, 0), (0, y, 0), surface)


def ceiling(rng: np.random.Generator, walls: Walls) -> list[Mesh]:
    """A ceiling with lamps that glow."""
    (x0, y0), (x, y), z = walls.low, walls.high - walls.low, walls.tall
    maker = textures.plaster if rng.random() < 0.7 else textures.concrete  # noqa: PLR2004
    parts = [_covered((x0, y0 + y, z), (x, 0, 0), (0, -y, 0), maker(rng))]
    rows, columns = (int(n) for n in rng.integers(1, 4, 2))
    size = rng.uniform((0.2, 0.2), (0.5, 1.3))
    for i in range(rows):
        for j in range(columns):
            middle = walls.low + (walls.high - walls.low) * ((i + 0.5) / rows, (j + 0.5) / columns)
            corner = (middle[0] - size[0] / 2, middle[1] + size[1] / 2, z - OFF)
            parts.append(panel(corner, (size[0], 0, 0), (0, -size[1], 0), glow=1.0))
    return parts


def wall(rng: np.random.Generator, walls: Walls, k: int, surface: textures.Surface) -> list[Mesh]:
    """One wall, with a skirting and now and then a lower half in another colour."""
    corner, edge, inward = walls.side(k)
    parts = [_covered(corner, edge, (0, 0, walls.tall), surface)]
    if rng.random() < 0.7:  # noqa: PLR2004
        size = np.abs(edge) + 0.03 * np.abs(inward) + (0, 0, 0.09)
        parts.append(box(corner + edge / 2 + (0, 0, 0.045), size, colours.metal(rng)))
    return parts


def painted_base(rng: np.random.Generator, walls: Walls) -> list[Mesh]:
    """The lower part of all walls in a colour of its own."""
    colour, high = colours.wall(rng), float(rng.uniform(0.8, 1.5))
    parts = []
    for k in range(4):
        corner, edge, inward = walls.side(k)
        parts.append(panel(corner + inward * OFF / 2, edge, (0, 0, high), colour=colour))
    return parts


def hangings(rng: np.random.Generator, walls: Walls, k: int, *, windows: bool) -> list[Mesh]:
    """Posters, a door, a screen, windows on one wall, side by side."""
    corner, edge, inward = walls.side(k)
    length = float(np.linalg.norm(edge))
    slots = max(1, int(length / rng.uniform(1.2, 2.5)))
    parts = []
    for slot in range(slots):
        share = length / slots * 0.85
        if rng.random() < 0.45:  # noqa: PLR2004
            continue
        middle = corner + edge * (slot + 0.5) / slots + inward * OFF
        if windows:
            parts.append(_window(rng, middle, edge / length, share, walls.tall))
        else:
            parts.append(_hanging(rng, middle, edge / length, share))
    return parts


def yard_fence(rng: np.random.Generator, walls: Walls) -> list[Mesh]:
    """Walls, fences or hedges on some sides of a yard."""
    parts = []
    for k in range(4):
        if rng.random() < 0.35:  # noqa: PLR2004
            continue
        corner, edge, _ = walls.side(k)
        makers = (*textures.YARD_WALLS, textures.grass)
        surface = makers[rng.integers(len(makers))](rng)
        parts.append(_covered(corner, edge, (0, 0, float(rng.uniform(1.0, 3.5))), surface))
    return parts


def horizon(rng: np.random.Generator) -> Mesh:
    """The sky and what stands before it: a drum far around with a cone on it.

    Its normals point down, so that the light on it is the same all round.
    """
    turn = np.linspace(0, 2 * np.pi, DRUM + 1)
    rings = [(FAR, -1.0, 1.0), (FAR, 0.45 * FAR, 0.15), (0.01, 0.8 * FAR, 0.0)]
    vertices = [
        np.stack([r * np.cos(turn), r * np.sin(turn), 0 * turn + z], 1) for r, z, _ in rings
    ]
    uv = [np.stack([np.linspace(0, 3, DRUM + 1), 0 * turn + v], 1) for _, _, v in rings]
    count = len(rings) * (DRUM + 1)
    return Mesh(
        np.concatenate(vertices).astype(np.float32),
        np.tile(np.array([0, 0, -1], np.float32), (count, 1)),
        grid_faces(len(rings), DRUM + 1).astype(np.int32),
        np.full((count, 3), 0.95, np.float32),
        np.concatenate(uv).astype(np.float32),
        pictures.outlook(rng),
        glow=0.7,
        shadow=False,
    )


def _covered(corner: Array, along: Array, up: Array, surface: textures.Surface) -> Mesh:
    """A rectangle covered with a texture at its true size."""
    repeat = np.linalg.norm(along) / surface.metres[0], np.linalg.norm(up) / surface.metres[1]
    return panel(corner, along, up, texture=surface.picture, repeat=repeat, shine=surface.shine)


def _window(
    rng: np.random.Generator, middle: Array, along: Array, wide: float, tall: float
) -> Mesh:
    """A window that lets the day in."""
    wide = min(wide, float(rng.uniform(0.7, 2.2)))
    sill = 0.05 if rng.random() < 0.25 else float(rng.uniform(0.7, 1.2))  # noqa: PLR2004
    high = min(tall - 0.1 - sill, float(rng.uniform(0.9, 2.2)))
    return panel(
        middle - along * wide / 2 + (0, 0, sill),
        along * wide,
        (0, 0, high),
        texture=pictures.window(rng),
        shine=0.4,
        glow=float(rng.uniform(*DAY_GLOW)),
    )


def _hanging(rng: np.random.Generator, middle: Array, along: Array, wide: float) -> Mesh:
    """A poster, a door or a dark screen."""
    kind = rng.choice(["poster", "poster", "poster", "door", "screen"])
    if kind == "door":
        wide = min(wide, 0.9)
        return panel(
            middle - along * wide / 2,
            along * wide,
            (0, 0, 2.0),
            texture=pictures.door(rng),
            shine=0.1,
        )
    if kind == "screen":
        wide = min(wide, float(rng.uniform(0.7, 1.4)))
        low, colour = float(rng.uniform(1.0, 1.6)), (0.06, 0.06, 0.07)
        corner = middle - along * wide / 2 + (0, 0, low)
        return panel(corner, along * wide, (0, 0, 0.56 * wide), colour=colour, shine=0.7)
    wide = min(wide, float(rng.uniform(0.3, 1.1)))
    low = float(rng.uniform(0.9, 1.6))
    return panel(
        middle - along * wide / 2 + (0, 0, low),
        along * wide,
        (0, 0, wide * float(rng.uniform(0.7, 1.4))),
        texture=pictures.poster(rng),
    )
