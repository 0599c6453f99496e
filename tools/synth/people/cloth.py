"""Cloth stands off the skin: vertices pushed out, loose cloth bridging hollows."""

# ruff: noqa: PLR2004 - the measures of the clothes are what this module is about

from functools import lru_cache

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix, diags

from tools.synth.people.body import Body, Floats
from tools.synth.people.cover import Cover
from tools.synth.people.look import Look
from tools.synth.people.normals import normals

HAIR_THICK = {
    "bald": 0.0, "buzz": 0.003, "short": 0.012, "medium": 0.022, "afro": 0.050,
    "ponytail": 0.008, "bun": 0.008, "bob": 0.016, "long": 0.014,
}  # fmt: skip
"""Metres that the hair stands off the scalp."""
UNDER_CAP = 0.007
"""The same under a cap, at most."""
SMOOTHING = 12
"""Rounds of smoothing that let loose cloth bridge hollows."""


def padded(body: Body, look: Look, fields: Cover) -> Floats:
    """Rest vertices with clothes and hair standing off the skin, [v, 3]."""
    skin = body.skin
    out = normals(skin, body.topology.faces)
    away = np.maximum(
        look.top.loose * _hem(fields.top, 0.03), look.bottom.loose * _hem(fields.bottom, 0.03)
    )
    # The shirt hangs over the waistband, whatever is below it.
    away = np.maximum(
        away, (look.bottom.loose + 0.003) * _hem(fields.top, 0.01) * _hem(fields.bottom, 0.03)
    )
    away = np.maximum(away, 0.003 * _hem(fields.sock, 0.01))
    shape = skin + out * away[:, None]
    loose = np.clip((away - 0.006) / 0.012, 0, 1)[:, None] * (fields.head < 0.3)[:, None]
    mean = _mean_of_neighbours(body)
    for _ in range(SMOOTHING):
        pulled = mean @ shape
        shape += 0.8 * loose * (pulled - shape)
        inside = ((skin + out * away[:, None] * 0.5 - shape) * out).sum(axis=1).clip(0)
        shape += out * inside[:, None]
    hair = HAIR_THICK[look.cut] * body.height / 1.75
    if look.cap:
        hair = min(hair, UNDER_CAP)
    shape += out * (hair * np.clip(fields.hair / (0.012 + 0.5 * hair), 0, 1) ** 0.7)[:, None]
    shape += out * (0.004 * look.beard * np.clip(fields.beard / 0.008, 0, 1))[:, None]
    return shape.astype(np.float32)


def _hem(field: Floats, width: float) -> Floats:
    """0 outside a cloth, 1 inside it, rising over `width` metres from just inside its border."""
    u = np.clip((field + 0.3 * width) / width, 0, 1)
    return u * u * (3 - 2 * u)


def _mean_of_neighbours(body: Body) -> csr_matrix:
    """Matrix [v, v] that takes the mean over each vertex's neighbours."""
    faces = body.topology.faces
    return _mean(faces.tobytes(), len(body.skin))


@lru_cache(maxsize=1)
def _mean(faces: bytes, count: int) -> csr_matrix:
    """The matrix from triangles, as bytes so that it can be kept."""
    f = np.frombuffer(faces, np.int64).reshape(-1, 3)
    rows = f[:, [0, 1, 2, 1, 2, 0]].ravel()
    columns = f[:, [1, 2, 0, 0, 1, 2]].ravel()
    links = coo_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(count, count))
    links = (links.tocsr() > 0).astype(np.float32)
    return diags(1 / np.maximum(links.sum(axis=1).A1, 1)) @ links
