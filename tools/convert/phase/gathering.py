"""Filling a folder of frames: out of real clips, renders and photographs."""

import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.camera.frame import Frame
from gymbox.inference.pose_tracker import PoseTracker
from gymbox.motion.recording import load_poses
from gymbox.reps.profiles import profile
from tools.convert.phase import EXERCISES
from tools.convert.phase.frames import Box, Found, Row, Shape, looked_at
from tools.convert.phase.shape import JOINTS, shape
from tools.convert.phase.travel import travel, travel_alone
from tools.evaluate._count_clips import Clip
from tools.evaluate._count_run import poses

LONGEST = 320
"""Pixels of the longer side of a kept frame: more than any input of the network."""
FPS, OTHER_FPS = 5.0, 2.0
"""Frames a second that are kept, of push-ups and squats, and of all else."""
JPEG = (cv2.IMWRITE_JPEG_QUALITY, 92)
LEAST = 6
"""Joints that a photograph must show."""
MARGIN = 0.15
"""Of the body's size, around the joints: hair, hands and shoes are not joints."""

SEEN = {"u": 1 / 6, "u?": 0.29, "n?": 0.5, "n": 0.5, "d?": 0.71, "d": 5 / 6}
"""Travel of a frame that was labelled by looking at it."""
EVERYTHING: Box = (0.0, 0.0, 1.0, 1.0)
NO_SHAPE: Shape = np.full((len(JOINTS), 2), np.nan, np.float32)


def gather_real(clips: Iterable[Clip], landmarks: Path, folder: Path) -> Found:
    """Keeps frames of real clips, labelled by what the box's own pose step sees in them.

    Args:
        clips: of any exercise; rendered ones are passed over.
        landmarks: cache of the poses, one file a clip.
        folder: to write to.
    """
    for clip in clips:
        if clip.rendered:
            continue
        recording = poses(clip.file, landmarks)
        known = clip.exercise in EXERCISES
        way = travel(recording, profile(clip.exercise)) if known else None
        due, step = 0.0, 1 / (FPS if known else OTHER_FPS)
        for number, (picture, (t, pose)) in enumerate(
            zip(_pictures(clip.file), recording, strict=False)
        ):
            # A push-up or squat that the pose step does not see has no label to learn from.
            if t < due - 1e-6 or (way is not None and math.isnan(way[number])):
                continue
            due = t + step
            box = around(pose.points[:, :2], picture.shape) if pose is not None else EVERYTHING
            yield keep_frame(
                folder,
                picture,
                shape(pose, picture.shape[1], picture.shape[0]),
                Row(
                    f"{clip.name}_{number:05d}.jpg",
                    "real",
                    clip.scene,
                    clip.name,
                    number,
                    clip.exercise,
                    float(way[number]) if way is not None else math.nan,
                    *box,
                ),
            )


def gather_looked_at(labels: Path, clips: Iterable[Clip], landmarks: Path, folder: Path) -> Found:
    """Keeps the frames that people have labelled by looking at them.

    `travel` is that of SEEN, NaN outside push-ups and squats.
    """
    by_name = {clip.name: clip for clip in clips}
    wanted: dict[str, dict[int, str]] = {}
    for clip_name, number, label in looked_at(labels):
        wanted.setdefault(clip_name, {})[number] = label
    for name, frames in wanted.items():
        clip = by_name[name]
        recording = poses(clip.file, landmarks)
        for number, picture in enumerate(_pictures(clip.file)):
            if number not in frames:
                continue
            pose = recording[number][1] if number < len(recording) else None
            box = around(pose.points[:, :2], picture.shape) if pose is not None else EVERYTHING
            known = clip.exercise in EXERCISES
            yield keep_frame(
                folder,
                picture,
                shape(pose, picture.shape[1], picture.shape[0]),
                Row(
                    f"{name}_{number:05d}.jpg",
                    "real",
                    clip.scene,
                    name,
                    number,
                    clip.exercise,
                    SEEN[frames[number]] if known else math.nan,
                    *box,
                ),
            )


def gather_stills(source: Path, folder: Path) -> Found:
    """Takes over the pictures of a set of stills of `tools.synth` (`make phases`)."""
    for file in sorted(source.glob("[0-9]*.json")):
        label = json.loads(file.read_text(encoding="utf-8"))
        width, height = label["size"]
        for still in label["stills"]:
            picture = cv2.imread(str(source / still["file"]))
            boxes = [box for _, box in still["boxes"][:1]]
            box = _share(boxes[0], width, height) if boxes else EVERYTHING
            idle = still["exercise"] == "unknown"
            yield keep_frame(
                folder,
                picture,
                NO_SHAPE,
                Row(
                    f"{source.name}_{still['file']}",
                    "synthetic",
                    f"{source.name}_{file.stem}",
                    file.stem,
                    still["frame"],
                    label["exercise"],
                    math.nan if idle else still["depth"],
                    *box,
                ),
            )


def gather_renders(source: Path, folder: Path, fps: float = 1.5) -> Found:
    """Keeps frames of a set of rendered clips, labelled by the truth of their motion."""
    for file in sorted(source.glob("[0-9]*.json")):
        label = json.loads(file.read_text(encoding="utf-8"))
        truth = np.load(file.with_suffix(".npz"))
        points = [pose.points[:, :2] for _, pose in load_poses(file.with_suffix(".npz")) if pose]
        known = label["exercise"] in EXERCISES
        due, step = 0.0, 1 / (fps * (2 if known else 0.5))
        for number, picture in enumerate(_pictures(file.with_suffix(".mp4"))):
            t = float(truth["t"][number])
            if t < due:
                continue
            due = t + step
            idle = not known or label["phase"][number] == "idle"
            yield keep_frame(
                folder,
                picture,
                _inside(points[number], picture.shape),
                Row(
                    f"{source.name}_{file.stem}_{number:05d}.jpg",
                    "synthetic",
                    f"{source.name}_{file.stem}",
                    file.stem,
                    number,
                    label["exercise"],
                    math.nan if idle else float(truth["depth"][number]),
                    *around(points[number], picture.shape),
                ),
            )


def gather_photos(photos: Iterable[tuple[Path, str]], tracker: PoseTracker, folder: Path) -> Found:
    """Keeps photographs of people, labelled by one pose alone.

    Args:
        photos: files and exercises; where nobody knows the exercise it is empty, and the picture
            is for the joints alone.
        tracker: finds the joints.
        folder: to write to.
    """
    for number, (file, exercise) in enumerate(photos):
        picture = cv2.imread(str(file))
        if picture is None:
            continue
        tracker.reset()
        pose = tracker.process(Frame(np.asarray(picture, np.uint8), 100.0 * number, number))
        joints = shape(pose, picture.shape[1], picture.shape[0])
        if pose is None or np.isfinite(joints[:, 0]).sum() < LEAST:
            continue
        way = travel_alone(pose, profile(exercise)) if exercise in EXERCISES else math.nan
        told = "" if exercise in EXERCISES and math.isnan(way) else exercise
        source = file.stem.split("__")[0]
        box = around(pose.points[:, :2], picture.shape)
        row = Row(f"{number:06d}.jpg", "photo", source, file.stem, 0, told, way, *box)
        yield keep_frame(folder, np.asarray(picture, np.uint8), joints, row)


def gather_empty(source: Path, folder: Path) -> Found:
    """Keeps pictures that show no exercise at all; their file name is their scene."""
    for file in sorted([*source.rglob("*.jpg"), *source.rglob("*.png")]):
        picture = cv2.imread(str(file))
        if picture is not None:
            name = f"empty_{file.parent.name}_{file.stem}.jpg"
            yield keep_frame(
                folder,
                picture,
                NO_SHAPE,
                Row(name, "empty", file.stem, file.stem, 0, "none", math.nan),
            )


def _pictures(file: Path) -> Iterator[NDArray[np.uint8]]:
    """All frames of a recording, BGR."""
    capture = cv2.VideoCapture(str(file))
    try:
        while (read := capture.read())[0]:
            yield np.asarray(read[1], np.uint8)
    finally:
        capture.release()


def keep_frame(
    folder: Path, picture: NDArray[np.uint8], joints: Shape, row: Row
) -> tuple[Row, Shape]:
    """Writes a small copy of a picture under the name in its row."""
    height, width = picture.shape[:2]
    scale = min(1.0, LONGEST / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(folder / row.file), small, JPEG)
    return row, joints


def _inside(points: NDArray[np.float32], shape: tuple[int, ...]) -> Shape:
    """The true joints of a render as `shape` gives those of a pose."""
    share = points[list(JOINTS)] / (shape[1], shape[0])
    seen = np.all((share > 0) & (share < 1), axis=1)
    return np.where(seen[:, None], share, np.nan).astype(np.float32)


def around(points: NDArray[np.float32], shape: tuple[int, ...]) -> Box:
    """The box around joints (pixels), as shares of the picture."""
    low, high = points.min(axis=0), points.max(axis=0)
    margin = MARGIN * float(np.max(high - low))
    box = (low[0] - margin, low[1] - margin, high[0] + margin, high[1] + margin)
    return _share(box, shape[1], shape[0])


def _share(box: Iterable[float], width: int, height: int) -> Box:
    x0, y0, x1, y1 = (float(edge) for edge in box)
    inside = (x0 / width, y0 / height, x1 / width, y1 / height)
    a, b, c, d = (round(min(1.0, max(0.0, edge)), 4) for edge in inside)
    return a, b, c, d
