"""`python -m tools.evaluate phase`: what the phase net says of frames of people it has not seen."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from gymbox.errors import InputError
from gymbox.motion import own_range
from gymbox.motion.own_range import OwnRange
from gymbox.motion.phase import PhaseScores
from tools.evaluate import classification_report, metrics
from tools.evaluate._phase_table import table
from tools.evaluate._spot_run import Said, load_scores
from tools.evaluate.pictures import inside
from tools.evaluate.predictions import Predictions

FACTORY = Path(__file__).resolve().parents[2] / ".cache" / "factory"
TARGETS = {"accuracy": 0.95, "macro_f1": 0.93}
KINDS = ("int8", "float")
"""The first one is what the box runs."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--cache", type=Path, default=FACTORY, help="folder of the training")
    parser.add_argument("--size", type=int, default=160)
    parser.add_argument("--width", type=float, default=1.0)
    parser.add_argument("--clips", type=Path, help="folder of the clips, for the worst pictures")
    parser.add_argument(
        "--sizes", action="store_true", help="a table of all widths and sizes that were judged"
    )
    parser.add_argument("--out", type=Path, help="folder of the report")


def run(args: argparse.Namespace) -> int:
    """Prints the figures and writes the report; 1 if a target is missed.

    Raises:
        InputError: nothing was trained and judged.
    """
    if args.sizes:
        text = table(args.cache)
        print(text)
        if args.out:
            (args.out / "sizes.md").write_text("# Widths and sizes\n\n" + text, encoding="utf-8")
        return 0
    folder = args.cache / "phase" / f"{args.width:g}-{args.size}"
    if not (folder / "int8.npz").is_file():
        raise InputError(
            f"{folder} holds no judged network",
            "run `python -m tools.convert train phase` and `quantise phase` first",
        )
    said = {kind: Predictions.load(folder / f"{kind}.npz") for kind in KINDS}
    doubtful = Predictions.load(folder / "int8-with-doubtful.npz")
    print(_line("int8", said["int8"]))
    print(_line("float", said["float"]))
    print(_line("int8, doubtful frames too", doubtful))
    for name, part in _parts(said["int8"]).items():
        print(f"  {name}: {metrics.accuracy(part):.1%} of {len(part)}")
    own = in_own_range(folder / "scores-int8-frame", said["int8"])
    print(_line("int8, push-ups and squats in their own range", own))
    if args.out:
        _report(said, doubtful, own, folder, args)
    best = said["int8"]
    missed = (
        metrics.accuracy(best) < TARGETS["accuracy"] or metrics.macro_f1(best) < TARGETS["macro_f1"]
    )
    return int(missed)


def in_own_range(folder: Path, said: Predictions) -> Predictions:
    """The same frames as spot mode judges them: with the seconds before them, in their own range.

    Args:
        folder: of CLIP.npz with `t` and `scores`.
        said: names the frames; only those of push-ups and squats are taken.
    """
    rows, better = [], []
    clips: dict[str, list[PhaseScores]] = {}
    for row, sample in enumerate(said.samples.tolist()):
        clip, number = sample.rsplit("@", 1)
        if not any(name in clip for name in ("push_up", "squat")):
            continue
        if clip not in clips:
            clips[clip] = _put_right(load_scores(folder / f"{clip}.npz"))
        if int(number) < len(clips[clip]):
            rows.append(row)
            better.append(clips[clip][int(number)])
    some = said.take(rows)
    return replace(some, scores=np.array(better))


def _put_right(said: Sequence[Said]) -> list[PhaseScores]:
    state, found = OwnRange(), []
    for t, scores in said:
        state, better = own_range.step(state, t, scores)
        found.append(better)
    return found


def _line(name: str, said: Predictions) -> str:
    return (
        f"{name}: {metrics.accuracy(said):.1%} of {len(said)} frames right, "
        f"macro F1 {metrics.macro_f1(said):.3f}, "
        f"calibration error {metrics.calibration_error(said):.3f}"
    )


def _parts(said: Predictions) -> dict[str, Predictions]:
    """Push-ups, squats, and all else, by the names of the clips."""
    kinds = [
        "push-ups" if "push_up" in name else "squats" if "squat" in name else "other movements"
        for name in said.samples.tolist()
    ]
    return {
        kind: said.take([row for row, other in enumerate(kinds) if other == kind])
        for kind in sorted(set(kinds))
    }


def _report(
    said: dict[str, Predictions],
    doubtful: Predictions,
    own: Predictions,
    folder: Path,
    args: argparse.Namespace,
) -> None:
    lines = [
        "Frames of real clips, labelled by looking at them (two people, without seeing what any "
        "program says): up and down are the outer thirds of the athlete's own travel, neither is "
        "all else. Each frame is judged by a network that saw no frame of its scene, nor of any "
        "clip of the same recording or athlete. Frames whose label the looker was not sure of, "
        "near the border between two thirds, are left out; with them: "
        + _line("int8", doubtful)
        + ".",
        "",
        "| frames of | right | n |",
        "|---|---|---|",
        *(
            f"| {name} | {metrics.accuracy(part):.1%} | {len(part)} |"
            for name, part in _parts(said["int8"]).items()
        ),
        *(
            f"| {name} as spot mode takes them, in their own range | {metrics.accuracy(part):.1%} "
            f"| {len(part)} |"
            for name, part in _parts(own).items()
        ),
        "",
        (
            "Spot mode knows which exercise it is and has seen the seconds before: it measures "
            "what the network says against the range of the last twelve seconds "
            "(`gymbox.motion.own_range`)."
        ),
    ]
    page = classification_report.write(
        said["int8"],
        args.out,
        "The phase net, out of fold",
        name="int8",
        twins={"float": said["float"]},
        targets=TARGETS,
        curves=folder / "fold-0.csv",
        picture=inside(args.clips) if args.clips else None,
        worst_picture=Path("out/reports/phase-worst.png") if args.clips else None,
        about="\n".join(lines),
        command=f"python -m tools.evaluate phase --size {args.size}",
    )
    print(page)
