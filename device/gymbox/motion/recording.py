"""Sequences of poses in a file, so that counting can be tried without the networks.

An .npz file with the arrays `points` [n, 33, 3], `visibility` [n, 33], `world` [n, 33, 3] and
`score` [n] (float32, NaN where nobody was found), `t` [n] (seconds), `fps` and `size` (width and
height in pixels).
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError
from gymbox.motion.landmarks import Landmark, Pose

_COUNT = len(Landmark)


class PoseRecorder:
    """Gathers the poses of a recording, frame by frame, and writes them.

    Args:
        fps: frames a second of the recording.
        size: (width, height) of its frames, pixels.
    """

    def __init__(self, fps: float, size: tuple[int, int]) -> None:
        self._fps = fps
        self._size = size
        self._times: list[float] = []
        self._poses: list[Pose | None] = []

    def add(self, timestamp: float, pose: Pose | None) -> None:
        """Adds one frame; None if nobody was found in it."""
        self._times.append(timestamp)
        self._poses.append(pose)

    def save(self, path: Path) -> None:
        """Writes everything gathered so far, to a file of exactly this name.

        Raises:
            InputError: the file cannot be written.
        """
        try:
            path.write_bytes(self.packed())
        except OSError as error:
            raise InputError(
                f"{path} cannot be written ({error.strerror})", "choose another place"
            ) from error

    def packed(self) -> bytes:
        """Everything gathered so far, as it stands in the file."""
        # In memory, because numpy 1 leaves a traceback behind where a disk does not take a file.
        file = io.BytesIO()
        np.savez_compressed(
            file,
            points=self._column("points", _COUNT, 3),
            visibility=self._column("visibility", _COUNT),
            world=self._column("world", _COUNT, 3),
            score=self._column("score"),
            t=np.asarray(self._times),
            fps=np.asarray(self._fps),
            size=np.asarray(self._size),
        )
        return file.getvalue()

    def _column(self, name: str, *shape: int) -> NDArray[np.float32]:
        """[n, *shape] one attribute of all poses, NaN where there is none."""
        nobody = np.full(shape, np.nan)
        rows = [nobody if pose is None else getattr(pose, name) for pose in self._poses]
        return np.asarray(rows, np.float32).reshape(-1, *shape)


@dataclass(frozen=True, slots=True, eq=False)
class PoseRecording:
    """A sequence of poses that was read from a file.

    Attributes:
        points: [n, 33, 3] float32, see `Pose`; NaN where nobody was found, as in the next three.
        visibility: [n, 33] float32.
        world: [n, 33, 3] float32.
        score: [n] float32.
        times: [n] seconds.
        fps: frames a second.
        size: (width, height) of the frames, pixels.
    """

    points: NDArray[np.float32]
    visibility: NDArray[np.float32]
    world: NDArray[np.float32]
    score: NDArray[np.float32]
    times: NDArray[np.float64]
    fps: float
    size: tuple[int, int]

    def __len__(self) -> int:
        return len(self.times)

    def __iter__(self) -> Iterator[tuple[float, Pose | None]]:
        """The time of each frame and the pose in it, None where nobody was found."""
        for index, time in enumerate(self.times.tolist()):
            if np.isnan(self.score[index]):
                yield time, None
                continue
            yield (
                time,
                Pose(
                    timestamp=time,
                    points=self.points[index],
                    visibility=self.visibility[index],
                    world=self.world[index],
                    score=float(self.score[index]),
                    size=self.size,
                ),
            )


def load_poses(path: Path) -> PoseRecording:
    """Reads what `PoseRecorder.save` wrote.

    Raises:
        InputError: the file is missing or is not such a file.
    """
    try:
        with np.load(path) as arrays:
            width, height = arrays["size"].tolist()
            return PoseRecording(
                points=arrays["points"],
                visibility=arrays["visibility"],
                world=arrays["world"],
                score=arrays["score"],
                times=arrays["t"],
                fps=float(arrays["fps"]),
                size=(width, height),
            )
    except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
        raise InputError(
            f"{path} holds no landmarks ({error})", "make it with gymbox replay --landmarks"
        ) from error
