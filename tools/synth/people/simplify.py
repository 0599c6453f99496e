"""Fewer triangles over the same vertices: edges collapse, cheapest first.

Quadric error metrics (Garland and Heckbert 1997), each collapse moving one end of an edge onto the
other, so that weights, names and fields of the vertices stay as they are.
"""

import heapq

import numpy as np
from numpy.typing import NDArray

FLIP = 0.3
"""A triangle may turn by at most the angle of this cosine when a corner moves."""
LENGTH = 0.02
"""Share of the squared length of an edge that its collapse costs besides the shape it loses."""


def simplify(
    vertices: NDArray[np.floating],
    faces: NDArray[np.integer],
    care: NDArray[np.floating],
    target: int,
) -> NDArray[np.int64]:
    """Collapses edges until few enough triangles are left.

    Args:
        vertices: [v, 3] metres.
        faces: [f, 3] of a manifold surface, which may have borders; border vertices stay.
        care: [v] how much more than elsewhere the shape matters at a vertex.
        target: triangles to end with, or as near as can be.

    Returns:
        [g, 3] triangles over the same vertices.
    """
    work = _Work(np.asarray(vertices, float), np.asarray(faces), np.asarray(care, float))
    heap = [(work.cost(a, b), a, b) for a in range(len(vertices)) for b in work.near[a]]
    heapq.heapify(heap)
    while heap and work.left > target:
        cost, a, b = heapq.heappop(heap)
        if b not in work.near[a] or cost < work.cost(a, b) or not work.may(a, b):
            continue
        work.collapse(a, b)
        for c in work.near[b]:
            heapq.heappush(heap, (work.cost(b, c), b, c))
            heapq.heappush(heap, (work.cost(c, b), c, b))
    return np.array(sorted({tuple(f) for around in work.faces for f in around}), np.int64)


class _Work:
    """A mesh that loses vertices.

    Attributes:
        near: neighbours of each vertex.
        faces: triangles about each vertex, each as a tuple that begins with its least corner.
        left: how many triangles there are.
    """

    def __init__(
        self,
        vertices: NDArray[np.float64],
        faces: NDArray[np.integer],
        care: NDArray[np.float64],
    ) -> None:
        self._at, self._care = vertices, care
        self.near: list[set[int]] = [set() for _ in vertices]
        self.faces: list[set[tuple[int, int, int]]] = [set() for _ in vertices]
        for a, b, c in faces.tolist():
            face = _turned(a, b, c)
            for corner, others in ((a, (b, c)), (b, (c, a)), (c, (a, b))):
                self.near[corner].update(others)
                self.faces[corner].add(face)
        self.left = len(faces)
        self._border = [len(n) != len(f) for n, f in zip(self.near, self.faces, strict=True)]
        self._quadrics = _quadrics(vertices, faces)
        self._points = [tuple(p) for p in vertices.tolist()]

    def cost(self, a: int, b: int) -> float:
        """Of moving vertex a onto vertex b."""
        x, y, z = self._points[b]
        q = self._quadrics[a]
        lost = x * (q[0] * x + 2 * (q[1] * y + q[2] * z + q[3]))
        lost += y * (q[4] * y + 2 * (q[5] * z + q[6])) + z * (q[7] * z + 2 * q[8]) + q[9]
        u, v, w = self._points[a]
        long = (x - u) ** 2 + (y - v) ** 2 + (z - w) ** 2
        return float(self._care[a]) * (max(lost, 0.0) + LENGTH * long * long)

    def may(self, a: int, b: int) -> bool:
        """Whether a may move onto b: the surface stays one, and no triangle turns over."""
        if self._border[a] or len(self.near[a] & self.near[b]) != 2:  # noqa: PLR2004
            return False
        for face in self.faces[a]:
            if b in face:
                continue
            before = self._normal(face)
            after = self._normal(tuple(b if k == a else k for k in face))
            sizes = np.sqrt(_dot(before, before) * _dot(after, after))
            if _dot(before, after) <= FLIP * sizes:
                return False
        return True

    def collapse(self, a: int, b: int) -> None:
        """Moves a onto b."""
        for face in list(self.faces[a]):
            for corner in face:
                self.faces[corner].discard(face)
            if b in face:
                self.left -= 1
                continue
            moved = _turned(*(b if k == a else k for k in face))
            for corner in moved:
                self.faces[corner].add(moved)
        for c in self.near[a]:
            self.near[c].discard(a)
            if c != b:
                self.near[c].add(b)
                self.near[b].add(c)
        self.near[a] = set()
        qa, qb = self._quadrics[a], self._quadrics[b]
        self._quadrics[b] = [x + y for x, y in zip(qa, qb, strict=True)]

    def _normal(self, face: tuple[int, ...]) -> tuple[float, float, float]:
        """Of a triangle, twice its area long."""
        (ax, ay, az), (bx, by, bz), (cx, cy, cz) = (self._points[k] for k in face)
        ux, uy, uz, vx, vy, vz = bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az
        return uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx


def _dot(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _turned(a: int, b: int, c: int) -> tuple[int, int, int]:
    """The same triangle, its least corner first."""
    return min((a, b, c), (b, c, a), (c, a, b))


def _quadrics(vertices: NDArray[np.float64], faces: NDArray[np.integer]) -> list[list[float]]:
    """The ten coefficients of every vertex's squared distance to its planes, weighted by area."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    normal = np.cross(b - a, c - a)
    area = np.linalg.norm(normal, axis=1, keepdims=True) / 2
    normal /= np.maximum(2 * area, 1e-15)
    plane = np.concatenate([normal, -(normal * a).sum(axis=1, keepdims=True)], axis=1)
    rows, columns = np.triu_indices(4)
    each = area * plane[:, rows] * plane[:, columns]
    out = np.zeros((len(vertices), 10))
    for k in range(3):
        np.add.at(out, faces[:, k], each)
    return out.tolist()
