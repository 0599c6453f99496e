"""Training: it learns, goes on where it was stopped, and ends when it gets no better."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from tools.convert.sequence.fit import Plan, fit, macro_f1, probabilities, write_curves  # noqa: E402
from tools.convert.sequence.labels import LABELS  # noqa: E402
from tools.convert.sequence.net import Probabilities, SequenceModel, Shape  # noqa: E402
from tools.convert.sequence.sampling import Batch  # noqa: E402

SHAPE = Shape(inputs=4, length=6, front=8, hidden=8)


def batches(seed: int = 0) -> Iterator[Batch]:
    """Which of the four inputs rises over the window?"""
    rng = np.random.default_rng(seed)
    while True:
        label = rng.integers(0, 4, 32)
        inputs = rng.normal(0, 0.2, (32, 6, 4)).astype(np.float32)
        inputs[np.arange(32), :, label] += np.linspace(-1, 1, 6, dtype=np.float32)
        yield inputs, label


def model(seed: int = 0) -> SequenceModel:
    torch.manual_seed(seed)
    return SequenceModel(SHAPE)


def test_it_learns():
    net = model()
    check = next(batches(5))
    looks = fit(net, batches(), Plan(steps=150, every=50, rate=1e-2), validation=check)
    assert looks[-1].macro_f1 > 0.9
    assert macro_f1(check[1], probabilities(net, check[0]).argmax(1)) > 0.9


def test_it_goes_on_where_it_was_stopped(tmp_path: Path):
    class StopError(Exception):
        pass

    def cut_off() -> Iterator[Batch]:
        for number, batch in enumerate(batches()):
            if number == 25:
                raise StopError
            yield batch

    plan, kept = Plan(steps=40, every=10), tmp_path / "kept.pt"
    with pytest.raises(StopError):
        fit(model(), cut_off(), plan, checkpoint=kept)
    steps = []

    def counted() -> Iterator[Batch]:
        for batch in batches():
            steps.append(1)
            yield batch

    looks = fit(model(), counted(), plan, checkpoint=kept)
    assert len(steps) == 20
    assert [look.epoch for look in looks] == [10, 20, 30, 40]


def test_it_ends_when_it_gets_no_better():
    plan = Plan(steps=1000, every=5, patience=2, rate=0.0)
    looks = fit(model(), batches(), plan, validation=next(batches(5)))
    assert looks[-1].epoch == 15


def test_probabilities_sum_to_one_and_a_temperature_keeps_their_order():
    net = model()
    inputs = torch.from_numpy(next(batches())[0])
    whole = Probabilities([net]).eval()
    with torch.inference_mode():
        before = whole(inputs)
        net.calibrate(3.0)
        after = whole(inputs)
    assert before.shape == (32, len(LABELS))
    torch.testing.assert_close(after.sum(1), torch.ones(32))
    assert (before.argmax(1) == after.argmax(1)).all()
    assert after.max() < before.max()


def test_several_networks_are_as_one():
    inputs = torch.from_numpy(next(batches())[0])
    nets = [model(seed).eval() for seed in (1, 2)]
    with torch.inference_mode():
        both = Probabilities(nets).eval()(inputs)
        mean = (nets[0](inputs) + nets[1](inputs)) / 2
    torch.testing.assert_close(both, mean.softmax(-1))


@pytest.mark.parametrize(
    "shape", [SHAPE, Shape(4, 6, 0, 3, 8, attention=False), Shape(4, 6, both=True)]
)
def test_multiply_adds_are_those_of_the_weights(shape: Shape):
    net = SequenceModel(shape)
    sizes = {name: part.numel() for name, part in net.named_parameters() if part.ndim > 1}
    once = sizes.pop("classify.weight")
    assert shape.multiplies >= once + shape.length * sum(sizes.values())
    assert shape.multiplies <= 1.1 * (once + shape.length * sum(sizes.values()))


def test_curves_are_a_table(tmp_path: Path):
    looks = fit(model(), batches(), Plan(steps=20, every=10), validation=next(batches(5)))
    write_curves(tmp_path / "curves.csv", looks)
    head, *rows = (tmp_path / "curves.csv").read_text().splitlines()
    assert head == "epoch,split,loss,accuracy,macro_f1"
    assert len(rows) == 4
