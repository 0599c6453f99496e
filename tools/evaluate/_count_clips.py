"""Labelled clips: what is in clips.csv, and which of them may be looked at while developing."""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gymbox.errors import InputError
from gymbox.reps.profiles import profiles

DEV, HELD_OUT = "dev", "held-out"


@dataclass(frozen=True, slots=True)
class Clip:
    """One line of clips.csv.

    Attributes:
        name: of the file, without its ending.
        file: of the recording.
        exercise: as labelled.
        reps: complete repetitions, None where nobody counted.
        low: the fewest that a reasonable counter may say, where the clip cuts a repetition.
        high: the most.
        strict: fit for judging.
        scene: clips of one scene show one recording or athlete.
        rendered: not of a real person.
        marks: frames at which repetitions end, empty where unknown.
        view: from where the camera looks, empty where nobody said.
    """

    name: str
    file: Path
    exercise: str
    reps: int | None
    low: int
    high: int
    strict: bool
    scene: str
    rendered: bool
    marks: tuple[int, ...] = ()
    view: str = ""

    @property
    def group(self) -> str:
        """The exercise it is reported under: variants under what they vary."""
        known = profiles().get(self.exercise)
        return (known.variant_of or known.name) if known else self.exercise

    @property
    def listed(self) -> bool:
        """Whether the box has the exercise."""
        return self.exercise in profiles()

    def error(self, count: int) -> int:
        """How far a count is from what a reasonable counter may say."""
        return max(self.low - count, 0, count - self.high)


def load_clips(table: Path, folder: Path, marks: Path | None = None) -> list[Clip]:
    """Reads a table of the form of clips.csv.

    Args:
        table: the CSV file.
        folder: where the recordings are.
        marks: folder of `<clip>.txt` files with one frame number a line, if there is one.

    Raises:
        InputError: the table is missing or has not the columns.
    """
    try:
        with table.open(newline="", encoding="utf-8") as lines:
            return [_clip(row, folder, marks) for row in csv.DictReader(lines)]
    except OSError as error:
        raise InputError(f"{table} cannot be read ({error.strerror})", "check --csv") from error
    except (KeyError, ValueError) as error:
        raise InputError(
            f"{table} is no table of clips ({error!r})", "see docs/counting.md"
        ) from error


def split(clips: Iterable[Clip]) -> dict[str, str]:
    """Which scenes are for developing and which are held out, decided by a hash of their names.

    The scenes of each exercise, in the order of their SHA-256, go in turn to dev and held-out. A
    scene with several exercises goes to dev: it is the only one that several of them have.
    """
    exercises = defaultdict(set)
    for clip in clips:
        if not clip.rendered:
            exercises[clip.scene].add(clip.group)
    parts = {scene: DEV for scene, names in exercises.items() if len(names) > 1}
    by_exercise = defaultdict(list)
    for scene, names in exercises.items():
        if scene not in parts:
            by_exercise[min(names)].append(scene)
    for scenes in by_exercise.values():
        for index, scene in enumerate(sorted(scenes, key=_hash)):
            parts[scene] = HELD_OUT if index % 2 else DEV
    return parts


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _clip(row: dict[str, str], folder: Path, marks: Path | None) -> Clip:
    name = Path(row["file"]).stem
    counted = row["reps"] != ""
    return Clip(
        name=name,
        file=folder / row["file"],
        exercise=row["exercise"],
        reps=int(row["reps"]) if counted else None,
        low=int(row["reps_min"]) if counted else 0,
        high=int(row["reps_max"]) if counted else 0,
        strict=row["strict"] == "1",
        scene=row["scene"],
        rendered=row["rendered"] == "1",
        marks=_marks(marks / f"{name}.txt") if marks else (),
        view=row.get("view", ""),
    )


def _marks(file: Path) -> tuple[int, ...]:
    return tuple(int(line) for line in file.read_text().split()) if file.is_file() else ()


def judged(clips: Sequence[Clip]) -> list[Clip]:
    """The real clips with a count of an exercise that the box can count."""
    return [c for c in clips if c.reps is not None and not c.rendered and c.listed]
