"""Something out of focus before the lens: a bar, a shoulder, somebody who walks by."""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Obstacle:
    """A blurred shape of one colour.

    Attributes:
        size: width and height of the pictures, pixels.
        outline: [k, 2] corners as shares of the picture, in frame 0.
        colour: [3] 0 to 255.
        soft: deviation of its blurred edge, pixels.
        speed: shares of the picture's width by which it moves to the right in a frame.
    """

    size: tuple[int, int]
    outline: tuple[tuple[float, float], ...]
    colour: tuple[int, int, int]
    soft: float
    speed: float

    @classmethod
    def sample(cls, rng: np.random.Generator, size: tuple[int, int]) -> "Obstacle":
        """Draws one that stands at an edge of the picture, or passes through it."""
        wide = float(rng.uniform(0.05, 0.22))
        passing = bool(rng.random() < 0.5)  # noqa: PLR2004
        left = rng.uniform(-0.3, 1.1) if passing else rng.choice([-0.03, 1.03 - wide])
        top = float(rng.choice([-0.1, rng.uniform(-0.1, 0.6)]))
        bulge = rng.uniform(-0.3, 0.3, (2, 3)) * wide
        down = np.linspace(top, 1.2, 3)
        right = [(float(left + wide + b), float(y)) for b, y in zip(bulge[0], down, strict=True)]
        back = [(float(left + b), float(y)) for b, y in zip(bulge[1], down[::-1], strict=True)]
        shade = rng.uniform(10, 110)
        return cls(
            size,
            (*right, *back),
            tuple(int(x) for x in shade * rng.uniform(0.6, 1.2, 3)),
            float(rng.uniform(0.01, 0.03) * size[0]),
            float(rng.uniform(-0.02, 0.02)) if passing else 0.0,
        )

    def share(self, frame: int) -> NDArray[np.uint8]:
        """How much of each pixel it covers in a frame, 255 all, [h, w]."""
        width, height = self.size
        shift = round(self.speed * frame * width)
        left, mask = self._mask
        cut = np.zeros((height, width), np.uint8)
        start, end = left + shift, left + shift + mask.shape[1]
        a, b = max(start, 0), min(end, width)
        if a < b:
            cut[:, a:b] = mask[:, a - start : b - start]
        return cut

    def cover(self, picture: Picture, frame: int) -> Picture:
        """The picture [h, w, 3] with the shape before it."""
        share = self.share(frame)
        columns = np.flatnonzero(share.any(axis=0))
        if not len(columns):
            return picture
        rows = np.s_[:, columns[0] : columns[-1] + 1]
        part = cv2.merge([share[rows]] * 3)
        shown = cv2.multiply(picture[rows], cv2.bitwise_not(part), scale=1 / 255)
        paint = np.broadcast_to(np.array(self.colour, np.uint8), part.shape)
        covered = picture.copy()
        covered[rows] = cv2.add(shown, cv2.multiply(paint.copy(), part, scale=1 / 255))
        return covered

    @cached_property
    def _mask(self) -> tuple[int, Picture]:
        """Its leftmost column in frame 0, and how much it covers from there on, [h, w]."""
        width, height = self.size
        corners = np.array(self.outline) * (width, height)
        pad = int(4 * self.soft)
        left = int(corners[:, 0].min()) - pad
        mask = np.zeros((height, int(np.ptp(corners[:, 0])) + 2 * pad), np.uint8)
        cv2.fillPoly(mask, [np.rint(corners - (left, 0)).astype(np.int32)], 255)
        return left, cv2.GaussianBlur(mask, (0, 0), self.soft)
