"""Where in a picture the athlete is: from the labels beside it, else as the box itself sees it."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.camera.frame import Frame
from gymbox.errors import InputError
from gymbox.inference.phase_net import GREY, Area, square
from gymbox.inference.pose_tracker import PoseTracker
from tools.evaluate.pictures import Picture

MARGIN = 0.1
"""What a body has around its joints, as a share of their span."""


def labelled(picture: Path) -> Area | None:
    """The first box of the YOLO labels beside a picture, or in `labels` beside its folder.

    In the sets of `tools.synth` the first one is the athlete.

    Returns:
        Shares of width and height, or None where there are no labels.

    Raises:
        InputError: the labels are damaged.
    """
    for path in (
        picture.with_suffix(".txt"),
        picture.parent.parent / "labels" / f"{picture.stem}.txt",
    ):
        if path.is_file():
            rows = path.read_text(encoding="utf-8").splitlines()
            try:
                return _area(rows[0]) if rows else None
            except ValueError as error:
                raise InputError(f"{path} holds no YOLO boxes ({error})", "check it") from error
    return None


class Finder:
    """Finds the athlete with the box's own pose step; its networks are loaded when needed."""

    def __init__(self) -> None:
        self._tracker: PoseTracker | None = None

    def __call__(self, picture: Picture) -> Area | None:
        """The box around the landmarks, as shares of width and height, or None."""
        if self._tracker is None:
            self._tracker = PoseTracker()
        self._tracker.reset()
        image = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR).astype(np.uint8, copy=False)
        pose = self._tracker.process(Frame(image, 0.0, 0))
        if pose is None:
            return None
        points = pose.points[:, :2] / pose.size  # hidden joints too: they are on the athlete
        low, high = points.min(axis=0), points.max(axis=0)
        margin = MARGIN * (high - low)
        x0, y0, x1, y1 = (float(edge) for edge in (*(low - margin), *(high + margin)))
        return (max(0.0, x0), max(0.0, y0), min(1.0, x1), min(1.0, y1))


def seen(
    shape: tuple[int, ...], box: Area, side: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which pixels of the network's picture show the athlete's box, and which the frame at all.

    Args:
        shape: height and width of the frame come first.
        box: shares of width and height.
        side: of the network's picture.

    Returns:
        Two masks [side, side]; the grey bars beside the frame are in neither.
    """
    height, width = shape[:2]
    marked = np.zeros((height, width, 3), np.uint8)
    edges = np.clip(box, 0, 1) * (width, height, width, height)
    x0, y0, x1, y1 = np.rint(edges).astype(int)
    marked[y0:y1, x0:x1] = 255
    inside = square(marked, side)[..., 0] > GREY
    frame = square(np.zeros_like(marked), side)[..., 0] != GREY
    return inside, frame


def _area(row: str) -> Area:
    _, x, y, width, height = (float(value) for value in row.split())
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
