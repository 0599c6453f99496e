"""Paints and shapes the clothes: shirt, leggings, hair and face as a texture, shoes as solids."""

# ruff: noqa: PLR2004 - the measures of the clothes are what this module is about

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.synth.body import Body, normals, ramp
from tools.synth.curves import Array
from tools.synth.palette import EYE, HAIR, IRIS, LEGGINGS, LIP, SHIRT, SKIN, STRIPE
from tools.synth.solids import Solid, ponytail, shoe

TEXELS = 1024
"""Width and height of the texture."""
DIVIDE = 14
"""Each triangle is sampled in a grid of this many by this many, halved."""
ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")


@dataclass(frozen=True, slots=True)
class Outfit:
    """A dressed body.

    Attributes:
        skin: [v, 3] rest vertices, pushed out where clothes are.
        texture: [h, w, 3] uint8 red, green, blue over the body's `uv`.
        solids: shoes and ponytail.
    """

    skin: Array
    texture: NDArray[np.uint8]
    solids: tuple[Solid, ...]


def dress(body: Body, seed: int) -> Outfit:
    """Dresses a body; the same seed gives the same weave and hair."""
    arm = body.share_of(ARM)
    texture = _paint(body, arm, np.random.default_rng(seed))
    solids = [shoe(body, letter) for letter in "LR"]
    return Outfit(_padded(body, arm), texture, (*solids, ponytail(body)))


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
    line = eye[2] + 0.070 - 1.0 * np.maximum(p[:, 1] - eye[1] - 0.015, 0)
    hair = (p[:, 2] > line) | ((p[:, 1] > face_y) & (p[:, 2] > neck[2] + 0.075))
    return {"shirt": (sleeve | trunk) & ~collar, "legs": legs, "hair": hair}


def _padded(body: Body, arm: Array) -> Array:
    """Rest vertices with loose cloth and hair standing off the skin."""
    at = body.skeleton.at
    hip, eye = at("upperleg01.L"), at("eye.L")
    p, out = body.skin, normals(body.skin, body.faces)
    regions = _regions(body, p, arm)
    away = np.zeros(len(p))
    hem = 0.012 + 0.014 * (1 - ramp(p[:, 2], hip[2] + 0.02, hip[2] + 0.25))
    away[regions["shirt"]] = hem[regions["shirt"]]
    away[regions["shirt"] & (arm > 0.5)] = 0.014
    away[regions["legs"]] = 0.004
    crown = 0.006 + 0.016 * ramp(p[:, 2], eye[2] + 0.03, eye[2] + 0.10)
    away[regions["hair"]] = crown[regions["hair"]]
    away[p[:, 2] < 0.13] = -0.004
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
    return np.clip(canvas * (1 + 0.05 * weave[..., None]), 0, 255).astype(np.uint8)


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
    front = p[:, 1] < head[1] - 0.05
    brow = front & (np.abs(p[:, 2] - eye[2] - 0.022) < 0.0035)
    brow &= np.abs(np.abs(p[:, 0]) - eye[0] - 0.002) < 0.018
    out[brow] = HAIR
    away = np.hypot(np.abs(p[:, 0]) - eye[0], (p[:, 2] - eye[2]) * 1.5)
    out[front & (away < 0.0125)] = EYE
    out[front & (away < 0.0075)] = IRIS
    mouth = front & (np.abs(p[:, 0]) < 0.024) & (np.abs(p[:, 2] - eye[2] + 0.067) < 0.008)
    out[mouth] = LIP
    out[regions["hair"]] = HAIR
    return out


def _spread(
    canvas: NDArray[np.float32], known: NDArray[np.uint8], rounds: int
) -> NDArray[np.float32]:
    """Grows known texels into their unknown neighbours, so that seams and holes do not show."""
    for _ in range(rounds):
        total = cv2.blur(canvas * known[..., None], (3, 3))
        count = cv2.blur(known.astype(np.float32), (3, 3))
        grown = (known == 0) & (count > 0)
        canvas[grown] = total[grown] / count[grown][:, None]
        known[grown] = 1
    return canvas
