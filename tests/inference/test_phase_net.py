"""What the phase network sees of a frame."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.inference.phase_net import GREY, square

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
