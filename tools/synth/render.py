"""Pictures of the athlete in the room: the room drawn once, the athlete frame by frame."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.synth import shadow
from tools.synth.body import Body, normals
from tools.synth.camera import camera_pose, projection
from tools.synth.curves import Array
from tools.synth.dress import Outfit
from tools.synth.rig import Placed
from tools.synth.room import Room
from tools.synth.stage import Stage

FINER = 2
"""Pictures are drawn this many times finer and averaged down."""
ROOM_LIGHT, BODY_LIGHT = 0.50, 0.34
"""Light from everywhere."""
FLOOR = 0.02
"""What is seen within this many metres of z = 0 takes shadows."""
GAMMA = 2.2


class Studio:
    """A camera in a room.

    Args:
        room: what stands still.
        camera: the table `camera` of the script.
        size: width and height of the pictures.

    Attributes:
        camera: [3, 4], world points to pixels.

    Raises:
        GymboxError: pyrender or OSMesa is missing.
    """

    def __init__(self, room: Room, camera: dict[str, Any], size: tuple[int, int]) -> None:
        self._size = size
        self._fine = (size[0] * FINER, size[1] * FINER)
        pose = camera_pose(np.array(camera["eye"]), np.array(camera["look"]))
        self.camera = projection(pose, camera["view"], size)
        self._fine_camera = projection(pose, camera["view"], self._fine)
        self._stage = Stage(pose, camera["view"], self._fine)
        _furnish(self._stage, room, pose[:3, 3])
        colour, self._depth = self._stage.draw()
        self._floor = self._floor_mask(pose, camera["view"])
        self._backdrop = self._shaded(colour.astype(np.float32), room.points())

    def picture(self, body: Body, outfit: Outfit, placed: Placed) -> NDArray[np.uint8]:
        """The athlete in the room, [h, w, 3] uint8 red, green, blue."""
        skin = body.posed(placed, outfit.skin)
        _enter(self._stage, body, outfit, placed, skin)
        colour, depth = self._stage.draw()
        out = self._shaded(self._backdrop, skin)
        front = (depth > 0) & ((depth < self._depth) | (self._depth == 0))
        out[front] = colour[front]
        return self._down(out)

    def empty(self) -> NDArray[np.uint8]:
        """The room alone."""
        return self._down(self._backdrop)

    def _shaded(self, picture: NDArray[np.float32], points: Array) -> NDArray[np.float32]:
        """A fine picture with the shadows of points [n, 3] on its floor."""
        light = shadow.to_picture(shadow.shade(points), self._fine_camera, self._fine)
        return picture * (1 - self._floor * (1 - light))[..., None]

    def _down(self, fine: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Averages a fine picture down to size."""
        small = cv2.resize(fine, self._size, interpolation=cv2.INTER_AREA)
        return np.clip(small + 0.5, 0, 255).astype(np.uint8)

    def _floor_mask(self, pose: Array, view: float) -> NDArray[np.float32]:
        """1 where the floor is seen, by the depth of the empty room."""
        width, height = self._fine
        rows, columns = np.mgrid[0:height, 0:width] + 0.5
        focal = height / 2 / np.tan(np.deg2rad(view) / 2)
        across, up = (columns - width / 2) / focal, (height / 2 - rows) / focal
        ray = np.stack([across, up, -np.ones_like(up)], axis=-1)
        z = pose[2, 3] + self._depth * (ray @ pose[2, :3])
        return cv2.GaussianBlur((np.abs(z) < FLOOR).astype(np.float32), (0, 0), 0.8)


def _furnish(stage: Stage, room: Room, eye: Array) -> None:
    """Puts the room on the stage."""
    stage.clear(ROOM_LIGHT)
    uv = np.array([[0, 0], [1, 0], [1, 1], [0, 1.0]])
    for panel in room.panels:
        corner, along, _, up = panel.corners
        facing = np.cross(along - corner, up - corner)
        facing = facing / np.linalg.norm(facing) * np.sign(facing @ (eye - corner))
        faces = np.array([[0, 1, 2], [0, 2, 3]])
        stage.add(panel.corners, np.tile(facing, (4, 1)), faces, uv=uv, texture=panel.texture)
    for thing in room.things:
        loose = np.asarray(thing.triangles).reshape(-1, 3)
        flat = np.repeat(np.asarray(thing.face_normals), 3, axis=0)
        colours = np.asarray(thing.visual.vertex_colors)[thing.faces.ravel()]
        stage.add(loose, flat, np.arange(len(loose)).reshape(-1, 3), colours=colours / 255.0)


def _enter(stage: Stage, body: Body, outfit: Outfit, placed: Placed, skin: Array) -> None:
    """Puts the athlete alone on the stage."""
    stage.clear(BODY_LIGHT)
    facing = normals(skin, body.faces)
    index = np.zeros(len(body.uv), np.int64)
    index[body.uv_faces.ravel()] = body.faces.ravel()
    stage.add(
        skin[index],
        facing[index],
        body.uv_faces,
        colours=_sky(facing[index]),
        uv=body.uv,
        texture=outfit.texture,
    )
    for part in outfit.solids:
        k = body.skeleton.names.index(part.bone)
        at = (part.vertices - body.skeleton.heads[k]) @ placed.turns[k].T + placed.heads[k]
        facing = normals(at, part.faces)
        paint = np.column_stack([(part.colours / 255.0) ** GAMMA, np.ones(len(at))])
        stage.add(at, facing, part.faces, colours=_sky(facing) * paint)


def _sky(facing: Array) -> Array:
    """Less light from below than from above, as vertex colours [n, 4]."""
    light = 0.62 + 0.38 * (facing[:, 2] + 1) / 2
    return np.column_stack([light, light, light, np.ones(len(light))])
