"""The page on how exercises are recognised."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.evaluate import _sequence_details as details
from tools.evaluate import classification_plots as plots
from tools.evaluate import metrics
from tools.evaluate.predictions import Predictions

Judged = tuple[Predictions, Predictions]

REAL, SYNTHETIC, POINT = 0.95, 0.98, 0.01
"""What was asked for: macro F1 on real people and on synthetic ones; what int8 may cost."""


@dataclass(frozen=True, slots=True)
class Twins:
    """The shipped model beside the float one that it was made of.

    Attributes:
        windows: of real clips.
        whole, small: share that each gets right; both have seen them in training.
        same: share in which both say the same.
        apart: mean distance of their chances.
    """

    windows: int
    whole: float
    small: float
    same: float
    apart: float


@dataclass
class Figures:
    """What was measured.

    Attributes:
        runtime: TFLite runtime that the networks ran on.
        real: clips and windows out of fold, by kind of model and frame rate; the main one first.
        synthetic: the same of the shipped model, by set.
        over: classes with enough real clips.
        twins: what quantising costs.
        delays: [k, 2] seconds until the box would be sure, and whether it was right.
    """

    runtime: str = ""
    real: dict[str, Judged] = field(default_factory=dict)
    synthetic: dict[str, Judged] = field(default_factory=dict)
    over: tuple[str, ...] = ()
    twins: Twins | None = None
    delays: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))

    @property
    def main(self) -> Predictions:
        """Real clips out of fold by the quantised model."""
        return next(iter(self.real.values()))[0]


def reached(figures: Figures) -> bool:
    """Whether both targets are met."""
    real = metrics.macro_f1(figures.main, figures.over) >= REAL
    made = [metrics.macro_f1(clips) for clips, _ in figures.synthetic.values()]
    return real and all(f1 >= SYNTHETIC for f1 in made)


def headlines(figures: Figures) -> dict[str, float]:
    """What the manifest says about the model."""
    found = {"macro_f1_real_out_of_fold": metrics.macro_f1(figures.main, figures.over)}
    for name, (clips, _) in figures.synthetic.items():
        found[f"macro_f1_synthetic_{name}"] = metrics.macro_f1(clips)
    return {name: round(value, 3) for name, value in found.items()}


def render(figures: Figures) -> str:
    """The figures as Markdown."""
    rows = [_row(name, judged, figures.over) for name, judged in figures.real.items()]
    made = [_row(name, judged, None) for name, judged in figures.synthetic.items()]
    main = figures.main
    only = main.take(np.isin(main.truth, [main.labels.index(name) for name in figures.over]))
    low, high = metrics.interval(main, lambda part: metrics.macro_f1(part, figures.over))
    delays, right = figures.delays.T if len(figures.delays) else (np.empty(0), np.empty(0))
    sure = ~np.isnan(delays)
    return HEAD.format(
        runtime=figures.runtime,
        over=", ".join(figures.over),
        asked=REAL,
        asked_made=SYNTHETIC,
        main=metrics.macro_f1(main, figures.over),
        low=low,
        high=high,
        only=metrics.macro_f1(only, figures.over),
        clips=len(main),
        rows="\n".join(rows),
        made="\n".join(made),
        classes="\n".join(_class(item) for item in metrics.class_figures(main) if item.count),
        wrong="\n".join(_wrong(main)),
        main_name=next(iter(figures.real)),
        ages=details.table(next(iter(figures.real.values()))[1]),
        twins=_twins(figures.twins),
        known=len(delays),
        sure=int(sure.sum()),
        right=int(right[sure].sum()),
        median=float(np.median(delays[sure])) if sure.any() else float("nan"),
        late=float(np.percentile(delays[sure], 90)) if sure.any() else float("nan"),
    )


def write(figures: Figures, page: Path, text: str) -> None:
    """The page and its pictures in a folder beside it."""
    folder = page.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    plots.confusion(figures.main, folder / "confusion.png")
    twins = {f"real clips, {name}": clips for name, (clips, _) in list(figures.real.items())[:2]}
    name, (_, windows) = next(iter(figures.real.items()))
    plots.reliability(twins | {f"real windows, {name}": windows}, folder / "reliability.png")
    page.write_text(text, encoding="utf-8")


def _row(name: str, judged: Judged, over: tuple[str, ...] | None) -> str:
    clips, windows = judged
    cells = []
    for part in (clips, windows):
        cells += [
            f"{metrics.macro_f1(part, over):.3f}",
            f"{metrics.accuracy(part):.1%}",
            f"{metrics.calibration_error(part):.3f}",
            str(len(part)),
        ]
    return f"| {name} | {' | '.join(cells)} |"


def _class(item: metrics.ClassFigures) -> str:
    return (
        f"| {item.label} | {item.count} | {item.precision:.2f} | {item.recall:.2f} "
        f"| {item.f1:.2f} |"
    )


def _twins(twins: Twins | None) -> str:
    if twins is None:
        return ""
    return (
        f"On {twins.windows} windows of real clips (which both were trained on) float has"
        f" {twins.whole:.1%} right and int8 {twins.small:.1%};\nthey say the same in"
        f" {twins.same:.1%}, and their chances are {twins.apart:.4f} apart on the average."
    )


def _wrong(clips: Predictions) -> list[str]:
    return [
        f"| {clips.samples[k]} | {clips.labels[clips.truth[k]]} "
        f"| {clips.labels[clips.predicted[k]]} | {clips.confidence[k]:.2f} |"
        for k in np.flatnonzero(~clips.correct)
    ]


HEAD = """\
# Which exercise is it?

Made by `python -m tools.evaluate sequence --clips DIR --csv clips.csv --landmarks DIR --synthetic
BLIND --rendered HELD TEST --out docs/reports/sequence.md --note` on {runtime}. What the network is
and what it learnt from: [model card](../models/sequence.md).

**Main figure: macro F1 {main:.3f}** ({asked} was asked for; 95 % interval {low:.2f} to {high:.2f},
scenes drawn anew) over {over}: {clips} clips of real people, {main_name}, each
judged by a model that has seen nothing of its scene; a clip is the mean of its windows. Clips of
rarer exercises count as mistakes where they are taken for one of these; without them it is
{only:.3f}.

## Real people, out of fold by scene

| model | clips: F1 | right | ECE | n | windows: F1 | right | ECE | n |
|---|---|---|---|---|---|---|---|---|
{rows}

Windows carry the name of their clip, set-up and rests included. Slower cameras: frames left out.

F1 is the macro F1, ECE the expected calibration error of the confidence.

**Time to decide.** Of {known} clips of something known, the first window with a chance of 0.6 and
more comes in {sure}, after {median:.1f} s at the median (90 %: {late:.1f} s); {right} of these are
right.

**How early.** A window holds the last three seconds, in the beginning fewer:

{ages}

| class | clips | precision | recall | F1 |
|---|---|---|---|---|
{classes}

![Confusion matrix](sequence/confusion.png)
![Reliability](sequence/reliability.png)

Clips that are wrong:

| clip | is | said | confidence |
|---|---|---|---|
{wrong}

## What int8 costs

{twins}

## Synthetic athletes, the shipped model

{asked_made} was asked for, all classes. Nothing of these sets was trained on.

| set | clips: F1 | right | ECE | n | windows: F1 | right | ECE | n |
|---|---|---|---|---|---|---|---|---|
{made}

What was tried, and why it falls short: [notes](sequence/tried.md). Which shapes were tried, and
what they cost: [search](sequence/study.md).
"""
