"""What a .tflite phase net says: of the frames that were looked at, and of whole clips."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.camera.clip import ClipCamera
from gymbox.inference.motion_region import MotionRegion
from gymbox.inference.phase_net import square
from tools.convert.phase import LABELS
from tools.convert.phase.frames import looked_at
from tools.evaluate._count_clips import Clip
from tools.evaluate.predictions import Predictions

Picture = NDArray[np.uint8]
LETTERS = {"u": 0, "d": 1, "n": 2}
"""Classes, as they are written in the table of frames that were looked at."""


class Judge:
    """Runs one model on pictures, as the device would.

    Args:
        model: the .tflite file; float32 in and out.
        input_range: what it takes for black and white.
    """

    def __init__(self, model: bytes, input_range: tuple[float, float]) -> None:
        from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415 - desktop only

        self._interpreter = Interpreter(model_content=model, num_threads=1)
        self._interpreter.allocate_tensors()
        (self._input,) = self._interpreter.get_input_details()
        (self._output,) = self._interpreter.get_output_details()
        self._low, high = input_range
        self._scale = (high - self._low) / 255
        self.size = int(self._input["shape"][1])

    def __call__(self, picture: Picture) -> NDArray[np.float32]:
        """[3] the chances of up, down and neither in a square picture, RGB."""
        values = picture[None].astype(np.float32) * np.float32(self._scale) + np.float32(self._low)
        self._interpreter.set_tensor(self._input["index"], values)
        self._interpreter.invoke()
        return np.asarray(self._interpreter.get_tensor(self._output["index"])[0], np.float32)


def looked_at_pictures(
    labels: Path, clips: Iterable[Clip], size: int
) -> Iterator[tuple[Clip, int, str, Picture]]:
    """Clip, frame number, label and picture (whole frame, RGB) of every frame looked at."""
    wanted: dict[str, dict[int, str]] = {}
    for name, number, label in looked_at(labels):
        wanted.setdefault(name, {})[number] = label
    for clip in clips:
        frames = wanted.get(clip.name)
        if not frames:
            continue
        capture = cv2.VideoCapture(str(clip.file))
        for number in range(max(frames) + 1):
            read, picture = capture.read()
            if read and number in frames:
                rgb = square(np.asarray(picture, np.uint8), size)[..., ::-1]
                yield clip, number, frames[number], np.ascontiguousarray(rgb)
        capture.release()


def predictions(
    judged: Sequence[tuple[str, str, str, NDArray[np.float32]]],
) -> Predictions:
    """From (scene, sample, label, scores) of every frame."""
    return Predictions.of(
        LABELS,
        [LETTERS[label[0]] for _, _, label, _ in judged],
        np.array([scores for *_, scores in judged]),
        [scene for scene, *_ in judged],
        [sample for _, sample, _, _ in judged],
    )


def score_clip(judge: Judge, clip: Path, *, follow: bool) -> tuple[NDArray, NDArray]:  # type: ignore[type-arg]
    """What a model says of every frame of a clip.

    Args:
        judge: the model.
        clip: the recording.
        follow: look where it moves, and not at the whole frame.

    Returns:
        [n] seconds and [n, 3] chances.
    """
    region = MotionRegion() if follow else None
    times, scores = [], []
    with ClipCamera(clip) as camera:
        for frame in iter(camera.read, None):
            area = region(frame) if region else None
            times.append(frame.timestamp)
            scores.append(judge(square(frame.image, judge.size, area)[..., ::-1]))
    return np.array(times), np.array(scores)
