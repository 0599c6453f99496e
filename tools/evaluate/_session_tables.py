"""The tables of the session report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from tools.evaluate import metrics
from tools.evaluate._count_clips import Clip
from tools.evaluate._count_scores import Matches, summarise
from tools.evaluate._session_measure import Idle
from tools.evaluate._session_scores import (
    Outcome,
    far_off,
    interval,
    judged_classes,
    matches,
    named_rate,
    of_scene,
    rate,
    recognition,
)
from tools.evaluate._session_targets import SETTLED, Target, settled, unlisted

Rows = Sequence[tuple[str, Sequence[Outcome]]]
COUNTS = "clips|reps|error|rate (95 %)|exact|within|off by one|4 reps and more: worse"
RATE = "rate (95 %)"


def lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown."""
    ruler = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ruler, *rows))


def asked(found: Sequence[Target]) -> str:
    """What was asked for and what was measured."""
    rows = [
        (one.what, one.asked, f"**{one.measured}**", "yes" if one.reached else "**no**")
        for one in found
    ]
    return lines(("", "asked", "measured", "reached"), rows)


def counts(rows: Rows, *, named: bool = False) -> str:
    """Counts by group; `named` adds the rate that asks for the right exercise too."""
    head = ["", *COUNTS.split("|"), "ghosts", "missed", *(["rate, named"] if named else [])]
    out = []
    for name, part in rows:
        s = summarise(part)
        shares = [f"{n / max(1, s.clips):.0%}" for n in (s.exact, s.within, s.off_by_one)]
        cells = [str(s.clips), str(s.reps), str(s.error), between(part, rate), *shares]
        cells += [str(len(far_off(part))), str(s.ghosts), str(s.missed)]
        out.append([name, *cells, *([f"{named_rate(part):.3f}"] if named else [])])
    return lines(head, out)


def between(part: Sequence[Outcome], figure: Callable[[Sequence[Outcome]], float]) -> str:
    """A figure with its interval."""
    low, high = interval(part, of_scene, figure)
    return f"{figure(part):.3f} ({low:.3f} to {high:.3f})"


def by(part: Sequence[Outcome], key: Callable[[Clip], str]) -> Rows:
    """The outcomes in groups, and all of them."""
    names = sorted({key(one.clip) for one in part})
    groups = [(name, [one for one in part if key(one.clip) == name]) for name in names]
    return [*groups, ("all", part)]


def rep_by_rep(rows: Rows, native: Callable[[Clip], float]) -> str:
    """Marked against counted repetitions."""
    found = [(name, matches(part, native)) for name, part in rows]
    return lines(
        ("", "matched", "only marked", "only counted", "precision", "recall"),
        [(name, *_cells(one)) for name, one in found],
    )


def _cells(one: Matches) -> tuple[str, ...]:
    figures = (str(one.both), str(one.marked), str(one.counted))
    return (*figures, f"{one.precision:.3f}", f"{one.recall:.3f}")


def outside(auto: Mapping[float, Sequence[Outcome]]) -> str:
    """Clips of exercises outside the list in which something was told."""
    rows = []
    for fps, outcomes in auto.items():
        part = unlisted(outcomes)
        wrong = [one for one in part if one.told]
        names = ", ".join(f"{one.clip.name} ({one.said}: {one.told})" for one in wrong)
        reps = sum(one.told for one in part)
        rows.append((f"{fps:.0f} fps", str(len(part)), str(len(wrong)), str(reps), names))
    return lines(("", "clips", "with reps", "reps", "which"), rows)


def nothing(idle: Idle) -> str:
    """Ghosts of the idle footage."""
    hours = idle.seconds / 3600
    rows = [("auto", f"{idle.per_hour * hours:.0f}", f"{idle.per_hour:.2f}")]
    rows += [(f"told {name}", str(n), f"{n / hours:.1f}") for name, n in idle.asked.items()]
    which = ", ".join(f"{name}: {reps} x {exercise}" for name, exercise, reps in idle.ghosts)
    return lines(("", "ghosts", "an hour"), rows) + f"\n\nBy auto mode: {which or 'none'}."


def recognised(auto: Mapping[float, Sequence[Outcome]]) -> str:
    """Macro F1 by frame rate."""
    rows = []
    for fps, part in auto.items():
        over = judged_classes(recognition(part))
        if not over:
            continue

        def f1(some: Sequence[Outcome], over: tuple[str, ...] = over) -> float:
            said = recognition(some)
            there = {said.labels[k] for k in said.truth.tolist()}
            # One scene holds all that is unlisted: without it there is no such class to judge.
            return metrics.macro_f1(said, [name for name in over if name in there])

        right = metrics.accuracy(recognition(part))
        ever = f1([replace(one, said=one.ever) for one in part])
        cells = (between(part, f1), f"{right:.1%}", f"{ever:.3f}")
        rows.append((f"{fps:.0f} fps", str(len(part)), *cells))
    return lines(("", "clips", "macro F1 (95 %)", "right", "F1, no name taken back"), rows)


def classes(auto: Sequence[Outcome]) -> str:
    """Precision and recall of the classes that have clips."""
    figures = [one for one in metrics.class_figures(recognition(auto)) if one.count]
    return lines(
        ("class", "clips", "precision", "recall", "F1"),
        [
            (f.label, str(f.count), f"{f.precision:.2f}", f"{f.recall:.2f}", f"{f.f1:.2f}")
            for f in figures
        ],
    )


def settling(auto: Mapping[float, Sequence[Outcome]]) -> str:
    """How long it takes until the right exercise is named and counted."""
    rows = []
    for fps, outcomes in auto.items():
        delays = settled(outcomes)
        reps = np.array([delay.reps for delay in delays])
        kinds = ([d.named for d in delays], [d.counting for d in delays], reps)
        cells = [_quantiles(np.array(values)) for values in kinds]
        share, never = f"{np.mean(reps <= SETTLED):.0%}", str(int(np.isinf(reps).sum()))
        rows.append((f"{fps:.0f} fps", str(len(delays)), *cells, share, never))
    titles = ("named, s", "counted, s", "settled, reps", f"within {SETTLED} reps", "never")
    return lines(("median, 90 %", "clips", *titles), rows)


def _quantiles(values: np.ndarray) -> str:
    if not len(values):
        return "-"
    middle, late = np.quantile(values, [0.5, 0.9], method="higher")
    return f"{middle:.1f}, {late:.1f}"


def wrong(told: Sequence[Outcome], auto: Sequence[Outcome]) -> str:
    """Clips with a count outside their bounds, or of another exercise."""
    rows = []
    for name, part in (("told", told), ("auto", auto)):
        for one in part:
            clip = one.clip
            if (clip.reps is not None and clip.error(one.count)) or one.wrong:
                said = "" if name == "told" else one.said
                span = "" if clip.reps is None else f"{clip.low}..{clip.high}"
                is_strict = "yes" if clip.strict else "no"
                rows.append((clip.name, name, is_strict, str(one.count), said, span))
    return lines(("clip", "", "strict", "counted", "as", "labelled"), rows)


def mistaken(auto: Sequence[Outcome]) -> str:
    """Clips that were taken for something else."""
    said = recognition(auto)
    rows = [
        (str(said.samples[k]), said.labels[said.truth[k]], said.labels[said.predicted[k]])
        for k in np.flatnonzero(~said.correct)
    ]
    return lines(("clip", "is", "taken for"), rows)
