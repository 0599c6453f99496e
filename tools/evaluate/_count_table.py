"""Counts of many clips as rows of a Markdown table."""

from collections.abc import Callable, Iterable, Sequence

from tools.evaluate._count_scores import Score, Summary, summarise

COLUMNS: dict[str, Callable[[Summary], str]] = {
    "clips": lambda s: str(s.clips),
    "reps": lambda s: str(s.reps),
    "error": lambda s: str(s.error),
    "rate": lambda s: f"{s.rate:.3f}",
    "exact": lambda s: f"{s.exact / max(1, s.clips):.0%}",
    "within": lambda s: f"{s.within / max(1, s.clips):.0%}",
    "off by one": lambda s: f"{s.off_by_one / max(1, s.clips):.0%}",
    "ghosts": lambda s: str(s.ghosts),
    "missed": lambda s: str(s.missed),
}
"""What a column says; docs/counting.md explains the words."""


def table(
    rows: Iterable[tuple[str, Sequence[Score]]], columns: Sequence[str] = tuple(COLUMNS)
) -> str:
    """A line for every named group of scores."""
    lines = [f"| | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for name, scores in rows:
        total = summarise(scores)
        cells = [COLUMNS[column](total) for column in columns]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)
