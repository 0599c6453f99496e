"""Users' models from file to box, in every format; the frameworks are the extra `desktop`."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from gymbox.bundles.store import Store
from gymbox.camera.frame import Frame
from gymbox.inference.phase_net import PhaseNet
from tests.convert import twins
from tests.convert.desktop_case import NAMES, Case, refusal
from tests.convert.tflite_graphs import dense
from tools.convert.__main__ import main
from tools.convert.package import pack
from tools.convert.quiet import quiet


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    pytest.importorskip("ai_edge_quantizer")
    place = tmp_path_factory.mktemp("convert")
    twins.write_pictures(place / "pictures", 90)
    twins.write_windows(place / "windows.npz", 90)
    return Case(place)


def test_mobilenet_with_three_dense_layers_in_h5(case: Case, tmp_path: Path):
    pytest.importorskip("tf_keras")
    path = case.save(twins.spot_net(twins.keras_of(2)), "spot.h5")
    assert case.convert(path, "phase") == 0
    card = case.check("phase")
    assert float(card.figures["bytes"]) < 0.4 * float(card.figures["bytes_float"])
    pack(case.out, ["phase"], tmp_path / "b.zip", version="1", created=datetime.now(UTC))
    net = PhaseNet(models=case.out)
    shown, truth = twins.pictures(60, seed=2)
    frames = [Frame(picture[..., ::-1], float(n), n) for n, picture in enumerate(shown)]
    said = [
        [getattr(scores, name) for name in twins.PHASES] for scores in map(net.classify, frames)
    ]
    assert (np.argmax(said, axis=1) == truth).mean() >= 0.95


def test_bidirectional_attention_lstm_in_h5(case: Case, tmp_path: Path):
    pytest.importorskip("tf_keras")
    path = case.save(twins.attention_net(twins.keras_of(2)), "attention.h5")
    plain = case.folder / "attention_float.tflite"
    assert case.convert(path, "sequence", "--write-float", str(plain)) == 0
    name = "sequence-image-landmarks"  # not that of the box's own, which reads other windows
    card = case.check(name)
    assert card.input_shape == (1, twins.STEPS, twins.VALUES)
    assert card.labels == twins.EXERCISES
    manifest = (case.out / "manifest.toml").read_text(encoding="utf-8")
    assert 'features = "image-landmarks"' in manifest
    pair = [str(plain), str(card.path)]
    assert main(["compare", *pair, "--layers", "--samples", str(case.folder / "windows.npz")]) == 0
    bundle = tmp_path / "bundle.zip"
    assert main(["package", name, "--models", str(case.out), "--out", str(bundle)]) == 0
    outcome = Store(tmp_path / "box").install(bundle)
    assert outcome.tried is not None
    assert outcome.tried.compared == (name,)


def cut(path: Path) -> Path:
    """The first half of a file, as a broken download leaves it."""
    half = path.with_name(f"half_{path.name}")
    half.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return half


@pytest.mark.parametrize("name", ["small.keras", "saved"])
def test_keras_3_files_and_saved_model_folders(
    case: Case, name: str, capsys: pytest.CaptureFixture[str]
):
    pytest.importorskip("keras")
    pytest.importorskip("tensorflow")
    path = case.folder / name
    with quiet():
        model = twins.small_window_net(twins.keras_of(3))
        model.export(path) if name == "saved" else model.save(path)
    assert case.convert(path, "sequence", "--name", "k3") == 0
    case.check("k3")
    file = path / "saved_model.pb" if name == "saved" else path
    half = cut(file)
    if name == "saved":
        half.replace(file)
        half = path
    more = ["--task", "sequence", "--labels", NAMES, "--kind", "int8-weights"]
    refusal(capsys, ["convert", str(half), *more], 66)


BUILDER = """
import torch

def build():
    torch.manual_seed(0)
    return torch.nn.Sequential(
        torch.nn.Conv2d(3, 8, 3, 2, 1), torch.nn.BatchNorm2d(8), torch.nn.ReLU6(),
        torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(8, 3),
    ).eval()
"""


@pytest.fixture
def network(case: Case, monkeypatch: pytest.MonkeyPatch) -> object:
    """A small torch network that tells the pictures apart, its code where `--builder` finds it."""
    pytest.importorskip("litert_torch")
    (case.folder / "user_net.py").write_text(BUILDER, encoding="utf-8")
    monkeypatch.chdir(case.folder)
    monkeypatch.syspath_prepend(str(case.folder))
    import user_net  # type: ignore[import-not-found] # noqa: PLC0415

    return twins.fit_torch(user_net.build())


def save_torch(network: object, path: Path) -> Sequence[str]:
    """Writes the file that its suffix asks for; returns what the command has to be told."""
    import torch  # noqa: PLC0415

    example, shape = (torch.zeros(1, 3, 96, 96),), ["--input-shape", "1", "96", "96", "3"]
    with quiet():
        match path.suffix:
            case ".pt2":
                torch.export.save(torch.export.export(network, example), path)
                return []
            case ".pt":
                torch.jit.trace(network, example).save(str(path))
                return shape
            case ".pth":
                torch.save(network.state_dict(), path)  # type: ignore[attr-defined]
                return [*shape, "--builder", "user_net:build"]
        torch.onnx.export(network, example, str(path), dynamo=False, opset_version=17)
    return []


@pytest.mark.parametrize("suffix", ["pt2", "pt", "pth", "onnx"])
def test_torch_and_onnx_files(
    case: Case, network: object, suffix: str, capsys: pytest.CaptureFixture[str]
):
    pytest.importorskip("onnx")
    path = case.folder / f"torch.{suffix}"
    more = save_torch(network, path)
    assert case.convert(path, "phase", "--name", suffix, *more) == 0
    case.check(suffix)
    task = ["--task", "phase", "--labels", "up,down,neither", "--input-range", "-1", "1"]
    command = ["convert", str(cut(path)), *task, "--kind", "int8-weights", *more]
    refusal(capsys, command, 66)


@pytest.mark.parametrize("suffix", ["h5", "keras", "pt2", "pt", "onnx"])
def test_files_that_are_something_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
):
    for module in ("tensorflow", "torch", "onnx"):
        pytest.importorskip(module)
    path = tmp_path / f"damaged.{suffix}"
    path.write_bytes(b"nonsense")
    more = ["--task", "sequence", "--labels", NAMES, "--kind", "int8-weights"]
    assert path.name in refusal(capsys, ["convert", str(path), *more], 66)


def test_a_pickled_class_is_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    torch = pytest.importorskip("torch")
    torch.save(twins.custom_module(), tmp_path / "whole.pth")
    more = ["--task", "sequence", "--labels", NAMES, "--kind", "int8-weights"]
    said = refusal(capsys, ["convert", str(tmp_path / "whole.pth"), *more], 1)
    assert "--trust" in said


def test_a_conversion_of_tflite_imports_no_framework(case: Case):
    path = case.folder / "light.tflite"
    weights = np.random.default_rng(0).normal(size=(3, 132)).astype(np.float32)
    path.write_bytes(dense(weights))
    code = (
        "import sys; from tools.convert.__main__ import main; main(sys.argv[1:]);"
        "sys.exit(bool({'torch', 'tensorflow', 'onnx'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "quantise", str(path), "--kind", "int8-weights"]
    paths = os.pathsep.join(entry for entry in sys.path if entry)
    environment = {**os.environ, "PYTHONPATH": paths}
    out = ["--out", str(case.folder / "light_int8.tflite")]
    subprocess.run([*command, *out], check=True, env=environment)  # noqa: S603 - our own
