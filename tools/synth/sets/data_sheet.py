"""The data sheet of a set: what is in it, how often, from which seed."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from statistics import mean
from typing import Any

from tools.synth.sets.recipe import Spec

SUMMED = ("sequences", "frames", "seconds", "repetitions", "lost")
COUNTED = ("exercise", "variant", "room", "people", "fps", "reps", "partials")


def write(spec: Spec, labels: list[dict[str, Any]], folder: Path) -> Path:
    """Writes `README.md` into the folder of a set and returns it."""
    path = folder / "README.md"
    path.write_text(render(spec, labels), encoding="utf-8")
    return path


def render(spec: Spec, labels: list[dict[str, Any]]) -> str:
    """The data sheet as Markdown."""
    if spec.kind == "sequences":
        return _shards(spec, labels)
    lines = [
        f"# Set {spec.name}",
        "",
        f"{len(labels)} {spec.kind} of synthetic athletes, seed {spec.seed}. Nobody was filmed.",
        "Made by `python -m tools.synth make`; one recipe gives the same bytes on one machine.",
        "",
    ]
    frames = sum(label.get("frames", 1) for label in labels)
    seconds = sum(label.get("frames", 0) / label.get("fps", 1) for label in labels)
    lines += [f"{frames} pictures, {seconds / 60:.1f} minutes.", ""]
    for name in COUNTED:
        lines += _table(name, (label.get(name) for label in labels if name in label))
    faults = Counter(fault for label in labels for fault in label.get("faults", {}))
    lines += _table("fault", faults.elements())
    lines += _spread(labels)
    return "\n".join(lines) + "\n"


def _shards(spec: Spec, labels: list[dict[str, Any]]) -> str:
    """The data sheet of sequences, whose label files count them already."""
    whole = {key: sum(label[key] for label in labels) for key in SUMMED}
    lines = [
        f"# Set {spec.name}",
        "",
        f"{whole['sequences']} sequences of landmarks in {len(labels)} shards, seed {spec.seed}:",
        "what the box would see of synthetic athletes, by the model of its pose step. Nobody was",
        "filmed and nothing rendered. Made by `python -m tools.synth make`; one recipe gives the",
        "same bytes on one machine. `tools/synth/sets/shards.py` says what a shard holds and reads",
        "it.",
        "",
        f"{whole['frames']} frames, {whole['seconds'] / 3600:.1f} hours, {whole['repetitions']}",
        f"complete repetitions; in {whole['lost'] / max(whole['frames'], 1):.1%} nobody is found.",
        "",
    ]
    for name in ("exercise", "view", "fps", "fault"):
        counts: Counter[str] = Counter()
        for label in labels:
            counts.update(label[name])
        lines += _table(name, counts.elements())
    return "\n".join(lines)


def _table(name: str, values: Iterable[Any]) -> list[str]:
    counts = Counter(str(value) for value in values)
    if not counts:
        return []
    rows = [f"| {value} | {count} |" for value, count in sorted(counts.items())]
    return [f"| {name} | n |", "|---|---|", *rows, ""]


def _spread(labels: list[dict[str, Any]]) -> list[str]:
    """Least, mean and most of what is measured."""
    columns = {
        "body height, m": [label["height"] for label in labels if "height" in label],
        **{
            f"camera {key}": [label["camera"][key] for label in labels if "camera" in label]
            for key in ("azimuth", "height", "view", "distance")
        },
        "joints in the picture": [label["inside"] for label in labels if "inside" in label],
    }
    rows = [
        f"| {name} | {min(values):.2f} | {mean(values):.2f} | {max(values):.2f} |"
        for name, values in columns.items()
        if values
    ]
    return ["| | least | mean | most |", "|---|---|---|---|", *rows] if rows else []
