"""The region of interest: a rotated square of the frame that a network looks at."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

_MARGIN = 1.25  # around the body, as in training
_CACHE_LINE = 64  # bytes


Pair = NDArray[np.floating] | Sequence[float]
"""[2] x and y, pixels."""


@dataclass(frozen=True, slots=True)
class Roi:
    """A square in the frame.

    Attributes:
        x: centre, pixels from the left.
        y: centre, pixels from the top.
        side: length of an edge, pixels.
        rotation: radians, clockwise as seen on the screen; 0 is upright.
    """

    x: float
    y: float
    side: float
    rotation: float = 0.0

    @classmethod
    def of_frame(cls, width: int, height: int) -> Self:
        """The smallest square around a whole frame, upright."""
        return cls(width / 2, height / 2, max(width, height))

    @classmethod
    def of_body(cls, centre: Pair, rim: Pair) -> Self | None:
        """The square around a body, turned so that the body stands upright in it.

        As mediapipe's AlignmentPointsRectsCalculator and RectTransformationCalculator do it with
        the options of pose_landmarks_to_roi.pbtxt.

        Args:
            centre: [2] between the hips, pixels.
            rim: [2] a point straight above the head on the circle around the body, pixels.

        Returns:
            None if the points do not span a square.
        """
        x, y = float(centre[0]), float(centre[1])
        dx, dy = float(rim[0]) - x, float(rim[1]) - y
        radius = math.hypot(dx, dy)
        if not 0.0 < radius < math.inf:
            return None
        rotation = math.pi / 2 - math.atan2(-dy, dx)
        return cls(x, y, 2 * radius * _MARGIN, _wrapped(rotation))

    def upside_down(self) -> Self:
        """The same square, turned by half a turn."""
        return replace(self, rotation=_wrapped(self.rotation + math.pi))

    def to_frame(self, pixels: int) -> NDArray[np.float64]:
        """The matrix from a crop of this region to the frame.

        Args:
            pixels: width and height of the crop.

        Returns:
            [2, 3]; `matrix @ (x, y, 1)` of a place in the crop is its place in the frame.
        """
        scale = self.side / pixels
        cosine, sine = scale * math.cos(self.rotation), scale * math.sin(self.rotation)
        half = pixels / 2
        return np.array(
            [
                [cosine, -sine, self.x - half * (cosine - sine)],
                [sine, cosine, self.y - half * (sine + cosine)],
            ]
        )


def _wrapped(angle: float) -> float:
    """The same angle in -pi..pi."""
    return angle - 2 * math.pi * math.floor((angle + math.pi) / (2 * math.pi))


class Cropper:
    """Cuts a region out of a frame, in the form that a network takes.

    Args:
        pixels: width and height of the network's input.
        low: its value for black.
        high: its value for full white.
        border: OpenCV's border mode for what lies outside of the frame.
    """

    def __init__(self, pixels: int, low: float, high: float, border: int) -> None:
        self._pixels = pixels
        self._scale = np.float32((high - low) / 255)
        self._low = np.float32(low)
        self._border = border
        self._crop = np.empty((pixels, pixels, 3), np.uint8)
        self._rgb = np.empty_like(self._crop)  # turned in place, OpenCV copies the crop first

    def __call__(
        self, image: NDArray[np.uint8], matrix: NDArray[np.float64], out: NDArray[np.float32]
    ) -> None:
        """Fills a network's input.

        Only the crop is turned from BGR to RGB, not the frame.

        Args:
            image: [height, width, 3] BGR.
            matrix: [2, 3] from the crop to the frame, `Roi.to_frame`.
            out: [1, pixels, pixels, 3], written to; RGB.
        """
        # Touched in order, a picture fresh from the decoder is in the cache for 0.03 ms; the warp,
        # which reads along slanted lines, waits 0.2 ms for it.
        image.reshape(-1)[::_CACHE_LINE].max()
        cv2.warpAffine(
            image,
            matrix,
            (self._pixels, self._pixels),
            dst=self._crop,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=self._border,
        )
        cv2.cvtColor(self._crop, cv2.COLOR_BGR2RGB, dst=self._rgb)
        np.multiply(self._rgb, self._scale, out=out[0])
        if self._low:
            out += self._low
