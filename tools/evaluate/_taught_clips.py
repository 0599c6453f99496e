"""Clips to teach with: which part is shown, and how many repetitions the rest has."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.evaluate._count_run import TimedPose, poses

REAL = Path(__file__).with_name("taught_clips.csv")
"""Real clips: when the third repetition is over (seconds, read off the pictures), and how many
repetitions a count of the rest may have; empty where a clip has no rest after three."""
SHOWN = 3
"""Repetitions that are shown."""
LEAD = 1.5
"""Seconds of the start pose before them."""
CLEAR = 0.45
"""Depth up to which a partial repetition certainly is none; deeper ones may count or not."""


@dataclass(frozen=True, slots=True)
class Task:
    """A clip of which three repetitions are shown.

    Attributes:
        name: of the clip.
        exercise: in it.
        side: degrees of the camera about the athlete, None where nobody knows.
        recording: all poses.
        shown: seconds, from when until when the demonstration is; None where it has too few.
        least: repetitions after it that a count is right with,
        most: up to so many.
    """

    name: str
    exercise: str
    side: float | None
    recording: Sequence[TimedPose]
    shown: tuple[float, float] | None
    least: int = 0
    most: int = 0

    @property
    def demonstration(self) -> list[TimedPose]:
        """The poses that are shown; all where there is no rest."""
        begin, end = self.shown or (0.0, float("inf"))
        return [(t, pose) for t, pose in self.recording if begin <= t <= end]

    @property
    def rest(self) -> list[TimedPose]:
        """The poses after them."""
        end = self.shown[1] if self.shown else float("inf")
        return [(t, pose) for t, pose in self.recording if t > end]


def rendered(folder: Path) -> Iterator[Task]:
    """The clips of a set of `tools.synth`, whose labels are exact; poses are kept in `seen`."""
    for path in sorted(folder.glob("*.json")):
        if path.stem.isdigit():
            label = json.loads(path.read_text("utf-8"))
            recording = poses(path.with_suffix(".mp4"), folder / "seen")
            yield _rendered(f"{folder.name}/{path.stem}", label, recording)


def _rendered(name: str, label: dict[str, Any], recording: Sequence[TimedPose]) -> Task:
    """The first three whole repetitions in a row are shown; what is before them is not."""
    reps, side = label["repetitions"], float(label["camera"]["azimuth"])
    for first in range(len(reps) - SHOWN + 1):
        three, rest = reps[first : first + SHOWN], reps[first + SHOWN :]
        if not any(rep["partial"] for rep in three):
            after = rest[0]["begin"] if rest else float("inf")
            end = min(three[-1]["end"] + 0.4, (three[-1]["end"] + after) / 2)
            whole = sum(not rep["partial"] for rep in rest)
            doubtful = sum(rep["partial"] and rep["depth"] > CLEAR for rep in rest)
            shown = (three[0]["begin"] - LEAD, end)
            return Task(name, label["exercise"], side, recording, shown, whole, whole + doubtful)
    return Task(name, label["exercise"], side, recording, None)


def real(clips: Path, table: Path, landmarks: Path | None) -> Iterator[Task]:
    """The real clips of `REAL`.

    Args:
        clips: folder of the clips.
        table: clips.csv, which knows the exercises.
        landmarks: folder that keeps the poses.
    """
    with table.open(encoding="utf-8") as file:
        exercises = {row["file"]: row["exercise"] for row in csv.DictReader(file)}
    with REAL.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            recording = poses(clips / row["file"], landmarks)
            name, exercise = row["file"].removesuffix(".mp4"), exercises[row["file"]]
            if row["third_end"]:
                shown = (0.0, float(row["third_end"]))
                counts = int(row["least"]), int(row["most"])
                yield Task(name, exercise, None, recording, shown, *counts)
            else:
                yield Task(name, exercise, None, recording, None)


def everything(
    clips: Path, table: Path, landmarks: Path | None
) -> Iterator[tuple[str, str, list[TimedPose]]]:
    """Exercise, name and poses of all real clips."""
    with table.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["rendered"] != "1":
                clip = clips / row["file"]
                yield row["exercise"], clip.stem, poses(clip, landmarks)
