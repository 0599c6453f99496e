"""The page on what the box sees, and its pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.evaluate import _session_plots as plots
from tools.evaluate import _session_tables as tables
from tools.evaluate import classification_plots, metrics
from tools.evaluate._session_measure import Idle, Outcomes
from tools.evaluate._session_references import NEIGHBOURS_AUTO
from tools.evaluate._session_scores import Outcome, judged_classes, recognition
from tools.evaluate._session_targets import strict, targets, unlisted

Series = Mapping[float, Sequence[Outcome]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the report is made of.

    Attributes:
        outcomes: of the box.
        slow: of the box with poses sought in fewer frames, if that was asked for.
        references: of other people's counters, by name, likewise.
        idle: an hour of nothing, likewise.
        runtime: TFLite runtime of the sequence network.
    """

    outcomes: Outcomes
    slow: Outcomes | None
    references: Mapping[str, Series] | None
    idle: Idle | None
    runtime: str


def head(figures: Figures) -> str:
    """What was asked for and what was measured."""
    return tables.asked(targets(figures.outcomes, figures.idle))


def write(figures: Figures, page: Path, text: str) -> None:
    """The page and its pictures in a folder beside it."""
    folder = page.with_suffix("")
    first = next(iter(figures.outcomes.auto.values()))
    classification_plots.confusion(recognition(first), folder / "confusion.png")
    if figures.references:
        # Whoever is not told the exercise and counts all is far off the paper.
        beside = {name: kind for name, kind in _beside(figures).items() if name != NEIGHBOURS_AUTO}
        plots.rates(beside, folder / "rates.png")
    page.write_text(text, encoding="utf-8")


def render(figures: Figures) -> str:
    """The page."""
    told, auto = figures.outcomes.told, figures.outcomes.auto
    first = next(iter(auto))
    by_rate = _by_rate("told", told) + _by_rate("auto", auto)
    if figures.slow:
        by_rate += _by_rate("told, sought anew", figures.slow.told)
        by_rate += _by_rate("auto, sought anew", figures.slow.auto)
    blocks = [
        HEAD.format(runtime=figures.runtime),
        head(figures),
        ELSEWHERE,
        "## Strict clips, by frame rate",
        tables.counts(by_rate, named=True),
        SLOW if figures.slow else "",
        *_referred(figures),
        "## By exercise",
        *_grouped(told[first], auto[first], "group"),
        "## By view",
        *_grouped(told[first], auto[first], "view"),
        "## Repetition by repetition",
        tables.rep_by_rep(
            [
                (f"{name}, {fps:.0f} fps", strict(kind[fps]))
                for name, kind in (("told", told), ("auto", auto))
                for fps in kind
            ],
            figures.outcomes.native_rate,
        ),
        MARKS,
        "## Exercises outside the list, auto",
        tables.outside(auto),
        *(["## Nobody trains", tables.nothing(figures.idle), IDLE] if figures.idle else []),
        "## Which exercise is it?",
        tables.recognised(auto),
        WHICH,
        tables.classes(auto[first]),
        "![Confusion matrix](session/confusion.png)",
        tables.mistaken(auto[first]),
        "## How soon it knows",
        tables.settling({fps: strict(part) for fps, part in auto.items()}),
        SOON,
        "## Clips that are wrong",
        tables.wrong(told[first], [one for one in auto[first] if one.clip.listed]),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _by_rate(name: str, kind: Series) -> list[tuple[str, Sequence[Outcome]]]:
    return [(f"{name}, {fps:.0f} fps", strict(part)) for fps, part in kind.items()]


def _grouped(told: Sequence[Outcome], auto: Sequence[Outcome], key: str) -> list[str]:
    parts = (("Exercise told", told), ("Auto", auto))
    return [
        f"{name}, strict clips:\n\n"
        + tables.counts(tables.by(strict(part), lambda clip: getattr(clip, key) or "not said"))
        for name, part in parts
    ]


def _beside(figures: Figures) -> dict[str, Series]:
    """The box and the references on the strict clips that mediapipe's landmarks are there of."""
    found = dict(figures.references or {})
    there = {
        one.clip.name for by_rate in found.values() for part in by_rate.values() for one in part
    }
    ours = {"box, exercise told": figures.outcomes.told, "box, auto": figures.outcomes.auto}
    return {
        name: {
            fps: [one for one in strict(part) if one.clip.name in there]
            for fps, part in kind.items()
        }
        for name, kind in (ours | found).items()
    }


def _referred(figures: Figures) -> list[str]:
    """The section on the references."""
    if not figures.references:
        return []
    series = _beside(figures)
    rows = [
        (f"{name}, {fps:.0f} fps", part)
        for name, kind in series.items()
        for fps, part in kind.items()
    ]
    neighbours = next(iter(figures.references[NEIGHBOURS_AUTO].values()))
    there = {one.clip.name for one in neighbours}
    box = [one for one in next(iter(figures.outcomes.auto.values())) if one.clip.name in there]
    kinds = []
    for name, part in (("box, auto", box), (NEIGHBOURS_AUTO, neighbours)):
        said, others = recognition(part), unlisted(part)
        f1 = metrics.macro_f1(said, judged_classes(said))
        wrong = sum(one.told > 0 for one in others)
        reps = sum(one.told for one in others)
        kinds.append((name, str(len(part)), f"{f1:.3f}", f"{wrong} of {len(others)}", str(reps)))
    titles = ("", "clips", "macro F1", "outside the list: clips with reps", "reps there")
    return [
        "## Beside the references",
        REFERENCES,
        "![Rep error rate by frame rate](session/rates.png)",
        "The last counter of the table is far off this paper.",
        tables.counts(rows),
        "All clips that mediapipe's landmarks are there of, listed exercises or not:",
        tables.lines(titles, kinds),
    ]


HEAD = """\
# It sees what you do, measured

Made by `python -m tools.evaluate session --clips DIR --csv clips.csv --landmarks DIR --marks DIR
--reference DIR --poses poses.csv --idle DIR --slow DIR --folds DIR --out docs/reports/session.md`
on {runtime}. The modes of the box themselves, on poses that its own networks found; count mode
without its second look at the picture, by a network that has learnt from these clips. Real people;
every clip is judged by a sequence network that has seen nothing of its scene. The counter, the
profiles, the tracker and the thresholds of auto mode were worked on with these clips in view, so on
people whom nobody has seen expect a little worse. In brackets: 95 % intervals, scenes drawn anew.

## What was asked for"""

ELSEWHERE = """\
Words: [counting.md](../counting.md#figures). *Auto* counts all that is told, whatever it is told
as; *rate, named* below takes a repetition of another exercise for a ghost and its own for missed.
Somebody walking through, teach mode and disturbed recordings have reports of their own in this
folder."""

SLOW = """\
The rows above leave out frames of poses that were found in all frames. *Sought anew*: the pose step
itself gets no more than these frames, and has to find the athlete again in each after a longer
time."""

REFERENCES = """\
In this run, on the same clips, on what mediapipe 0.10.18 saw of all frames (lower rates leave out
frames afterwards): the [two-angle rule](../../tools/evaluate/reference_angle.py) of open counters
(145 and 90 degrees), and [nearest neighbours](../../tools/evaluate/reference_neighbours.py) as
Google published them for MediaPipe, with sample poses of other scenes (of the same athlete's other
clips where no other scene shows the exercise, to its advantage). Its moving average counts frames,
so it is slow to follow where these are few. Not told the exercise, it counts each one that it has
samples of."""

MARKS = """\
Strict clips whose ends of repetitions are marked; 0.5 s tolerance. Some marks end a repetition that
began before the clip, so recall cannot reach 1."""

IDLE = """\
Synthetic people who stand, walk, drink, stretch, sit, tie their shoes, jump, swing their arms and
so on, a minute each at 10 frames a second (a set such as `idle_held3` of [synth](../synth.md);
[auto.md](../auto.md#figures) has other hours). *Told*: what count mode would count in the same
hour; it believes the athlete that this exercise is done, and the set-up movements are for undo."""

WHICH = """\
A clip is what was counted most in it; without any repetition, what stood on the screen for the
longest time from the first name on, unknown included. *No name taken back*: as if unknown could
not follow a name, so that any that stood for a moment is the clip's (until 2026-11-22 the main
figure)."""
SOON = """\
From the beginning of the first repetition, as count mode has it at the same frame rate: *named*
until the right exercise stands on the screen and stays, *counted* until its first repetition is
told (with those before it, from memory: a late name loses none), *settled* until both. A first
repetition told as it ends makes 1.0. Clips that never were count as infinite."""
