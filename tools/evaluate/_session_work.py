"""The work of the session report, in several processes."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from gymbox.cli.progress import Progress
from tools.evaluate._count_clips import Clip, judged, load_clips
from tools.evaluate._count_run import poses
from tools.evaluate._session_measure import RATES, Idle, Judged, idle, judge
from tools.evaluate._session_recognisers import Recognisers
from tools.evaluate._session_references import References, gather
from tools.evaluate._session_scores import Outcome

Task = TypeVar("Task")
Result = TypeVar("Result")


def clips_of(args: argparse.Namespace) -> list[Clip]:
    """The real clips of the table."""
    return [one for one in load_clips(args.csv, args.clips, args.marks) if not one.rendered]


def each(
    work: Callable[[argparse.Namespace, Task], Result],
    args: argparse.Namespace,
    tasks: Sequence[Task],
    title: str,
) -> Iterator[Result]:
    """What comes of every task, in their order."""
    progress = Progress(title, len(tasks))
    if args.jobs == 1:
        for task in tasks:
            yield work(args, task)
            progress.step()
    else:
        with ProcessPoolExecutor(args.jobs, mp_context=get_context("spawn")) as pool:
            for found in pool.map(work, [args] * len(tasks), tasks):
                yield found
                progress.step()
    progress.close()


def by_the_box(args: argparse.Namespace, clip: Clip) -> list[Judged]:
    """A clip through the modes of the box."""
    return judge(clip, poses(clip.file, args.landmarks), RATES, makers(args.folds))


def with_fewer_frames(args: argparse.Namespace, clip: Clip) -> list[Judged]:
    """The same, the poses sought in no more frames than a slower camera takes."""
    return [
        found
        for fps in RATES[1:]
        for found in judge(
            clip, poses(clip.file, args.slow / f"{fps:.0f}", fps=fps), (fps,), makers(args.folds)
        )
    ]


def by_references(args: argparse.Namespace, clip: Clip) -> list[tuple[str, float, Outcome]]:
    """A clip through other people's counters."""
    return _references(args).judge(clip, RATES, told=bool(judged([clip])))


def nobody_trains(args: argparse.Namespace, file: Path) -> Idle:
    """A recording without any exercise."""
    return idle(file, makers(args.folds))


@cache
def makers(folds: Path) -> Recognisers:
    """The networks of this process."""
    return Recognisers(folds)


_KEPT: list[References] = []


def _references(args: argparse.Namespace) -> References:
    """The references of this process; a run has one table."""
    if not _KEPT:
        listed = [clip for clip in clips_of(args) if clip.listed]
        _KEPT.append(gather(listed, args.reference, args.poses))
    return _KEPT[0]
