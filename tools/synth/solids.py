"""Rigid parts that a bone carries: shoes and hair."""

# ruff: noqa: PLR2004 - the measures of a shoe are what this module is about

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from tools.synth.body import Body
from tools.synth.curves import Array
from tools.synth.palette import HAIR, LEGGINGS, SHIRT, SHOE, SOLE


@dataclass(frozen=True, slots=True)
class Solid:
    """A rigid part.

    Attributes:
        bone: name of the bone that carries it.
        vertices: [k, 3] in the rest pose.
        faces: [m, 3] triangles.
        colours: [k, 3] uint8 red, green, blue.
    """

    bone: str
    vertices: Array
    faces: NDArray[np.int64]
    colours: NDArray[np.uint8]


def shoe(body: Body, letter: str) -> Solid:
    """A shoe: the hull of the foot, thicker, with a coloured sole and strap."""
    bone = f"foot.{letter}"
    toes = [f"toe{k}-{j}.{letter}" for k in range(1, 6) for j in (1, 2, 3)]
    foot = body.share_of((bone, *toes))
    p = body.skin[(foot > 0.5) & (body.skin[:, 2] < 0.085)]
    middle = p.mean(axis=0)
    p = middle + (p - middle) * [1.16, 1.07, 1.0]
    vertices, faces = _hull(np.concatenate([p * [1, 1, 0.95] + [0, 0, 0.012], p * [1, 1, 0]]))
    for _ in range(3):
        vertices, faces = _split(vertices, faces)
    upper = vertices[:, 2] >= 0.024
    ahead = vertices[:, 1] - body.skeleton.at(bone)[1]
    colours = np.where(upper[:, None], SHOE, SOLE).astype(np.uint8)
    colours[upper & (np.abs(ahead + 0.055) < 0.016)] = SHIRT
    colours[(vertices[:, 2] > 0.088) & (ahead > -0.05)] = LEGGINGS
    return Solid(bone, vertices, faces, colours)


def ponytail(body: Body) -> Solid:
    """A ponytail: one drop behind the head."""
    eye = body.skeleton.at("eye.L")
    crown = body.skin[body.skin[:, 2] > eye[2] + 0.03]
    tie = np.array([0.0, crown[:, 1].max() + 0.012, eye[2] + 0.045])
    u, v = np.meshgrid(np.linspace(0, np.pi, 14), np.linspace(0, 2 * np.pi, 16, endpoint=False))
    u, v = u.ravel(), v.ravel()
    thick = 0.034 * np.sin(u) * (1.15 - 0.45 * u / np.pi)
    down = (1 - np.cos(u)) / 2
    back = thick * np.sin(v) + 0.075 * np.sin(down * 2.2)
    vertices, faces = _hull(np.column_stack([thick * np.cos(v), back, 0.03 - 0.24 * down]))
    return Solid("head", vertices + tie, faces, np.tile(np.uint8(HAIR), (len(vertices), 1)))


def _hull(points: Array) -> tuple[Array, NDArray[np.int64]]:
    """Convex hull of points [n, 3]: vertices, and triangles that face outwards."""
    used, faces = np.unique(ConvexHull(points).simplices, return_inverse=True)
    vertices, faces = points[used], faces.reshape(-1, 3)
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    inside = np.einsum("fc,fc->f", np.cross(b - a, c - a), a - vertices.mean(axis=0)) < 0
    faces[inside] = faces[inside][:, ::-1]
    return vertices, faces


def _split(vertices: Array, faces: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64]]:
    """Splits every triangle into four."""
    edges = np.sort(faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    unique, which = np.unique(edges, axis=0, return_inverse=True)
    ab, bc, ca = (which.reshape(-1, 3) + len(vertices)).T
    a, b, c = faces.T
    parts = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    split = np.concatenate([np.stack(part, axis=1) for part in parts])
    return np.concatenate([vertices, vertices[unique].mean(axis=1)]), split
