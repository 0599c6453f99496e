"""The figures of a classifier, against scikit-learn's."""

import numpy as np
import pytest

from tools.evaluate import metrics
from tools.evaluate.predictions import Predictions

theirs = pytest.importorskip("sklearn.metrics")

LABELS = ("up", "down", "neither")


def many(count: int = 400) -> Predictions:
    """Right in most cases, with confidences that mean something."""
    random = np.random.default_rng(0)
    truth = random.integers(3, size=count)
    logits = random.normal(size=(count, 3)) + 2 * np.eye(3)[truth]
    scores = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return Predictions.of(
        LABELS, truth, scores, [f"s{i // 20}" for i in range(count)], [str(i) for i in range(count)]
    )


def test_scikit_learn_says_the_same():
    ours = many()
    truth, said = ours.truth, ours.predicted
    assert metrics.macro_f1(ours) == pytest.approx(theirs.f1_score(truth, said, average="macro"))
    np.testing.assert_array_equal(metrics.confusion(ours), theirs.confusion_matrix(truth, said))
    precision, recall, _, count = theirs.precision_recall_fscore_support(truth, said)
    for index, item in enumerate(metrics.class_figures(ours)):
        assert item.precision == pytest.approx(precision[index])
        assert item.recall == pytest.approx(recall[index])
        assert item.count == count[index]
        expected = theirs.average_precision_score(truth == index, ours.scores[:, index])
        curve = metrics.precision_recall(ours, item.label)
        assert curve.average_precision == pytest.approx(expected)
