"""The phase network: is the athlete up, down, or neither?

A picture classifier for push-ups and squats, quick enough for the smallest boxes. Training in
tools/convert makes its pictures with `square` too, so that the network sees on the box what it has
learnt from.
"""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.camera.frame import Frame
from gymbox.errors import ModelError
from gymbox.inference.manifest import ModelCard, find_model
from gymbox.inference.runtime import Network
from gymbox.motion.phase import LABELS, PhaseScores

GREY = 128
"""What the square has where the frame has nothing; the same in every channel order."""

Area = tuple[float, float, float, float]
"""A region as (x0, y0, x1, y1) in pixels; it may leave the frame."""


class PhaseNet:
    """Says of a frame whether the athlete is up, down, or neither.

    Args:
        model: its name in the manifest.
        threads: how many threads one run may use.
        models: folder of the models, if not the usual one.
        region: tells of every frame where to look; None looks at all of it.
        runtime: which TFLite runtime, if not the one that is installed.

    Raises:
        ModelError: the model is missing, damaged or of another kind, or there is no runtime for it.
    """

    def __init__(
        self,
        model: str = "phase",
        threads: int = 1,
        models: Path | None = None,
        region: Callable[[Frame], Area | None] | None = None,
        runtime: str | None = None,
    ) -> None:
        # One small resize a frame is far too little for OpenCV's thread pool to pay.
        cv2.setNumThreads(1)
        self._region = region
        card = find_model(model, models)
        self._side = _side_of(card)
        self._order = [card.labels.index(label) for label in LABELS]
        self._low, high = card.input_range
        self._scale = (high - self._low) / 255
        self.network = Network(card, threads=threads, runtime=runtime)

    def classify(self, frame: Frame) -> PhaseScores:
        """The chances of up, down and neither in the next frame."""
        box = self._region(frame) if self._region else None
        picture = square(frame.image, self._side, box)
        # The frame is blue, green, red; the network takes red, green, blue.
        np.multiply(picture[None, ..., ::-1], self._scale, out=self.network.input())
        self.network.input()[...] += np.float32(self._low)
        self.network.invoke()
        scores = self.network.output(1, len(LABELS))[0].tolist()
        return PhaseScores(*(scores[place] for place in self._order))


def _side_of(card: ModelCard) -> int:
    """Width and height of the input of a model that is a phase network."""
    _, height, width, colours = card.input_shape if len(card.input_shape) == 4 else (0,) * 4  # noqa: PLR2004
    if sorted(card.labels) != sorted(LABELS) or height != width or colours != 3:  # noqa: PLR2004 (red, green, blue)
        raise ModelError(
            f"the model {card.name} says {', '.join(card.labels)} of {card.input_shape}",
            f"a phase network says {', '.join(LABELS)} of a square picture",
        )
    return height


def square(rgb: NDArray[np.uint8], size: int, box: Area | None = None) -> NDArray[np.uint8]:
    """The picture that the network sees of a frame.

    The region keeps its aspect and lies in the middle; what it does not fill is grey. Blue, green
    and red in another order come out in that order.

    Args:
        rgb: [height, width, 3].
        size: width and height of the square, pixels.
        box: the region to look at; None is the whole frame.

    Returns:
        [size, size, 3].

    Raises:
        ValueError: the region is empty.
    """
    height, width = rgb.shape[:2]
    x0, y0, x1, y1 = (0.0, 0.0, float(width), float(height)) if box is None else box
    side = max(x1 - x0, y1 - y0)
    if min(x1 - x0, y1 - y0) <= 0:
        raise ValueError(f"the region {box} is empty")
    scale = size / side
    left, top = (x0 + x1 - side) / 2, (y0 + y1 - side) / 2
    columns, to_columns = _span(x0, x1, width, left, scale)
    rows, to_rows = _span(y0, y1, height, top, scale)
    picture = np.full((size, size, 3), GREY, np.uint8)
    seen, place = rgb[rows, columns], picture[to_rows, to_columns]
    if seen.size and place.size:
        # An area mean when it shrinks: anything else drops lines, which the network would learn.
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        place[:] = cv2.resize(seen, (place.shape[1], place.shape[0]), interpolation=way)
    return picture


def _span(
    begin: float, end: float, length: int, origin: float, scale: float
) -> tuple[slice, slice]:
    """Along one axis: the pixels of the frame inside the region, and where they go."""
    first, last = max(0, round(begin)), min(length, round(end))
    if last <= first:
        return slice(0, 0), slice(0, 0)
    to = [max(0, round((place - origin) * scale)) for place in (first, last)]
    return slice(first, last), slice(to[0], max(to[1], to[0] + 1))
