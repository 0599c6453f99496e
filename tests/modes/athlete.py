"""A watcher for tests: it sees a stick figure in every frame, no network needed."""

from collections.abc import Callable, Iterator

import numpy as np

from gymbox.camera.frame import Frame
from gymbox.motion.landmarks import Pose
from gymbox.motion.lock import Lock
from tests.reps.stick_figure import MOVES, pose

FPS = 15


class Athlete:
    """Does an exercise with the progress of the moment; None where nobody is there."""

    lock = Lock("locked", 1)

    def __init__(self, exercise: str, progress: Callable[[float], float | None]) -> None:
        self._move = MOVES[exercise]
        self._progress = progress

    def process(self, frame: Frame) -> Pose | None:
        u = self._progress(frame.timestamp)
        return None if u is None else pose(self._move(u), frame.timestamp)


def frames(seconds: float, begin: float = 0.0) -> Iterator[Frame]:
    """Black frames."""
    image = np.zeros((480, 640, 3), np.uint8)
    for index in range(round(seconds * FPS)):
        yield Frame(image, begin + index / FPS, index)
