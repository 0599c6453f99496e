"""Reading the hard sets that `_disturbed_make` has made, without the packages of tools.synth."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gymbox.errors import InputError
from gymbox.motion.recording import PoseRecording, load_poses

VISIT = "walks in, picks up, puts down"
"""A set with all that happens before and after it."""


@dataclass(frozen=True, slots=True)
class Made:
    """One recording.

    Attributes:
        name: of its files; those of one performance have the first figure in common.
        kind: of set, a name of `_disturbed_plans.PLANS` or VISIT.
        exercise: that is told.
        view: of the camera, of `tools.synth.sensor.features.VIEWS`.
        low, high: counts that are right.
        reps: (begin, end) of those that may count, seconds.
    """

    name: str
    kind: str
    exercise: str
    view: str
    low: int
    high: int
    reps: tuple[tuple[float, float], ...]

    @property
    def performance(self) -> int:
        """What must not be split between learning and judging."""
        return int(self.name.split("_")[0])

    def error(self, count: int) -> tuple[int, int]:
        """How many repetitions are missed and how many are ghosts, by their number alone."""
        return max(0, self.low - count), max(0, count - self.high)


def load(folder: Path) -> Iterator[tuple[Made, PoseRecording]]:
    """All recordings of a folder.

    Raises:
        InputError: there are none.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise InputError(f"{folder} holds no hard sets", "make some with --make SEED")
    for file in files:
        facts = json.loads(file.read_text("utf-8"))
        facts["reps"] = tuple(map(tuple, facts["reps"]))
        yield Made(name=file.stem, **facts), load_poses(file.with_suffix(".npz"))
