"""Closed surfaces as triangles: boxes, bodies of revolution, bent tubes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]
Faces = NDArray[np.int64]
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Surface:
    """Vertices [v, 3], normals [v, 3] and counter-clockwise faces [f, 3]."""

    vertices: Points
    normals: Points
    faces: Faces


def grid_faces(rows: int, columns: int) -> Faces:
    """Two triangles per cell of a grid of vertices, rows major; row x column points outwards."""
    row, column = np.mgrid[: rows - 1, : columns - 1]
    a = (row * columns + column).ravel()
    b, c, d = a + columns, a + columns + 1, a + 1
    return np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])


def _cube(coordinates: Points) -> tuple[Points, Faces]:
    """Six grids over the sides of the cube from -1 to 1, [v, 3]; equal coordinates on the edges."""
    k = len(coordinates)
    u, v = (x.ravel() for x in np.meshgrid(coordinates, coordinates, indexing="ij"))
    vertices, faces = [], []
    for axis in range(3):
        for sign in (1.0, -1.0):
            side = np.empty((k * k, 3))
            side[:, axis] = sign
            side[:, (axis + 1) % 3], side[:, (axis + 2) % 3] = u, v * sign
            vertices.append(side)
            faces.append(grid_faces(k, k) + len(faces) * k * k)
    return np.concatenate(vertices), np.concatenate(faces)


def box(size: ArrayLike) -> Surface:
    """A box about the origin, full lengths [3]."""
    vertices, faces = _cube(np.array([-1.0, 1.0]))
    normals = np.zeros_like(vertices)
    axis = np.repeat(np.arange(3), 8)
    rows = np.arange(len(vertices))
    normals[rows, axis] = vertices[rows, axis]
    return Surface(vertices * np.asarray(size, float) / 2, normals, faces)


def cushion(size: ArrayLike, rounding: float, steps: int = 3) -> Surface:
    """A box about the origin with edges rounded by a radius (at most half its least length)."""
    half = np.asarray(size, float) / 2
    radius = min(rounding, float(half.min()))
    arc = np.tan(np.linspace(0, np.pi / 4, steps + 1))
    coordinates = np.concatenate([-arc[::-1], arc])
    vertices, faces = _cube(coordinates)
    corner = np.tile(np.repeat([-1.0, 1.0], steps + 1), 6 * 2 * (steps + 1)).reshape(6, -1)
    first = np.repeat([-1.0, 1.0], 2 * (steps + 1) ** 2)
    signs = np.empty((6, len(first), 3))
    for side in range(6):
        axis, sign = side // 2, 1.0 - 2.0 * (side % 2)
        signs[side, :, axis] = sign
        signs[side, :, (axis + 1) % 3] = first
        signs[side, :, (axis + 2) % 3] = corner[side] * sign
    normals = vertices / np.linalg.norm(vertices, axis=1, keepdims=True)
    return Surface(signs.reshape(-1, 3) * (half - radius) + normals * radius, normals, faces)


def lathe(profile: ArrayLike, *, sides: int, smooth: bool) -> Surface:
    """A body of revolution about z from a profile [k, 2] of radius and height, bottom to top."""
    points = np.asarray(profile, float)
    slope = np.diff(points, axis=0)
    outward = np.stack([slope[:, 1], -slope[:, 0]], 1)
    outward /= np.maximum(np.linalg.norm(outward, axis=1, keepdims=True), TINY)
    if smooth:
        bent = np.concatenate([outward[:1], outward[:-1] + outward[1:], outward[-1:]])
        for end in (0, -1):
            if points[end, 0] < TINY:
                bent[end] = (0.0, outward[end, 1])
        bent /= np.maximum(np.linalg.norm(bent, axis=1, keepdims=True), TINY)
        return _spun(points, bent, sides)
    strips = [
        _spun(points[i : i + 2], np.stack([outward[i], outward[i]]), sides)
        for i in range(len(points) - 1)
    ]
    return joined(strips)


def ball(radius: float, *, sides: int = 24, rings: int = 14) -> Surface:
    """A sphere about the origin."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, rings + 1)
    circle = np.stack([np.cos(angle), np.sin(angle)], 1)
    circle[[0, -1], 0] = 0.0
    return _spun(circle * radius, circle, sides)


def tube(path: ArrayLike, radius: float, *, sides: int) -> Surface:
    """A tube along a path [k, 3]: with flat ends, or a ring where the last point is the first."""
    points = np.asarray(path, float)
    ring = bool(np.linalg.norm(points[0] - points[-1]) < TINY)
    step = np.diff(points, axis=0)
    step /= np.linalg.norm(step, axis=1, keepdims=True)
    before = np.concatenate([step[-1:] if ring else step[:1], step])
    after = np.concatenate([step, step[:1] if ring else step[-1:]])
    ahead = before + after
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    across = _carried(ahead)
    other = np.cross(ahead, across)
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    turn[-1] = 0.0
    normals = (
        np.cos(turn)[None, :, None] * across[:, None] + np.sin(turn)[None, :, None] * other[:, None]
    )
    if ring:
        normals[-1] = normals[0]
    rings = points[:, None] + radius * normals
    hull = Surface(
        rings.reshape(-1, 3),
        normals.reshape(-1, 3),
        grid_faces(len(points), sides + 1)[:, ::-1],
    )
    if ring:
        return hull
    return joined([hull, _lid(rings[0], -ahead[0]), _lid(rings[-1], ahead[-1])])


def joined(parts: list[Surface]) -> Surface:
    """Several surfaces as one."""
    starts = np.cumsum([0, *(len(p.vertices) for p in parts[:-1])])
    return Surface(
        np.concatenate([p.vertices for p in parts]),
        np.concatenate([p.normals for p in parts]),
        np.concatenate([p.faces + s for p, s in zip(parts, starts, strict=True)]),
    )


def _spun(profile: Points, normals: Points, sides: int) -> Surface:
    """Turns a profile and its normals [k, 2] about z; triangles without area are left out."""
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    turn[-1] = 0.0
    about = np.stack([np.cos(turn), np.sin(turn)], 1)

    def spin(curve: Points) -> Points:
        flat = curve[:, None, :1] * about[None]
        return np.concatenate(
            [flat, np.broadcast_to(curve[:, None, 1:], (*flat.shape[:2], 1))], axis=2
        ).reshape(-1, 3)

    faces = grid_faces(len(profile), sides + 1)[:, ::-1]
    vertices = spin(profile)
    corners = vertices[faces]
    area = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    return Surface(vertices, spin(normals), faces[area > TINY])


def _carried(ahead: Points) -> Points:
    """A direction across each tangent [k, 3], carried along with as little twist as possible."""
    start = np.eye(3)[np.argmin(np.abs(ahead[0]))]
    across = np.empty_like(ahead)
    last = start
    for i, tangent in enumerate(ahead):
        last = last - tangent * (last @ tangent)
        last /= np.linalg.norm(last)
        across[i] = last
    return across


def _lid(ring: Points, normal: Points) -> Surface:
    """A flat lid on a ring of vertices whose first and last are the same place."""
    k = len(ring)
    faces = np.stack([np.zeros(k - 3, int), np.arange(1, k - 2), np.arange(2, k - 1)], 1)
    a, b, c = ring[faces[0]]
    if np.cross(b - a, c - a) @ normal < 0:
        faces = faces[:, ::-1]
    return Surface(ring, np.tile(normal, (k, 1)), faces)
