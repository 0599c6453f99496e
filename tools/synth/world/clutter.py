"""Puts things along the walls and on the floor, out of the way of athlete and camera."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tools.synth.mesh import Mesh, moved, turned
from tools.synth.world import furniture, machines, props

Array = NDArray[np.float64]
Maker = Callable[[np.random.Generator], Mesh]
LENS = 0.5
"""Metres about the camera that stay free."""
STEPS = 25
GYM: tuple[Maker, ...] = (
    machines.rack,
    machines.dumbbell_rack,
    machines.dumbbell_rack,
    machines.tower,
    machines.treadmill,
    machines.bicycle,
    machines.plate_tree,
    machines.bells,
    machines.balls,
    machines.wall_bars,
    machines.bench,
    machines.steps,
    furniture.bag,
    furniture.plant,
    furniture.cabinet,
)
HOME: tuple[Maker, ...] = (
    furniture.sofa,
    furniture.shelf,
    furniture.table,
    furniture.cabinet,
    furniture.plant,
    furniture.plant,
    furniture.lamp,
    furniture.seat,
    furniture.bag,
    machines.balls,
    machines.bells,
    machines.bicycle,
)
GARAGE: tuple[Maker, ...] = (
    machines.rack,
    machines.dumbbell_rack,
    machines.plate_tree,
    machines.bells,
    machines.bench,
    machines.steps,
    furniture.cartons,
    furniture.cartons,
    furniture.shelf,
    furniture.cabinet,
    furniture.table,
    furniture.bag,
)
YARD: tuple[Maker, ...] = (
    furniture.plant,
    furniture.plant,
    furniture.seat,
    furniture.table,
    furniture.bag,
    furniture.cartons,
    machines.bells,
    machines.balls,
    machines.bench,
)


@dataclass(slots=True)
class Floor:
    """The room's floor, seen from above, in the room's own axes.

    Attributes:
        low: [2] its corner with the least x and y, metres.
        high: [2] the opposite one.
        athlete: [2] where the athlete is.
        free: radius about the athlete.
        eye: [2] where the camera is.
        taken: rectangles (least x and y, most x and y) on which something stands.
    """

    low: Array
    high: Array
    athlete: Array
    free: float
    eye: Array
    taken: list[Array] = field(default_factory=list)

    def is_free(self, low: Array, high: Array) -> bool:
        """Whether a rectangle from `low` [2] to `high` [2] may be stood on."""
        inside = (low >= self.low - 1e-6).all() and (high <= self.high + 1e-6).all()
        return bool(
            inside
            and not self.in_way(low, high)
            and all((high < t[:2]).any() or (low > t[2:]).any() for t in self.taken)
        )

    def in_way(self, low: Array, high: Array) -> bool:
        """Whether a rectangle touches the athlete's circle, the camera or what lies between.

        That is every circle about a point between athlete and camera whose radius goes evenly
        from the one's to the other's.
        """
        share = np.linspace(0, 1, STEPS)[:, None]
        points = self.athlete * (1 - share) + self.eye * share
        radii = self.free * (1 - share[:, 0]) + LENS * share[:, 0]
        gaps = np.maximum(np.maximum(low - points, points - high), 0)
        return bool((np.linalg.norm(gaps, axis=1) < radii + 0.05).any())


def place(
    rng: np.random.Generator, floor: Floor, makers: tuple[Maker, ...], count: int
) -> list[Mesh]:
    """Stands things along the walls.

    Args:
        rng: source of chance.
        floor: what is free; what is placed is added to it.
        makers: what to choose from.
        count: how many to try; those that find no room are left out.
    """
    meshes = []
    for _ in range(count):
        mesh = makers[rng.integers(len(makers))](rng)
        for _ in range(6):
            pose, low, high = _at_wall(rng, floor, mesh)
            if floor.is_free(low, high):
                floor.taken.append(np.concatenate([low, high]))
                meshes.append(moved(mesh, pose))
                break
    return meshes


def scatter(rng: np.random.Generator, floor: Floor, count: int) -> list[Mesh]:
    """Leaves small things on the floor, at any angle: bottles, mats, towels, weights, a bag."""
    meshes = []
    for _ in range(count):
        kind = str(rng.choice(["bottle", "mat", "towel", "dumbbell", "plate", "kettlebell"]))
        mesh = _lying(rng, kind)
        turn = turned(2, float(rng.uniform(0, 360)))
        mesh = moved(mesh, turn)
        half = np.ptp(mesh.vertices[:, :2], axis=0).astype(float) / 2
        for _ in range(4):
            middle = rng.uniform(floor.low + half, np.maximum(floor.high - half, floor.low + half))
            if floor.is_free(middle - half, middle + half):
                floor.taken.append(np.concatenate([middle - half, middle + half]))
                off = (mesh.vertices[:, :2].min(axis=0) + mesh.vertices[:, :2].max(axis=0)) / 2
                meshes.append(moved(mesh, (*(middle - off), 0)))
                break
    return meshes


def _lying(rng: np.random.Generator, kind: str) -> Mesh:
    """A small thing as it lies or stands on the floor."""
    if kind == "plate":
        return moved(props.mesh("plate", {"radius": 0.2}), turned(1, 90, (0, 0, 0.026)))
    mesh = props.mesh(kind, props.sample(rng, kind))
    return moved(mesh, (0, 0, -float(mesh.vertices[:, 2].min())))


def _at_wall(rng: np.random.Generator, floor: Floor, mesh: Mesh) -> tuple[Array, Array, Array]:
    """A pose [4, 4] with the back to one of four walls, and the rectangle it then covers."""
    side = int(rng.integers(4))
    turn = turned(2, 90.0 * side)
    flat = mesh.vertices[:, :2].astype(float) @ turn[:2, :2].T
    low, high = flat.min(axis=0), flat.max(axis=0)
    room = floor.high - floor.low - (high - low)
    at = floor.low + rng.uniform(0, 1, 2) * np.maximum(room, 0)
    axis, gap = (side + 1) % 2, float(rng.uniform(0.02, 0.15))
    at[axis] = floor.low[axis] + (room[axis] - gap if side in {0, 3} else gap)
    pose = turn.copy()
    pose[:2, 3] = at - low
    return pose, at, at + (high - low)
