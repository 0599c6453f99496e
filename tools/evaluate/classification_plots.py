"""Plots of a classifier: confusion, precision over recall, reliability, training."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.evaluate import metrics
from tools.evaluate.drawing import FONT, drawing
from tools.evaluate.predictions import Predictions
from tools.evaluate.training_curve import Epoch

DARK = 0.5
"""Share from which the ground is so dark that the words are white."""
MANY = 8
"""Classes from which lines of the same colour would be hard to tell apart: small plots instead."""


def confusion(predictions: Predictions, path: Path) -> None:
    """Counts and shares of the true class (rows), shaded by the share."""
    matrix = metrics.confusion(predictions)
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    classes = len(predictions.labels)
    names = [_words(label) for label in predictions.labels]
    side = 1.6 + 0.6 * classes
    with drawing(side + 0.4, side, path) as figure:
        axes = figure.subplots()
        axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
        for row, column in np.argwhere(matrix):
            share = shares[row, column]
            axes.text(
                column,
                row,
                f"{matrix[row, column]}\n{share:.1%}",
                ha="center",
                va="center",
                fontsize=7,
                color="white" if share > DARK else "0.15",
            )
        many = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"}
        axes.set_xticks(range(classes), names, **(many if classes >= MANY else {}))
        axes.set_yticks(range(classes), names)
        axes.set(xlabel="said", ylabel="true")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)


def precision_recall(predictions: Predictions, path: Path) -> None:
    """One curve for each class that has samples, with its average precision."""
    curves = {
        _words(label): metrics.precision_recall(predictions, label)
        for index, label in enumerate(predictions.labels)
        if (predictions.truth == index).any()
    }
    if len(curves) >= MANY:
        _small_curves(curves, path)
        return
    with drawing(4.6, 3.8, path) as figure:
        axes = figure.subplots()
        for label, curve in curves.items():
            _steps(axes, curve, label=f"{label} {curve.average_precision:.3f}")
        _unit(axes, "recall", "precision")
        axes.legend(title="average precision", loc="lower left", frameon=False)


def _small_curves(curves: Mapping[str, metrics.Curve], path: Path, columns: int = 5) -> None:
    rows = -(-len(curves) // columns)
    with drawing(1.8 * columns, 1.75 * rows + 0.2, path) as figure:
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
        for axes, (label, curve) in zip(grid, curves.items(), strict=False):
            _steps(axes, curve)
            _unit(axes, "", "")
            axes.set_title(f"{label} {curve.average_precision:.3f}")
        for axes in grid[len(curves) - columns :]:
            axes.tick_params(labelbottom=True)
        for axes in grid[len(curves) :]:
            axes.set_visible(False)
        figure.supxlabel("recall", fontsize=FONT)
        figure.supylabel("precision", fontsize=FONT)


def reliability(models: Mapping[str, Predictions], path: Path) -> None:
    """Accuracy over confidence, a column for each model; below, how many have that confidence."""
    with drawing(3.2 * len(models) + 0.4, 4, path) as figure:
        grid = figure.subplots(
            2, len(models), sharex=True, sharey="row", squeeze=False, height_ratios=(3, 1)
        )
        for (top, bottom), (name, model) in zip(grid.T, models.items(), strict=True):
            bins = metrics.reliability(model)
            middles = [(item.low + item.high) / 2 for item in bins]
            right = [item.accuracy for item in bins]
            width = 0.9 / metrics.BINS
            top.plot([0, 1], [0, 1], color="0.5", linewidth=1, linestyle=":")
            top.bar(middles, right, width, color="tab:blue", alpha=0.3)
            top.plot([item.confidence for item in bins], right, "o-", markersize=3, linewidth=1)
            _unit(top, "", "")
            error = metrics.calibration_error(model)
            top.set_title(f"{name}: calibration error {error:.3f}")
            bottom.bar(middles, [item.count for item in bins], width, color="0.6")
            bottom.set(yscale="log", xlabel="confidence")
            bottom.spines[["top", "right"]].set_visible(False)
        grid[0, 0].set_ylabel("share that is right")
        grid[1, 0].set_ylabel("samples")


def training(epochs: Sequence[Epoch], path: Path) -> None:
    """Loss, accuracy and macro F1 by epoch, a line for each split; what nobody measured is not."""
    curves = _curves(epochs)
    names = {"loss": "loss", "accuracy": "accuracy", "macro_f1": "macro F1"}
    with drawing(2.9 * len(curves), 2.6, path) as figure:
        panels = figure.subplots(1, len(curves), squeeze=False)[0]
        for axes, (name, lines) in zip(panels, curves.items(), strict=True):
            for split, points in lines.items():
                axes.plot(*np.transpose(points), label=split, linewidth=1.2)
            axes.set(title=names[name], xlabel="epoch")
            axes.grid(color="0.92")
            axes.spines[["top", "right"]].set_visible(False)
            axes.xaxis.get_major_locator().set_params(integer=True)
        figure.axes[0].legend(frameon=False)


def _curves(epochs: Sequence[Epoch]) -> dict[str, dict[str, list[tuple[int, float]]]]:
    """Points (epoch, value) by figure and split, without those that are no number."""
    curves: dict[str, dict[str, list[tuple[int, float]]]] = {}
    for name in ("loss", "accuracy", "macro_f1"):
        for item in epochs:
            value = getattr(item, name)
            if np.isfinite(value):
                points = curves.setdefault(name, {}).setdefault(item.split, [])
                points.append((item.epoch, value))
    return curves


def _steps(axes: Any, curve: metrics.Curve, **options: str) -> None:  # noqa: ANN401
    recall: NDArray[np.float64] = np.append(0, curve.recall)
    precision = np.append(curve.precision[0], curve.precision)
    axes.step(recall, precision, where="pre", linewidth=1.2, **options)


def _unit(axes: Any, x: str, y: str) -> None:  # noqa: ANN401
    axes.set(xlim=(0, 1.01), ylim=(0, 1.02), xlabel=x, ylabel=y)
    axes.grid(color="0.92")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _words(label: str) -> str:
    return label.replace("_", " ")
