"""A parametric body (anny, its data CC0): its skin, its bones, and how they go together."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import GymboxError
from tools.synth.people.topology import Topology
from tools.synth.skeleton import Skeleton

Floats = NDArray[np.float32]
BONES_A_VERTEX = 8


@dataclass(frozen=True, slots=True)
class Body:
    """A body at rest: z up, floor at z = 0, looking along -y, its left at +x, metres.

    Attributes:
        skeleton: its bones.
        skin: [v, 3] rest vertices.
        weights: [v, 8] shares of the bones that move each vertex; they add up to 1.
        bones: [v, 8] uint8 which bones these are.
        topology: triangles and named vertices, the same for every body.
        sliders: what it was made from.
    """

    skeleton: Skeleton
    skin: Floats
    weights: Floats
    bones: NDArray[np.uint8]
    topology: Topology
    sliders: Mapping[str, float]

    @property
    def height(self) -> float:
        """From the soles to the crown, metres."""
        return float(self.skin[:, 2].max() - self.skin[:, 2].min())

    def matrices(self, turns: NDArray[Any], heads: NDArray[Any]) -> Floats:
        """Rest pose to world for every bone.

        Args:
            turns: [..., b, 3, 3] turns of the rest pose.
            heads: [..., b, 3] where the bones begin in the world.

        Returns:
            [..., b, 3, 4].
        """
        shift = heads - np.einsum("...bij,bj->...bi", turns, self.skeleton.heads)
        return np.concatenate([turns, shift[..., None]], axis=-1).astype(np.float32)

    def posed(self, matrices: Floats, vertices: NDArray[np.int64] | slice = slice(None)) -> Floats:
        """Linear blend skinning: `vertices` of the skin in the world, [..., v, 3].

        Args:
            matrices: [..., b, 3, 4] as from `matrices`.
            vertices: which ones; all unless told.
        """
        at = np.concatenate([self.skin[vertices], np.ones_like(self.skin[vertices, :1])], axis=1)
        moved = np.einsum("...vkij,vj->...vki", matrices[..., self.bones[vertices], :, :], at)
        return np.einsum("vk,...vki->...vi", self.weights[vertices], moved)

    def share_of(self, prefixes: tuple[str, ...]) -> Floats:
        """Share of each vertex that bones whose names begin so move, [v] in 0..1."""
        chosen = np.array([name.startswith(prefixes) for name in self.skeleton.names])
        return (self.weights * chosen[self.bones]).sum(axis=1)


def load(sliders: Mapping[str, float]) -> Body:
    """Builds a body.

    Args:
        sliders: anny's `gender` (0 male, 1 female), `age` (2/3 is 25 years, 1 is 90), `muscle`,
            `weight`, `height`, `proportions`, each 0..1; what is missing is in the middle.

    Raises:
        GymboxError: the extra `synth` is not installed.
    """
    import torch  # noqa: PLC0415 - heavy, and only here

    model, topology, weights, bones = _model()
    pose = torch.eye(4).repeat(1, len(model.bone_labels), 1, 1)
    with torch.no_grad():
        out = model(pose_parameters=pose, phenotype_kwargs=dict(sliders))
    skin = out["rest_vertices"][0].numpy()
    heads = out["rest_bone_heads"][0].double().numpy()
    floor = np.array([0.0, 0.0, skin[:, 2].min()])
    skeleton = Skeleton(tuple(model.bone_labels), tuple(model.bone_parents), heads - floor)
    skin = (skin - floor).astype(np.float32)
    return Body(skeleton, skin, weights, bones, topology, dict(sliders))


@cache
def _model() -> tuple[Any, Topology, Floats, NDArray[np.uint8]]:
    """The parametric model with what all its bodies share; made once, it takes seconds."""
    os.environ.setdefault("WARP_LOG_LEVEL", "error")
    try:
        import torch  # noqa: PLC0415 - heavy, and only here
        from anny import Anny  # noqa: PLC0415
    except ImportError as error:
        raise GymboxError(
            f"the synthetic body needs {error.name}", "set up the venv of docs/synth.md"
        ) from error
    model = Anny(skinning_method="lbs").float()
    weights = model.vertex_bone_weights.numpy()
    best = np.argsort(-weights, axis=1, kind="stable")[:, :BONES_A_VERTEX]
    kept = np.take_along_axis(weights, best, axis=1)
    kept = (kept / kept.sum(axis=1, keepdims=True)).astype(np.float32)
    bones = np.take_along_axis(model.vertex_bone_indices.numpy(), best, axis=1).astype(np.uint8)
    pose = torch.eye(4).repeat(1, len(model.bone_labels), 1, 1)
    with torch.no_grad():
        out = model(pose_parameters=pose, phenotype_kwargs={})
    topology = Topology.of(
        out["rest_vertices"][0].numpy(),
        model.faces.numpy(),
        model.texture_coordinates.numpy(),
        model.face_texture_coordinate_indices.numpy(),
        dict(zip(model.bone_labels, out["rest_bone_heads"][0].numpy(), strict=True)),
    )
    return model, topology, kept, bones
