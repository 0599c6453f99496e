"""Teach mode: three repetitions are shown, the rest of the clip is counted."""

import argparse
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from gymbox.cli.progress import Progress
from gymbox.errors import UsageError
from gymbox.inference.recogniser import Recogniser
from gymbox.inference.sequence_net import SequenceNet
from gymbox.teaching.taught import Taught
from tools.evaluate import _taught_report as report
from tools.evaluate._taught_clips import Task, everything, real, rendered
from tools.evaluate._taught_report import Figures, Ghost
from tools.evaluate._taught_run import LIKELY, Looked, Result, crossed
from tools.evaluate._taught_run import run as lesson

ASKED = 0.8
"""Share of the clips whose rest must be counted exactly."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--set",
        type=Path,
        action="append",
        default=[],
        help="folder of tools.synth make with exercises that the box does not know",
    )
    parser.add_argument("--known", type=Path, help="the same with exercises that it knows")
    parser.add_argument("--clips", type=Path, help="folder of the real clips")
    parser.add_argument("--csv", type=Path, help="their table")
    parser.add_argument("--landmarks", type=Path, help="folder that keeps their poses")
    parser.add_argument("--out", type=Path, help="the report to write (Markdown)")


def run(args: argparse.Namespace) -> int:
    """Judges all clips; 0 if as many are exact as asked for, else 1."""
    if (args.clips is None) != (args.csv is None):
        raise UsageError("--clips and --csv belong together", "name both or none")
    synthetic = _taught(list(chain.from_iterable(map(rendered, args.set))))
    filmed = _taught(list(real(args.clips, args.csv, args.landmarks)) if args.clips else [])
    figures = Figures(
        synthetic=synthetic,
        filmed=filmed,
        known=_taught(list(rendered(args.known)) if args.known else []),
        crossed=crossed(synthetic),
        own=[share for result in synthetic if (share := _recognised(result)) is not None],
        others=_other_athletes(synthetic),
        ghosts=_ghosts(args, synthetic) if args.clips else [],
    )
    text = report.render(figures, ASKED)
    print(text)
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    return 0 if figures.share >= ASKED else 1


def _taught(tasks: Sequence[Task]) -> list[Result]:
    """A lesson of each clip."""
    if not tasks:
        return []
    base = Recogniser(SequenceNet())
    progress, results = Progress("teaching", len(tasks)), []
    for task in tasks:
        results.append(lesson(task, base.fresh))
        progress.step()
    progress.close()
    return results


def _recognised(result: Result) -> float | None:
    """Share of the rest in which an exercise is recognised by its own template."""
    if not isinstance(result.learnt, Taught):
        return None
    found = Looked(result.task.rest).matches(result.learnt.template)
    return sum(like >= LIKELY for like in found) / len(found) if found else None


def _other_athletes(results: Sequence[Result]) -> list[float]:
    """The same of others who do that exercise, wherever the camera stands."""
    shares = []
    for other in results:
        looked = Looked(other.task.recording)
        for result in results:
            same = other.task.exercise == result.task.exercise and other is not result
            if isinstance(result.learnt, Taught) and same:
                found = looked.matches(result.learnt.template)
                shares += [sum(like >= LIKELY for like in found) / len(found)] if found else []
    return shares


def _ghosts(args: argparse.Namespace, results: Sequence[Result]) -> list[Ghost]:
    """How like the templates all real clips are."""
    ghosts = []
    for exercise, name, recording in everything(args.clips, args.csv, args.landmarks):
        looked = Looked(recording)
        for result in results:
            if isinstance(result.learnt, Taught):
                most = max(looked.matches(result.learnt.template), default=0.0)
                ghosts.append(Ghost(name, exercise, result.task.exercise, result.task.name, most))
    return ghosts
