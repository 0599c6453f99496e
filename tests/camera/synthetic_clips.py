"""Clips made on the spot: nothing recorded of anyone."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from gymbox.camera._opencv import cv2

SIZE = (64, 48)
FPS = 20

MakeClip = Callable[..., Path]
"""(name, frames, codec) -> the path of a clip."""


def write_clip(path: Path, frames: int = 30, codec: str = "mp4v") -> Path:
    """Frames that grow brighter by 4 each, the left half brighter by 100."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), FPS, SIZE)
    for index in range(frames):
        image = np.full((SIZE[1], SIZE[0], 3), 4 * index, np.uint8)
        image[:, : SIZE[0] // 2] += 100
        writer.write(image)
    writer.release()
    return path
