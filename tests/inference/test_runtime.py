"""The interpreter: the same on both runtimes, and an error with advice where it cannot run."""

import dataclasses
import hashlib
import importlib.util
from pathlib import Path

import numpy as np
import pytest

from gymbox.errors import ModelError
from gymbox.inference import runtime
from gymbox.inference.manifest import ModelCard, find_model
from gymbox.inference.runtime import RUNTIMES, VARIABLE, Network, installed_runtime

NUMPY = int(np.__version__.split(".")[0])


@pytest.fixture
def card() -> ModelCard:
    return find_model("pose_landmark_lite")


@pytest.fixture(params=RUNTIMES)
def name(request: pytest.FixtureRequest) -> str:
    if importlib.util.find_spec(RUNTIMES[request.param]) is None:
        pytest.skip(f"{request.param} is not installed here")
    if request.param == "tflite-runtime" and NUMPY > 1:
        pytest.skip("tflite-runtime does not work with numpy 2")
    return request.param


def test_a_network_runs_and_gives_the_same_twice(card: ModelCard, name: str):
    network = Network(card, runtime=name)
    assert network.runtime == name
    network.input()[:] = np.linspace(0, 1, 256 * 256 * 3).reshape(1, 256, 256, 3)
    network.invoke()
    first = network.output(1, 195).copy()
    network.invoke()
    np.testing.assert_array_equal(network.output(1, 195), first)
    assert np.isfinite(first).all()
    assert 0 <= network.output(1, 1)[0, 0] <= 1


def test_views_are_of_the_memory_of_the_interpreter(card: ModelCard, name: str):
    network = Network(card, runtime=name)
    network.input()[:] = 0.25
    assert (network.input() == 0.25).all()
    view = network.input()
    with pytest.raises(RuntimeError):
        network.invoke()
    del view
    network.invoke()


def test_an_output_of_another_shape_is_an_error(card: ModelCard, name: str):
    with pytest.raises(ModelError, match="no output of shape"):
        Network(card, runtime=name).output(1, 2)


def test_a_file_that_is_no_network_is_an_error(card: ModelCard, name: str, tmp_path: Path):
    path = tmp_path / "noise.tflite"
    path.write_bytes(b"noise" * 100)
    noise = dataclasses.replace(
        card, path=path, sha256=hashlib.sha256(path.read_bytes()).hexdigest()
    )
    with pytest.raises(ModelError, match="cannot load"):
        Network(noise, runtime=name)


def test_a_manifest_with_another_input_shape_is_an_error(card: ModelCard, name: str):
    with pytest.raises(ModelError, match="as its manifest says"):
        Network(dataclasses.replace(card, input_shape=(1, 224, 224, 3)), runtime=name)


def test_numpy_2_under_tflite_runtime_is_explained(
    card: ModelCard, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(np, "__version__", "2.3.5")
    with pytest.raises(ModelError, match=r"cannot work with numpy 2\.3\.5.*numpy<2"):
        Network(card, runtime="tflite-runtime")


def test_a_runtime_that_raises_system_error_is_explained(
    card: ModelCard, monkeypatch: pytest.MonkeyPatch
):
    def broken(**_: object) -> object:
        raise SystemError("initialization of _pywrap failed")

    monkeypatch.setattr(runtime, "_interpreter_class", lambda _: broken)
    with pytest.raises(ModelError, match="initialization of _pywrap failed"):
        Network(card, runtime="ai-edge-litert")


def test_a_machine_without_a_runtime_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match=r"no TFLite runtime is installed: install ai-edge-litert"):
        installed_runtime()


def test_the_environment_names_the_runtime(card: ModelCard, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, "onnx")
    with pytest.raises(ModelError, match="there is no TFLite runtime 'onnx'"):
        Network(card)
