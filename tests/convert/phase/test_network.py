from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra desktop")

from tools.convert.phase.fit import Recipe, Views, fit, predict  # noqa: E402
from tools.convert.phase.network import (  # noqa: E402
    FROZEN,
    Answer,
    PhaseNetwork,
    _slim,
    multiply_adds,
)


def test_the_arithmetic_is_that_of_the_paper():
    # Sandler et al. 2018, table 4: 300 million with its head of 1000 classes (1.3 million).
    assert multiply_adds(PhaseNetwork(), 224) == pytest.approx(299e6, rel=0.01)
    assert multiply_adds(PhaseNetwork(0.5), 224) < multiply_adds(PhaseNetwork(), 224) / 3


def test_probabilities_sum_to_one_and_a_temperature_evens_them():
    network, picture = PhaseNetwork(0.35).eval(), torch.randn(1, 3, 96, 96)
    network.head.weight.data *= 30
    with torch.no_grad():
        sharp, even = Answer(network, 1.0)(picture), Answer(network, 5.0)(picture)
    assert sharp.sum().item() == pytest.approx(1, abs=1e-5)
    assert even.max() < sharp.max()


@pytest.mark.parametrize("width", [0.75, 0.35])
def test_a_narrow_network_keeps_channels_of_the_wide_one(width: float):
    full, narrow = PhaseNetwork().eval(), PhaseNetwork(width).eval()
    _slim(full, narrow)
    first, slim = full.features[0][0].weight, narrow.features[0][0].weight
    for kernel in slim:
        assert any(torch.equal(kernel, other) for other in first)


def test_fitting_learns_what_can_be_learnt_and_leaves_the_lower_layers_alone(tmp_path: Path):
    network = PhaseNetwork(0.35)
    before = [p.clone() for p in network.features[:FROZEN].parameters()]
    rng = np.random.default_rng(0)
    classes = rng.integers(0, 3, 120)
    channels = network.features[FROZEN - 1].conv[-1].num_features
    deep = rng.normal(0, 0.3, (120, channels, 4, 4)).astype(np.float16)
    deep[np.arange(120), classes] += 2
    views = Views(
        deep,
        np.eye(3, dtype=np.float32)[classes],
        np.full((120, 26), np.nan, np.float32),
        np.ones(120),
    )
    curves = tmp_path / "curves.csv"
    recipe = Recipe(head_steps=5, steps=60, batch=30, check_every=30)
    check = (deep, views.targets)
    trained = fit(network, [(views, 1.0)], recipe, check=check, curves=curves, tell=str)
    assert (predict(trained, deep).argmax(axis=1) == classes).mean() > 0.9
    for old, new in zip(before, trained.features[:FROZEN].parameters(), strict=True):
        assert torch.equal(old, new)
    assert curves.read_text().startswith("epoch,split,loss,accuracy,macro_f1\n")
