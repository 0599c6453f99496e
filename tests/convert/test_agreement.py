import numpy as np
import pytest

from tools.convert.agreement import (
    WorseError,
    accuracy,
    agreement,
    gate,
    gate_agreement,
    recalls,
)

SCORES = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.1, 0.9]], np.float32)
TRUTH = np.array([0, 1, 1, 1])


def test_accuracy_and_recalls():
    assert accuracy(SCORES, TRUTH) == 0.75
    assert recalls(SCORES, TRUTH, ("a", "b", "c")) == {"a": 1.0, "b": pytest.approx(2 / 3)}


def test_agreement_counts_answers_and_differences():
    other = SCORES.copy()
    other[2] = 0.4, 0.6
    found = agreement(SCORES, other)
    assert found.same_answer == 0.75
    assert found.largest == pytest.approx(0.2)
    assert found.mean == pytest.approx(0.05)


@pytest.mark.parametrize(("before", "after"), [(0.95, 0.94), (0.95, 0.99), (0.5, 0.5)])
def test_a_point_may_be_lost(before: float, after: float):
    gate(before, after)


def test_more_than_a_point_may_not():
    with pytest.raises(WorseError, match=r"1\.5 points"):
        gate(0.95, 0.935)


def test_without_truth_the_answers_must_agree():
    gate_agreement(0.95)
    with pytest.raises(WorseError):
        gate_agreement(0.94)
