"""`python -m tools.evaluate confidence`: how far a counted repetition can be trusted."""

import argparse
from dataclasses import astuple
from itertools import pairwise
from pathlib import Path

import numpy as np

from gymbox.reps.confidence import NAMES
from tools.evaluate import _confidence_data as data
from tools.evaluate._confidence_data import Candidates, Floats
from tools.evaluate._count_clips import Clip, judged, load_clips
from tools.evaluate._count_run import poses

FOLDS = 5
RIDGE = 1.0
SURE = 0.9
BINS = (0.0, 0.2, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
MODEL = Path(__file__).parents[2] / "device" / "gymbox" / "reps" / "confidence.toml"

Weights = Floats
"""[1 + len(NAMES)], the bias first."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--learn", type=Path, required=True, help="sets of `disturbed --make`")
    parser.add_argument("--blind", type=Path, required=True, help="the same of another seed")
    parser.add_argument("--clips", type=Path, help="folder of real recordings")
    parser.add_argument("--csv", type=Path, help="their table in the form of clips.csv")
    parser.add_argument("--landmarks", type=Path, help="folder that keeps the poses between runs")
    parser.add_argument("--fit", action="store_true", help=f"write {MODEL.name}")
    parser.add_argument("--out", type=Path, help="the report to write (Markdown)")


def run(args: argparse.Namespace) -> int:
    """Learns, judges and writes the report.

    Raises:
        InputError: sets, table or clips are missing.
    """
    learn, blind = data.candidates(args.learn, 1), data.candidates(args.blind, 2)
    weights = fit(learn.evidence, learn.true)
    if args.fit:
        MODEL.write_text(_toml(weights), encoding="utf-8")
    blocks = [
        _block("The sets it was learnt on, out of fold by performance", folded(learn), learn.true),
        _block("Sets of another seed", said(weights, blind.evidence), blind.true),
    ]
    if args.clips:
        clips = [c for c in judged(load_clips(args.csv, args.clips)) if c.strict]
        real = [_real(clip, args.landmarks, weights) for clip in clips]
        chances = np.concatenate([a for a, _ in real])
        blocks.append(_block("Real people", chances, np.concatenate([b for _, b in real])))
    text = "\n\n".join(blocks)
    report = HEAD.format(learnt=len(learn.true), blocks=text, weights=_list(weights))
    print(report)
    if args.out:
        args.out.write_text(report, encoding="utf-8")
    return 0


def fit(evidence: Floats, true: Floats) -> Weights:
    """A logistic model with a ridge, in which nothing bad speaks for a repetition."""
    columns = list(range(evidence.shape[1]))
    while True:
        found = _newton(evidence[:, columns], true)
        worst = int(np.argmax(found[1:])) if columns else -1
        if not columns or found[1 + worst] <= 0.0:
            break
        del columns[worst]
    weights = np.zeros(1 + evidence.shape[1])
    weights[[0, *(1 + column for column in columns)]] = found
    return weights


def _newton(evidence: Floats, true: Floats) -> Weights:
    inputs = np.column_stack([np.ones(len(evidence)), evidence])
    ridge = np.diag([1e-6, *[RIDGE] * evidence.shape[1]])
    weights = np.zeros(inputs.shape[1])
    for _ in range(40):
        chances = _sigmoid(inputs @ weights)
        curve = inputs.T @ (inputs * (chances * (1 - chances))[:, None]) + ridge
        weights += np.linalg.solve(curve, inputs.T @ (true - chances) - ridge @ weights)
    return weights


def said(weights: Weights, evidence: Floats) -> Floats:
    """[n] the chances of [n, ...] evidence."""
    return _sigmoid(weights[0] + evidence @ weights[1:])


def folded(found: Candidates) -> Floats:
    """[n] the chances, each by a model that has not seen the performance."""
    groups = np.random.default_rng(0).permutation(np.unique(found.group))
    chances = np.zeros(len(found.true))
    for fold in range(FOLDS):
        out = np.isin(found.group, groups[fold::FOLDS])
        chances[out] = said(fit(found.evidence[~out], found.true[~out]), found.evidence[out])
    return chances


def _real(clip: Clip, kept: Path | None, weights: Weights) -> tuple[Floats, Floats]:
    """What is said of the repetitions of a clip; those beyond the most that are right are false.

    Nobody knows which ones, so those are taken that are least trusted.
    """
    found = data.every_rep(poses(clip.file, kept), clip.exercise)
    rows = [astuple(rep.evidence) for rep in found if rep.evidence]
    chances = np.sort(said(weights, np.array(rows).reshape(-1, len(NAMES))))[::-1]
    return chances, (np.arange(len(chances)) < clip.high).astype(np.float64)


def _block(title: str, chances: Floats, true: Floats) -> str:
    lines = [f"## {title}", "", "| said | repetitions | mean | true |", "|---|---|---|---|"]
    apart = 0.0
    for low, high in pairwise(BINS):
        inside = (chances >= low) & ((chances < high) | (high == 1.0))
        if not inside.any():
            continue
        mean, share = chances[inside].mean(), true[inside].mean()
        apart += inside.mean() * abs(mean - share)
        lines.append(f"| {low:.2f}-{high:.2f} | {inside.sum()} | {mean:.2f} | {share:.2f} |")
    summary = (
        f"Expected calibration error {apart:.3f}; area under the curve {_area(chances, true)}. "
        f"{int((1 - true).sum())} of {len(true)} are ghosts; of those trusted with 0.9 or more, "
        f"{1 - true[chances >= SURE].mean():.1%}."
    )
    lines += ["", summary]
    return "\n".join(lines)


def _area(chances: Floats, true: Floats) -> str:
    """Chance that a true one is trusted more than a ghost."""
    good, bad = chances[true == 1], chances[true == 0]
    if not len(good) or not len(bad):
        return "unknown, there are no ghosts"
    return f"{(good[:, None] > bad).mean() + (good[:, None] == bad).mean() / 2:.2f}"


def _sigmoid(x: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0)))


def _toml(weights: Weights) -> str:
    rows = "".join(f"{name} = {w:.3f}\n" for name, w in zip(NAMES, weights[1:], strict=True))
    head = (
        "# Made by `python -m tools.evaluate confidence --fit`; confidence.py explains the words."
    )
    return f"{head}\nbias = {weights[0]:.3f}\n\n[weights]\n{rows}"


def _list(weights: Weights) -> str:
    return ", ".join(f"{name} {w:.2f}" for name, w in zip(NAMES, weights[1:], strict=True))


HEAD = """\
# How far a counted repetition can be trusted

Made by `python -m tools.evaluate confidence --learn DIR --blind DIR --clips DIR --csv clips.csv`.
`Rep.confidence` is the chance that a counted repetition is a true one: a logistic model of what the
counter knows of it, learnt on {learnt} repetitions of synthetic people, half of their recordings
tampered with (disturbed.md). Nearly all ghosts are of people who come, warm up and go; of the other
kinds of sets a quarter was taken, so that there are enough of them. Where nobody warms up, as in
the clips of real people, the model promises too little.

{blocks}

Of real people nobody marked every repetition: those that a clip has beyond the largest count that
is right are taken for ghosts, the least trusted first.

## Weights

{weights}
"""
