"""Errors of a joint as size and direction: when one part goes badly wrong, all of it does."""

import numpy as np

from tools.synth.sensor.channels import COUNT, JOINTS, Floats

FLAT, DEEP = 2, 4
"""Channels of a joint in the picture (x, y), and in depth and in the world (z; x, y, z)."""
TINY = 1e-6


def _groups() -> tuple[np.ndarray, np.ndarray]:
    joint = 3 * np.arange(JOINTS)[:, None]
    flat = joint + np.array([0, 1])
    deep = joint + np.array([2, 3 * JOINTS, 3 * JOINTS + 1, 3 * JOINTS + 2])
    return flat, deep


GROUPS = _groups()
"""[33, 2] and [33, 4] columns."""


def apart(errors: Floats) -> Floats:
    """Errors [n, 232] in units of their scale as directions, and logarithms of sizes: [n, 298]."""
    out = errors.copy()
    sizes = []
    for group in GROUPS:
        size = np.linalg.norm(errors[:, group], axis=2) + TINY
        out[:, group] = errors[:, group] / size[..., None]
        sizes.append(np.log(size))
    return np.concatenate([out, *sizes], axis=1)


def levels(scales: Floats) -> Floats:
    """How large errors [n, 66] are by logarithms of scales [n, 232], in the order of sizes."""
    return np.concatenate([scales[:, group].mean(axis=2) for group in GROUPS], axis=1)


def together(parts: Floats) -> Floats:
    """The inverse of `apart`; directions of any length will do."""
    out = parts[:, :COUNT].copy()
    for k, group in enumerate(GROUPS):
        size = np.exp(parts[:, COUNT + k * JOINTS :][:, :JOINTS])
        length = np.linalg.norm(out[:, group], axis=2) + TINY
        out[:, group] *= (size / length)[..., None]
    return out
