"""The reference as seen from here: a process that is asked frame by frame."""

import hashlib
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError
from tools.convert.fetch import ORIGINALS
from tools.convert.pose_models import POSE_MODELS
from tools.evaluate.pose_reference import ANSWER, HEADER, LANDMARKS

_SCRIPT = Path(__file__).with_name("pose_reference.py")
_LITE = "mediapipe/modules/pose_landmark/pose_landmark_lite.tflite"


class Peer:
    """MediaPipe's `Pose`, in a process of its own, with its default settings.

    Args:
        python: the Python of an environment with mediapipe 0.10.18.
        complexity: MediaPipe's model_complexity; 0 is lite, 1 full.

    Attributes:
        version: of mediapipe.
    """

    def __init__(self, python: Path, complexity: int) -> None:
        self._python = python
        self._complexity = complexity
        self.version = ""

    def __enter__(self) -> Self:
        _provide_lite(self._python)
        self._process = subprocess.Popen(  # noqa: S603 - the user's own Python, our own script
            [self._python, _SCRIPT, str(self._complexity)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._questions = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self.version = self._read(16).decode().strip()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def restart(self) -> None:
        """Forgets the athlete, before a new clip."""
        self._write(HEADER.pack(0, 0))

    def process(self, image: NDArray[np.uint8]) -> tuple[float, NDArray[np.float32] | None]:
        """Asks about one BGR frame.

        Returns:
            The seconds it took, without the turn to RGB and the way there and back; and [33, 4] x,
            y, z in pixels and visibility, or None if nobody was found.
        """
        height, width = image.shape[:2]
        rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
        self._write(HEADER.pack(height, width) + rgb.tobytes())
        seconds, found = ANSWER.unpack(self._read(ANSWER.size))
        points = np.frombuffer(self._read(LANDMARKS * 16), np.float32).reshape(LANDMARKS, 4)
        return seconds, points if found else None

    def _write(self, data: bytes) -> None:
        self._questions.write(data)
        self._questions.flush()

    def _read(self, size: int) -> bytes:
        data = self._answers.read(size)
        if len(data) < size:
            raise InputError(
                f"{self._python} cannot run MediaPipe", "give --reference-python one that can"
            )
        return data


def _provide_lite(python: Path) -> None:
    """Puts the lite network where MediaPipe looks for it; its wheel would download it."""
    find = (
        "import importlib.util as u; print(u.find_spec('mediapipe').submodule_search_locations[0])"
    )
    answer = subprocess.run([python, "-c", find], capture_output=True, text=True, check=False)  # noqa: S603
    if answer.returncode:
        raise InputError(f"{python} has no mediapipe", "install mediapipe==0.10.18 for it")
    wanted = Path(answer.stdout.strip()).parent / _LITE
    (published,) = (model for model in POSE_MODELS if model.name == "pose_landmark_lite")
    if not wanted.exists():
        fetched = ORIGINALS / published.file
        if not fetched.exists():
            raise InputError(f"{fetched} is missing", "run `python -m tools.convert fetch`")
        shutil.copyfile(fetched, wanted)
    if hashlib.sha256(wanted.read_bytes()).hexdigest() != published.sha256:
        raise InputError(f"{wanted} is not the published network", "move it away and try again")
