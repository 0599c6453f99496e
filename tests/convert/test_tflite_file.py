import numpy as np
import pytest

from gymbox.errors import InputError
from tests.convert.tflite_graphs import dense
from tools.convert import runner
from tools.convert.tflite_file import contents, plain, with_softmax

WEIGHTS = np.array([[1, 0, 2], [0, -1, 1]], np.float32)


def outputs(model: bytes, row: list[float]):
    return runner.run_all(runner.interpreter(model), np.array([[row]], np.float32))[0][0]


def test_contents_of_a_file():
    found = contents(dense(WEIGHTS))
    assert found.inputs == ((1, 3),)
    assert found.outputs == ((1, 2),)
    assert found.ops == {"FULLY_CONNECTED": 1}
    assert found.floats
    assert not found.integers
    assert not found.custom


@pytest.mark.parametrize("data", [b"", b"no model at all", b"\x10\0\0\0TFL3" + b"\xff" * 40])
def test_what_is_no_model_is_said_so(data: bytes):
    with pytest.raises(InputError):
        contents(data)


def test_a_softmax_makes_probabilities_of_logits():
    row = [0.3, -0.2, 0.5]
    logits = outputs(dense(WEIGHTS), row)
    expected = np.exp(logits) / np.exp(logits).sum()
    np.testing.assert_allclose(outputs(with_softmax(dense(WEIGHTS)), row), expected, rtol=1e-5)


def test_a_signature_is_added_where_there_is_none():
    model = dense(WEIGHTS, signature=False)
    assert not runner.interpreter(model).get_signature_list()
    signed = plain(model)
    assert runner.interpreter(signed).get_signature_list()
    np.testing.assert_array_equal(outputs(signed, [1, 2, 3]), outputs(model, [1, 2, 3]))
