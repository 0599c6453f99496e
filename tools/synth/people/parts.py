"""What is worn besides cloth: shoes, hair that hangs, caps, glasses."""

# ruff: noqa: PLR2004 - the measures of these things are what this module is about

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import ConvexHull, cKDTree

from tools.synth import surfaces
from tools.synth.people.body import BONES_A_VERTEX, Body, Floats
from tools.synth.people.look import Look


@dataclass(frozen=True, slots=True)
class Part:
    """Something worn, at rest.

    Attributes:
        vertices: [k, 3].
        faces: [m, 3].
        stuff: what it is of, one of figure.STUFF.
        bones: [k, 8] uint8.
        weights: [k, 8].
    """

    vertices: Floats
    faces: NDArray[np.int64]
    stuff: str
    bones: NDArray[np.uint8]
    weights: Floats


def parts(body: Body, look: Look) -> list[Part]:
    """All that a look adds to a body."""
    out = [_shoe(body, letter) for letter in "LR"]
    if look.cut in HANGING:
        out.append(HANGING[look.cut](body, 0.015 if look.cap else 0.085))
    if look.cap:
        out += _cap(body)
    if look.glasses:
        out.append(_glasses(body))
    return out


def _rigid(body: Body, stuff: str, surface: surfaces.Surface, bone: str = "head") -> Part:
    """A part that one bone carries."""
    count = len(surface.vertices)
    bones = np.zeros((count, BONES_A_VERTEX), np.uint8)
    bones[:, 0] = body.skeleton.names.index(bone)
    weights = np.zeros((count, BONES_A_VERTEX), np.float32)
    weights[:, 0] = 1.0
    vertices = surface.vertices.astype(np.float32)
    return Part(vertices, surface.faces, stuff, bones, weights)


def _shoe(body: Body, letter: str) -> Part:
    """A shoe: the hull of the foot, thicker, bending with the toes."""
    foot = body.share_of(("foot", "toe"))
    side = body.skin[:, 0] * (1 if letter == "L" else -1) > 0
    chosen = np.flatnonzero((foot > 0.5) & side & (body.skin[:, 2] < 0.078))
    p = body.skin[chosen]
    p = p.mean(axis=0) + (p - p.mean(axis=0)) * [1.14, 1.07, 1.0]
    low = p * [1, 1, 0]
    vertices, faces = _hull(np.concatenate([p * [1, 1, 0.95] + [0, 0, 0.012], low]))
    vertices, faces = _split(vertices, faces)
    nearest = chosen[cKDTree(body.skin[chosen]).query(vertices)[1]]
    bones, weights = body.bones[nearest], body.weights[nearest]
    return Part(vertices.astype(np.float32), faces, "shoe", bones, weights)


def _frame(body: Body) -> tuple[Floats, float]:
    """Midway between the eyes, [3], and the size of the head to an average one."""
    eye = body.skeleton.at("eye.L") * [0, 1, 1]
    return eye, float(body.skin[body.topology.named["crown"], 2] - eye[2]) / 0.108


def _ball(centre: ArrayLike, half_axes: ArrayLike) -> surfaces.Surface:
    """An ellipsoid."""
    plain = surfaces.ball(1.0, sides=16, rings=10)
    return surfaces.Surface(plain.vertices * half_axes + centre, plain.normals, plain.faces)


def _bun(body: Body, _: float) -> Part:
    """A bun behind the crown."""
    eye, s = _frame(body)
    return _rigid(body, "hair", _ball(eye + s * np.array([0, 0.185, 0.075]), [s * 0.036] * 3))


def _lofted(rings: list[tuple[float, float, float, float]], sides: int = 16) -> surfaces.Surface:
    """A closed body through level ellipses (y, z, half-axis x, half-axis y), from top to bottom."""
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    points = [[[rx * np.cos(t), y + ry * np.sin(t), z] for t in turn] for y, z, rx, ry in rings]
    vertices = np.array(points).reshape(-1, 3)
    faces = surfaces.grid_faces(len(rings), sides + 1)
    return surfaces.Surface(vertices, np.zeros_like(vertices), faces)


def _ponytail(body: Body, _: float) -> Part:
    """A ponytail from the back of the head to between the shoulder blades."""
    eye, s = _frame(body)
    u = np.linspace(0, 1, 10)
    thick = 0.032 * np.sin(np.pi * (0.12 + 0.86 * u)) ** 0.7
    back, down = 0.165 + 0.055 * np.sin(u * 2.4), 0.075 - 0.27 * u**1.3
    rings = [
        (eye[1] + s * b, eye[2] + s * d, s * t, s * t)
        for b, d, t in zip(back, down, thick, strict=True)
    ]
    rings = [(rings[0][0], rings[0][1] + 0.005, 1e-4, 1e-4), *rings, (*rings[-1][:2], 1e-4, 1e-4)]
    return _hanging(body, _lofted(rings))


def _mane(body: Body, high: float, low: float) -> Part:
    """Hair that hangs behind the ears, from `high` to `low` metres above the eyes."""
    eye, s = _frame(body)
    u = np.linspace(0, 1, 11)
    down = high + (low - high) * u
    wide = np.interp(
        down, [-0.30, -0.20, -0.05, 0.03, 0.06, 0.085], [0.060, 0.078, 0.088, 0.082, 0.070, 0.050]
    )
    deep = np.interp(
        down, [-0.30, -0.12, -0.04, 0.03, 0.06, 0.085], [0.022, 0.038, 0.062, 0.070, 0.062, 0.045]
    )
    back = np.interp(down, [-0.30, -0.16, -0.10, 0.05, 0.085], [0.160, 0.140, 0.118, 0.106, 0.095])
    rings = [
        (eye[1] + s * b, eye[2] + s * d, s * w, s * t)
        for b, d, w, t in zip(back, down, wide, deep, strict=True)
    ]
    rings = [(rings[0][0], rings[0][1] + 0.01, 1e-4, 1e-4), *rings, (*rings[-1][:2], 1e-4, 1e-4)]
    return _hanging(body, _lofted(rings))


def _hanging(body: Body, surface: surfaces.Surface) -> Part:
    """Hair that the head carries and the neck holds back further down."""
    part = _rigid(body, "hair", surface)
    eye, s = _frame(body)
    part.bones[:, 1] = body.skeleton.names.index("neck01")
    share = np.clip((eye[2] - 0.04 * s - part.vertices[:, 2]) / (0.25 * s), 0, 0.45)
    part.weights[:, 0], part.weights[:, 1] = 1 - share, share
    return part


HANGING = {
    "bun": _bun,
    "ponytail": _ponytail,
    "bob": lambda body, high: _mane(body, high, -0.115),
    "long": lambda body, high: _mane(body, high, -0.27),
}
"""Hair cuts with a part of their own."""


def _cap(body: Body) -> list[Part]:
    """A cap with a peak."""
    eye, s = _frame(body)
    crown = body.skin[body.skin[:, 2] > eye[2] + 0.05 * s]
    low, high = crown.min(axis=0), crown.max(axis=0)
    middle, half = (low + high) / 2, (high - low) / 2
    dome = _ball(
        [0, middle[1], eye[2] + 0.045 * s],
        [1.0, 1.0, 1.0] * (half * [1.06, 1.05, 0])
        + [0.012, 0.012, high[2] - eye[2] - 0.045 * s + 0.012],
    )
    dome.vertices[:, 2] = np.maximum(dome.vertices[:, 2], eye[2] + 0.043 * s)
    peak = _ball([0, low[1] - 0.012 * s, eye[2] + 0.048 * s], [0.068 * s, 0.072 * s, 0.006])
    tilt = 0.25 * (peak.vertices[:, 1] - low[1])
    peak.vertices[:, 2] += tilt
    return [_rigid(body, "cap", dome), _rigid(body, "cap", peak)]


def _glasses(body: Body) -> Part:
    """Two rims and their temples."""
    eye, s = _frame(body)
    x = float(body.skeleton.at("eye.L")[0])
    turn = np.linspace(0, 2 * np.pi, 17)
    turn[-1] = 0.0
    front = body.skin[body.topology.named["lid_in.L"], 1] - 0.014 * s
    pieces = []
    for sign in (1, -1):
        ring = np.stack(
            [
                sign * x + 0.024 * s * np.cos(turn),
                np.full(17, front),
                eye[2] + 0.018 * s * np.sin(turn) - 0.002,
            ],
            axis=1,
        )
        ear = [sign * 0.076 * s, eye[1] + 0.095 * s, eye[2] + 0.005 * s]
        corner = [sign * (x + 0.024 * s), front, eye[2] + 0.004]
        wide = [sign * 0.074 * s, front + 0.02 * s, eye[2] + 0.006]
        pieces += [
            surfaces.tube(ring, 0.0022, sides=6),
            surfaces.tube([corner, wide, ear], 0.002, sides=6),
        ]
    bridge = [[x - 0.024 * s, front, eye[2] + 0.004], [-(x - 0.024 * s), front, eye[2] + 0.004]]
    pieces.append(surfaces.tube(bridge, 0.0022, sides=6))
    return _rigid(body, "frame", surfaces.joined(pieces))


def _hull(points: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Convex hull of points [n, 3]: vertices, and triangles that face outwards."""
    used, faces = np.unique(ConvexHull(points).simplices, return_inverse=True)
    vertices, faces = points[used], faces.reshape(-1, 3)
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    inside = np.einsum("fc,fc->f", np.cross(b - a, c - a), a - vertices.mean(axis=0)) < 0
    faces[inside] = faces[inside][:, ::-1]
    return vertices, faces


def _split(vertices: Floats, faces: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    """Splits every triangle into four."""
    edges = np.sort(faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    unique, which = np.unique(edges, axis=0, return_inverse=True)
    ab, bc, ca = (which.reshape(-1, 3) + len(vertices)).T
    a, b, c = faces.T
    parts = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    split = np.concatenate([np.stack(part, axis=1) for part in parts])
    return np.concatenate([vertices, vertices[unique].mean(axis=1)]), split
