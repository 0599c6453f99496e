"""Paints and shapes the clothes: a shirt, leggings, hair and a face as a texture, shoes as solids."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from tools.synth.body import Body, normals, ramp
from tools.synth.curves import Array

TEXELS = 1024
DIVIDE = 14
SKIN, LIP, EYE, IRIS = (196, 146, 118), (172, 106, 96), (238, 234, 230), (52, 38, 30)
SHIRT, LEGGINGS, STRIPE = (226, 92, 58), (40, 46, 66), (240, 236, 228)
HAIR, SHOE, SOLE = (58, 38, 26), (236, 236, 232), (226, 92, 58)
ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")


@dataclass(frozen=True, slots=True)
class Outfit:
    """A dressed body.

    Attributes:
        skin: [v, 3] rest vertices, pushed out where clothes are.
        texture: [h, w, 3] uint8 red, green, blue over the body's `uv`.
        solids: rigid parts: bone name, [k, 3] rest vertices, [m, 3] triangles, [k, 3] colours.
    """

    skin: Array
    texture: NDArray[np.uint8]
    solids: tuple[tuple[str, Array, NDArray[np.int64], NDArray[np.uint8]], ...]


def dress(body: Body, seed: int) -> Outfit:
    """Dresses a body; the same seed gives the same weave and hair."""
    arm = _weight_of(body, ARM)
    texture = _paint(body, arm, np.random.default_rng(seed))
    solids = [_shoe(body, letter) for letter in "LR"]
    return Outfit(_padded(body, arm), texture, (*solids, _ponytail(body)))


def _weight_of(body: Body, prefixes: tuple[str, ...]) -> Array:
    """Share of each vertex that bones of these names move, [v]."""
    chosen = np.array([name.startswith(prefixes) for name in body.skeleton.names])
    return (body.weights * chosen[body.bones]).sum(axis=1)


def _regions(body: Body, p: Array, arm: Array) -> dict[str, NDArray[np.bool_]]:
    """Which rest points [n, 3] with arm weights [n] lie under which cloth."""
    at = body.skeleton.at
    hip, knee, neck, eye = at("upperleg01.L"), at("lowerleg01.L"), at("neck01"), at("eye.L")
    shoulder, elbow = at("upperarm01.L"), at("lowerarm01.L")
    side = np.abs(p * [1, 0, 0]) + p * [0, 1, 1]
    axis = elbow - shoulder
    along = (side - shoulder) @ axis / (axis @ axis)
    collar = np.linalg.norm((p - neck - [0, -0.035, 0.0]) * [0.9, 0.8, 1.0], axis=1) < 0.088
    is_arm = arm > 0.5
    sleeve = is_arm & (along < 0.52)
    trunk = ~is_arm & (p[:, 2] > hip[2] + 0.035) & (p[:, 2] < neck[2] + 0.02)
    legs = ~is_arm & (p[:, 2] <= hip[2] + 0.035) & (p[:, 2] > knee[2] - 0.20)
    face_y = eye[1] + 0.115
    line = eye[2] + 0.055 - 0.55 * np.maximum(p[:, 1] - eye[1] - 0.03, 0)
    hair = (p[:, 2] > line) | ((p[:, 1] > face_y) & (p[:, 2] > neck[2] + 0.075))
    return {"shirt": (sleeve | trunk) & ~collar, "legs": legs, "hair": hair}


def _padded(body: Body, arm: Array) -> Array:
    """Rest vertices with loose cloth and hair standing off the skin."""
    at = body.skeleton.at
    hip, neck, eye = at("upperleg01.L"), at("neck01"), at("eye.L")
    p, out = body.skin, normals(body.skin, body.faces)
    regions = _regions(body, p, arm)
    away = np.zeros(len(p))
    hem = 0.012 + 0.014 * (1 - ramp(p[:, 2], hip[2] + 0.02, hip[2] + 0.25))
    away[regions["shirt"]] = hem[regions["shirt"]]
    away[regions["shirt"] & (arm > 0.5)] = 0.014
    away[regions["legs"]] = 0.004
    crown = 0.010 + 0.014 * ramp(p[:, 2], eye[2] + 0.03, eye[2] + 0.10)
    away[regions["hair"]] = crown[regions["hair"]]
    away[p[:, 2] < 0.13] = -0.004
    del neck
    return p + out * away[:, None]


def _paint(body: Body, arm: Array, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Colours every texel by where on the body at rest it lies."""
    grid = [(i, j) for i in range(DIVIDE) for j in range(DIVIDE - i)]
    bary = np.array([[(i + 1 / 3), (j + 1 / 3)] for i, j in grid]) / DIVIDE
    bary = np.column_stack([bary, 1 - bary.sum(axis=1)])
    canvas = np.zeros((TEXELS, TEXELS, 3), np.float32)
    known = np.zeros((TEXELS, TEXELS), np.uint8)
    for chunk in np.array_split(np.arange(len(body.faces)), 8):
        p = np.einsum("sk,fkc->fsc", bary, body.skin[body.faces[chunk]]).reshape(-1, 3)
        a = np.einsum("sk,fk->fs", bary, arm[body.faces[chunk]]).ravel()
        uv = np.einsum("sk,fkc->fsc", bary, body.uv[body.uv_faces[chunk]]).reshape(-1, 2)
        x = np.clip((uv[:, 0] * TEXELS).astype(int), 0, TEXELS - 1)
        y = np.clip(((1 - uv[:, 1]) * TEXELS).astype(int), 0, TEXELS - 1)
        canvas[y, x] = _colour(body, p, a)
        known[y, x] = 1
    canvas = _spread(canvas, known, 6)
    weave = cv2.GaussianBlur(rng.normal(0, 1, (TEXELS, TEXELS)).astype(np.float32), (0, 0), 1.2)
    return np.clip(canvas * (1 + 0.10 * weave[..., None]), 0, 255).astype(np.uint8)


def _colour(body: Body, p: Array, arm: Array) -> Array:
    """Colour of rest points [n, 3], floats 0..255."""
    at = body.skeleton.at
    eye, hip, head = at("eye.L"), at("upperleg01.L"), at("head")
    out = np.tile(np.array(SKIN, float), (len(p), 1))
    regions = _regions(body, p, arm)
    out[regions["shirt"]] = SHIRT
    band = regions["shirt"] & (np.abs(p[:, 2] - hip[2] - 0.36) < 0.022) & (arm < 0.5)
    out[band] = STRIPE
    out[regions["legs"]] = LEGGINGS
    seam = regions["legs"] & (np.abs(np.abs(p[:, 0]) - 0.5 * (hip[0] + 0.24)) < 0.0)
    out[seam] = SHIRT
    front = p[:, 1] < head[1] - 0.05
    brow = front & (np.abs(p[:, 2] - eye[2] - 0.026) < 0.005)
    brow &= np.abs(np.abs(p[:, 0]) - eye[0]) < 0.019
    out[brow] = HAIR
    away = np.hypot(np.abs(p[:, 0]) - eye[0], (p[:, 2] - eye[2]) * 1.5)
    out[front & (away < 0.0145)] = EYE
    out[front & (away < 0.0075)] = IRIS
    mouth = front & (np.abs(p[:, 0]) < 0.024) & (np.abs(p[:, 2] - eye[2] + 0.067) < 0.008)
    out[mouth] = LIP
    out[regions["hair"]] = HAIR
    return out


def _spread(canvas: NDArray[np.float32], known: NDArray[np.uint8], rounds: int) -> NDArray[np.float32]:
    """Grows known texels into their unknown neighbours, so that seams and holes do not show."""
    for _ in range(rounds):
        total = cv2.blur(canvas * known[..., None], (3, 3))
        count = cv2.blur(known.astype(np.float32), (3, 3))
        grown = (known == 0) & (count > 0)
        canvas[grown] = total[grown] / count[grown][:, None]
        known[grown] = 1
    return canvas


def _shoe(body: Body, letter: str) -> tuple[str, Array, NDArray[np.int64], NDArray[np.uint8]]:
    """A shoe: the hull of the foot, thicker, with a coloured sole."""
    bone = f"foot.{letter}"
    foot = _weight_of(body, (bone, *(f"toe{k}-{j}.{letter}" for k in range(1, 6) for j in (1, 2, 3))))
    p = body.skin[(foot > 0.5) & (body.skin[:, 2] < 0.085)]
    middle = p.mean(axis=0)
    p = middle + (p - middle) * [1.16, 1.07, 1.0]
    p = np.concatenate([p * [1, 1, 0.95] + [0, 0, 0.012], p * [1, 1, 0.0]])
    hull = ConvexHull(p)
    used, faces = np.unique(hull.simplices, return_inverse=True)
    vertices, faces = p[used], faces.reshape(-1, 3)
    faces = _outward(vertices, faces)
    vertices, faces = _halve(*_halve(vertices, faces))
    colours = np.where(vertices[:, 2:] < 0.024, SOLE, SHOE).astype(np.uint8)
    return bone, vertices, faces, colours


def _ponytail(body: Body) -> tuple[str, Array, NDArray[np.int64], NDArray[np.uint8]]:
    """A ponytail: one drop behind the head."""
    eye, head = body.skeleton.at("eye.L"), body.skeleton.at("head")
    crown = body.skin[body.skin[:, 2] > eye[2] + 0.03]
    tie = np.array([0.0, crown[:, 1].max() + 0.012, eye[2] + 0.045])
    u, v = np.meshgrid(np.linspace(0, np.pi, 14), np.linspace(0, 2 * np.pi, 16, endpoint=False))
    u, v = u.ravel(), v.ravel()
    thick = 0.034 * np.sin(u) * (1.15 - 0.45 * u / np.pi)
    down = (1 - np.cos(u)) / 2
    points = np.column_stack(
        [thick * np.cos(v), thick * np.sin(v) + 0.075 * np.sin(down * 2.2), -0.24 * down + 0.03]
    )
    hull = ConvexHull(points)
    used, faces = np.unique(hull.simplices, return_inverse=True)
    vertices, faces = points[used] + tie, faces.reshape(-1, 3)
    del head
    return "head", vertices, _outward(vertices, faces), np.tile(np.uint8(HAIR), (len(vertices), 1))


def _outward(vertices: Array, faces: NDArray[np.int64]) -> NDArray[np.int64]:
    """Turns the triangles of a convex solid to face outwards."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    inside = np.einsum("fc,fc->f", np.cross(b - a, c - a), a - vertices.mean(axis=0)) < 0
    faces = faces.copy()
    faces[inside] = faces[inside][:, ::-1]
    return faces


def _halve(vertices: Array, faces: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64]]:
    """Splits every triangle into four."""
    edges = np.sort(faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    unique, which = np.unique(edges, axis=0, return_inverse=True)
    m = which.reshape(-1, 3) + len(vertices)
    a, b, c = faces.T
    ab, bc, ca = m.T
    quads = [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]]
    split = np.concatenate([np.stack(q, axis=1) for q in quads])
    return np.concatenate([vertices, vertices[unique].mean(axis=1)]), split
