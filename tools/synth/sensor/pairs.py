"""Rendered clips whose truth is known and which the box has looked at."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError
from tools.synth.sensor import channels

SEEN = "seen"
"""Folder beside the clips of a set that keeps what the box saw."""
ASTRAY = 0.25
"""Body heights: where half the joints are farther off, the box looks at something else."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One clip.

    Attributes:
        name: set and number.
        label: its label file.
        truth: its joints.
        seen: what the box saw, as long as the truth.
    """

    name: str
    label: dict[str, Any]
    truth: dict[str, NDArray[Any]]
    seen: dict[str, NDArray[Any]]

    @property
    def shoot(self) -> tuple[str, int]:
        """Clips of other makings of a set show the same athlete in the same room."""
        return str(self.label.get("set", "")), int(self.label.get("index", 0))

    @property
    def found(self) -> NDArray[np.bool_]:
        """[n] frames in which the box found somebody."""
        return ~np.isnan(self.seen["score"])

    @property
    def astray(self) -> NDArray[np.bool_]:
        """[n] frames in which that is not the athlete, or hardly."""
        off = self.seen["points"][..., :2] - self.truth["points"][..., :2]
        far = np.linalg.norm(off, axis=2) / channels.unit(self.truth)[:, None]
        with np.errstate(invalid="ignore"):
            return np.asarray((far > ASTRAY).mean(axis=1) > 0.5)  # noqa: PLR2004 - half


def read(folders: Iterable[Path]) -> list[Pair]:
    """All clips of sets that have been looked at, in order.

    Raises:
        InputError: there are none, or a file is damaged.
    """
    pairs = [
        _pair(folder, path)
        for folder in folders
        for path in sorted((folder / SEEN).glob("*.npz"))
        if (folder / f"{path.stem}.json").is_file()
    ]
    if not pairs:
        raise InputError(
            "no clip there has been looked at by the box",
            "run: python -m tools.evaluate renders --set DIR --landmarks DIR/seen",
        )
    return pairs


def split(pairs: Sequence[Pair], parts: int) -> list[list[Pair]]:
    """Parts that share no athlete; each has as much of every exercise as can be."""
    groups: dict[tuple[str, int], list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.shoot, []).append(pair)
    ordered = sorted(groups, key=lambda shoot: (groups[shoot][0].label["exercise"], shoot))
    return [[pair for shoot in ordered[k::parts] for pair in groups[shoot]] for k in range(parts)]


def _pair(folder: Path, path: Path) -> Pair:
    try:
        label = json.loads((folder / f"{path.stem}.json").read_text("utf-8"))
        truth, seen = _arrays(folder / path.name), _arrays(path)
    except (OSError, ValueError, EOFError) as error:
        raise InputError(f"{path} cannot be read ({error})", "make that clip again") from error
    n = min(len(truth["t"]), len(seen["t"]))
    return Pair(f"{folder.name}/{path.stem}", label, _first(truth, n), _first(seen, n))


def _arrays(path: Path) -> dict[str, NDArray[Any]]:
    with np.load(path) as arrays:
        return {name: arrays[name] for name in arrays.files}


def _first(arrays: dict[str, NDArray[Any]], n: int) -> dict[str, NDArray[Any]]:
    whole = {"fps", "size"}
    return {name: rows if name in whole else rows[:n] for name, rows in arrays.items()}
