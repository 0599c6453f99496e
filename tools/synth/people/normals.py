"""Normals of a surface of triangles."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def normals(vertices: Floats, faces: NDArray[np.integer]) -> Floats:
    """Unit normals of vertices [v, 3], weighted by area."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    flat = np.cross(b - a, c - a)
    out = np.stack(
        [np.bincount(faces.ravel(), np.repeat(flat[:, k], 3), len(vertices)) for k in range(3)],
        axis=1,
    )
    return (out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)).astype(np.float32)
