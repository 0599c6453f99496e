"""The file that every classifier's report is made of."""

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.errors import InputError, UsageError
from tools.evaluate.predictions import Predictions


def sample(**changes: object) -> Predictions:
    fields = {
        "labels": ("up", "down"),
        "truth": [0, 1, 1],
        "scores": [[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]],
        "sources": ["gym", "gym", "garage"],
        "samples": ["a@0", "a@9", "b@4"],
    }
    return Predictions.of(**{**fields, **changes})


def test_what_is_saved_is_loaded(tmp_path: Path):
    path = tmp_path / "new" / "p.npz"
    sample().save(path)
    loaded = Predictions.load(path)
    assert loaded.labels == ("up", "down")
    for name in ("truth", "scores", "sources", "samples"):
        np.testing.assert_array_equal(getattr(loaded, name), getattr(sample(), name))


def test_prediction_confidence_and_correctness():
    predictions = sample()
    assert predictions.predicted.tolist() == [0, 0, 1]
    assert predictions.confidence.tolist() == pytest.approx([0.9, 0.6, 0.8])
    assert predictions.correct.tolist() == [True, False, True]
    assert predictions.take(~predictions.correct).samples.tolist() == ["a@9"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"truth": [0, 1, 2]}, "no label"),
        ({"truth": [0, 1, -1]}, "no label"),
        ({"truth": [0, 1]}, "3, 2"),
        ({"labels": ("up", "up")}, "twice"),
        ({"sources": ["gym"]}, "source"),
        ({"scores": [[0.9, 0.1], [0.6, 0.6], [0.2, 0.8]]}, "sum"),
        ({"scores": [[0.9, 0.1], [1.5, -0.5], [0.2, 0.8]]}, "between"),
        ({"scores": [[0.9, 0.1], [np.nan, 0.5], [0.2, 0.8]]}, "between"),
        ({"truth": [], "scores": [], "sources": [], "samples": []}, "no samples"),
    ],
)
def test_parts_that_do_not_fit_are_refused(changes: dict[str, object], words: str):
    with pytest.raises(UsageError, match=words):
        sample(**changes)


def test_a_missing_file_is_an_input_error(tmp_path: Path):
    with pytest.raises(InputError, match="not there"):
        Predictions.load(tmp_path / "p.npz")


def test_other_arrays_are_an_input_error(tmp_path: Path):
    np.savez(tmp_path / "p.npz", truth=[1])
    np.save(tmp_path / "p.npy", [1])
    for path in tmp_path.iterdir():
        with pytest.raises(InputError, match="no predictions"):
            Predictions.load(path)


def test_contradictory_arrays_are_an_input_error(tmp_path: Path):
    path = tmp_path / "p.npz"
    sample().save(path)
    with np.load(path) as arrays:
        np.savez(path, **{**arrays, "truth": np.array([0, 7, 1])})
    with pytest.raises(InputError, match="damaged"):
        Predictions.load(path)


@given(cut=st.floats(0, 0.999), flip=st.floats(0, 0.999), byte=st.integers(0, 255))
def test_damage_is_an_input_error_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, cut: float, flip: float, byte: int
):
    path = tmp_path_factory.getbasetemp() / "damaged.npz"
    sample().save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(cut * len(whole))])
    with pytest.raises(InputError):
        Predictions.load(path)
    altered = bytearray(whole)
    altered[int(flip * len(whole))] = byte
    path.write_bytes(altered)
    with contextlib.suppress(InputError):
        assert len(Predictions.load(path)) == len(sample())
