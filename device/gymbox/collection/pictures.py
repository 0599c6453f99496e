"""Pictures of a take, where the athlete has agreed to them."""

import numpy as np
from numpy.typing import NDArray

from gymbox.camera._opencv import cv2

LONGEST = 640
"""Pixels of the longer side."""
QUALITY = 88
"""Of the JPEG, 0..100."""


def encode(image: NDArray[np.uint8]) -> bytes:
    """A frame [height, width, 3] as a JPEG of at most `LONGEST` pixels."""
    height, width = image.shape[:2]
    scale = min(1.0, LONGEST / max(height, width))
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    _, data = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))
    return bytes(data)
