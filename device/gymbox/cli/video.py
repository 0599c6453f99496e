"""The clip again, with the skeleton and the count drawn into it."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.camera.frame import Frame
from gymbox.display import CountDisplay, Display
from gymbox.errors import InputError
from gymbox.motion.landmarks import BONES, Pose

BONE, JOINT, TEXT, SHADOW = (80, 220, 80), (255, 255, 255), (255, 255, 255), (0, 0, 0)
VISIBLE = 0.5
FONT = cv2.FONT_HERSHEY_SIMPLEX


class VideoWriter:
    """Writes an mp4 of the frames with what the box saw in them.

    Args:
        path: of the mp4 to write.
        fps: of the recording.
        size: (width, height) of its frames, pixels.

    Raises:
        InputError: the file cannot be written.
    """

    def __init__(self, path: Path, fps: float, size: tuple[int, int]) -> None:
        self._path = path
        self._writer: Any = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, size)
        if not self._writer.isOpened():
            raise InputError(f"cannot write {path}", "choose an .mp4 in a folder that exists")

    def add(self, frame: Frame, pose: Pose | None, display: Display) -> None:
        """Adds one frame, after the mode has taken it."""
        image = frame.image.copy()
        if pose is not None:
            draw_skeleton(image, pose)
        if isinstance(display, CountDisplay):
            draw_count(image, display)
        self._writer.write(image)

    def close(self) -> None:
        """Finishes the file."""
        self._writer.release()


def draw_skeleton(image: NDArray[np.uint8], pose: Pose) -> None:
    """Draws the visible bones and joints into a BGR image."""
    thick = max(1, min(image.shape[:2]) // 160)
    points = [(round(float(x)), round(float(y))) for x, y in pose.points[:, :2]]
    for a, b in BONES:
        if min(pose.visibility[a], pose.visibility[b]) >= VISIBLE:
            cv2.line(image, points[a], points[b], BONE, 2 * thick, cv2.LINE_AA)
    for joint in sorted({joint for bone in BONES for joint in bone}):
        if pose.visibility[joint] >= VISIBLE:
            cv2.circle(image, points[joint], 2 * thick, JOINT, -1, cv2.LINE_AA)


def draw_count(image: NDArray[np.uint8], display: CountDisplay) -> None:
    """Writes exercise, count and the moving bar into a BGR image."""
    height, width = image.shape[:2]
    scale = min(height, width) / 480
    edge = round(16 * scale)
    _write(image, str(display.reps), (edge, round(80 * scale)), 3.0 * scale)
    title = display.exercise.replace("_", " ")
    _write(image, title, (edge, round(115 * scale)), 0.9 * scale)
    bar = round((width - 2 * edge) * display.progress)
    top, bottom = height - edge - round(8 * scale), height - edge
    cv2.rectangle(image, (edge, top), (edge + bar, bottom), BONE, -1)


def _write(image: NDArray[np.uint8], text: str, place: tuple[int, int], scale: float) -> None:
    thick = max(1, round(2 * scale))
    cv2.putText(image, text, place, FONT, scale, SHADOW, 3 * thick, cv2.LINE_AA)
    cv2.putText(image, text, place, FONT, scale, TEXT, thick, cv2.LINE_AA)
