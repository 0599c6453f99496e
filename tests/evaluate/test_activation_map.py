"""Class-activation maps from .tflite files, against what the same network says in PyTorch."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from gymbox.errors import ModelError
from tools.evaluate import __main__
from tools.evaluate.activation_map import ActivationMap

torch = pytest.importorskip("torch")
pytest.importorskip("litert_torch")
pytest.importorskip("ai_edge_quantizer")

SIDE = 32


class Toy(torch.nn.Module):
    """Two convolutions, the mean, some dense layers, probabilities."""

    def __init__(self, *dense: torch.nn.Module) -> None:
        super().__init__()
        self.features = torch.nn.Sequential(
            torch.nn.Conv2d(3, 8, 3, 2, 1),
            torch.nn.ReLU6(),
            torch.nn.Conv2d(8, 16, 3, 2, 1),
            torch.nn.ReLU6(),
        )
        self.head = torch.nn.Sequential(*dense)

    def logits(self, features: torch.Tensor) -> torch.Tensor:
        return self.head(features.mean(dim=(2, 3)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.softmax(self.logits(self.features(x)), dim=1)


def toy(*, deep: bool = False) -> Toy:
    torch.manual_seed(1)
    if deep:
        return Toy(torch.nn.Linear(16, 12), torch.nn.ReLU(), torch.nn.Linear(12, 3)).eval()
    return Toy(torch.nn.Linear(16, 3)).eval()


def converted(network: Toy) -> bytes:
    from tools.convert.torch_source import to_tflite  # noqa: PLC0415 - needs torch

    return to_tflite(network, (1, SIDE, SIDE, 3))


@cache
def toy_file(*, deep: bool = False) -> bytes:
    return converted(toy(deep=deep))


def sample(seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(1, SIDE, SIDE, 3)).astype(np.float32)


def grad_cam(network: Toy, tensor: np.ndarray, label: int) -> np.ndarray:
    """Grad-CAM by PyTorch's own gradients."""
    features = network.features(torch.from_numpy(tensor).permute(0, 3, 1, 2))
    features = features.detach().requires_grad_()
    logits = network.logits(features)[0]
    (logits[label] - logits.mean()).backward()
    return (features.grad * features).sum(dim=1)[0].detach().numpy()


@pytest.mark.parametrize("deep", [False, True])
def test_the_map_is_grad_cam(deep: bool):  # noqa: FBT001
    network = toy(deep=deep)
    activation = ActivationMap(toy_file(deep=deep))
    for label in range(3):
        expected = grad_cam(network, sample(), label)
        np.testing.assert_allclose(activation(sample(), label), expected, atol=1e-6)
    assert np.abs(expected).max() > 1e-4


@pytest.mark.parametrize(
    ("deep", "kind"), [(False, "int8"), (True, "int8"), (True, "int8-weights")]
)
def test_the_map_of_a_quantised_twin_is_nearly_the_same(deep: bool, kind: str):  # noqa: FBT001
    from tools.convert.quantise import quantise  # noqa: PLC0415 - needs the quantiser

    network = toy(deep=deep)
    twin = quantise(toy_file(deep=deep), [sample(seed) for seed in range(30)], kind)
    activation = ActivationMap(twin)
    for label in range(3):
        expected = grad_cam(network, sample(), label)
        found = activation(sample(), label)
        assert np.corrcoef(found.ravel(), expected.ravel())[0, 1] > 0.97
        assert np.abs(found - expected).max() < 0.1 * np.ptp(expected)


def test_a_network_without_pooling_has_no_map():
    network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(3 * SIDE * SIDE, 3))
    with pytest.raises(ModelError, match="average pooling"):
        ActivationMap(converted(network))


def test_what_is_no_model_is_refused():
    with pytest.raises(ModelError, match="layer by layer"):
        ActivationMap(b"nothing of the kind")


def test_the_command_explains_a_bare_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "toy.tflite").write_bytes(toy_file())
    image = np.random.default_rng(0).integers(0, 255, (40, 60, 3), np.uint8)
    cv2.imwrite(str(tmp_path / "a.png"), image)
    (tmp_path / "a.txt").write_text("0 0.5 0.5 0.4 0.4")
    model, out = str(tmp_path / "toy.tflite"), str(tmp_path / "report")
    bare = ["--labels", "up,down,neither", "--range", "-1", "1"]
    command = ["explain", model, str(tmp_path / "a.png"), "--cam", "--out", out, *bare]
    assert __main__.main(command) == 0
    printed = capsys.readouterr().out
    assert "# Where toy looks" in printed
    assert "| cam |" in printed
    assert str(tmp_path) not in printed
    assert (tmp_path / "report" / "heat-1.png").is_file()
