"""`compare` and `quantise FILE` from the command line, on a small classifier made by hand."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.convert.desktop_case import refusal
from tests.convert.tflite_graphs import dense
from tools.convert.__main__ import main

CLASSES, VALUES = 3, 24
OTHER = os.environ.get("GYMBOX_OTHER_PYTHON", sys.executable)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model that is right in most samples, the samples, and a worse model of the same shape."""
    random = np.random.default_rng(0)
    weights = random.normal(size=(CLASSES, VALUES)).astype(np.float32)
    rows = random.normal(size=(120, VALUES)).astype(np.float32)
    noisy = rows @ weights.T + random.normal(0, 1.0, (120, CLASSES))
    np.savez(tmp_path / "rows.npz", rows=rows, truth=noisy.argmax(axis=1))
    np.savez(tmp_path / "unknown.npz", rows=rows)
    (tmp_path / "float.tflite").write_bytes(dense(weights))
    worse = weights + random.normal(0, 0.5, weights.shape).astype(np.float32)
    (tmp_path / "worse.tflite").write_bytes(dense(worse))
    return tmp_path


def command(folder: Path, second: str, *more: str, samples: str = "rows.npz") -> list[str]:
    models = [str(folder / "float.tflite"), str(folder / second)]
    return ["compare", *models, "--samples", str(folder / samples), *more]


def quantised(folder: Path, *more: str) -> Path:
    pytest.importorskip("ai_edge_quantizer")
    out = folder / "int8.tflite"
    arguments = ["quantise", str(folder / "float.tflite"), "--out", str(out), *more]
    assert main(arguments) == 0
    return out


def test_a_file_is_quantised_and_compared(folder: Path, capsys: pytest.CaptureFixture[str]):
    out = quantised(folder, "--calibration", str(folder / "rows.npz"))
    capsys.readouterr()
    more = ["--json", "--layers", "--python", OTHER, "--labels", "a,b,c"]
    assert main(command(folder, out.name, *more)) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["samples"] == 120
    here, there = report["runtimes"]
    assert here["outputs"][0]["same_answer"] >= 0.97
    assert there["outputs"][0]["same_answer"] >= 0.97
    assert 0 < here["outputs"][0]["mean"] < 0.1
    assert set(here["classes"]) == {"a", "b", "c"}
    assert report["quantised_between_runtimes"][0]["same_answer"] >= 0.97
    (layer,) = [layer for layer in report["layers"] if layer["op"] == "FULLY_CONNECTED"]
    assert 20 < layer["decibels"] < 80


def test_the_words_for_people_name_the_noisy_operator(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(command(folder, "float.tflite", "--layers")) == 0
    said = capsys.readouterr().out
    assert "same largest output in 100.0%" in said
    assert "FULLY_CONNECTED" in said


def test_a_worse_twin_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert "points less" in refusal(capsys, command(folder, "worse.tflite"), 1)
    unknown = command(folder, "worse.tflite", samples="unknown.npz")
    assert "the float one's answer in only" in refusal(capsys, unknown, 1)


def test_what_cannot_be_compared_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]):
    (folder / "other.tflite").write_bytes(dense(np.zeros((CLASSES, VALUES + 1), np.float32)))
    assert "different inputs" in refusal(capsys, command(folder, "other.tflite"), 2)
    (folder / "half.tflite").write_bytes((folder / "float.tflite").read_bytes()[:500])
    assert "damaged" in refusal(capsys, command(folder, "half.tflite"), 66)
    assert "cannot be read" in refusal(capsys, command(folder, "gone.tflite"), 66)
    missing = command(folder, "float.tflite", "--python", str(folder / "no_python"))
    assert "not there" in refusal(capsys, missing, 66)
    (folder / "python").write_text("#!/bin/sh\nexit 3\n")
    (folder / "python").chmod(0o755)
    broken = command(folder, "float.tflite", "--python", str(folder / "python"))
    assert "does not run" in refusal(capsys, broken, 1)


def test_weights_alone_need_no_samples(folder: Path):
    # So few weights that the file hardly shrinks; the numbers must stay close all the same.
    out = quantised(folder, "--kind", "int8-weights")
    assert main(command(folder, out.name)) == 0


def test_quantise_says_in_one_line_what_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]):
    path, out = str(folder / "float.tflite"), ["--out", str(folder / "q.tflite")]
    assert "needs samples" in refusal(capsys, ["quantise", path, *out], 2)
    assert "cannot be read" in refusal(capsys, ["quantise", str(folder / "no.tflite"), *out], 66)
    (folder / "half.tflite").write_bytes((folder / "float.tflite").read_bytes()[:500])
    assert "damaged" in refusal(capsys, ["quantise", str(folder / "half.tflite"), *out], 66)
    pytest.importorskip("ai_edge_quantizer")
    wrong = ["--kind", "int8-weights", "--keep-float", "["]
    assert "cannot be quantised" in refusal(capsys, ["quantise", path, *out, *wrong], 1)
    assert not (folder / "q.tflite").exists()
