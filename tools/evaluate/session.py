"""`python -m tools.evaluate session`: does the box see what people do? Nothing is hidden."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from gymbox.errors import InputError
from tools.evaluate import _session_report as report
from tools.evaluate import _session_work as work
from tools.evaluate._count_clips import Clip, judged
from tools.evaluate._files import need
from tools.evaluate._session_measure import Idle, Outcomes
from tools.evaluate._session_scores import Outcome
from tools.evaluate._session_targets import targets

References = dict[str, dict[float, list[Outcome]]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--clips", type=Path, required=True, help="folder of the recordings")
    parser.add_argument("--csv", type=Path, required=True, help="table in the form of clips.csv")
    parser.add_argument(
        "--folds", type=Path, required=True, help="cache of `tools.convert train sequence`"
    )
    parser.add_argument("--landmarks", type=Path, help="folder that keeps the poses between runs")
    parser.add_argument("--marks", type=Path, help="folder of <clip>.txt, frames of rep ends")
    parser.add_argument(
        "--reference", type=Path, help="folder of mediapipe's landmarks, for the references"
    )
    parser.add_argument("--poses", type=Path, help="published sample poses for the neighbours")
    parser.add_argument("--idle", type=Path, help="folder of poses in which nobody trains")
    parser.add_argument(
        "--slow", type=Path, help="folder that keeps poses sought in fewer frames: 15/, 8/, 5/"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--out", type=Path, help="the report to write (docs/reports/session.md)")


def run(args: argparse.Namespace) -> int:
    """Counts and recognises everything; 0 if what was asked for is reached, else 1.

    Raises:
        InputError: a file that is named is missing or wrong.
        ModelError: there is no sequence network.
    """
    clips = work.clips_of(args)
    need([clip.file for clip in clips])
    runtime = work.makers(args.folds).runtime
    outcomes = Outcomes()
    for found in work.each(work.by_the_box, args, clips, "clips"):
        outcomes.add(found)
    figures = report.Figures(
        outcomes=outcomes,
        slow=_slow(args, clips),
        references=_references(args, clips),
        idle=_idle(args),
        runtime=runtime,
    )
    page = report.render(figures)
    print(report.head(figures))
    if args.out:
        report.write(figures, args.out, page)
    return 0 if all(line.reached for line in targets(outcomes, figures.idle)) else 1


def _slow(args: argparse.Namespace, clips: Sequence[Clip]) -> Outcomes | None:
    """The strict clips once more, the poses sought in the frames of a slower camera only."""
    if not args.slow:
        return None
    outcomes = Outcomes()
    chosen = [clip for clip in judged(clips) if clip.strict]
    for found in work.each(work.with_fewer_frames, args, chosen, "fewer frames"):
        outcomes.add(found)
    return outcomes


def _references(args: argparse.Namespace, clips: Sequence[Clip]) -> References | None:
    if not args.reference:
        return None
    references: References = {}
    for found in work.each(work.by_references, args, clips, "references"):
        for name, fps, outcome in found:
            references.setdefault(name, {}).setdefault(fps, []).append(outcome)
    return references


def _idle(args: argparse.Namespace) -> Idle | None:
    if not args.idle:
        return None
    files = sorted(args.idle.glob("*.npz"))
    if not files:
        raise InputError(f"{args.idle} holds no poses", "make them: docs/synth.md, the set idle")
    return sum(work.each(work.nobody_trains, args, files, "idle"), Idle(0.0, (), {}))
