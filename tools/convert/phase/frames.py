"""The pictures the phase net learns from: frames of clips, small, with an index that labels them.

A folder of JPEG files, `index.csv` with the columns of `Row`, and `shape.npy` [rows, 13, 2] with
the joints as `shape` gives them. Made once, kept under the cache; `gathering` fills it.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError

Box = tuple[float, float, float, float]
Shape = NDArray[np.float32]
Found = Iterator[tuple["Row", Shape]]
Gather = Callable[[Path], Found]


@dataclass(frozen=True, slots=True)
class Row:
    """One picture.

    Attributes:
        file: name in the folder.
        kind: `real`, `synthetic`, `photo` (of anything) or `empty` (no athlete).
        scene: pictures of one scene stay on one side of every split.
        clip: name of the recording or shoot.
        frame: its number there.
        exercise: as labelled.
        travel: 0 at the top, 1 at the bottom; NaN is `neither`.
        x0: left edge of the athlete, as a share of the width.
        y0: upper edge, as a share of the height.
        x1: right edge.
        y1: lower edge.
    """

    file: str
    kind: str
    scene: str
    clip: str
    frame: int
    exercise: str
    travel: float
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 1.0
    y1: float = 1.0

    @property
    def box(self) -> Box:
        """The athlete: left, top, right, bottom as shares of the picture."""
        return (self.x0, self.y0, self.x1, self.y1)


def load(folder: Path) -> list[Row]:
    """Reads the index of a folder.

    Raises:
        InputError: there is none.
    """
    kinds = {"frame": int, **dict.fromkeys(("travel", "x0", "y0", "x1", "y1"), float)}
    try:
        with (folder / "index.csv").open(newline="", encoding="utf-8") as lines:
            return [
                Row(**{key: kinds.get(key, str)(value) for key, value in line.items()})  # type: ignore[arg-type]
                for line in csv.DictReader(lines)
            ]
    except (OSError, TypeError, ValueError) as error:
        raise InputError(f"{folder} has no index of frames ({error})", "gather it anew") from error


def joints_of(folder: Path) -> NDArray[np.float32]:
    """[rows, 13, 2] the joints in the pictures of a folder."""
    return np.asarray(np.load(folder / "shape.npy"), np.float32)


def collect(folder: Path, gather: Gather) -> list[Row]:
    """Makes a folder of pictures, unless it is there: the index comes last, so it is whole then."""
    if not (folder / "index.csv").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        found = list(gather(folder))
        np.save(folder / "shape.npy", np.array([joints for _, joints in found], np.float32))
        draft = folder / "index.part"
        with draft.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow([field.name for field in fields(Row)])
            writer.writerows(astuple(row) for row, _ in found)
        draft.rename(folder / "index.csv")
    return load(folder)


def looked_at(labels: Path) -> Iterator[tuple[str, int, str]]:
    """Clip, frame and label of every frame that was looked at: u, d or n, and `?` where unsure."""
    with labels.open(newline="", encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            yield line["clip"], int(line["frame"]), line["label"]
