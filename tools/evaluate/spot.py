"""`python -m tools.evaluate spot`: push-ups and squats counted by the phase network alone."""

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from gymbox.cli.progress import Progress
from gymbox.modes.spot import EXERCISES
from tools.evaluate._count_clips import Clip, judged, load_clips
from tools.evaluate._count_run import thinned
from tools.evaluate._count_scores import Score
from tools.evaluate._count_table import table
from tools.evaluate._files import need
from tools.evaluate._spot_run import Said, ask, count, load_scores, network_for

GHOST_FPS = 15.0
"""Frames a second at which clips of other exercises are looked at."""
COLUMNS = ("clips", "reps", "error", "rate", "exact", "ghosts", "missed")
_GHOSTS = """\
{} repetitions are counted in {:.0f} seconds of clips in which somebody does another exercise
(pull-ups, curls, dips and so on, nearly all of the time): spot mode has been told the exercise and
measures what it sees against its own range, so whatever goes up and down in a like way counts."""
RATES = (30.0, 15.0, 8.0, 5.0)
"""Frames a second to count at; a clip that has fewer is taken as it is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--clips", type=Path, required=True, help="folder of the recordings")
    parser.add_argument("--csv", type=Path, required=True, help="table in the form of clips.csv")
    parser.add_argument(
        "--scores",
        type=Path,
        metavar="DIR",
        help="CLIP.npz with t [n] and scores [n, 3] of models that have not seen the clip",
    )
    parser.add_argument("--models", type=Path, help="folder of the model, if not the usual one")
    parser.add_argument("--region", choices=("frame", "motion"), default="frame")
    parser.add_argument("--out", type=Path, help="the report to write (Markdown)")


def run(args: argparse.Namespace) -> int:
    """Counts all clips and writes the report.

    Raises:
        InputError: the table is wrong, or a clip or a file of scores is missing.
        ModelError: there is no phase network.
    """
    every = load_clips(args.csv, args.clips)
    clips = [c for c in judged(every) if c.exercise in EXERCISES]
    need([_file(clip, args) for clip in clips])
    others = [
        c
        for c in every
        if c.exercise not in EXERCISES and not c.rendered and _file(c, args).is_file()
    ]
    scores: dict[float, list[Score]] = {fps: [] for fps in RATES}
    progress = Progress("counting", len(clips) + len(others))
    for clip in clips:
        said = _said(clip, args)
        for fps in RATES:
            reps = count(thinned(said, fps), clip.exercise)
            scores[fps].append(Score(clip, len(reps)))
        progress.step()
    ghosts, seconds = 0, 0.0
    for clip in others:
        said = thinned(_said(clip, args), GHOST_FPS)
        ghosts += len(count(said, EXERCISES[0]))
        seconds += said[-1][0] if said else 0.0
        progress.step()
    progress.close()
    report = render(scores, (ghosts, seconds), _source(args), _command(args))
    print(_rates(scores, lambda clip: clip.strict))
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(report, encoding="utf-8")
    return 0


def _said(clip: Clip, args: argparse.Namespace) -> list[Said]:
    file = _file(clip, args)
    return load_scores(file) if args.scores else ask(network_for(args.models, args.region), file)


def _file(clip: Clip, args: argparse.Namespace) -> Path:
    return args.scores / f"{clip.name}.npz" if args.scores else clip.file


def _source(args: argparse.Namespace) -> str:
    if args.scores:
        return (
            "out of fold: every clip was scored by a network that has seen no frame of its scene. "
            "These are the figures to expect of athletes who are new to the box"
        )
    return (
        f"the shipped network on the {args.region}. It has been trained on frames of these very "
        "clips: the figures show that the box does what the report out of fold promises, no more"
    )


def _command(args: argparse.Namespace) -> str:
    """How to make the report again, without the places of this machine."""
    scores = " --scores DIR" if args.scores else ""
    region = "" if args.region == "frame" else f" --region {args.region}"
    return f"python -m tools.evaluate spot --clips DIR --csv clips.csv{scores}{region}"


def render(
    scores: dict[float, list[Score]], ghosts: tuple[int, float], source: str, command: str
) -> str:
    """The page.

    Args:
        scores: by frames a second.
        ghosts: counted in clips of other exercises, and how many seconds these last.
        source: where the network's words are from.
        command: that made the report.
    """
    native = scores[RATES[0]]
    groups = [(name, [s for s in native if s.clip.group == name]) for name in EXERCISES]
    blocks = [
        "# Push-ups and squats by sight, measured",
        f"Scores: {source}. Made by `{command}`.",
        "The words are those of [counting.md](../counting.md#figures).",
        "## Strict clips, by frame rate",
        _rates(scores, lambda clip: clip.strict),
        f"## Strict clips at {RATES[0]:.0f} frames a second, by exercise",
        _table((name, [s for s in group if s.clip.strict]) for name, group in groups),
        "## All counted clips, strict or not",
        _table([*groups, ("all", native)]),
        "## Other exercises",
        _GHOSTS.format(*ghosts),
        "## Clips that are wrong",
        _wrong(native),
    ]
    return "\n\n".join(blocks) + "\n"


def _rates(scores: dict[float, list[Score]], wanted: Callable[[Clip], bool]) -> str:
    return _table(
        (f"{fps:.0f} fps", [score for score in rows if wanted(score.clip)])
        for fps, rows in scores.items()
    )


def _table(rows: Iterable[tuple[str, Sequence[Score]]]) -> str:
    return table(rows, COLUMNS)


def _wrong(scores: Iterable[Score]) -> str:
    lines = ["| clip | strict | counted | labelled | min..max |", "|---|---|---|---|---|"]
    for score in scores:
        clip = score.clip
        if clip.error(score.count):
            lines.append(
                f"| {clip.name} | {'yes' if clip.strict else 'no'} | {score.count} | "
                f"{clip.reps} | {clip.low}..{clip.high} |"
            )
    return "\n".join(lines)
