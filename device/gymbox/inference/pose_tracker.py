"""BlazePose over a sequence of frames: detect once, then follow."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import cv2

from gymbox.camera.frame import Frame
from gymbox.inference.detector import PoseDetector
from gymbox.inference.landmarker import Landmarker
from gymbox.inference.manifest import find_model
from gymbox.inference.roi import Roi
from gymbox.inference.runtime import Network
from gymbox.inference.smoothing import PoseSmoother
from gymbox.motion.landmarks import Pose

PoseModel = Literal["lite", "full"]

LYING = math.pi / 4
"""Radians from upright beyond which the detector may take the feet for the head."""
SURE, SURER = 7.0, 1.0
"""Logits: where a region needs no second look, and by what the other way round must be better."""
EPSILON = 1e-7
"""Nothing is surer than this."""
CONFIRMED, SEARCH = 0.95, 2.0
"""Chance of a person, or seconds, until which all frames are searched: a doubtful find may err."""
PATIENCE = 3.0
"""Seconds for which an athlete may be doubtful; a chair that he leaves behind is, and stays so."""

Lap = Callable[[str], None]
"""Told the name of each stage when it ends: crop, invoke, decode, smooth; detect_... before."""


class PoseTracker:
    """Follows one athlete, as MediaPipe's `Pose` does.

    The detector looks at the whole frame only while nobody is followed; afterwards the landmarks
    of one frame say where to look in the next. MediaPipe asks for 0.5 in all three scores; here a
    faint detection is looked at, the search goes on until somebody is surely found, and from then
    on the athlete is not given up for a doubtful frame, such as crouched behind the plates.

    Args:
        model: which landmark network; full is more exact, lite is faster.
        threads: how many threads one run of a network may use.
        models: folder of the models, if not the usual one.
        min_detection_score: 0..1, what a detection must reach to be looked at.
        min_presence_score: 0..1, the chance of a person that it takes to begin to follow.
        min_tracking_score: 0..1, the chance of a person below which the athlete is lost;
            that of beginning after `PATIENCE` seconds of doubt.
        runtime: which TFLite runtime, if not the one that is installed.
        lap: called at the end of every stage, for `gymbox bench`.

    Raises:
        ModelError: a model is missing or damaged, or there is no runtime for it.
    """

    def __init__(
        self,
        *,
        model: PoseModel = "full",
        threads: int = 1,
        models: Path | None = None,
        min_detection_score: float = 0.3,
        min_presence_score: float = 0.5,
        min_tracking_score: float = 0.2,
        runtime: str | None = None,
        lap: Lap | None = None,
    ) -> None:
        # The crops are far too small for OpenCV's thread pool to pay.
        cv2.setNumThreads(1)
        detection = find_model("pose_detection", models)
        landmarks = find_model(f"pose_landmark_{model}", models)
        self.detector = PoseDetector(
            Network(detection, threads=threads, runtime=runtime), min_score=min_detection_score
        )
        self.landmarker = Landmarker(Network(landmarks, threads=threads, runtime=runtime))
        self._min_presence, self._min_tracking = min_presence_score, min_tracking_score
        self._smoother = PoseSmoother()
        self._roi: Roi | None = None
        self._sure = -math.inf
        self._since: float | None = None
        self._confirmed = False
        self._lap = lap or _ignore

    def reset(self) -> None:
        """Forgets the athlete: the next frame is searched anew."""
        self._roi = None
        self._since = None
        self._confirmed = False
        self._smoother.reset()

    def process(self, frame: Frame) -> Pose | None:
        """Finds the athlete's pose in the next frame.

        Args:
            frame: its timestamp must be later than that of the frame before.

        Returns:
            None where nobody is found.
        """
        pose = None
        if not self._confirmed:
            found = self._detect(frame)
            pose = self._look(frame, found, self._min_presence) if found else None
        if pose is None and self._roi is not None:
            known = frame.timestamp - self._sure <= PATIENCE
            enough = self._min_tracking if known else self._min_presence
            pose = self._look(frame, self._roi, enough)
        if pose is None:
            self.reset()
        elif pose.score > self._min_presence:
            self._sure = frame.timestamp
            if self._since is None:
                self._since = frame.timestamp
            searched = frame.timestamp - self._since
            self._confirmed |= pose.score > CONFIRMED or searched > SEARCH
        return pose

    def _detect(self, frame: Frame) -> Roi | None:
        matrix = self.detector.prepare(frame.image)
        self._lap("detect_crop")
        self.detector.network.invoke()
        self._lap("detect_invoke")
        roi = self.detector.decode(matrix)
        self._lap("detect_decode")
        if roi is not None and abs(roi.rotation) > LYING:
            roi = self._head_up(frame, roi)
            self._lap("detect_turn")
        return roi

    def _head_up(self, frame: Frame, roi: Roi) -> Roi:
        """The region, or the same upside down if there is more surely a person in it."""
        surely = self._surely(frame, roi)
        turned = roi.upside_down()
        wrong = surely < SURE and self._surely(frame, turned) > surely + SURER
        return turned if wrong else roi

    def _surely(self, frame: Frame, roi: Roi) -> float:
        """The logit of the chance of a person in a region."""
        self.landmarker.prepare(frame.image, roi)
        self.landmarker.network.invoke()
        score = min(max(self.landmarker.score(), EPSILON), 1 - EPSILON)
        return math.log(score / (1 - score))

    def _look(self, frame: Frame, roi: Roi, min_score: float) -> Pose | None:
        """Finds the landmarks in a region and the region for the next frame."""
        matrix = self.landmarker.prepare(frame.image, roi)
        self._lap("crop")
        self.landmarker.network.invoke()
        self._lap("invoke")
        raw = self.landmarker.decode(roi, matrix, min_score)
        self._lap("decode")
        if raw is None:
            return None
        height, width = frame.image.shape[:2]
        pose, anchors = self._smoother(raw, frame.timestamp, (width, height))
        self._roi = Roi.of_body(anchors[0], anchors[1])
        self._lap("smooth")
        return pose


def _ignore(_stage: str) -> None:
    """Nobody is timing."""
