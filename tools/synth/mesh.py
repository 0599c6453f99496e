"""Triangle meshes in plain numpy: what the renderer draws, and simple solids to build with.

Metres, z up. Faces run counter-clockwise seen from outside and normals point outwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.synth import surfaces

GREY = (0.5, 0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Mesh:
    """One thing of one stuff.

    Attributes:
        vertices: [v, 3] float32 metres.
        normals: [v, 3] float32 of length one.
        faces: [f, 3] int32, counter-clockwise seen from outside.
        colours: [v, 3] float32 sRGB, 0 to 1; multiplied with the texture where there is one.
        uv: [v, 2] float32 in widths and heights of the texture, repeating; (0, 0) is the top left
            corner of its first row, (0, 1) the bottom left one. None without a texture.
        texture: [h, w, 3] uint8 red, green, blue, or None.
        shine: 0 dull to 1 polished.
        glow: share of its colour that it shows without any light on it: 0, or 1 for a window.
        shadow: whether it throws a shadow; a room's walls, floor and ceiling do not.
    """

    vertices: NDArray[np.float32]
    normals: NDArray[np.float32]
    faces: NDArray[np.int32]
    colours: NDArray[np.float32]
    uv: NDArray[np.float32] | None = None
    texture: NDArray[np.uint8] | None = None
    shine: float = 0.0
    glow: float = 0.0
    shadow: bool = True


def box(
    centre: ArrayLike, size: ArrayLike, colour: ArrayLike = GREY, *, shine: float = 0.1
) -> Mesh:
    """A box with flat sides.

    Args:
        centre: [3].
        size: full lengths along x, y and z.
        colour: [3] sRGB, 0 to 1.
        shine: 0 dull to 1 polished.
    """
    return _painted(surfaces.box(size), centre, colour, shine)


def cushion(
    centre: ArrayLike,
    size: ArrayLike,
    colour: ArrayLike = GREY,
    *,
    rounding: float = 0.03,
    shine: float = 0.15,
) -> Mesh:
    """A box whose edges and corners are rounded by the radius `rounding`."""
    return _painted(surfaces.cushion(size, rounding), centre, colour, shine)


def rod(
    start: ArrayLike,
    end: ArrayLike,
    radius: float,
    colour: ArrayLike = GREY,
    *,
    taper: float = 1.0,
    sides: int = 20,
    shine: float = 0.3,
) -> Mesh:
    """A closed cylinder between two points; its radius at the end is `taper` times as wide."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    tall = float(np.linalg.norm(b - a))
    profile = [(0.0, 0.0), (radius, 0.0), (radius * taper, tall), (0.0, tall)]
    mesh = _painted(surfaces.lathe(profile, sides=sides, smooth=False), (0, 0, 0), colour, shine)
    return moved(mesh, _upright_to(b - a, a))


def ball(
    centre: ArrayLike,
    radius: float,
    colour: ArrayLike = GREY,
    *,
    stretch: ArrayLike = (1.0, 1.0, 1.0),
    sides: int = 24,
    shine: float = 0.2,
) -> Mesh:
    """A sphere, or an ellipsoid with its half-axes `radius * stretch`; `sides` about its waist."""
    scale = np.asarray(stretch, float)
    plain = surfaces.ball(radius, sides=sides, rings=max(sides * 7 // 12, 3))
    normals = plain.normals / scale
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    shaped = surfaces.Surface(plain.vertices * scale, normals, plain.faces)
    return _painted(shaped, centre, colour, shine)


def lathe(
    profile: ArrayLike,
    colour: ArrayLike = GREY,
    *,
    sides: int = 24,
    smooth: bool = True,
    shine: float = 0.2,
) -> Mesh:
    """A body of revolution about z.

    Args:
        profile: [k, 2] radius and height, from the bottom to the top along the outside; closed
            where it starts and ends on the axis (radius 0).
        colour: [3] sRGB.
        sides: corners of a ring.
        smooth: round off the profile's corners in the shading.
        shine: 0 dull to 1 polished.
    """
    return _painted(surfaces.lathe(profile, sides=sides, smooth=smooth), (0, 0, 0), colour, shine)


def tube(
    path: ArrayLike,
    radius: float,
    colour: ArrayLike = GREY,
    *,
    sides: int = 10,
    shine: float = 0.3,
) -> Mesh:
    """A bent rod along a path [k, 3]; a path that returns to its start makes a closed ring."""
    return _painted(surfaces.tube(path, radius, sides=sides), (0, 0, 0), colour, shine)


def panel(
    corner: ArrayLike,
    along: ArrayLike,
    up: ArrayLike,
    *,
    texture: NDArray[np.uint8] | None = None,
    repeat: tuple[float, float] = (1.0, 1.0),
    colour: ArrayLike = (1.0, 1.0, 1.0),
    shine: float = 0.0,
    glow: float = 0.0,
) -> Mesh:
    """A flat rectangle facing `along x up`, seen from there only; it throws no shadow.

    Args:
        corner: [3] its bottom left.
        along: [3] from there to the bottom right.
        up: [3] from the bottom left to the top left.
        texture: [h, w, 3] uint8.
        repeat: how often the texture fits along and up.
        colour: [3] sRGB, multiplied with the texture.
        shine: 0 dull to 1 polished.
        glow: share of its colour that it shows by itself.
    """
    a, u, v = (np.asarray(x, np.float32) for x in (corner, along, up))
    normal = np.cross(u, v)
    return Mesh(
        np.stack([a, a + u, a + u + v, a + v]),
        np.tile(normal / np.linalg.norm(normal), (4, 1)).astype(np.float32),
        np.array([[0, 1, 2], [0, 2, 3]], np.int32),
        np.tile(np.asarray(colour, np.float32), (4, 1)),
        None
        if texture is None
        else np.array([[0, 1], [1, 1], [1, 0], [0, 0]], np.float32) * np.float32(repeat),
        texture,
        shine,
        glow,
        shadow=False,
    )


def moved(mesh: Mesh, pose: ArrayLike) -> Mesh:
    """The mesh elsewhere.

    Args:
        mesh: any.
        pose: [4, 4] turn and shift, or [3] only a shift.
    """
    matrix = np.asarray(pose, np.float32)
    if matrix.shape == (3,):
        return replace(mesh, vertices=mesh.vertices + matrix)
    turn, shift = matrix[:3, :3], matrix[:3, 3]
    return replace(mesh, vertices=mesh.vertices @ turn.T + shift, normals=mesh.normals @ turn.T)


def join(meshes: Iterable[Mesh]) -> Mesh:
    """One mesh of several without textures; it shines as they do on average over their vertices.

    Raises:
        ValueError: nothing to join, or one has a texture, or they differ in glow or shadow.
    """
    parts = list(meshes)
    if not parts or any(p.texture is not None for p in parts):
        raise ValueError("only meshes without textures can be joined, and at least one")
    if len({(p.glow, p.shadow) for p in parts}) > 1:
        raise ValueError("meshes that differ in glow or shadow cannot be joined")
    counts = [len(p.vertices) for p in parts]
    starts = np.cumsum([0, *counts[:-1]])
    return Mesh(
        np.concatenate([p.vertices for p in parts]),
        np.concatenate([p.normals for p in parts]),
        np.concatenate([p.faces + s for p, s in zip(parts, starts, strict=True)]).astype(np.int32),
        np.concatenate([p.colours for p in parts]),
        shine=float(np.average([p.shine for p in parts], weights=counts)),
        glow=parts[0].glow,
        shadow=parts[0].shadow,
    )


def turned(axis: int, degrees: float, shift: ArrayLike = (0.0, 0.0, 0.0)) -> NDArray[np.float64]:
    """A pose [4, 4]: a turn about one axis (0 x, 1 y, 2 z), then a shift [3]."""
    pose = np.eye(4)
    a, b = (axis + 1) % 3, (axis + 2) % 3
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    pose[a, a], pose[a, b], pose[b, a], pose[b, b] = c, -s, s, c
    pose[:3, 3] = shift
    return pose


def _painted(surface: surfaces.Surface, centre: ArrayLike, colour: ArrayLike, shine: float) -> Mesh:
    """A surface of one colour, shifted to its place."""
    return Mesh(
        (surface.vertices + np.asarray(centre, float)).astype(np.float32),
        surface.normals.astype(np.float32),
        surface.faces.astype(np.int32),
        np.tile(np.asarray(colour, np.float32), (len(surface.vertices), 1)),
        shine=shine,
    )


def _upright_to(direction: NDArray[np.float64], start: NDArray[np.float64]) -> NDArray[np.float64]:
    """The pose that lays the z axis along a direction and the origin on a point."""
    z = direction / np.linalg.norm(direction)
    x = np.cross((0.0, 1.0, 0.0) if abs(z[1]) < 0.9 else (1.0, 0.0, 0.0), z)  # noqa: PLR2004
    x /= np.linalg.norm(x)
    pose = np.eye(4)
    pose[:3] = np.stack([x, np.cross(z, x), z, start], axis=1)
    return pose
