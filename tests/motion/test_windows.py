"""The sliding window: the same at any frame rate, honest about what was not seen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.motion.features import COUNT
from gymbox.motion.landmarks import Pose
from gymbox.motion.windows import BRIDGE, RATE, PoseWindow, resample
from tests.strategies import floats


def pose(t: float) -> Pose:
    """All coordinates are the time, so that they can be read off."""
    return Pose(
        timestamp=t,
        points=np.full((33, 3), t, np.float32),
        visibility=np.ones(33, np.float32),
        world=np.full((33, 3), 10 * t, np.float32),
        score=0.9,
        size=(640, 480),
    )


def seen(times: np.ndarray, length: int = 20) -> PoseWindow:
    window = PoseWindow(length)
    for t in times.tolist():
        window.add(t, pose(t))
    return window


@settings(deadline=None)
@given(floats(5, 60), floats(0, 0.3))
def test_rows_are_where_the_athlete_was_at_their_time(fps: float, jitter: float):
    rng = np.random.default_rng(0)
    times = np.cumsum(rng.uniform(1 - jitter, 1 + jitter, int(4 * fps))) / fps
    window = seen(times).sample()
    grid = times[-1] + np.arange(-19, 1) / RATE
    assert window.found.all()
    # Frames closer than a sixtieth of a second stand for one another.
    np.testing.assert_allclose(window.rows[:, 0, 0], grid, atol=0.03)
    np.testing.assert_allclose(window.rows[:, 5, 3], 10 * grid, atol=0.3)


def test_before_the_first_frame_nobody_was_found():
    window = seen(np.arange(10.0, 10.95, 0.1)).sample()
    assert window.found.tolist() == [False] * 10 + [True] * 10
    assert window.seconds == pytest.approx(1.0)
    assert window.timestamp == pytest.approx(10.9)


def test_short_gaps_are_bridged_and_long_ones_are_not():
    for gap, bridged in ((BRIDGE - 0.11, True), (BRIDGE + 0.11, False)):
        times = np.concatenate([np.arange(0, 1.0, 0.05), 0.95 + gap + np.arange(0, 0.5, 0.05)])
        window = seen(times).sample()
        assert window.found.any()
        inside = window.timestamp + np.arange(-19, 1) / RATE
        middle = (inside > 1.0) & (inside < 0.9 + gap)
        assert (window.found[middle] == bridged).all(), gap


def test_nobody_is_told_as_nobody():
    window = PoseWindow(20)
    assert not window.sample().found.any()
    for t in (0.0, 0.1, 0.2):
        window.add(t, None)
    empty = window.sample()
    assert not empty.found.any()
    assert empty.features().shape == (20, COUNT)
    assert not empty.features().any()


def test_who_leaves_fades_out_of_the_window():
    window = seen(np.arange(0, 2, 0.1))
    for t in np.arange(2, 3, 0.1).tolist():
        window.add(t, None)
    assert window.sample().found.tolist() == [True] * 10 + [False] * 10


def test_time_that_goes_back_starts_anew():
    window = seen(np.arange(100, 102, 0.1))
    window.add(3.0, pose(3.0))
    sample = window.sample()
    assert sample.found.sum() == 1
    assert sample.rows[-1, 0, 0] == pytest.approx(3.0)


@settings(deadline=None)
@given(st.integers(1, 400), floats(0.02, 0.2))
def test_it_forgets_what_is_too_old(count: int, step: float):
    times = np.arange(count) * step
    window = seen(times, length=10)
    sample = window.sample()
    grid = times[-1] + np.arange(-9, 1) / RATE
    # A moment between two rows may lie half a row outside.
    assert (sample.found >= (grid >= -1e-9)).all()
    np.testing.assert_allclose(sample.rows[sample.found, 0, 0], grid[sample.found], atol=0.06)


def test_a_thousand_hertz_does_not_crowd_out_the_past():
    times = np.arange(0, 3, 0.001)
    sample = seen(times).sample()
    assert sample.found.all()
    np.testing.assert_allclose(sample.rows[:, 0, 0], 2.999 + np.arange(-19, 1) / RATE, atol=0.03)


def test_resampling_nothing_is_nothing():
    rows, found = resample(np.empty(0), np.empty((0, 17, 6), np.float32), np.arange(5.0))
    assert rows.shape == (5, 17, 6)
    assert not found.any()
