"""A demonstration whose lesson was not brought to its end, kept until it is.

Whoever leaves teach mode or switches the box off before the exercise has its name finds the lesson
where it was.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from gymbox.bundles import durable
from gymbox.errors import InputError
from gymbox.motion.recording import PoseRecorder, load_poses
from gymbox.teaching.lesson import TimedPose

LOGGER = logging.getLogger("gymbox")
NAME = "shown.npz"


class Kept:
    """One demonstration on the disk, or none.

    Args:
        folder: of the taught exercises; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def read(self) -> list[TimedPose]:
        """Seconds and the pose then; nothing where nothing is kept, or it cannot be read."""
        if not self._path.exists():
            return []
        try:
            return list(load_poses(self._path))
        except InputError as error:
            LOGGER.error("a demonstration is lost: %s", error)  # noqa: TRY400 (one line)
            self.drop()
            return []

    def put(self, shown: Sequence[TimedPose]) -> None:
        """Keeps a demonstration; where the disk does not take it the journal says so."""
        draft = self._path.with_name(f".{NAME}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)
            durable.write(draft, _packed(shown))
            durable.rename(draft, self._path)
        except OSError as error:
            LOGGER.error("a demonstration is lost: %s", error)  # noqa: TRY400 (one line)

    def drop(self) -> None:
        """The lesson is over."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _packed(shown: Sequence[TimedPose]) -> bytes:
    seconds = shown[-1][0] - shown[0][0]
    size = next((pose.size for _, pose in shown if pose is not None), (0, 0))
    recorder = PoseRecorder((len(shown) - 1) / seconds if seconds > 0 else 1.0, size)
    for t, pose in shown:
        recorder.add(t, pose)
    return recorder.packed()
