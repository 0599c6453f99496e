"""What the phase network sees of a frame."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.camera.frame import Frame
from gymbox.errors import ModelError
from gymbox.inference import phase_net
from gymbox.inference.manifest import ModelCard
from gymbox.inference.phase_net import GREY, PhaseNet, square

SIZE = 96


def gradient(height: int, width: int) -> np.ndarray:
    """Red grows to the right, green downwards, blue is full."""
    picture = np.full((height, width, 3), 255, np.uint8)
    picture[..., 0] = np.linspace(0, 250, width, dtype=np.uint8)[None]
    picture[..., 1] = np.linspace(0, 250, height, dtype=np.uint8)[:, None]
    return picture


@pytest.mark.parametrize(("height", "width"), [(480, 640), (640, 480), (90, 100), (48, 48)])
def test_a_whole_frame_keeps_its_aspect_on_grey(height: int, width: int):
    picture = square(gradient(height, width), SIZE)
    inside = (picture != GREY).any(axis=2)
    assert inside.any(axis=0).sum() == pytest.approx(SIZE * width / max(height, width), abs=1)
    assert inside.any(axis=1).sum() == pytest.approx(SIZE * height / max(height, width), abs=1)
    rows = np.flatnonzero(inside.any(axis=1))
    assert rows[0] + rows[-1] == pytest.approx(SIZE - 1, abs=1)


def test_shrinking_is_an_area_mean():
    lines = np.zeros((960, 960, 3), np.uint8)
    lines[:, ::10] = 250
    assert np.abs(square(lines, SIZE).astype(int) - 25).max() <= 1


def test_a_region_that_leaves_the_frame_lies_where_it_should():
    picture = square(gradient(200, 200), SIZE, (100.0, 100.0, 300.0, 300.0))
    assert (picture[SIZE // 2 :] == GREY).all()
    assert (picture[:, SIZE // 2 :] == GREY).all()
    seen = picture[: SIZE // 2, : SIZE // 2]
    assert (seen[..., 2] == 255).all()
    assert seen[0, 0, :2].tolist() == pytest.approx([125, 125], abs=3)
    assert seen[-1, -1, :2].tolist() == pytest.approx([250, 250], abs=3)


def test_a_region_outside_the_frame_is_grey():
    assert (square(gradient(100, 100), SIZE, (500.0, 0.0, 600.0, 100.0)) == GREY).all()


def test_an_empty_region_is_refused():
    with pytest.raises(ValueError, match="empty"):
        square(gradient(100, 100), SIZE, (50.0, 10.0, 50.0, 90.0))


@given(
    st.integers(1, 300),
    st.integers(1, 300),
    st.tuples(*[st.integers(-400, 400)] * 2, *[st.integers(1, 900)] * 2),
    st.integers(1, 128),
)
def test_any_region_becomes_a_square(height: int, width: int, area: tuple[int, ...], size: int):
    x, y, wide, high = area
    picture = square(gradient(height, width), size, (x, y, x + wide, y + high))
    assert picture.shape == (size, size, 3)
    assert picture.dtype == np.uint8


def test_the_order_of_the_channels_is_kept():
    picture = gradient(120, 160)
    swapped = np.ascontiguousarray(picture[..., ::-1])
    assert (square(swapped, SIZE) == square(picture, SIZE)[..., ::-1]).all()


class Network:
    """A network of equal rank: it says red, green and blue of the middle of its input."""

    def __init__(self, card: ModelCard, **_: object) -> None:
        self.card = card
        self._input = np.zeros(card.input_shape, np.float32)

    def input(self) -> np.ndarray:
        return self._input

    def invoke(self) -> None:
        side = self._input.shape[1] // 2
        self._said = self._input[:, side, side]

    def output(self, *shape: int) -> np.ndarray:
        assert shape == self._said.shape
        return self._said


def card(**changes: object) -> ModelCard:
    known = ModelCard(
        name="phase",
        path=Path("phase.tflite"),
        sha256="",
        task="",
        input_shape=(1, 32, 32, 3),
        input_range=(-1.0, 1.0),
        quantisation="int8",
        labels=("up", "down", "neither"),
        source="",
        licence="",
        recipe="",
    )
    return replace(known, **changes)


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Callable[..., PhaseNet]:
    """Builds a phase network for a card."""

    def build(found: ModelCard, **options: object) -> PhaseNet:
        monkeypatch.setattr(phase_net, "find_model", lambda *_: found)
        monkeypatch.setattr(phase_net, "Network", Network)
        return PhaseNet(**options)

    return build


def test_the_network_gets_red_green_blue_in_its_range(network: Callable[..., PhaseNet]):
    frame = Frame(np.full((48, 64, 3), (0, 51, 255), np.uint8), 0.0, 0)  # blue, green, red
    scores = network(card()).classify(frame)
    assert scores == pytest.approx((1.0, -0.6, -1.0), abs=1e-6)
    assert network(card(input_range=(0.0, 1.0))).classify(frame) == pytest.approx((1.0, 0.2, 0.0))


def test_the_card_says_in_which_order_the_outputs_come(network: Callable[..., PhaseNet]):
    frame = Frame(np.full((48, 64, 3), (0, 51, 255), np.uint8), 0.0, 0)
    scores = network(card(labels=("neither", "up", "down"))).classify(frame)
    assert (scores.neither, scores.up, scores.down) == pytest.approx((1.0, -0.6, -1.0), abs=1e-6)


def test_the_region_is_looked_at(network: Callable[..., PhaseNet]):
    picture = np.zeros((48, 64, 3), np.uint8)
    picture[:16, :16] = 255
    corner = network(card(), region=lambda _frame: (0.0, 0.0, 16.0, 16.0))
    assert corner.classify(Frame(picture, 0.0, 0)) == pytest.approx((1.0, 1.0, 1.0))


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": ("down", "up", "left")},
        {"labels": ("down", "up", "neither", "up")},
        {"input_shape": (1, 32, 48, 3)},
        {"input_shape": (1, 32, 32)},
        {"input_shape": (1, 32, 32, 1)},
    ],
)
def test_a_model_of_another_kind_is_refused(
    network: Callable[..., PhaseNet], changes: dict[str, object]
):
    with pytest.raises(ModelError, match="a phase network says up, down, neither"):
        network(card(**changes))
