"""The search as a table and as a page, and how long its networks take."""

import csv
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import optuna
from optuna.trial import FrozenTrial, TrialState

from gymbox.motion.windows import RATE
from tools.convert.sequence.net import Probabilities, SequenceModel, Shape
from tools.convert.torch_source import to_tflite

SYNTHETIC, REAL = "synthetic", "real"
MULTIPLIES, WEIGHTS, INPUTS, TIME = "multiply-adds", "weights", "inputs", "ms"
"""Names of what is kept of a trial."""
RUNS = 400
TABLE, PAGE = "study.csv", "study.md"
SHOWN = 6
"""Of the shapes that Optuna chose."""


def write_table(study: optuna.Study, keys: list[str], folder: Path) -> None:
    """Writes a line for each trial that was judged, the best first."""
    folder.mkdir(parents=True, exist_ok=True)
    judged = [trial for trial in study.trials if SYNTHETIC in trial.user_attrs]
    judged.sort(key=lambda trial: -(trial.value or 0.0))
    kept = [SYNTHETIC, REAL, INPUTS, MULTIPLIES, WEIGHTS]
    with (folder / TABLE).open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["number", "state", "value", *kept, *keys])
        table.writeheader()
        for trial in judged:
            row = {key: trial.user_attrs[key] for key in kept} | trial.params
            row |= {"number": trial.number, "state": trial.state.name.lower()}
            row |= {"rate": f"{trial.params['rate']:.5f}"}
            table.writerow(row | {"value": "" if trial.value is None else f"{trial.value:.4f}"})


def write_page(
    study: optuna.Study, base: dict[str, Any], first: list[dict[str, Any]], folder: Path
) -> None:
    """Writes the trade-offs: what changing one thing gives and costs, and the best of the search.

    Args:
        study: its trials.
        base: the shape that all are compared with.
        first: the shapes that were tried on purpose, several times each.
        folder: where to.
    """
    done = [trial for trial in study.trials if trial.state == TrialState.COMPLETE]
    rows = [
        _row(study, same, base)
        for params in first
        if (same := [trial for trial in done if trial.params == params])
    ]
    free = [trial for trial in done if trial.params not in first]
    free.sort(key=lambda trial: -(trial.value or 0.0))
    pruned = sum(trial.state == TrialState.PRUNED for trial in study.trials)
    text = HEAD.format(
        rows="\n".join(rows),
        found="\n".join(_row(study, [trial], base) for trial in free[:SHOWN]),
        shown=min(len(free), SHOWN),
        free=len(free) + pruned,
        pruned=pruned,
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PAGE).write_text(text, encoding="utf-8")


def changes(params: dict[str, Any], base: dict[str, Any]) -> str:
    """What a shape has other than the first."""
    told = [_WORDS[key](params[key]) for key in _WORDS if params[key] != base[key]]
    return ", ".join(told) or "the first shape"


_WORDS: dict[str, Callable[[Any], str]] = {
    "features": lambda name: f"features: {name}",
    "length": lambda rows: f"{rows / RATE:.0f} s",
    "front": lambda width: f"front of {width}" if width else "no front",
    "kernel": lambda rows: f"front over {rows} rows",
    "hidden": lambda cells: f"{cells} cells",
    "attention": lambda there: "attention" if there else "no attention",
    "both": lambda there: "both ways" if there else "one way",
    "rate": lambda rate: f"rate {rate:.1e}",
}


def _row(study: optuna.Study, same: list[FrozenTrial], base: dict[str, Any]) -> str:
    kept = same[0].user_attrs
    values = [trial.value or 0.0 for trial in same]
    spread = f" ({min(values):.3f} to {max(values):.3f})" if len(same) > 1 else ""
    synthetic, real = (
        float(np.mean([trial.user_attrs[key] for trial in same])) for key in (SYNTHETIC, REAL)
    )
    return (
        f"| {changes(same[0].params, base)} | {np.mean(values):.3f}{spread} | {synthetic:.3f} "
        f"| {real:.3f} | {len(same)} | {kept[INPUTS]} | {kept[MULTIPLIES] / 1e6:.2f} M "
        f"| {kept[WEIGHTS] / 1e3:.0f} k | {_milliseconds(study, same[0]):.3f} |"
    )


def _milliseconds(study: optuna.Study, trial: FrozenTrial) -> float:
    """Of one window by a network of the trial's shape; measured once and kept in the study."""
    fields = ("length", "front", "kernel", "hidden", "attention", "both")
    shape = Shape(trial.user_attrs[INPUTS], **{key: trial.params[key] for key in fields})
    name = f"{TIME} {shape}"
    if name not in study.user_attrs:
        study.set_user_attr(name, milliseconds(shape))
    return float(study.user_attrs[name])


def milliseconds(shape: Shape) -> float:
    """The fastest of many runs of a float32 file with such a network, one thread."""
    from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415 - slow

    content = to_tflite(
        Probabilities([SequenceModel(shape)]).eval(), (1, shape.length, shape.inputs)
    )
    interpreter = Interpreter(model_content=content, num_threads=1)
    interpreter.allocate_tensors()
    window = np.random.default_rng(0).normal(0, 1, (1, shape.length, shape.inputs))
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], window.astype(np.float32))
    taken = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        interpreter.invoke()
        taken.append(time.perf_counter() - begin)
    return 1e3 * min(taken)


HEAD = """\
# Which shape? The search

Made by `python -m tools.convert.sequence.study` (options as for `tools.convert train sequence`);
all trials: [study.csv](study.csv). What it means: [notes](tried.md).

Every trial trains for 300 batches of 192 on 17,000 windows of synthetic athletes alone, far
fewer than a model to ship takes. It is judged twice: by 3,060 windows of synthetic performances
that it has not seen, and by windows of real clips of the scenes that `tools.evaluate counts`
develops on, but for the athlete who alone shows what is unknown. His clips and the held-out scenes
take no part, and no trial was trained on a real person. F1 is the mean of both macro F1: it
compares shapes, and does not say how good the shipped model is, whose front of 96 and 96 cells were
chosen by this page.

The milliseconds are of a float32 file, fastest of 400 runs in ai-edge-litert on x86-64, one thread.
The shipped file is int8.

## One thing at a time

Each shape several times, with other weights to begin with: mean, and lowest to highest.

| shape | F1 | synthetic | real | trials | inputs | multiply-adds | weights | ms |
|---|---|---|---|---|---|---|---|---|
{rows}

Features: `image` picture coordinates and visibility; `body` joints in space, normalised; `angles`
angles and their speeds; `body+angles` both; `all` also the travel through the picture.

## The best {shown} of {free} that Optuna chose

Of these {pruned} were given up early. One trial each, told by what they have other than the
first. A shape that is best of many by one trial is partly lucky.

| shape | F1 | synthetic | real | trials | inputs | multiply-adds | weights | ms |
|---|---|---|---|---|---|---|---|---|
{found}
"""
