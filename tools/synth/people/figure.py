"""A dressed body as the renderer takes it: one array of vertices, one of triangles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.synth.people.body import Body, Floats
from tools.synth.people.cloth import padded
from tools.synth.people.cover import Cover, cover
from tools.synth.people.look import Look
from tools.synth.people.normals import normals
from tools.synth.people.parts import Part, parts

VERTEX = np.dtype(
    [
        ("position", "<f4", 3),
        ("normal", "<f4", 3),
        ("cover", "<f4", 4),
        ("share", "u1", 4),
        ("bones", "u1", 8),
        ("weights", "u1", 8),
    ]
)
"""Rest position and normal; fields top, bottom, sock, hair (metres); shares of arm and head, beard
(0.5 is its border) and stuff (index of Stuff); bones and their weights (of 255)."""
BEARD_REACH = 0.02
"""Metres from the border of the beard at which its share is 0 or 1."""
STUFF = ("body", "eye", "hair", "shoe", "cap", "frame")
"""What a vertex is of."""
SHOD = 0.055
"""Skin of the feet below this height (metres) is inside the shoe and left out."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A dressed body at rest.

    Attributes:
        vertices: [v] of dtype VERTEX.
        faces: [f, 3] int32, counter-clockwise from outside.
        clad: how many of the first faces are skin and cloth below the head; the others are of
            the head and of what is worn besides cloth.
    """

    vertices: NDArray[np.void]
    faces: NDArray[np.int32]
    clad: int


def dress(body: Body, look: Look) -> Figure:
    """Puts clothes, shoes and hair on a body."""
    fields = cover(body, look)
    shape = padded(body, look, fields)
    fields = cover(body, look, shape)
    faces, clad = _sorted(_unshod(body), fields)
    used, faces = np.unique(faces, return_inverse=True)
    pieces = [_body_vertices(body, fields, shape)[used]]
    triangles = [faces.reshape(-1, 3)]
    count = len(used)
    for part in parts(body, look):
        pieces.append(_part_vertices(part))
        triangles.append(part.faces + count)
        count += len(part.vertices)
    return Figure(np.concatenate(pieces), np.concatenate(triangles).astype(np.int32), clad)


def _sorted(faces: NDArray[np.int64], fields: Cover) -> tuple[NDArray[np.int64], int]:
    """Triangles below the head first, and how many these are."""
    of_head = ((fields.head > 0.3) & (fields.top < -0.01))[faces].all(axis=1)  # noqa: PLR2004
    return np.concatenate([faces[~of_head], faces[of_head]]), int((~of_head).sum())


def _unshod(body: Body) -> NDArray[np.int64]:
    """Triangles that no shoe hides."""
    foot = body.share_of(("foot", "toe")) > 0.5  # noqa: PLR2004
    hidden = foot & (body.skin[:, 2] < SHOD)
    return body.topology.drawn[~hidden[body.topology.drawn].any(axis=1)]


def _body_vertices(body: Body, fields: Cover, shape: Floats) -> NDArray[np.void]:
    """The skin and the clothes on it."""
    out = np.zeros(len(shape), VERTEX)
    out["position"] = shape
    out["normal"] = normals(shape, body.topology.faces)
    out["cover"] = np.stack([fields.top, fields.bottom, fields.sock, fields.hair], axis=1)
    beard = np.clip(0.5 + fields.beard / BEARD_REACH / 2, 0, 1)
    stuff = np.where(body.topology.eyes, STUFF.index("eye") / 255.0, 0.0)
    share = np.stack([fields.arm, fields.head, beard, stuff], axis=1)
    out["share"] = np.round(255 * share)
    out["bones"] = body.bones
    out["weights"] = whole(body.weights)
    return out


def _part_vertices(part: Part) -> NDArray[np.void]:
    """A part that is worn."""
    out = np.zeros(len(part.vertices), VERTEX)
    out["position"] = part.vertices
    out["normal"] = normals(part.vertices, part.faces)
    out["cover"] = -1.0
    out["share"][:, 3] = STUFF.index(part.stuff)
    out["bones"] = part.bones
    out["weights"] = whole(part.weights)
    return out


def whole(weights: Floats) -> NDArray[np.uint8]:
    """Weights [v, 8] that add up to 1 as bytes that add up to 255; the greatest comes first."""
    out = np.floor(255 * weights + 1e-4).astype(np.int64)
    out[:, 0] += 255 - out.sum(axis=1)
    return out.astype(np.uint8)
