"""The report on a classifier: a page of Markdown and its plots."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import UsageError
from tools.evaluate import classification_plots as plots
from tools.evaluate import classification_tables as tables
from tools.evaluate import contact_sheet, metrics, training_curve
from tools.evaluate.pictures import Find
from tools.evaluate.predictions import Predictions

PAGE = "README.md"
WORST = 24
"""How many of the worst samples are shown."""


def write(
    predictions: Predictions,
    folder: Path,
    title: str,
    *,
    name: str = "float",
    twins: Mapping[str, Predictions] | None = None,
    over: Sequence[str] | None = None,
    targets: Mapping[str, float] | None = None,
    curves: Path | None = None,
    picture: Find | None = None,
    worst_picture: Path | None = None,
    about: str = "",
    command: str = "",
) -> Path:
    """Writes README.md and its plots into a folder.

    Args:
        predictions: of the model that the report is about.
        folder: made if it is not there.
        title: of the page.
        name: what the model is called beside its twins.
        twins: the same samples as seen by the quantised model, by another runtime and so on.
        over: the classes of the macro F1; by default those that have samples.
        targets: what was asked for, by the name of the figure: accuracy, macro_f1 and
            calibration_error.
        curves: the table that the training wrote, see `training_curve`.
        picture: finds the picture of a sample, for the sheet of the worst.
        worst_picture: where that sheet goes. Anywhere outside `folder` it is not part of the
            page: pictures of real people stay out of the repository.
        about: Markdown under the title: what the samples are, how the model came about.
        command: that makes this report.

    Returns:
        The page.

    Raises:
        UsageError: a twin has other samples, or an option names a class or figure that is unknown.
        InputError: `curves` or a picture cannot be read.
    """
    models = {name: predictions, **(twins or {})}
    _check(models, over, targets or {})
    epochs = training_curve.read(curves) if curves else []
    folder.mkdir(parents=True, exist_ok=True)
    plots.confusion(predictions, folder / "confusion.png")
    plots.precision_recall(predictions, folder / "precision-recall.png")
    plots.reliability(models, folder / "reliability.png")
    blocks = [
        f"# {title}",
        about,
        f"Made by `{command}`." if command else "",
        tables.summary(models, over, targets or {}),
        _INTERVALS.format(level=95, macro=_macro(predictions, over)),
        "## By class",
        tables.by_class(predictions),
        "![Confusion matrix](confusion.png)",
        "![Precision over recall](precision-recall.png)",
        "## Do the confidences mean something?",
        _CALIBRATION.format(bins=metrics.BINS),
        "![Reliability](reliability.png)",
        "## By source, worst first",
        tables.by_source(predictions),
    ]
    if epochs:
        plots.training(epochs, folder / "training.png")
        blocks += ["## Training", "![Loss, accuracy and macro F1 by epoch](training.png)"]
    rows = tables.worst_first(predictions)[:WORST]
    if len(rows):
        blocks += ["## The worst samples", tables.worst(predictions, rows)]
        if picture:
            sheet = worst_picture or folder / "worst.png"
            _sheet(predictions, rows, picture, sheet)
            if sheet.parent.resolve() == folder.resolve():
                blocks.append(f"![The worst samples]({sheet.name})")
    page = folder / PAGE
    page.write_text("\n\n".join(block for block in blocks if block) + "\n", encoding="utf-8")
    return page


_INTERVALS = """\
In brackets: {level} % interval, sources drawn anew (bootstrap, 500 rounds, seed 0). Macro F1 is the
mean over {macro}."""
_CALIBRATION = """\
The confidence is the probability of the class that is said. Expected calibration error: mean
distance of confidence and share that is right, over {bins} bins of equal width, weighed by their
samples."""


def _check(
    models: Mapping[str, Predictions], over: Sequence[str] | None, targets: Mapping[str, float]
) -> None:
    first, *others = models.values()
    for twin, other in zip(list(models)[1:], others, strict=True):
        if not first.same_samples(other):
            raise UsageError(f"{twin} is about other samples", "predict the same ones with it")
    for label in over or ():
        if label not in first.labels:
            raise UsageError(f"there is no class {label}", f"it has {', '.join(first.labels)}")
    for target in targets:
        if target not in tables.HEADLINES:
            raise UsageError(
                f"there is no figure {target}", f"take one of {', '.join(tables.HEADLINES)}"
            )


def _macro(predictions: Predictions, over: Sequence[str] | None) -> str:
    there = [item.label for item in metrics.class_figures(predictions) if item.count]
    labels = there if over is None else list(over)
    if len(labels) == len(predictions.labels):
        return f"all {len(labels)} classes"
    return f"{len(labels)} of {len(predictions.labels)} classes: {', '.join(labels)}"


def _sheet(predictions: Predictions, rows: NDArray[np.intp], picture: Find, path: Path) -> None:
    said = predictions.predicted
    contact_sheet.save(
        [
            (
                picture(str(predictions.samples[row])),
                f"true {predictions.labels[predictions.truth[row]]}",
                f"said {predictions.labels[said[row]]} {predictions.confidence[row]:.0%}",
            )
            for row in rows
        ],
        path,
    )
