"""The BlazePose detector: where in the frame are people?

Follows mediapipe/modules/pose_detection/pose_detection_cpu.pbtxt of MediaPipe 0.10.18.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.inference.anchors import SIDE, anchor_centres
from gymbox.inference.heatmap import sigmoid
from gymbox.inference.roi import Cropper, Roi
from gymbox.inference.runtime import Network

MOST = 6
"""People that are told apart in one frame."""
CERTAIN = 0.5
"""Score from which a detection counts as one of the people in the picture."""
_MOST_LOGIT = 100.0
_LEAST_OVERLAP = 0.3

# Columns of the box tensor: a box of the face, then four points of which the first two are used.
_CENTRE, _SIZE, _HIPS, _RIM = slice(0, 2), slice(2, 4), slice(4, 6), slice(6, 8)


@dataclass(frozen=True, slots=True)
class Detection:
    """Somebody: the region about the body, and 0..1 how surely."""

    roi: Roi
    score: float


class PoseDetector:
    """Finds people in a whole frame.

    Args:
        network: pose_detection.
        min_score: 0..1, what a detection must reach.
    """

    def __init__(self, network: Network, *, min_score: float = 0.5) -> None:
        self.network = network
        low, high = network.card.input_range
        self._cropper = Cropper(SIDE, low, high, cv2.BORDER_CONSTANT)
        self._anchors = anchor_centres()
        self._min_logit = float(np.log(min_score / (1 - min_score)))

    def prepare(self, image: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Fills the network's input with the letterboxed frame; returns the matrix back to it."""
        height, width = image.shape[:2]
        matrix = Roi.of_frame(width, height).to_frame(SIDE)
        self._cropper(image, matrix, self.network.input())
        return matrix

    def decode(self, matrix: NDArray[np.float64]) -> list[Detection]:
        """The people in the network's output, the surest first."""
        logits = self.network.output(1, len(self._anchors), 1)[0, :, 0]
        found = np.flatnonzero(logits >= self._min_logit)
        if not found.size:
            return []
        scores = sigmoid(np.clip(logits[found], -_MOST_LOGIT, _MOST_LOGIT))
        boxes = self.network.output(1, len(self._anchors), 12)[0, found] / np.float32(SIDE)
        anchors = self._anchors[found]
        corners = _corners(boxes[:, _CENTRE] + anchors, boxes[:, _SIZE])
        points = np.stack([boxes[:, _HIPS] + anchors, boxes[:, _RIM] + anchors], axis=1)
        people = []
        for score, merged in _merged(scores, corners, points):
            hips, rim = merged * SIDE @ matrix[:, :2].T + matrix[:, 2]
            roi = Roi.of_body(hips, rim)
            if roi is not None:
                people.append(Detection(roi, score))
        return people


def _corners(centres: NDArray[np.float32], sizes: NDArray[np.float32]) -> NDArray[np.float32]:
    """[n, 4] left, top, right, bottom."""
    return np.concatenate([centres - sizes / 2, centres + sizes / 2], axis=1)


def _merged(
    scores: NDArray[np.float32], corners: NDArray[np.float32], points: NDArray[np.float32]
) -> Iterator[tuple[float, NDArray[np.float32]]]:
    """The score and the points of each person, averaged over the detections that overlap.

    Mediapipe's weighted non-maximum suppression.

    Args:
        scores: [n].
        corners: [n, 4].
        points: [n, k, 2].

    Yields:
        The best score of one person and [k, 2].
    """
    for _ in range(MOST):
        best = int(np.argmax(scores))
        same = _overlap(corners, corners[best]) > _LEAST_OVERLAP
        same[best] = True
        yield float(scores[best]), np.average(points[same], axis=0, weights=scores[same])
        scores, corners, points = scores[~same], corners[~same], points[~same]
        if not len(scores):
            return


def _overlap(corners: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    """Intersection over union of many boxes with one; [n]."""
    inner = np.minimum(corners[:, 2:], other[2:]) - np.maximum(corners[:, :2], other[:2])
    intersection = np.prod(np.maximum(inner, 0), axis=1)
    areas = np.prod(corners[:, 2:] - corners[:, :2], axis=1)
    union = areas + np.prod(other[2:] - other[:2]) - intersection
    ratio: NDArray[np.float32] = intersection / np.maximum(union, 1e-12)
    return ratio
