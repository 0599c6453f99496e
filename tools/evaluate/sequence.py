"""`python -m tools.evaluate sequence`: is the exercise recognised, on real people and synthetic?"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.cli.progress import Progress
from gymbox.errors import InputError
from gymbox.motion.recording import load_poses
from tools.convert.sequence import sources
from tools.convert.sequence.labels import LABELS, label_of
from tools.evaluate import _sequence_report as report
from tools.evaluate._sequence_synthetic import synthetic
from tools.evaluate._sequence_windows import (
    FileNet,
    Floats,
    Seen,
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
FEWEST = 5
"""Real clips of a class that it takes to be judged."""
SURE = 0.6
"""Chance from which the box would say what is trained."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    sources.add_arguments(parser)
    parser.add_argument("--models", type=Path, help="folder of the manifest")
    parser.add_argument("--runtime", help="which TFLite runtime, if not the installed one")
    parser.add_argument("--out", type=Path, help="the report to write (docs/reports/sequence.md)")
    parser.add_argument("--keep", type=Path, help="folder for the predictions (.npz)")


def run(args: argparse.Namespace) -> int:
    """Prints the figures; 0 if what was asked for is reached, else 1.

    Raises:
        InputError: the folds were not trained, or clips are missing.
    """
    folds = _folds(args.cache)
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
        for kind in KINDS if fps == RATES[0] else KINDS[:1]:
            scores = _out_of_fold(seen, folds, args, kind, net.length)
            figures.real[f"{kind}, {fps:.0f} fps"] = (
                by_clip(seen, scores),
                by_window(seen, scores),
            )
            if fps == RATES[0] and kind == KINDS[0]:
                figures.delays = _delays(seen, scores)
    progress.close()
    figures.synthetic = synthetic(args, net.length, lambda x: classify(net.network, x))
    figures.over = _judged(next(iter(figures.real.values()))[0])
    page = report.render(figures)
    print(page)
    if args.out:
        report.write(figures, args.out, page)
    if args.keep:
        _keep(figures, args.keep)
    return 0 if report.reached(figures) else 1


def _folds(cache: Path) -> dict[str, int]:
    try:
        told = json.loads((cache / "folds.json").read_text("utf-8"))
    except OSError as error:
        raise InputError(
            f"{cache} holds no folds ({error.strerror})",
            "train first: tools.convert train sequence",
        ) from error
    return {str(scene): int(fold) for scene, fold in told["folds"].items()}


def _out_of_fold(
    seen: list[Seen], folds: dict[str, int], args: argparse.Namespace, kind: str, length: int
) -> list[Floats]:
    """What the model says of each recording that has seen nothing of its scene."""
    nets: dict[int, Callable[[Floats], Floats]] = {
        fold: FileNet(args.cache / f"fold{fold}.{kind}.tflite", length, args.runtime)
        for fold in set(folds.values())
    }
    return [nets[folds[one.source]](one.inputs) for one in seen]


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


def _keep(figures: report.Figures, folder: Path) -> None:
    for name, (clips, parts) in {**figures.real, **figures.synthetic}.items():
        stem = name.replace(", ", "-").replace(" ", "-")
        clips.save(folder / f"{stem}-clips.npz")
        parts.save(folder / f"{stem}-windows.npz")
