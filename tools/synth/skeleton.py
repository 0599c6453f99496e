"""A skeleton at rest, and rotations."""

from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array

FORWARD = np.array([0.0, -1.0, 0.0])
"""Where a body at rest looks."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A body at rest: z up, looking along -y, left at +x, metres.

    Attributes:
        names: of the bones, parents before children.
        parents: index of each bone's parent, -1 for the root.
        heads: [bones, 3] where each bone begins.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    heads: Array

    def at(self, name: str) -> Array:
        """Head of a bone at rest, [3]."""
        return self.heads[self.names.index(name)]


def lengths(skeleton: Skeleton) -> tuple[float, float]:
    """Thigh and shin, metres."""
    hip, knee, ankle = (skeleton.at(f"{b}.L") for b in ("upperleg01", "lowerleg01", "foot"))
    return float(np.linalg.norm(knee - hip)), float(np.linalg.norm(ankle - knee))


def rotate(axis: int, degrees: float) -> Array:
    """Right-handed rotation about a world axis (0 x, 1 y, 2 z), [3, 3]."""
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    i, j = (axis + 1) % 3, (axis + 2) % 3
    m = np.eye(3)
    m[i, i], m[i, j], m[j, i], m[j, j] = c, -s, s, c
    return m


def about(axis: Array, degrees: float) -> Array:
    """Right-handed rotation about any axis [3] (Rodrigues), [3, 3]."""
    x, y, z = axis / np.linalg.norm(axis)
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    a = np.deg2rad(degrees)
    return np.eye(3) + np.sin(a) * k + (1 - np.cos(a)) * k @ k


def knee_angle(hip: Array, knee: Array, ankle: Array) -> float:
    """Angle at the knee in degrees; 180 is a straight leg."""
    a, b = hip - knee, ankle - knee
    cosine = np.dot(a, b) / np.linalg.norm(a) / np.linalg.norm(b)
    return float(np.rad2deg(np.arccos(np.clip(cosine, -1, 1))))
