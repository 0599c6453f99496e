"""`python -m tools.evaluate sequence`: is the exercise recognised, on real people and synthetic?"""

import argparse
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.cli.progress import Progress
from gymbox.errors import InputError
from gymbox.inference.sequence_net import SequenceNet
from gymbox.motion.recording import load_poses
from tools.convert.manifest_file import FILE, update_manifest
from tools.convert.sequence import sources
from tools.convert.sequence.labels import LABELS, label_of
from tools.evaluate import _sequence_report as report
from tools.evaluate._sequence_synthetic import synthetic
from tools.evaluate._sequence_windows import (
    FileNet,
    Floats,
    Seen,
    TrainedNet,
    by_clip,
    by_window,
    decided,
    shipped,
    windows,
)
from tools.evaluate._sequence_windows import (
    run as classify,
)
from tools.evaluate.predictions import Predictions

RATES = (30.0, 15.0, 8.0, 5.0)
"""Frames a second to judge at, by leaving out frames."""
KINDS = ("int8", "float")
"""Models of the folds: as the box runs them, and as they were trained."""
FEWEST = 5
"""Real clips of a class that it takes to be judged."""
SURE = 0.6
"""Chance from which the box would say what is trained."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    sources.add_arguments(parser)
    parser.add_argument("--models", type=Path, help="folder of the manifest")
    parser.add_argument("--runtime", help="which TFLite runtime, if not the installed one")
    parser.add_argument(
        "--kinds", nargs="+", choices=KINDS, default=KINDS, help="models of the folds to judge"
    )
    parser.add_argument("--out", type=Path, help="the report to write (docs/reports/sequence.md)")
    parser.add_argument(
        "--note", action="store_true", help="write the main figures into the manifest"
    )
    parser.add_argument("--keep", type=Path, help="folder for the predictions (.npz)")


def run(args: argparse.Namespace) -> int:
    """Prints the figures; 0 if what was asked for is reached, else 1.

    Raises:
        InputError: the folds were not trained, or clips are missing.
    """
    folds, temperature = _folds(args.cache)
    net = shipped(args.models, args.runtime)
    figures = report.Figures(runtime=net.network.runtime)
    clips = sources.real_clips(args)
    progress = Progress("real clips", len(clips) * len(RATES))
    for fps in RATES:
        seen = []
        for clip in clips:
            kept = (args.landmarks or args.cache / "landmarks") / f"{clip.name}.npz"
            if not kept.is_file():
                sources.real_tracks(args)
            times, inputs = windows(list(load_poses(kept)), net.length, fps)
            label = LABELS.index(label_of(clip.exercise))
            seen.append(Seen(clip.name, clip.scene, label, times, inputs))
            progress.step()
        for kind in args.kinds if fps == RATES[0] else args.kinds[:1]:
            scores = _out_of_fold(seen, folds, _nets(args, folds, kind, temperature, net.length))
            figures.real[f"{kind}, {fps:.0f} fps"] = (
                by_clip(seen, scores),
                by_window(seen, scores),
            )
            if fps == RATES[0] and kind == args.kinds[0]:
                figures.delays = _delays(seen, scores)
        if fps == RATES[0]:
            figures.twins = _twins(seen, args, net)
    progress.close()
    figures.synthetic = synthetic(args, net.length, lambda x: classify(net.network, x))
    figures.over = _judged(next(iter(figures.real.values()))[0])
    page = report.render(figures)
    print(page)
    if args.out:
        report.write(figures, args.out, page)
    if args.note:
        _note(figures, net.network.card.path.parent)
    if args.keep:
        _keep(figures, args.keep)
    return 0 if report.reached(figures) else 1


def _folds(cache: Path) -> tuple[dict[str, int], float]:
    try:
        told = json.loads((cache / "folds.json").read_text("utf-8"))
    except OSError as error:
        raise InputError(
            f"{cache} holds no folds ({error.strerror})",
            "train first: tools.convert train sequence",
        ) from error
    folds = {str(scene): int(fold) for scene, fold in told["folds"].items()}
    return folds, float(told["temperature"])


def _nets(
    args: argparse.Namespace, folds: dict[str, int], kind: str, temperature: float, length: int
) -> dict[int, Callable[[Floats], Floats]]:
    """The model of each fold."""
    names = {fold: f"fold{fold}" for fold in set(folds.values())}
    if kind == "float":
        return {k: TrainedNet(args.cache, k, temperature) for k in names}
    return {
        k: FileNet(args.cache / f"{name}.int8.tflite", length, args.runtime)
        for k, name in names.items()
    }


def _out_of_fold(
    seen: list[Seen], folds: dict[str, int], nets: dict[int, Callable[[Floats], Floats]]
) -> list[Floats]:
    """What the model says of each recording that has seen nothing of its scene."""
    return [nets[folds[one.source]](one.inputs) for one in seen]


def _twins(seen: list[Seen], args: argparse.Namespace, net: SequenceNet) -> report.Twins:
    """The shipped model beside the float one that it was made of, on windows of real clips."""
    inputs = np.concatenate([one.inputs for one in seen])
    truth = np.concatenate([np.full(len(one.inputs), one.label) for one in seen])
    whole = FileNet(args.cache / "final.float.tflite", net.length, args.runtime)(inputs)
    small = classify(net.network, inputs)
    right = [float((scores.argmax(1) == truth).mean()) for scores in (whole, small)]
    same = float((whole.argmax(1) == small.argmax(1)).mean())
    return report.Twins(len(inputs), *right, same, float(np.abs(whole - small).mean()))


def _judged(clips: Predictions) -> tuple[str, ...]:
    """Classes with enough clips."""
    count = np.bincount(clips.truth, minlength=len(LABELS))
    return tuple(label for label, n in zip(LABELS, count.tolist(), strict=True) if n >= FEWEST)


def _delays(seen: list[Seen], scores: list[Floats]) -> NDArray[np.float64]:
    """[k, 2] of the clips of something known: seconds until the box is sure (NaN never), right."""
    rows = []
    for one, found in zip(seen, scores, strict=True):
        if LABELS[one.label] == "unknown":
            continue
        first = decided(one.times, found, SURE)
        rows.append((np.nan, 0.0) if first is None else (first[0], float(first[1] == one.label)))
    return np.array(rows)


def _note(figures: report.Figures, models: Path) -> None:
    table = tomllib.loads((models / FILE).read_text("utf-8"))["models"]["sequence"]
    told = {**table["figures"], **report.headlines(figures)}
    update_manifest(models, {"sequence": {**table, "figures": told}})


def _keep(figures: report.Figures, folder: Path) -> None:
    for name, (clips, parts) in {**figures.real, **figures.synthetic}.items():
        stem = name.replace(", ", "-").replace(" ", "-")
        clips.save(folder / f"{stem}-clips.npz")
        parts.save(folder / f"{stem}-windows.npz")
