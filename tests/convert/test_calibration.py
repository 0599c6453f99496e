from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from gymbox.errors import InputError
from tests.convert.twins import PHASES, write_pictures
from tools.convert.calibration import load_samples

SHAPE = (1, 96, 96, 3)


def test_folders_named_after_the_labels_are_the_truth(tmp_path: Path):
    samples = load_samples(write_pictures(tmp_path, 6), SHAPE, (-1.0, 1.0), labels=PHASES)
    assert samples.inputs.shape == (6, *SHAPE)
    assert sorted(samples.truth) == [0, 0, 1, 1, 2, 2]
    assert samples.inputs.min() >= -1
    assert samples.inputs.max() <= 1
    reddish = samples.inputs[samples.truth == 0].mean(axis=(0, 1, 2, 3))
    assert reddish[0] > reddish[2] + 0.5


def test_folders_of_other_names_are_not(tmp_path: Path):
    assert load_samples(write_pictures(tmp_path, 6), SHAPE, labels=("a", "b")).truth is None


def test_few_are_taken_from_all_over(tmp_path: Path):
    path = tmp_path / "w.npz"
    np.savez(path, windows=np.arange(100.0)[:, None, None] * np.ones((1, 4, 2)))
    inputs = load_samples(path, (1, 4, 2), most=5).inputs
    assert inputs[:, 0, 0, 0].tolist() == [0, 25, 50, 74, 99]


def test_truth_may_be_names_or_numbers(tmp_path: Path):
    for truth in (np.array([1, 0]), np.array(["b", "a"])):
        np.savez(tmp_path / "w.npz", x=np.zeros((2, 4, 2)), truth=truth)
        found = load_samples(tmp_path / "w.npz", (1, 4, 2), labels=("a", "b")).truth
        assert found.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.zeros((3, 5, 2)), "no array of windows"),
        (np.full((3, 4, 2), np.nan), "not all numbers"),
        (np.zeros((0, 4, 2)), "empty"),
    ],
)
def test_windows_that_do_not_fit_are_refused(
    tmp_path: Path, array: NDArray[np.float64], words: str
):
    np.savez(tmp_path / "w.npz", x=array)
    with pytest.raises(InputError, match=words):
        load_samples(tmp_path / "w.npz", (1, 4, 2))


def test_what_is_missing_or_damaged_is_said_so(tmp_path: Path):
    (tmp_path / "cut.npz").write_bytes(b"PK\3\4")
    (tmp_path / "empty").mkdir()
    for name in ("gone.npz", "cut.npz", "empty"):
        with pytest.raises(InputError):
            load_samples(tmp_path / name, SHAPE)
