from pathlib import Path

import numpy as np
import pytest

from tools.synth.moves import exercise as exercises

pytest.importorskip("anny", reason="the extra synth is not installed")
pytest.importorskip("moderngl", reason="the extra synth is not installed")
from tools.synth.sets import sheets, tiles
from tools.synth.world.pinhole import seen


def test_every_exercise_and_fault_has_its_words():
    table = sheets.words()
    assert set(table) == set(exercises.names())
    for name in exercises.names():
        assert table[name]["see"].endswith(".")
        assert set(table[name].get("faults", {})) == set(exercises.load(name).faults)


def test_the_page_shows_every_sheet():
    page = sheets.page(sheets.words())
    for name in exercises.names():
        assert f"({name}.jpg)" in page
        for fault in exercises.load(name).faults:
            assert f"({name}-{fault}.jpg)" in page
    assert f"({sheets.IDLE})" in page
    assert f"({sheets.RANDOM})" in page


def test_the_camera_comes_close_without_losing_anybody():
    order = sheets._order("lateral_raise", "plain", {"from": 20.0})
    shoot = sheets._calm(order, 3)
    frames = sheets.apart(shoot)
    assert len(set(frames)) == len(sheets.MOMENTS)
    near = tiles.closer(shoot, frames)
    pixels = seen(near.people[0].joints[frames].reshape(-1, 3), near.matrix(0))[:, :2]
    assert pixels.min() > 0.02 * sheets.LARGE
    assert pixels.max() < 0.98 * sheets.LARGE
    assert np.ptp(pixels, axis=0).max() > 0.75 * sheets.LARGE


def test_sheets_keep_to_their_size(tmp_path: Path):
    rng = np.random.default_rng(1)
    coarse = rng.integers(0, 256, (30, 40, 3), dtype=np.uint8)
    path = tiles.save(tmp_path / "a.jpg", np.kron(coarse, np.ones((16, 16, 1), np.uint8)))
    assert 1000 < path.stat().st_size <= tiles.LIMIT


def test_tiles_stand_column_by_column_where_rows_are_long():
    one = [np.full((2, 3, 3), value, np.uint8) for value in (10, 20, 30)]
    tall, wide = tiles.tiled(one, 3, 2), tiles.tiled(one, 2, 3)
    assert tall.shape == (6, 6, 3)
    assert wide.shape == (4, 9, 3)
    assert [tall[2 * k, 0, 0] for k in range(3)] == [10, 20, 30]
    assert [wide[0, 3 * k, 0] for k in range(3)] == [10, 20, 30]
