"""`python -m tools.evaluate disturbed`: what counting suffers where much is amiss."""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gymbox.cli.progress import Progress
from gymbox.errors import UsageError
from gymbox.reps.profiles import profile
from tools.evaluate import _disturbed_made as made
from tools.evaluate._count_clips import judged, load_clips
from tools.evaluate._count_run import TimedPose, count, observations, poses
from tools.evaluate._disturbances import DISTURBANCES, Recording
from tools.evaluate._files import need

STEADY = "steady"
"""The kind of set whose frames are tampered with."""


@dataclass(slots=True)
class Tally:
    """Recordings, their repetitions, and what is wrong with their counts."""

    recordings: int = 0
    reps: int = 0
    missed: int = 0
    ghosts: int = 0
    right: int = 0

    def add(self, reps: int, missed: int, ghosts: int) -> None:
        """Takes one recording."""
        self.recordings += 1
        self.reps += reps
        self.missed += missed
        self.ghosts += ghosts
        self.right += missed == ghosts == 0


Tallies = dict[str, Tally]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--made", type=Path, required=True, help="folder of the synthetic sets")
    parser.add_argument("--make", type=int, metavar="SEED", help="make them first (tools.synth)")
    parser.add_argument("--each", type=int, default=1, help="performances of each kind to make")
    parser.add_argument("--clips", type=Path, help="folder of real recordings")
    parser.add_argument("--csv", type=Path, help="their table in the form of clips.csv")
    parser.add_argument("--landmarks", type=Path, help="folder that keeps the poses between runs")
    parser.add_argument("--out", type=Path, help="the report to write (Markdown)")


def run(args: argparse.Namespace) -> int:
    """Counts everything and writes the report.

    Raises:
        InputError: sets, table or clips are missing.
    """
    if args.clips and not args.csv:
        raise UsageError("--clips needs the table of the clips", "name it with --csv")
    if args.make is not None:
        # Bodies and motion need packages that counting does not.
        from tools.evaluate._disturbed_make import make  # noqa: PLC0415

        make(args.made, args.make, args.each)
    real: Tallies = defaultdict(Tally)
    if args.clips:
        _tamper(_strict(args), real)
    steady: Tallies = defaultdict(Tally)
    kinds: Tallies = defaultdict(Tally)
    views: Tallies = defaultdict(Tally)
    exercises: Tallies = defaultdict(Tally)
    tampered: list[tuple[str, int, int, list[TimedPose]]] = []
    for one, recording in made.load(args.made):
        frames = list(recording)
        errors = one.error(_count(frames, one.exercise))
        kinds[one.kind].add(one.high, *errors)
        if one.kind != made.VISIT:
            views[one.view].add(one.high, *errors)
            exercises[one.exercise].add(one.high, *errors)
        if one.kind == STEADY:
            tampered.append((one.exercise, one.low, one.high, frames))
    _tamper(tampered, steady)
    report = render(real, steady, kinds, views, exercises)
    print(report)
    if args.out:
        args.out.write_text(report, encoding="utf-8")
    return 0


def _strict(args: argparse.Namespace) -> Iterator[tuple[str, int, int, list[TimedPose]]]:
    clips = [clip for clip in judged(load_clips(args.csv, args.clips)) if clip.strict]
    need([clip.file for clip in clips])
    progress = Progress("tampering", len(clips))
    for clip in clips:
        yield clip.exercise, clip.low, clip.high, poses(clip.file, args.landmarks)
        progress.step()
    progress.close()


def _tamper(recordings: Iterable[tuple[str, int, int, list[TimedPose]]], tallies: Tallies) -> None:
    """Counts each recording under every disturbance."""
    for number, (exercise, low, high, frames) in enumerate(recordings):
        for name, disturb in DISTURBANCES.items():
            counted = _count(disturb(frames, np.random.default_rng(number)), exercise)
            tallies[name].add(high, max(0, low - counted), max(0, counted - high))


def _count(recording: Recording, exercise: str) -> int:
    return len(count(list(observations(recording)), profile(exercise)).reps)


def render(*tables: Tallies) -> str:
    """The report as Markdown: real, steady, kinds, views, exercises."""
    real, steady, kinds, views, exercises = (_table(table) for table in tables)
    return HEAD.format(
        real=real, steady=steady, kinds=kinds, views=views, exercises=exercises, visit=made.VISIT
    )


def _table(tallies: Tallies) -> str:
    lines = [
        "| | recordings | repetitions | missed | ghosts | rep error rate | recordings right |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, t in tallies.items():
        rate = (t.missed + t.ghosts) / max(1, t.reps)
        lines.append(
            f"| {name} | {t.recordings} | {t.reps} | {t.missed} | {t.ghosts} | {rate:.3f} | "
            f"{t.right / t.recordings:.0%} |"
        )
    return "\n".join(lines)


HEAD = """\
# Counting under disturbance

Made by `python -m tools.evaluate disturbed --made DIR --make SEED --clips DIR --csv clips.csv`.
The exercise is told. *Missed* and *ghosts* are by number: beyond the counts that are right.

## Real people

The strict clips, their landmarks tampered with. Repetitions are the largest counts that are right.

{real}

## Synthetic people, the same done to steady sets

Landmarks at 30 frames a second, as the box would see them; thirteen exercises, three cameras each.

{steady}

## Synthetic people, hard sets

At 15 frames a second. "{visit}" holds all that people do before and after a set, warming up,
bending and lifting included; nobody tells the counter when the set begins.

{kinds}

## By the side that the camera sees (all but the last kind)

{views}

## By exercise (all but the last kind)

{exercises}
"""
