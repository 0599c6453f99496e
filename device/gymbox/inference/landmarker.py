"""The BlazePose landmark network: where are the joints inside of a region?

Follows pose_landmark_by_roi_cpu.pbtxt and tensors_to_pose_landmarks_and_segmentation.pbtxt in
mediapipe/modules/pose_landmark of MediaPipe 0.10.18. The segmentation mask is never read.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.inference.heatmap import refine, sigmoid
from gymbox.inference.roi import Cropper, Roi
from gymbox.inference.runtime import Network
from gymbox.motion.landmarks import Landmark

SIDE = 256
"""Width and height of the network's input, pixels."""

_BODY = len(Landmark)
_USED = _BODY + 2  # the two after the body's span the next region
_MADE = 39
_CHANNELS = np.arange(_USED)


@dataclass(frozen=True, slots=True, eq=False)
class RawPose:
    """What the network sees in one frame, before any smoothing.

    Attributes:
        points: [33, 3] float32, x and y in pixels of the frame, z on the same scale.
        visibility: [33] float32, 0..1.
        world: [33, 3] float32, metres, origin between the hips.
        anchors: [2, 2] float32, pixels: between the hips, and the rim of the circle around the
            body; these span the region for the next frame.
        score: 0..1, the chance that there is a person.
    """

    points: NDArray[np.float32]
    visibility: NDArray[np.float32]
    world: NDArray[np.float32]
    anchors: NDArray[np.float32]
    score: float


class Landmarker:
    """Finds the landmarks of the person in a region of a frame.

    Args:
        network: pose_landmark_lite or pose_landmark_full.
        min_score: 0..1, the chance of a person below which there is none.
    """

    def __init__(self, network: Network, *, min_score: float = 0.5) -> None:
        self.network = network
        self._min_score = min_score
        low, high = network.card.input_range
        # What the region has beyond the frame's edge repeats the edge; that is what MediaPipe's
        # ImageToTensorCalculator takes where no border mode is given.
        self._cropper = Cropper(SIDE, low, high, cv2.BORDER_REPLICATE)

    def prepare(self, image: NDArray[np.uint8], roi: Roi) -> NDArray[np.float64]:
        """Fills the network's input with the region; returns the matrix back to the frame."""
        matrix = roi.to_frame(SIDE)
        self._cropper(image, matrix, self.network.input())
        return matrix

    def decode(self, roi: Roi, matrix: NDArray[np.float64]) -> RawPose | None:
        """The landmarks in the network's output, or None if there is no person."""
        score = float(self.network.output(1, 1)[0, 0])
        if score <= self._min_score:
            return None
        made = self.network.output(1, _MADE * 5).reshape(_MADE, 5)[:_USED]
        places = made[:, :2] / np.float32(SIDE)
        heat = self.network.output(1, 64, 64, _MADE)[0]
        refine(places, heat, _CHANNELS)
        pixels = (places * SIDE) @ matrix[:, :2].T + matrix[:, 2]
        points = np.empty((_BODY, 3), np.float32)
        points[:, :2] = pixels[:_BODY]
        points[:, 2] = made[:_BODY, 2] * (roi.side / SIDE)
        return RawPose(
            points=points,
            visibility=sigmoid(made[:_BODY, 3]),
            world=self._world(matrix, roi),
            anchors=pixels[_BODY:].astype(np.float32),
            score=score,
        )

    def _world(self, matrix: NDArray[np.float64], roi: Roi) -> NDArray[np.float32]:
        """The world landmarks, turned from the region's axes to the frame's."""
        world = self.network.output(1, _MADE * 3).reshape(_MADE, 3)[:_BODY].copy()
        world[:, :2] = world[:, :2] @ (matrix[:, :2] * (SIDE / roi.side)).T
        return world
