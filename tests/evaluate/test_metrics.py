"""The figures of a classifier, against brute force and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.evaluate import metrics
from tools.evaluate.predictions import Predictions

LABELS = ("up", "down", "neither")


@st.composite
def some_predictions(draw: st.DrawFn) -> Predictions:
    """Few distinct scores, so that ties occur."""
    count = draw(st.integers(1, 25))
    truth = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    weights = draw(st.lists(st.tuples(*[st.integers(1, 4)] * 3), min_size=count, max_size=count))
    scores = np.array(weights) / np.sum(weights, axis=1, keepdims=True)
    sources = [f"s{draw(st.integers(0, 3))}" for _ in range(count)]
    return Predictions.of(LABELS, truth, scores, sources, [f"f{i}" for i in range(count)])


def many(count: int = 400) -> Predictions:
    """Right in most cases, with confidences that mean something."""
    random = np.random.default_rng(0)
    truth = random.integers(3, size=count)
    logits = random.normal(size=(count, 3)) + 2 * np.eye(3)[truth]
    scores = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return Predictions.of(
        LABELS, truth, scores, [f"s{i // 20}" for i in range(count)], [str(i) for i in range(count)]
    )


@given(some_predictions())
def test_class_figures_are_what_counting_one_by_one_gives(predictions: Predictions):
    pairs = list(zip(predictions.truth.tolist(), predictions.predicted.tolist(), strict=True))
    for index, item in enumerate(metrics.class_figures(predictions)):
        both = sum(truth == said == index for truth, said in pairs)
        said = sum(said == index for _, said in pairs)
        true = sum(truth == index for truth, _ in pairs)
        assert item.label == LABELS[index]
        assert item.count == true
        assert item.precision == pytest.approx(both / said if said else 0)
        assert item.recall == pytest.approx(both / true if true else 0)
        mean = 2 * item.precision * item.recall / ((item.precision + item.recall) or 1)
        assert item.f1 == pytest.approx(mean)


@given(some_predictions())
def test_the_confusion_matrix_holds_every_sample_once(predictions: Predictions):
    matrix = metrics.confusion(predictions)
    assert matrix.sum() == len(predictions)
    assert np.trace(matrix) / matrix.sum() == pytest.approx(metrics.accuracy(predictions))
    assert matrix.sum(axis=1).tolist() == [(predictions.truth == k).sum() for k in range(3)]


def test_rows_of_the_confusion_matrix_are_the_truth():
    predictions = Predictions.of(LABELS, [0], [[0.1, 0.8, 0.1]], ["s"], ["f"])
    assert metrics.confusion(predictions).tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0]]


def test_macro_f1_is_over_the_classes_that_are_there_or_that_are_named():
    predictions = Predictions.of(
        LABELS,
        [0, 0, 1],
        [[0.8, 0.1, 0.1], [0.8, 0.1, 0.1], [0.6, 0.3, 0.1]],
        ["s"] * 3,
        list("abc"),
    )
    assert metrics.macro_f1(predictions) == pytest.approx((0.8 + 0) / 2)
    assert metrics.macro_f1(predictions, ["up"]) == pytest.approx(0.8)
    assert metrics.macro_f1(predictions, ["up", "neither"]) == pytest.approx(0.4)


@given(some_predictions(), st.integers(1, 20))
def test_reliability_and_calibration_error_by_the_definition(predictions: Predictions, bins: int):
    error, seen = 0.0, 0
    for number in range(bins):
        inside = [
            i
            for i, value in enumerate(predictions.confidence.astype(float))
            if number / bins < value <= (number + 1) / bins
        ]
        if inside:
            right = np.mean([predictions.correct[i] for i in inside])
            said = np.mean([float(predictions.confidence[i]) for i in inside])
            error += len(inside) / len(predictions) * abs(right - said)
            seen += len(inside)
    assert metrics.calibration_error(predictions, bins) == pytest.approx(error, abs=1e-9)
    assert sum(item.count for item in metrics.reliability(predictions, bins)) == seen


def test_who_is_always_sure_and_half_right_is_half_off():
    predictions = Predictions.of(LABELS, [0, 1], [[1, 0, 0]] * 2, ["s"] * 2, ["a", "b"])
    assert metrics.calibration_error(predictions) == pytest.approx(0.5)
    (only,) = metrics.reliability(predictions)
    assert (only.count, only.confidence, only.accuracy, only.high) == (2, 1.0, 0.5, 1.0)


@given(some_predictions())
def test_the_precision_recall_curve_at_every_threshold(predictions: Predictions):
    for index, label in enumerate(LABELS):
        positive = predictions.truth == index
        if not positive.any():
            with pytest.raises(ValueError, match=label):
                metrics.precision_recall(predictions, label)
            continue
        curve = metrics.precision_recall(predictions, label)
        scores = predictions.scores[:, index]
        area, before = 0.0, 0.0
        for place, threshold in enumerate(sorted(set(scores.tolist()), reverse=True)):
            chosen = scores >= threshold
            precision = positive[chosen].mean()
            recall = positive[chosen].sum() / positive.sum()
            assert curve.precision[place] == pytest.approx(precision)
            assert curve.recall[place] == pytest.approx(recall)
            area += precision * (recall - before)
            before = recall
        assert curve.average_precision == pytest.approx(area)


def test_the_interval_holds_the_figure_and_comes_back_with_the_seed():
    predictions = many()
    low, high = metrics.interval(predictions, metrics.accuracy, rounds=200)
    assert low < metrics.accuracy(predictions) < high
    assert (low, high) == metrics.interval(predictions, metrics.accuracy, rounds=200)
    assert (low, high) != metrics.interval(predictions, metrics.accuracy, rounds=200, seed=1)


def test_the_interval_is_over_sources_not_over_their_samples():
    scores = np.repeat([[0.9, 0.1, 0], [0.1, 0.9, 0]], 500, axis=0)
    sources = np.repeat(["right", "wrong"], 500).tolist()
    names = [str(i) for i in range(1000)]
    predictions = Predictions.of(LABELS, [0] * 1000, scores, sources, names)
    assert metrics.interval(predictions, metrics.accuracy, rounds=100) == (0.0, 1.0)
