"""The athlete: a parametric body (anny, its data CC0), posed by its bones."""

import os
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import GymboxError
from tools.synth.curves import Array, ease
from tools.synth.gait import ANKLE
from tools.synth.rig import Placed
from tools.synth.skeleton import Skeleton


@dataclass(frozen=True, slots=True)
class Body:
    """A body to be posed and drawn.

    Attributes:
        skeleton: its bones, floor at z = 0.
        skin: [v, 3] rest vertices.
        faces: [f, 3] triangles.
        weights: [v, 9] skinning weights.
        bones: [v, 9] the bones they belong to.
        uv: [u, 2] texture coordinates.
        uv_faces: [f, 3] triangles in `uv`.
    """

    skeleton: Skeleton
    skin: Array
    faces: NDArray[np.int64]
    weights: Array
    bones: NDArray[np.int64]
    uv: Array
    uv_faces: NDArray[np.int64]

    def posed(self, placed: Placed, skin: Array) -> Array:
        """Linear blend skinning: rest vertices [v, 3] to the world, [v, 3]."""
        shift = placed.heads - np.einsum("bij,bj->bi", placed.turns, self.skeleton.heads)
        turned = np.einsum("vkij,vj->vki", placed.turns[self.bones], skin) + shift[self.bones]
        return np.einsum("vk,vki->vi", self.weights, turned)

    def share_of(self, prefixes: tuple[str, ...]) -> Array:
        """Share of each vertex that bones whose names begin so move, [v] in 0..1."""
        chosen = np.array([name.startswith(prefixes) for name in self.skeleton.names])
        return (self.weights * chosen[self.bones]).sum(axis=1)


def load(sliders: dict[str, Any]) -> Body:
    """Builds the body from anny's sliders.

    Raises:
        GymboxError: the extra `synth` is not installed.
    """
    os.environ.setdefault("WARP_LOG_LEVEL", "error")
    try:
        import torch  # noqa: PLC0415 - heavy, and only here
        from anny import Anny  # noqa: PLC0415
    except ImportError as error:
        raise GymboxError(
            f"the synthetic body needs {error.name}", "set up the venv of docs/demo-clip.md"
        ) from error
    model = Anny(skinning_method="lbs")
    pose = torch.eye(4).repeat(1, len(model.bone_labels), 1, 1)
    with torch.no_grad():
        out = model(pose_parameters=pose, phenotype_kwargs=sliders)
    heads = out["rest_bone_heads"][0].double().numpy()
    names = tuple(model.bone_labels)
    floor = np.array([0.0, 0.0, heads[names.index("foot.L")][2] - ANKLE])
    return Body(
        skeleton=Skeleton(names, tuple(model.bone_parents), heads - floor),
        skin=out["rest_vertices"][0].double().numpy() - floor,
        faces=model.faces.numpy(),
        weights=model.vertex_bone_weights.numpy(),
        bones=model.vertex_bone_indices.numpy(),
        uv=model.texture_coordinates.numpy(),
        uv_faces=model.face_texture_coordinate_indices.numpy(),
    )


def normals(vertices: Array, faces: NDArray[np.int64]) -> Array:
    """Unit normals of the vertices, weighted by area, [v, 3]."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    flat = np.cross(b - a, c - a)
    out = np.zeros_like(vertices)
    for k in range(3):
        np.add.at(out, faces[:, k], flat)
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)


def ramp(values: Array, low: float, high: float) -> Array:
    """0 below `low`, 1 above `high`, eased between."""
    return ease((values - low) / (high - low))
