"""Tiles of contact sheets: the camera comes closer, pictures stand in rows under a line of text."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from tools.synth.curves import Array
from tools.synth.sets.shoot import CROWN, Shoot
from tools.synth.sets.studio import Picture
from tools.synth.world.pinhole import look_at, seen

BAND = 20
"""Pixels of the line of text over a row."""
BAR = 0.6
"""Metres of a barbell to each side that have to be seen."""
MARGIN = 1.15
"""How much wider the picture is than what has to be seen."""
LIMIT, QUALITIES = 128_000, (80, 76, 72, 68, 64, 60, 56, 52, 48)
"""Bytes of a sheet at most, and what is tried to get there."""


def closer(shoot: Shoot, frames: Sequence[int]) -> Shoot:
    """The shoot seen by a still camera that shows the athlete in some frames as large as can be."""
    points = _shown(shoot, list(frames))
    eye = shoot.camera.eye
    at = points.mean(axis=0)
    for _ in range(3):
        offsets = _tangents(look_at(eye, at), points)
        middle = (offsets.min(axis=0) + offsets.max(axis=0)) / 2
        pose = look_at(eye, at)
        at = at + np.linalg.norm(at - eye) * pose[:3, :2] @ middle
    pose = look_at(eye, at)
    half = MARGIN * float(np.abs(_tangents(pose, points)).max())
    view = float(np.rad2deg(2 * np.arctan(half)))
    poses = np.repeat(pose[None], shoot.frames, axis=0)
    return replace(shoot, camera=replace(shoot.camera, poses=poses, view=view))


def _shown(shoot: Shoot, frames: list[int]) -> Array:
    """What has to be seen, [m, 3]: joints, the crown of the head, the middle of a barbell."""
    joints = shoot.people[0].joints[frames]
    parts = [joints, joints[:, :1] + [0.0, 0.0, CROWN]]
    for prop in shoot.props:
        if prop.kind == "barbell":
            along = np.array([-BAR, BAR])[:, None] * prop.poses[frames, None, :3, 0]
            parts.append(prop.poses[frames, None, :3, 3] + along)
    return np.concatenate(parts, axis=1).reshape(-1, 3)


def _tangents(pose: Array, points: Array) -> Array:
    """How far right and up [n, 2] of the middle points [n, 3] are seen, as tangents."""
    local = (points - pose[:3, 3]) @ pose[:3, :3]
    return local[:, :2] / -local[:, 2:]


def row(title: str, pictures: Sequence[Picture]) -> Picture:
    """Pictures side by side under their title."""
    tiles = np.hstack(pictures)
    band = np.full((BAND, tiles.shape[1], 3), 245, np.uint8)
    cv2.putText(band, title, (5, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (30, 30, 30), 1, cv2.LINE_AA)
    return np.vstack([band, tiles])


def tiled(tiles: Sequence[Picture], rows: int, columns: int) -> Picture:
    """Tiles of one size, column by column where they are fewer columns than rows, else by row."""
    blank = np.full_like(tiles[0], 245)
    full = [*tiles, *[blank] * (rows * columns - len(tiles))]
    if rows > columns:
        return np.hstack([np.vstack(full[c * rows : (c + 1) * rows]) for c in range(columns)])
    return np.vstack([np.hstack(full[r * columns : (r + 1) * columns]) for r in range(rows)])


def around(shoot: Shoot, picture: Picture, frame: int, size: int) -> Picture:
    """The square of a picture in which the athlete is, [size, size, 3]."""
    height, width = picture.shape[:2]
    middle = seen(shoot.people[0].joints[frame], shoot.matrix(frame))[:, :2].mean(axis=0)
    side = min(height, width)
    x, y = np.clip(np.rint(middle - side / 2), 0, (width - side, height - side)).astype(int)
    return cv2.resize(
        picture[y : y + side, x : x + side], (size, size), interpolation=cv2.INTER_AREA
    )


def save(path: Path, picture: Picture) -> Path:
    """Writes a JPEG file, in the best quality that keeps to the limit."""
    picture = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    for quality in QUALITIES:
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if len(data) <= LIMIT:
            break
    path.write_bytes(data.tobytes())
    return path
