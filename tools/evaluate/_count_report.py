"""The report on counting, as a page of Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tools.evaluate._count_scores import Matches, Score, summarise
from tools.evaluate._count_table import table


@dataclass(slots=True)
class Figures:
    """Everything the report is made of.

    Attributes:
        counts: scores by frame rate ("native", "15", ...), of the clips with a count.
        open_rule: scores of the open rule at the native rate.
        matches: marked against counted repetitions by exercise.
        parts: "dev" or "held-out" by scene.
        elsewhere: by exercise asked for: clips of anything else, how many of them gave repetitions
            and how many repetitions they gave, of labelled exercises and of unknown ones.
        source: where the landmarks are from.
        command: that made the report.
    """

    counts: dict[str, list[Score]] = field(default_factory=dict)
    open_rule: list[Score] = field(default_factory=list)
    matches: dict[str, Matches] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    elsewhere: dict[str, dict[str, tuple[int, int, int]]] = field(default_factory=dict)
    source: str = ""
    command: str = ""


def render(figures: Figures) -> str:
    """The page."""
    native = figures.counts["native"]
    strict = [score for score in native if score.clip.strict]
    blocks = [
        "# Counting, measured",
        f"Landmarks: {figures.source}. Made by `{figures.command}`.",
        "[counting.md](../counting.md#figures) says what the words mean.",
        "## Strict clips, by part",
        _by_part(strict, figures),
        "## Strict clips, by exercise",
        table(_by_exercise(strict)),
        "## All counted clips, strict or not, by exercise",
        table(_by_exercise(native)),
        "## Strict clips, by frame rate",
        table(
            (name, [score for score in scores if score.clip.strict])
            for name, scores in figures.counts.items()
        ),
        "## Repetition by repetition, where the ends are marked",
        _matches(figures.matches),
        "## Ghosts: repetitions counted in clips of something else",
        _elsewhere(figures.elsewhere),
        "## Clips that are wrong",
        _wrong(native, figures.parts),
    ]
    return "\n\n".join(blocks) + "\n"


def _by_exercise(scores: Sequence[Score]) -> list[tuple[str, list[Score]]]:
    names = dict.fromkeys(score.clip.group for score in scores)
    rows = [(name, [s for s in scores if s.clip.group == name]) for name in names]
    return [*rows, ("all", list(scores))]


def _by_part(strict: Sequence[Score], figures: Figures) -> str:
    rows = []
    for part in ("dev", "held-out", "all"):
        chosen = [s for s in strict if part in {"all", figures.parts[s.clip.scene]}]
        rule = [
            s
            for s in figures.open_rule
            if s.clip.strict and part in {"all", figures.parts[s.clip.scene]}
        ]
        ours, theirs = summarise(chosen), summarise(rule)
        rows.append(
            f"| {part} | {ours.clips} | {ours.reps} | {ours.error} | **{ours.rate:.3f}** | "
            f"{theirs.error} | {theirs.rate:.3f} |"
        )
    return "\n".join(
        [
            "| part | clips | reps | error | rep error rate | open rule: error | rate |",
            "|---|---|---|---|---|---|---|",
            *rows,
        ]
    )


def _matches(matches: Mapping[str, Matches]) -> str:
    lines = [
        "| | matched | only marked | only counted | precision | recall |",
        "|---|---|---|---|---|---|",
    ]
    marked = {name: m for name, m in matches.items() if m != Matches()}
    rows = {**marked, "all": sum(marked.values(), Matches())}
    lines += [
        f"| {name} | {m.both} | {m.marked} | {m.counted} | {m.precision:.3f} | {m.recall:.3f} |"
        for name, m in rows.items()
    ]
    return "\n".join(lines)


def _elsewhere(elsewhere: Mapping[str, Mapping[str, tuple[int, int, int]]]) -> str:
    lines = [
        "| told | clips of other exercises | with reps | reps | unknown clips | with reps | reps |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, kinds in elsewhere.items():
        cells = [str(n) for kind in ("known", "unknown") for n in kinds[kind]]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _wrong(scores: Iterable[Score], parts: Mapping[str, str]) -> str:
    lines = [
        "| clip | part | strict | counted | labelled | min..max |",
        "|---|---|---|---|---|---|",
    ]
    for score in scores:
        clip = score.clip
        if clip.error(score.count):
            lines.append(
                f"| {clip.name} | {parts[clip.scene]} | {'yes' if clip.strict else 'no'} | "
                f"{score.count} | {clip.reps} | {clip.low}..{clip.high} |"
            )
    return "\n".join(lines)
