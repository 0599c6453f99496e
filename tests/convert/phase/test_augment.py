import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.convert.phase.augment import augment, framed

SIZE = 96


def spot(width: int, height: int, x: int, y: int) -> np.ndarray:
    """A grey picture with one white disc."""
    rows, columns = np.mgrid[:height, :width]
    picture = np.full((height, width, 3), 60, np.uint8)
    picture[np.hypot(columns - x, rows - y) < 14] = 255
    return picture


def middle(view: np.ndarray) -> np.ndarray:
    rows, columns = np.nonzero(view.min(axis=2) > 230)
    return np.array([columns.mean(), rows.mean()]) + 0.5


@pytest.mark.parametrize("box", [None, (0.2, 0.3, 0.7, 0.9)])
def test_a_framed_picture_says_where_its_pixels_went(box: tuple[float, ...] | None):
    view, way = framed(spot(320, 200, 150, 110), box, SIZE)
    assert view.shape == (SIZE, SIZE, 3)
    assert middle(view) == pytest.approx(way @ [150.5, 110.5, 1], abs=1.5)


def test_an_augmented_picture_says_where_its_pixels_went():
    rng = np.random.default_rng(0)
    picture, found = spot(320, 200, 150, 110), 0
    for _ in range(60):
        view, way = augment(picture, (0.3, 0.3, 0.7, 0.8), SIZE, rng)
        bright = view.min(axis=2) > 230
        # Other light or something in front may hide the disc; noise may make specks.
        if 20 < bright.sum() < 900:
            found += 1
            assert np.median(np.argwhere(bright)[:, ::-1], axis=0) == pytest.approx(
                (way @ [150.5, 110.5, 1]), abs=6
            )
    assert found > 15


@given(st.integers(0, 1000), st.integers(20, 400), st.integers(20, 400))
@settings(max_examples=30, deadline=None)
def test_any_picture_can_be_augmented(seed: int, width: int, height: int):
    rng = np.random.default_rng(seed)
    picture = rng.integers(0, 256, (height, width, 3)).astype(np.uint8)
    view, way = augment(picture, (0.1, 0.1, 0.4, 0.9), SIZE, rng)
    assert view.shape == (SIZE, SIZE, 3)
    assert view.dtype == np.uint8
    assert np.isfinite(way).all()


def test_one_seed_gives_one_view():
    picture = spot(320, 200, 150, 110)
    views = [augment(picture, (0, 0, 1, 1), SIZE, np.random.default_rng(7))[0] for _ in range(2)]
    assert (views[0] == views[1]).all()
