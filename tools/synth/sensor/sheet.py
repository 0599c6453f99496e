"""The data sheet of a fitted model: what it was fitted to."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tools.synth.sensor.pairs import Pair


def write(pairs: Sequence[Pair], model: Path) -> Path:
    """Writes a Markdown file beside a model and returns it."""
    path = model.with_suffix(".md")
    path.write_text(render(pairs, model), encoding="utf-8")
    return path


def render(pairs: Sequence[Pair], model: Path) -> str:
    """The data sheet of a model that has been saved."""
    sets = Counter((pair.name.split("/")[0], pair.label.get("seed")) for pair in pairs)
    found = sum(int(pair.found.sum()) for pair in pairs)
    astray = sum(int(pair.astray.sum()) for pair in pairs)
    frames = sum(len(pair.found) for pair in pairs)
    athletes = len({pair.shoot for pair in pairs})
    exercises = Counter(pair.label["exercise"] for pair in pairs)
    lines = [
        f"# {model.name}",
        "",
        "How BlazePose (full, as the box runs it) errs on rendered athletes. Nobody was filmed;",
        "no landmarks are in it.",
        f"Fitted on {datetime.now(UTC):%Y-%m-%d}; {model.stat().st_size / 1024:.0f} KiB.",
        "",
        f"{len(pairs)} clips of {athletes} athletes, {frames} frames.",
        f"Somebody was found in {found / frames:.1%}; frames in which that was not the athlete, or",
        f"hardly ({astray / frames:.1%}), are left out.",
        "",
        "| set | seed | clips |",
        "|---|---|---|",
        *(f"| {name} | {seed} | {count} |" for (name, seed), count in sorted(sets.items())),
        "",
        "| exercise | clips |",
        "|---|---|",
        *(f"| {name} | {count} |" for name, count in sorted(exercises.items())),
    ]
    return "\n".join(lines) + "\n"
