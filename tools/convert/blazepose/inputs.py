"""What the networks are calibrated on: real clips of the scenes that are not held out."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.camera.clip import ClipCamera
from gymbox.inference.anchors import SIDE
from gymbox.inference.roi import Cropper, Roi
from tools.convert.blazepose.crops import (
    calibration_crops,
    collect,
    held_out,
    network_input,
    real_clips,
)
from tools.convert.blazepose.make import Inputs
from tools.convert.pose_models import PublishedModel
from tools.evaluate._files import need

_LOOKS = (2, 30)  # the detector sees the beginning of a clip: these frames


def calibration_inputs(
    model: PublishedModel, clips: Path, table: Path, *, cache: Path, originals: Path
) -> Inputs:
    """Inputs of one network, as often as asked for.

    Args:
        model: which one.
        clips: folder of the recordings.
        table: their scenes, in the form of clips.csv.
        cache: folder where crops are kept.
        originals: folder of the published networks.

    Raises:
        InputError: clips are missing, or too few.
    """
    scenes = {f: s for f, s in real_clips(table).items() if not held_out(s)}
    need([clips / file for file in scenes])
    if model.name == "pose_detection":
        frames = list(detector_inputs(clips, list(scenes)))
        return lambda: frames
    pictures = calibration_crops(collect(clips, scenes, cache / "crops", originals))
    return lambda: (network_input(picture) for picture in pictures)


def detector_inputs(clips: Path, files: list[str]) -> Iterator[NDArray[np.float32]]:
    """[1, 224, 224, 3] letterboxed frames near the beginning of each clip."""
    cropper = Cropper(SIDE, -1.0, 1.0, cv2.BORDER_CONSTANT)
    for file in files:
        with ClipCamera(clips / file) as camera:
            for index in range(max(_LOOKS) + 1):
                frame = camera.read()
                if frame is None:
                    break
                if index in _LOOKS:
                    height, width = frame.image.shape[:2]
                    made = np.empty((1, SIDE, SIDE, 3), np.float32)
                    cropper(frame.image, Roi.of_frame(width, height).to_frame(SIDE), made)
                    yield made
