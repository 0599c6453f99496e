"""The clip again, with the skeleton and the count drawn into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.camera.frame import Frame
from gymbox.cli.drafts import replacing
from gymbox.display import CountDisplay, Display
from gymbox.errors import GymboxError, InputError
from gymbox.motion.landmarks import BONES, Pose

BONE, JOINT, TEXT, SHADOW = (80, 220, 80), (255, 255, 255), (255, 255, 255), (0, 0, 0)
VISIBLE = 0.5
FONT = cv2.FONT_HERSHEY_SIMPLEX


@contextmanager
def video_to(path: Path, fps: float, size: tuple[int, int]) -> Iterator["VideoWriter"]:
    """An mp4 of the frames with what the box saw in them, put in its place when it is whole.

    Args:
        path: of the mp4 to write.
        fps: of the recording.
        size: (width, height) of its frames, pixels.

    Raises:
        InputError: no video can be written under that name.
        GymboxError: the disk did not take all of it.
    """
    with replacing(path) as draft:
        writer = VideoWriter(draft, fps, size)
        try:
            if not writer.opened:
                raise InputError(f"cannot write {path}", "choose a name that ends in .mp4")
            yield writer
        finally:
            writer.close()
        if not is_whole(draft, writer.frames):
            raise GymboxError(f"{path} could not be written whole", "make room on that disk")


def is_whole(path: Path, frames: int) -> bool:
    """Whether a video holds so many frames, the last one readable: OpenCV tells no write error."""
    capture = cv2.VideoCapture(str(path.absolute()), cv2.CAP_FFMPEG)
    try:
        if capture.get(cv2.CAP_PROP_FRAME_COUNT) != frames:
            return False
        capture.set(cv2.CAP_PROP_POS_FRAMES, frames - 1)
        return capture.read()[0]
    finally:
        capture.release()


class VideoWriter:
    """Draws into frames and appends them to an mp4.

    Args:
        path: of the mp4 to write.
        fps: of the recording.
        size: (width, height) of its frames, pixels.

    Attributes:
        frames: how many were added.
    """

    def __init__(self, path: Path, fps: float, size: tuple[int, int]) -> None:
        self.frames = 0
        self._writer: Any = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, size)

    @property
    def opened(self) -> bool:
        """The file can be written to."""
        return bool(self._writer.isOpened())

    def add(self, frame: Frame, pose: Pose | None, display: Display) -> None:
        """Adds one frame, after the mode has taken it."""
        image = frame.image.copy()
        if pose is not None:
            draw_skeleton(image, pose)
        if isinstance(display, CountDisplay):
            draw_count(image, display)
        self._writer.write(image)
        self.frames += 1

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
