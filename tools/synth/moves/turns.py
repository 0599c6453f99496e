"""Rotations for many frames at once."""

import numpy as np
from numpy.typing import ArrayLike

from tools.synth.curves import Array

DOWN = np.array([0.0, 0.0, -1.0])
AHEAD = np.array([0.0, -1.0, 0.0])
LEFTWARD = np.array([1.0, 0.0, 0.0])


def rotation(axis: int, degrees: ArrayLike) -> Array:
    """Right-handed rotations about an axis of the world (0 x, 1 y, 2 z).

    Args:
        axis: which.
        degrees: any shape.

    Returns:
        [..., 3, 3].
    """
    angle = np.deg2rad(np.asarray(degrees, float))
    c, s = np.cos(angle), np.sin(angle)
    i, j = (axis + 1) % 3, (axis + 2) % 3
    out = np.zeros((*angle.shape, 3, 3))
    out[..., axis, axis] = 1.0
    out[..., i, i], out[..., i, j], out[..., j, i], out[..., j, j] = c, -s, s, c
    return out


def around(axes: Array, degrees: ArrayLike) -> Array:
    """Right-handed rotations about axes [..., 3] of any length (Rodrigues), [..., 3, 3]."""
    x, y, z = np.moveaxis(unit(axes), -1, 0)
    zero = np.zeros_like(x)
    k = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=-1).reshape(*x.shape, 3, 3)
    angle = np.deg2rad(np.asarray(degrees, float))[..., None, None]
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * (k @ k)


def unit(vectors: Array) -> Array:
    """Vectors [..., 3] of length 1."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)


def turned(turns: Array, vectors: Array) -> Array:
    """Rotations [..., 3, 3] applied to vectors [..., 3]."""
    return np.einsum("...ij,...j->...i", turns, vectors)


def across(vectors: Array, along: Array) -> Array:
    """The part of vectors [..., 3] at right angles to directions of length 1."""
    return vectors - np.sum(vectors * along, axis=-1, keepdims=True) * along


def axes(along: Array, normal: Array) -> Array:
    """Right-handed axes as columns: a direction, a normal of it, and their cross product.

    Args:
        along: [..., 3].
        normal: [..., 3], need not be quite at right angles to `along`.

    Returns:
        [..., 3, 3].
    """
    a = unit(along)
    n = unit(across(normal, a))
    return np.stack([a, n, np.cross(a, n)], axis=-1)


def between(rest_along: Array, rest_normal: Array, along: Array, normal: Array) -> Array:
    """The rotation that takes a direction and its normal at rest to where they are now."""
    return axes(along, normal) @ np.swapaxes(axes(rest_along, rest_normal), -1, -2)


def blend(start: Array, end: Array, share: Array) -> Array:
    """Rotations [..., 3, 3] on the shortest way from one to another (slerp), share [...] 0..1."""
    turn = np.swapaxes(start, -1, -2) @ end
    axis = np.stack(
        [turn[..., i, j] - turn[..., j, i] for i, j in ((2, 1), (0, 2), (1, 0))], axis=-1
    )
    sine = np.linalg.norm(axis, axis=-1) / 2
    cosine = (np.trace(turn, axis1=-2, axis2=-1) - 1) / 2
    degrees = np.rad2deg(np.arctan2(sine, cosine))
    # Half a turn has no sine; its axis is the longest column of turn + 1.
    column = np.swapaxes(turn + np.eye(3), -1, -2)
    longest = np.argmax(np.linalg.norm(column, axis=-1), axis=-1)
    half = np.take_along_axis(column, longest[..., None, None], axis=-2)[..., 0, :]
    opposite = (sine < 1e-4) & (cosine < 0)  # noqa: PLR2004
    axis = np.where(opposite[..., None], half, axis)
    return start @ around(axis, degrees * share)
