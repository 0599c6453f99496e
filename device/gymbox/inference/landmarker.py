"""The BlazePose landmark network: where are the joints inside of a region?

Follows pose_landmark_by_roi_cpu.pbtxt and tensors_to_pose_landmarks_and_segmentation.pbtxt in
mediapipe/modules/pose_landmark of MediaPipe 0.10.18. The segmentation mask is never read.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.inference.heatmap import Refiner, sigmoid
from gymbox.inference.roi import Cropper, Roi
from gymbox.inference.runtime import Network
from gymbox.motion.landmarks import Landmark

SIDE = 256
"""Width and height of the network's input, pixels."""

_MADE = 39  # landmarks in the outputs; the last four are not used
_HEAT_SIDE = 64

# Rows of `RawPose.places`.
BODY = slice(0, len(Landmark))
ANCHORS = slice(BODY.stop, BODY.stop + 2)
WORLD = slice(ANCHORS.stop, ANCHORS.stop + len(Landmark))


@dataclass(frozen=True, slots=True, eq=False)
class RawPose:
    """What the network sees in one frame, before any smoothing.

    Attributes:
        places: [68, 3] float32, everything that has a place: rows `BODY`, x and y in pixels of the
            frame and z on the same scale; rows `ANCHORS`, the middle of the hips and a point on the
            rim of the circle around the body, which span the region of the next frame; rows
            `WORLD`, metres, origin between the hips.
        visibility: [33] float32, 0..1.
        score: 0..1, the chance that there is a person.
    """

    places: NDArray[np.float32]
    visibility: NDArray[np.float32]
    score: float


class Landmarker:
    """Finds the landmarks of the person in a region of a frame.

    Args:
        network: pose_landmark_lite or pose_landmark_full.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self._refine = Refiner(_HEAT_SIDE, _MADE, SIDE // _HEAT_SIDE)
        low, high = network.card.input_range
        # What the region has beyond the frame's edge repeats the edge; that is what MediaPipe's
        # ImageToTensorCalculator takes where no border mode is given.
        self._cropper = Cropper(SIDE, low, high, cv2.BORDER_REPLICATE)

    def prepare(self, image: NDArray[np.uint8], roi: Roi) -> NDArray[np.float64]:
        """Fills the network's input with the region; returns the matrix back to the frame."""
        matrix = roi.to_frame(SIDE)
        self._cropper(image, matrix, self.network.input())
        return matrix

    def score(self) -> float:
        """0..1, the chance of a person in the network's output."""
        return float(self.network.output(1, 1)[0, 0])

    def decode(
        self, roi: Roi, matrix: NDArray[np.float64], min_score: float = 0.5
    ) -> RawPose | None:
        """The landmarks in the network's output.

        Returns:
            None if the chance of a person is no more than `min_score`.
        """
        score = self.score()
        if score <= min_score:
            return None
        made = self.network.output(1, _MADE * 5).reshape(_MADE, 5)[: ANCHORS.stop]
        heat = self.network.output(1, _HEAT_SIDE, _HEAT_SIDE, _MADE)[0]
        world = self.network.output(1, _MADE * 3).reshape(_MADE, 3)[: len(Landmark)]
        turn = matrix[:, :2].T
        scale = roi.side / SIDE
        places = np.empty((WORLD.stop, 3), np.float32)
        places[: ANCHORS.stop, :2] = self._refine(made[:, :2], heat) @ turn + matrix[:, 2]
        places[: ANCHORS.stop, 2] = made[:, 2] * np.float32(scale)
        places[WORLD, :2] = world[:, :2] @ (turn / scale)
        places[WORLD, 2] = world[:, 2]
        return RawPose(places, sigmoid(made[BODY, 3]), score)
