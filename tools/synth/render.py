"""Draws the room once and the athlete frame by frame (pyrender on OSMesa, no display needed)."""

import os
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.errors import GymboxError
from tools.synth import shadow
from tools.synth.body import Body, normals
from tools.synth.curves import Array
from tools.synth.dress import Outfit
from tools.synth.rig import Placed
from tools.synth.room import Room

FINER = 2
"""Pictures are drawn this many times finer and averaged down."""
LAMPS = (((-0.7, -0.6, 1.3), (255, 244, 228), 2.6), ((0.9, -0.8, 0.5), (220, 232, 255), 1.1), ((0.2, 1.0, 0.9), (255, 250, 240), 1.0))
"""Direction to the lamp, colour, intensity."""


def _pyrender() -> Any:  # noqa: ANN401 - a module without types
    """The renderer, on OSMesa.

    Raises:
        GymboxError: the extra `synth` or the system library is missing.
    """
    os.environ.setdefault("PYOPENGL_PLATFORM", "osmesa")
    try:
        import pyrender  # noqa: PLC0415 - needs PYOPENGL_PLATFORM first
    except (ImportError, AttributeError) as error:
        if getattr(error, "name", None):
            raise GymboxError(f"drawing needs {error.name}", "see docs/demo-clip.md for its venv") from error
        raise GymboxError("OSMesa is missing", "sudo apt install libosmesa6") from error
    return pyrender


def camera_pose(eye: Array, look: Array) -> Array:
    """Camera to world as OpenGL has it (looks along -z, y up), [4, 4]."""
    forward = (look - eye) / np.linalg.norm(look - eye)
    right = np.cross(forward, [0, 0, 1.0])
    right /= np.linalg.norm(right)
    pose = np.eye(4)
    pose[:3, :4] = np.stack([right, np.cross(right, forward), -forward, eye], axis=1)
    return pose


def projection(pose: Array, view: float, size: tuple[int, int]) -> Array:
    """World to pixels, [3, 4], for a vertical angle of view in degrees."""
    focal = size[1] / 2 / np.tan(np.deg2rad(view) / 2)
    inside = np.array([[focal, 0, size[0] / 2], [0, focal, size[1] / 2], [0, 0, 1.0]])
    flip = np.diag([1.0, -1.0, -1.0])
    turn = flip @ pose[:3, :3].T
    return inside @ np.column_stack([turn, -turn @ pose[:3, 3]])


class Studio:
    """A camera in a room.

    Args:
        room: what stands still.
        camera: the table `camera` of the script.
        size: width and height of the pictures.
    """

    def __init__(self, room: Room, camera: dict[str, Any], size: tuple[int, int]) -> None:
        self._gl = _pyrender()
        self._size = size
        fine = (size[0] * FINER, size[1] * FINER)
        self._pose = camera_pose(np.array(camera["eye"]), np.array(camera["look"]))
        self._view = camera["view"]
        self.camera = projection(self._pose, self._view, size)
        self._fine_camera = projection(self._pose, self._view, fine)
        try:
            self._draw = self._gl.OffscreenRenderer(*fine)
        except (ImportError, OSError, AttributeError) as error:
            raise GymboxError("OSMesa is missing", "sudo apt install libosmesa6") from error
        self._backdrop, self._depth = self._room(room, fine)
        floor = self._floor_mask(fine)
        self._floor = cv2.GaussianBlur(floor, (0, 0), 0.8)
        still = shadow.to_picture(shadow.shade(room.points()), self._fine_camera, fine)
        self._backdrop *= 1 - self._floor[..., None] * (1 - still[..., None])

    def picture(self, body: Body, outfit: Outfit, placed: Placed) -> NDArray[np.uint8]:
        """The athlete in the room, [h, w, 3] uint8 red, green, blue."""
        fine = (self._size[0] * FINER, self._size[1] * FINER)
        skin = body.posed(placed, outfit.skin)
        colour, depth = self._render(self._athlete(body, outfit, placed, skin))
        light = shadow.to_picture(shadow.shade(skin), self._fine_camera, fine)
        out = self._backdrop * (1 - self._floor[..., None] * (1 - light[..., None]))
        front = (depth > 0) & ((depth < self._depth) | (self._depth == 0))
        out[front] = colour[front]
        return self._down(out)

    def empty(self) -> NDArray[np.uint8]:
        """The room alone."""
        return self._down(self._backdrop)

    def _down(self, fine: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Averages a fine picture down to size."""
        small = cv2.resize(fine, self._size, interpolation=cv2.INTER_AREA)
        return np.clip(small + 0.5, 0, 255).astype(np.uint8)

    def _floor_mask(self, fine: tuple[int, int]) -> NDArray[np.float32]:
        """1 where the floor is seen: where the depth is that of the plane z = 0."""
        rows, columns = np.mgrid[0 : fine[1], 0 : fine[0]] + 0.5
        focal = fine[1] / 2 / np.tan(np.deg2rad(self._view) / 2)
        ray = np.stack([(columns - fine[0] / 2) / focal, -(rows - fine[1] / 2) / focal, -np.ones_like(rows)], axis=-1)
        height = self._pose[2, 3] + self._depth * (ray @ self._pose[2, :3])
        return (np.abs(height) < 0.02).astype(np.float32)  # noqa: PLR2004 - metres

    def _scene(self, ambient: float) -> Any:  # noqa: ANN401
        """An empty scene with camera and lamps."""
        gl = self._gl
        scene = gl.Scene(bg_color=[0, 0, 0, 0], ambient_light=[ambient] * 3)
        scene.add(gl.PerspectiveCamera(yfov=np.deg2rad(self._view), znear=0.1, zfar=30), pose=self._pose)
        for direction, colour, power in LAMPS:
            lamp = gl.DirectionalLight(color=np.array(colour) / 255, intensity=power)
            scene.add(lamp, pose=camera_pose(np.array(direction), np.zeros(3)))
        return scene

    def _render(self, scene: Any) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:  # noqa: ANN401
        """Colour and depth of a scene."""
        return self._draw.render(scene)

    def _material(self, texture: NDArray[np.uint8] | None = None, rough: float = 0.85) -> Any:  # noqa: ANN401
        """A dull material, textured or coloured by the vertices."""
        gl = self._gl
        picture = None
        if texture is not None:
            picture = gl.Texture(source=texture, source_channels="RGB")
        return gl.MetallicRoughnessMaterial(
            baseColorFactor=[1.0] * 4, baseColorTexture=picture, metallicFactor=0.05, roughnessFactor=rough
        )

    def _room(self, room: Room, fine: tuple[int, int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The empty room: colour and depth, fine."""
        gl, scene = self._gl, self._scene(0.42)
        for panel in room.panels:
            across = np.cross(panel.corners[1] - panel.corners[0], panel.corners[3] - panel.corners[0])
            facing = across / np.linalg.norm(across)
            facing = facing if facing @ (self._pose[:3, 3] - panel.corners[0]) > 0 else -facing
            scene.add(gl.Mesh([gl.Primitive(
                positions=panel.corners, normals=np.tile(facing, (4, 1)),
                texcoord_0=np.array([[0, 0], [1, 0], [1, 1], [0, 1.0]]),
                indices=np.array([[0, 1, 2], [0, 2, 3]]), material=self._material(panel.texture, 0.95),
            )]))
        for thing in room.things:
            scene.add(gl.Mesh.from_trimesh(thing, smooth=False))
        colour, depth = self._draw.render(scene, flags=gl.RenderFlags.SKIP_CULL_FACES)
        del fine
        return colour.astype(np.float32), depth

    def _athlete(self, body: Body, outfit: Outfit, placed: Placed, skin: Array) -> Any:  # noqa: ANN401
        """A scene with the athlete alone."""
        gl, scene = self._gl, self._scene(0.30)
        facing = normals(skin, body.faces)
        index = np.zeros(len(body.uv), np.int64)
        index[body.uv_faces.ravel()] = body.faces.ravel()
        scene.add(gl.Mesh([gl.Primitive(
            positions=skin[index], normals=facing[index], texcoord_0=body.uv, color_0=_sky(facing[index]),
            indices=body.uv_faces, material=self._material(outfit.texture),
        )]))
        for bone, vertices, faces, colours in outfit.solids:
            k = body.skeleton.names.index(bone)
            at = (vertices - body.skeleton.heads[k]) @ placed.turns[k].T + placed.heads[k]
            out = normals(at, faces)
            tint = _sky(out) * np.column_stack([(colours / 255.0) ** 2.2, np.ones(len(at))])
            scene.add(gl.Mesh([gl.Primitive(
                positions=at, normals=out, color_0=tint, indices=faces, material=self._material(),
            )]))
        return scene


def _sky(facing: Array) -> Array:
    """Less light from below than from above, as vertex colours [n, 4]."""
    light = 0.62 + 0.38 * (facing[:, 2] + 1) / 2
    return np.column_stack([np.repeat(light[:, None], 3, axis=1), np.ones(len(light))])
