"""Operators of a model: custom ones are named, anything else that is no model is refused."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.inference.manifest import load_manifest
from tests.bundles.parcels import MODELS, TINY
from tools.convert.operators import custom_operators

FLEX = (MODELS / "flex.tflite").read_bytes()


def test_built_in_operators_are_not_named():
    assert custom_operators(TINY) == []
    for card in load_manifest().values():
        assert custom_operators(card.read()) == []


def test_an_operator_of_tensorflow_is_named():
    assert custom_operators(FLEX) == ["FlexMatrixDeterminant"]


@given(st.integers(0, len(FLEX) - 1), st.integers(0, 255))
def test_a_changed_byte_gives_an_answer_or_a_refusal(place: int, value: int):
    data = bytearray(FLEX)
    data[place] = value
    with contextlib.suppress(ValueError):
        assert isinstance(custom_operators(bytes(data)), list)


@pytest.mark.parametrize("length", [0, 7, 8, 100, len(FLEX) // 2])
def test_a_cut_model_is_refused(length: int):
    with pytest.raises(ValueError, match=r"cut off|no TFLite model"):
        custom_operators(FLEX[:length])


def test_another_file_is_refused():
    with pytest.raises(ValueError, match="no TFLite model"):
        custom_operators(Path(__file__).read_bytes())
