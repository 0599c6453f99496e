"""`python -m tools.evaluate counts`: labelled clips in, a report and plots out."""

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from gymbox.cli.progress import Progress
from gymbox.reps.profiles import profile, profiles
from tools.evaluate import plots
from tools.evaluate._count_clips import DEV, HELD_OUT, Clip, judged, load_clips, split
from tools.evaluate._count_report import Figures, render
from tools.evaluate._count_run import (
    Seen,
    TimedPose,
    count,
    observations,
    open_rule,
    poses,
    thinned,
)
from tools.evaluate._count_run import progress as curve
from tools.evaluate._count_scores import Matches, Score, match, summarise
from tools.evaluate._files import need

RATES = (None, 15.0, 10.0, 5.0)
"""Frames a second to count at; None for those of the clip."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--clips", type=Path, required=True, help="folder of the recordings")
    parser.add_argument("--csv", type=Path, required=True, help="table in the form of clips.csv")
    parser.add_argument("--marks", type=Path, help="folder of <clip>.txt, frames of rep ends")
    parser.add_argument("--landmarks", type=Path, help="folder that keeps the poses between runs")
    parser.add_argument(
        "--model", choices=("full", "lite"), default="full", help="landmark network"
    )
    parser.add_argument("--split", choices=(DEV, HELD_OUT, "all"), default="all")
    parser.add_argument("--out", type=Path, help="the report to write (Markdown)")
    parser.add_argument(
        "--plots", type=Path, metavar="DIR", help="one picture a clip, such as out/"
    )


def run(args: argparse.Namespace) -> int:
    """Counts all clips and writes the report.

    Raises:
        InputError: the table is wrong, or a clip that it names is missing.
    """
    clips = load_clips(args.csv, args.clips, args.marks)
    parts = split(clips)
    chosen = [
        clip for clip in clips if not clip.rendered and args.split in {"all", parts[clip.scene]}
    ]
    need([clip.file for clip in chosen])
    figures = Figures(
        counts={_rate(fps): [] for fps in RATES},
        matches={clip.group: Matches() for clip in judged(chosen)},
        parts=parts,
        elsewhere={name: {"known": (0, 0, 0), "unknown": (0, 0, 0)} for name in _asked()},
        source=f"this box's BlazePose ({args.model})",
        command=_command(args),
    )
    progress = Progress("counting", len(chosen))
    for clip in chosen:
        recording = poses(clip.file, args.landmarks, args.model)
        _judge(clip, recording, figures, args.plots)
        _ask_for_others(clip, list(observations(recording)), figures)
        progress.step()
    progress.close()
    _tell(figures)
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(render(figures), encoding="utf-8")
    return 0


def _judge(
    clip: Clip, recording: Sequence[TimedPose], figures: Figures, folder: Path | None
) -> None:
    """Counts a clip with its own exercise, at all frame rates."""
    if not judged([clip]):
        return
    told = profile(clip.exercise)
    for fps in RATES:
        result = count(list(observations(thinned(recording, fps))), told)
        figures.counts[_rate(fps)].append(Score(clip, len(result.reps)))
        if fps is not None:
            continue
        seen = list(observations(recording))
        figures.open_rule.append(Score(clip, open_rule(seen, clip.group)))
        seconds = recording[-1][0] if recording else 0.0
        native = (len(recording) - 1) / seconds if seconds else 1.0
        if clip.marks:
            marks = [mark / native for mark in clip.marks]
            figures.matches[clip.group] += match(marks, [rep.t for rep in result.reps], seconds)
        if folder:
            plots.plot(clip, result, curve(seen, told), native, folder)


def _ask_for_others(clip: Clip, seen: Sequence[Seen], figures: Figures) -> None:
    """Counts a clip as everything that it is not."""
    kind = "known" if clip.exercise in profiles() else "unknown"
    for name in _asked():
        if name == clip.group:
            continue
        reps = len(count(seen, profile(name)).reps)
        clips, counted, total = figures.elsewhere[name][kind]
        figures.elsewhere[name][kind] = (clips + 1, counted + (reps > 0), total + reps)


def _asked() -> list[str]:
    return [name for name, known in profiles().items() if not known.variant_of]


def _rate(fps: float | None) -> str:
    return "native" if fps is None else f"{fps:.0f} fps"


def _command(args: argparse.Namespace) -> str:
    """How to make the report again, without the places of this machine."""
    marks = " --marks DIR" if args.marks else ""
    part = "" if args.split == "all" else f" --split {shlex.quote(args.split)}"
    model = "" if args.model == "full" else f" --model {args.model}"
    return f"python -m tools.evaluate counts --clips DIR --csv clips.csv{marks}{part}{model}"


def _tell(figures: Figures) -> None:
    for name, scores in figures.counts.items():
        strict = summarise(score for score in scores if score.clip.strict)
        print(f"{name}: error {strict.error} of {strict.reps} reps, rate {strict.rate:.3f}")
    wrong = [score for score in figures.counts["native"] if score.clip.error(score.count)]
    for score in wrong:
        clip = score.clip
        print(f"{clip.name}: counted {score.count}, not {clip.low}..{clip.high}", file=sys.stderr)
