"""Rooms: what stands around an athlete, and the light on it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.synth.mesh import Mesh, join, moved, turned
from tools.synth.world import clutter, lights, pictures, shell, textures

Array = NDArray[np.float64]
WALL_GAP = 0.25
"""Metres that camera and athlete's circle keep from the walls."""
DULL = 0.2
"""Things that shine less than this are drawn as one, those that shine more as another."""


@dataclass(frozen=True, slots=True)
class World:
    """Everything around the athlete that does not move.

    Attributes:
        meshes: walls, floor, ceiling and what stands there.
        lights: the light on all of it and on the athlete.
        background: [3] sRGB, where nothing is drawn: the open sky.
        kind: of the room, a key of `KINDS`.
    """

    meshes: tuple[Mesh, ...]
    lights: lights.Lights
    background: tuple[float, float, float] = (0.0, 0.0, 0.0)
    kind: str = "gym"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of room; each pair is the range that is drawn from.

    Attributes:
        share: how often it is drawn, against the others.
        size: length of a side, metres.
        tall: height, metres.
        floors: makers of the floor's texture.
        walls: makers of the walls' texture.
        things: makers of what stands along the walls.
        count: how many of them for every ten metres of wall.
        scattered: how many small things lie on the floor.
        outdoors: under the sky.
    """

    share: float
    size: tuple[float, float]
    tall: tuple[float, float]
    floors: tuple[textures.Maker, ...]
    walls: tuple[textures.Maker, ...]
    things: tuple[clutter.Maker, ...]
    count: tuple[float, float]
    scattered: tuple[int, int]
    outdoors: bool = False


KINDS = {
    "gym": Kind(
        4, (6, 12), (2.7, 4.5), textures.GYM_FLOORS, textures.GYM_WALLS, clutter.GYM, (2, 8), (0, 6)
    ),
    "home": Kind(
        3, (3, 6), (2.4, 3), textures.HOME_FLOORS, textures.HOME_WALLS, clutter.HOME, (2, 8), (0, 4)
    ),
    "garage": Kind(
        2,
        (3, 6),
        (2.4, 3),
        textures.BARE_FLOORS,
        textures.BARE_WALLS,
        clutter.GARAGE,
        (2, 9),
        (0, 6),
    ),
    "empty": Kind(
        1,
        (3, 10),
        (2.5, 4),
        textures.BARE_FLOORS,
        textures.HOME_WALLS,
        clutter.HOME,
        (0, 1),
        (0, 1),
    ),
    "yard": Kind(
        2,
        (5, 12),
        (3, 3),
        textures.YARD_FLOORS,
        textures.YARD_WALLS,
        clutter.YARD,
        (0, 4),
        (0, 3),
        outdoors=True,
    ),
}


def sample(
    rng: np.random.Generator,
    *,
    keep_free: float,
    eye: ArrayLike,
    clear: float = 2.3,
    kind: str | None = None,
) -> World:
    """Draws a room around an athlete at the origin and a camera.

    Args:
        rng: source of chance.
        keep_free: radius in metres about the athlete in which nothing stands.
        eye: [3] where the camera stands; neither wall nor thing comes between.
        clear: metres from the floor to the ceiling at least.
        kind: a key of `KINDS`, or None to draw one.
    """
    if kind is None:
        shares = np.array([k.share for k in KINDS.values()], float)
        kind = str(rng.choice(list(KINDS), p=shares / shares.sum()))
    sort = KINDS[kind]
    degrees = float(rng.integers(4) * 90 + rng.normal(0, 12))
    turn = turned(2, degrees)
    seen_from = (np.asarray(eye, float) @ turn[:3, :3])[:2]
    walls = _enclosed(rng, sort, keep_free, seen_from, clear)
    surfaces, window = _yard(rng, sort, walls) if sort.outdoors else _indoors(rng, sort, walls)
    surfaces += _platform(rng, keep_free)
    things = _things(rng, sort, walls, keep_free, seen_from)
    light = lights.sample(
        rng,
        outdoors=sort.outdoors,
        window=None if window is None else window + degrees,
        reach=float((walls.high - walls.low).min() / 2),
        tall=walls.tall,
    )
    sky = (pictures.sky(rng, 1, 2)[0, 0] / 255).tolist() if sort.outdoors else (0.0, 0.0, 0.0)
    return World(tuple(moved(m, turn) for m in [*surfaces, *things]), light, tuple(sky), kind)


def _enclosed(
    rng: np.random.Generator, sort: Kind, keep_free: float, eye: Array, clear: float
) -> shell.Walls:
    """Walls of a drawn size about athlete and camera, wider where these need it."""
    least = np.minimum(-keep_free, eye) - WALL_GAP
    most = np.maximum(keep_free, eye) + WALL_GAP
    spare = np.maximum(rng.uniform(*sort.size, 2) - (most - least), 0)
    share = rng.uniform(0, 1, 2)
    low, high = least - spare * share, most + spare * (1 - share)
    return shell.Walls(low, high, max(float(rng.uniform(*sort.tall)), clear + 0.1))


def _indoors(
    rng: np.random.Generator, sort: Kind, walls: shell.Walls
) -> tuple[list[Mesh], float | None]:
    """Floor, walls, ceiling and what hangs; and the azimuth of the windows in degrees, or None."""
    meshes = [shell.floor(walls, _one(rng, sort.floors)), *shell.ceiling(rng, walls)]
    most, other = _one(rng, sort.walls), _one(rng, sort.walls)
    odd = int(rng.integers(8))
    bright = int(rng.integers(6))
    for k in range(4):
        meshes += shell.wall(rng, walls, k, other if k == odd else most)
        meshes += shell.hangings(rng, walls, k, windows=k == bright)
    if rng.random() < 0.2:  # noqa: PLR2004
        meshes += shell.painted_base(rng, walls)
    return meshes, 90.0 + 90.0 * bright if bright < 4 else None  # noqa: PLR2004


def _yard(rng: np.random.Generator, sort: Kind, walls: shell.Walls) -> tuple[list[Mesh], None]:
    """Ground to the horizon, perhaps a paved place, fences and the sky."""
    far = shell.Walls(np.full(2, -shell.FAR), np.full(2, shell.FAR), 0)
    meshes = [shell.floor(far, _one(rng, sort.floors))]
    if rng.random() < 0.4:  # noqa: PLR2004
        meshes.append(moved(shell.floor(walls, _one(rng, textures.TERRACES)), (0, 0, 0.003)))
    return [*meshes, *shell.yard_fence(rng, walls), shell.horizon(rng)], None


def _platform(rng: np.random.Generator, keep_free: float) -> list[Mesh]:
    """Now and then another floor under the athlete: a platform, a rug."""
    if rng.random() > 0.25:  # noqa: PLR2004
        return []
    half = rng.uniform(0.6, 1.0, 2) * keep_free
    maker = (textures.rubber, textures.planks, textures.carpet)[rng.integers(3)]
    spot = shell.floor(shell.Walls(-half, half, 0), maker(rng))
    return [moved(spot, (0, 0, 0.004))]


def _things(
    rng: np.random.Generator, sort: Kind, walls: shell.Walls, keep_free: float, eye: Array
) -> list[Mesh]:
    """What stands and lies about, joined into few meshes."""
    floor = clutter.Floor(walls.low + 0.02, walls.high - 0.02, np.zeros(2), keep_free, eye)
    metres = 2 * float((walls.high - walls.low).sum())
    count = min(round(metres / 10 * rng.uniform(*sort.count)), 16)
    things = clutter.place(rng, floor, sort.things, count)
    things += clutter.scatter(
        rng, floor, int(rng.integers(sort.scattered[0], sort.scattered[1] + 1))
    )
    groups = [m for m in things if m.shine < DULL], [m for m in things if m.shine >= DULL]
    return [join(group) for group in groups if group]


def _one(rng: np.random.Generator, makers: tuple[textures.Maker, ...]) -> textures.Surface:
    """The texture of one of these makers."""
    return makers[rng.integers(len(makers))](rng)
