"""`python -m tools.evaluate session`: does the box see what people do? Nothing is hidden."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from gymbox.cli.progress import Progress
from gymbox.errors import InputError
from tools.evaluate import _session_report as report
from tools.evaluate._count_clips import Clip, judged, load_clips
from tools.evaluate._count_run import poses
from tools.evaluate._files import need
from tools.evaluate._session_measure import RATES, Idle, Outcomes, idle
from tools.evaluate._session_recognisers import Recognisers
from tools.evaluate._session_references import References, gather
from tools.evaluate._session_targets import targets


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
    parser.add_argument("--out", type=Path, help="the report to write (docs/reports/session.md)")


def run(args: argparse.Namespace) -> int:
    """Counts and recognises everything; 0 if what was asked for is reached, else 1.

    Raises:
        InputError: a file that is named is missing or wrong.
        ModelError: there is no sequence network.
    """
    clips = [clip for clip in load_clips(args.csv, args.clips, args.marks) if not clip.rendered]
    need([clip.file for clip in clips])
    makers = Recognisers(args.folds)
    outcomes = Outcomes(makers)
    progress = Progress("clips", len(clips) * len(RATES))
    for clip in clips:
        recording = poses(clip.file, args.landmarks)
        for fps in RATES:
            outcomes.judge(clip, recording, fps)
            progress.step()
    progress.close()
    figures = report.Figures(
        outcomes=outcomes,
        slow=_slow(args, clips, makers),
        references=_references(args, clips),
        idle=_idle(args, makers),
        runtime=makers.runtime,
    )
    page = report.render(figures)
    print(report.head(figures))
    if args.out:
        report.write(figures, args.out, page)
    return 0 if all(line.reached for line in targets(outcomes, figures.idle)) else 1


def _slow(args: argparse.Namespace, clips: Sequence[Clip], makers: Recognisers) -> Outcomes | None:
    """The strict clips once more, the poses sought in the frames of a slower camera only."""
    if not args.slow:
        return None
    outcomes = Outcomes(makers)
    chosen = [clip for clip in judged(clips) if clip.strict]
    progress = Progress("fewer frames", len(chosen) * len(RATES[1:]))
    for clip in chosen:
        for fps in RATES[1:]:
            outcomes.judge(clip, poses(clip.file, args.slow / f"{fps:.0f}", fps=fps), fps)
            progress.step()
    progress.close()
    return outcomes


def _references(args: argparse.Namespace, clips: Sequence[Clip]) -> References | None:
    if not args.reference:
        return None
    references = gather([clip for clip in clips if clip.listed], args.reference, args.poses)
    asked = {clip.name for clip in judged(clips)}
    progress = Progress("references", len(clips))
    for clip in clips:
        references.judge(clip, RATES, told=clip.name in asked)
        progress.step()
    progress.close()
    return references


def _idle(args: argparse.Namespace, makers: Recognisers) -> Idle | None:
    if not args.idle:
        return None
    files = sorted(args.idle.glob("*.npz"))
    if not files:
        raise InputError(f"{args.idle} holds no poses", "make them: docs/synth.md, the set idle")
    progress = Progress("idle", len(files))
    found = idle(_each(files, progress), makers)
    progress.close()
    return found


def _each(files: Sequence[Path], progress: Progress) -> Sequence[Path]:
    for file in files:
        yield file
        progress.step()
