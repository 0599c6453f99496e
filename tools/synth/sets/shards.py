"""Many sequences in one file: frames behind one another, and where each sequence begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError
from gymbox.motion.recording import PoseRecording
from tools.synth.moves import exercise as exercises

PHASES = ("start", "out", "turn", "back", "idle")
HALVES = ("points", "visibility", "world", "score", "depth")
"""Kept in half precision: a pixel of 600 to a quarter, a metre to half a millimetre."""


class Seen(Protocol):
    """A sequence, see `sequences.Sequence`."""

    @property
    def frames(self) -> dict[str, NDArray[Any]]:
        """Arrays of each frame."""

    @property
    def facts(self) -> dict[str, Any]:
        """What holds for all of them."""


@cache
def names() -> tuple[str, ...]:
    """Exercises in the order that shards count them, `unknown` last."""
    return (*exercises.names(), "unknown")


@cache
def faults() -> tuple[str, ...]:
    """Faults in the order that shards count them."""
    return tuple(
        sorted({name for each in exercises.names() for name in exercises.load(each).faults})
    )


def packed(found: Sequence[Seen]) -> dict[str, NDArray[Any]]:
    """Arrays of a shard of s sequences with f frames in all.

    Returns:
        `points` [f, 33, 3], `visibility` [f, 33], `world` [f, 33, 3], `score` [f] as
        `gymbox.motion.recording` has them, in half precision; of each frame `depth`, `phase` (of
        `PHASES`), `rep` (1 where a complete repetition ends, 2 a partial one); `begin` [s + 1],
        frame at which each sequence begins and the last ends; of each sequence `fps`, `size`
        [s, 2], `exercise` (of `names`, which are kept), `faults` [s, k] strengths (of `faults`),
        `view` (of `features.VIEWS`), `camera` [s, 3] azimuth, height and angle of view,
        `stature` metres and `performance`: what must not be split between training and test.
    """
    lengths = [len(one.frames["t"]) for one in found]
    out: dict[str, Any] = {"begin": np.concatenate([[0], np.cumsum(lengths)])}
    for key in (*HALVES, "phase", "rep"):
        rows = np.concatenate([one.frames[key] for one in found])
        out[key] = rows.astype(np.float16) if key in HALVES else rows
    facts = [one.facts for one in found]
    strengths = [[fact["faults"].get(name, 0.0) for name in faults()] for fact in facts]
    return out | {
        "fps": np.array([fact["fps"] for fact in facts], np.float32),
        "size": np.array([fact["size"] for fact in facts], np.int32),
        "exercise": np.array([names().index(fact["exercise"]) for fact in facts], np.uint8),
        "faults": np.array(strengths, np.float16),
        "view": np.array([fact["view"] for fact in facts], np.uint8),
        "camera": np.array([fact["camera"] for fact in facts], np.float32),
        "stature": np.array([fact["stature"] for fact in facts], np.float32),
        "performance": np.array([fact["performance"] for fact in facts], np.int64),
        "names": np.array(names()),
        "fault_names": np.array(faults()),
    }


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard that was read; `arrays` as from `packed`."""

    arrays: dict[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.arrays["fps"])

    def recording(self, index: int) -> PoseRecording:
        """Sequence `index` as the box records it."""
        begin, end = self.arrays["begin"][index : index + 2].tolist()
        points, visibility, world, score = (
            self.arrays[key][begin:end].astype(np.float32) for key in HALVES[:4]
        )
        fps = float(self.arrays["fps"][index])
        width, height = self.arrays["size"][index].tolist()
        times = np.arange(end - begin) / fps
        return PoseRecording(points, visibility, world, score, times, fps, (width, height))

    def __iter__(self) -> Iterator[PoseRecording]:
        return map(self.recording, range(len(self)))


def load(path: Path) -> Shard:
    """Reads a shard.

    Raises:
        InputError: the file is missing or is not a shard.
    """
    try:
        with np.load(path) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError) as error:
        raise InputError(f"{path} cannot be read ({error})", "make that set again") from error
    if "begin" not in arrays:
        raise InputError(f"{path} holds no sequences", "make some: synth make sequences")
    return Shard(arrays)
