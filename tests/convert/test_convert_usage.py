"""What `convert` refuses before any framework is needed."""

from pathlib import Path

import numpy as np
import pytest

from tests.convert.desktop_case import NAMES, refusal
from tests.convert.tflite_graphs import dense


def test_wrong_usage_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    model = tmp_path / "m.tflite"
    model.write_bytes(dense(np.zeros((3, 132), np.float32)))
    start = ["convert", str(model), "--task", "sequence"]
    assert "samples" in refusal(capsys, [*start, "--labels", NAMES], 2)
    assert "outputs" in refusal(capsys, [*start, "--kind", "int8-weights"], 2)
    assert "int8-mixed" in refusal(
        capsys, [*start, "--calibration", "x", "--keep-float", "SOFTMAX"], 2
    )
    labels = ["--labels", NAMES, "--kind", "int8-weights"]
    assert "takes [1, 132]" in refusal(capsys, [*start, *labels], 1)
    assert "good name" in refusal(capsys, [*start, *labels, "--name", "a/b"], 2)
    assert list(tmp_path.iterdir()) == [model]


def test_what_cannot_be_read_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "m.tflite").write_bytes(b"nonsense")
    (tmp_path / "half.tflite").write_bytes(dense(np.zeros((3, 132), np.float32))[:600])
    (tmp_path / "m.doc").write_bytes(b"nonsense")
    more = ["--task", "sequence", "--labels", NAMES, "--kind", "int8-weights"]
    assert "not there" in refusal(capsys, ["convert", str(tmp_path / "gone.h5"), *more], 66)
    assert "no TFLite" in refusal(capsys, ["convert", str(tmp_path / "m.tflite"), *more], 66)
    assert "damaged" in refusal(capsys, ["convert", str(tmp_path / "half.tflite"), *more], 66)
    assert "no known format" in refusal(capsys, ["convert", str(tmp_path / "m.doc"), *more], 2)
