"""Proves what is said of a set of clips: the same bytes twice, and how quickly."""

import os
import resource
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from gymbox.cli.progress import Progress
from tools.synth.sets import clips
from tools.synth.sets.recipe import Spec
from tools.synth.sets.work import alone

SIZE = (480, 360)
"""The size at which the speed is told, pixels."""


@dataclass(frozen=True, slots=True)
class Made:
    """One clip, made: what its recording is, how long it is, and what it took of one core.

    Attributes:
        sha256: of the recording.
        frames: in it.
        seconds: of processor time, the encoder's included.
    """

    sha256: str
    frames: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Proof:
    """Two rounds of the same clips, the second backwards and in another process."""

    first: Sequence[Made]
    second: Sequence[Made]

    @property
    def same(self) -> int:
        """How many recordings are the same, byte by byte."""
        return sum(a.sha256 == b.sha256 for a, b in zip(self.first, self.second, strict=True))

    @property
    def rate(self) -> float:
        """Frames a second and core."""
        made = (*self.first, *self.second)
        return sum(one.frames for one in made) / sum(one.seconds for one in made)

    def __str__(self) -> str:
        return (
            f"{self.same} of {len(self.first)} clips are the same bytes when made again\n"
            f"{self.rate:.1f} frames a second of one core's time, bodies, labels and mp4 included"
        )


def prove(spec: Spec, size: tuple[int, int] = SIZE) -> Proof:
    """Makes the clips of a set twice.

    Args:
        spec: a set of clips; all of them are made.
        size: of the pictures.
    """
    spec = replace(spec, sizes=(size,))
    order = range(spec.count)
    progress = Progress("proving", 2 * spec.count)
    rounds: list[dict[int, Made]] = []
    for way in (order, reversed(order)):
        # A process of its own, so that nothing is left from the round before.
        with (
            tempfile.TemporaryDirectory() as folder,
            ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=alone) as pool,
        ):
            made = {}
            indices = list(way)
            for index, one in zip(
                indices, pool.map(partial(_timed, spec, Path(folder)), indices), strict=True
            ):
                made[index] = one
                progress.step()
            rounds.append(made)
    progress.close()
    return Proof(*([made[index] for index in order] for made in rounds))


def _timed(spec: Spec, folder: Path, index: int) -> Made:
    before = _spent()
    told = clips.make(spec, index, folder)
    return Made(told["sha256"], told["frames"], _spent() - before)


def _spent() -> float:
    """Processor seconds of this process and of those it ran."""
    mine = os.times()
    encoders = resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.user + mine.system + encoders.ru_utime + encoders.ru_stime
