"""The tables of the report on a classifier, in Markdown."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tools.evaluate import metrics
from tools.evaluate.predictions import Predictions

ACCURACY, MACRO_F1, CALIBRATION = "accuracy", "macro_f1", "calibration_error"
HEADLINES = {
    ACCURACY: "accuracy",
    MACRO_F1: "macro F1",
    CALIBRATION: "expected calibration error",
}
"""The figures that a classifier is judged by, and their words."""
MOST = 40
"""Sources that are listed."""


def headline(name: str, over: Sequence[str] | None) -> Callable[[Predictions], float]:
    """The function of a figure; `over` are the classes of the macro F1."""
    functions: dict[str, Callable[[Predictions], float]] = {
        ACCURACY: metrics.accuracy,
        MACRO_F1: partial(metrics.macro_f1, over=over),
        CALIBRATION: metrics.calibration_error,
    }
    return functions[name]


def reached(
    predictions: Predictions, targets: Mapping[str, float], over: Sequence[str] | None = None
) -> bool:
    """Whether every figure is as good as asked for; errors at most, all else at least."""
    return all(
        value <= target if name == CALIBRATION else value >= target
        for name, target in targets.items()
        for value in (headline(name, over)(predictions),)
    )


def summary(
    models: Mapping[str, Predictions], over: Sequence[str] | None, targets: Mapping[str, float]
) -> str:
    """The headlines of each model, the first one's samples, and how often the others agree."""
    first = next(iter(models.values()))
    samples = f"{len(first)} of {len(set(first.sources))} sources"
    rows = [
        ["", "asked for", *models],
        ["samples", "", *[samples] * len(models)],
        *(_headline(name, models, over, targets) for name in HEADLINES),
    ]
    if len(models) > 1:
        same = [float((model.predicted == first.predicted).mean()) for model in models.values()]
        rows.append([f"says what {next(iter(models))} says", "", "", *map(_percent, same[1:])])
    return table(rows)


def by_class(predictions: Predictions) -> str:
    """Samples, sources, precision, recall, F1 and average precision of each class."""
    rows = [["class", "samples", "sources", "precision", "recall", "F1", "average precision"]]
    for index, item in enumerate(metrics.class_figures(predictions)):
        cells = ["", "", "", ""]
        if item.count:
            area = metrics.precision_recall(predictions, item.label).average_precision
            cells = [f"{x:.3f}" for x in (item.precision, item.recall, item.f1, area)]
        sources = len(set(predictions.sources[predictions.truth == index]))
        rows.append([item.label, str(item.count), str(sources), *cells])
    return table(rows)


def by_source(predictions: Predictions) -> str:
    """Accuracy of each source and its commonest mistake, until all is right or `MOST` are told."""
    parts = {
        str(source): predictions.take(predictions.sources == source)
        for source in np.unique(predictions.sources)
    }
    order = sorted(parts, key=lambda source: (metrics.accuracy(parts[source]), source))
    wrong = [source for source in order if not parts[source].correct.all()]
    rows = [["source", "samples", "accuracy", "commonest mistake"]]
    rows += [
        [source, str(len(part)), _percent(metrics.accuracy(part)), _mistake(part)]
        for source in wrong[:MOST]
        for part in (parts[source],)
    ]
    perfect = len(order) - len(wrong)
    words = [f"Of {len(order)} sources {perfect} are right throughout."]
    if len(wrong) > MOST:
        words.append(f"{len(wrong) - MOST} more are wrong somewhere.")
    return "\n\n".join([table(rows), " ".join(words)] if wrong else words)


def worst_first(predictions: Predictions) -> NDArray[np.intp]:
    """The samples that are wrong, [n] rows; those with the least chance for the truth first."""
    chance = predictions.scores[np.arange(len(predictions)), predictions.truth]
    wrong = np.flatnonzero(~predictions.correct)
    return wrong[np.argsort(chance[wrong], kind="stable")]


def worst(predictions: Predictions, rows: NDArray[np.intp]) -> str:
    """The chosen samples by name, with what is true and what was said."""
    said, labels = predictions.predicted, predictions.labels
    return table(
        [
            ["sample", "source", "true", "said", "confidence"],
            *(
                [
                    str(predictions.samples[row]),
                    str(predictions.sources[row]),
                    labels[predictions.truth[row]],
                    labels[said[row]],
                    f"{predictions.confidence[row]:.2f}",
                ]
                for row in rows
            ),
        ]
    )


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first row is its head."""
    head, *body = ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body])


def _headline(
    name: str,
    models: Mapping[str, Predictions],
    over: Sequence[str] | None,
    targets: Mapping[str, float],
) -> list[str]:
    figure, write = headline(name, over), _percent if name == ACCURACY else "{:.3f}".format
    asked = ""
    if name in targets:
        asked = f"{'at most' if name == CALIBRATION else 'at least'} {write(targets[name])}"
    cells = [f"**{write(figure(model))}**" for model in models.values()]
    if name != CALIBRATION:  # samples drawn twice make it larger, so its interval would mislead
        spans = (metrics.interval(model, figure) for model in models.values())
        cells = [
            f"{cell} [{write(low)}, {write(high)}]"
            for cell, (low, high) in zip(cells, spans, strict=True)
        ]
    return [HEADLINES[name], asked, *cells]


def _mistake(part: Predictions) -> str:
    matrix = metrics.confusion(part)
    np.fill_diagonal(matrix, 0)
    true, said = np.unravel_index(int(np.argmax(matrix)), matrix.shape)
    return f"{part.labels[true]} taken for {part.labels[said]} ({matrix[true, said]})"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
