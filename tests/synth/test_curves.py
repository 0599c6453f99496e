import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import floats
from tools.synth.curves import ease, mix, smooth, through


@given(early=floats(0.3, 0.7))
def test_easing_goes_from_nothing_to_all_and_never_back(early: float):
    way = ease(np.linspace(-0.5, 1.5, 400), early)
    assert way[0] == 0.0
    assert way[-1] == 1.0
    assert (np.diff(way) >= -1e-12).all()


@given(early=floats(0.3, 0.7))
def test_early_is_where_the_middle_of_the_way_is_reached(early: float):
    assert ease(early, early) == pytest.approx(0.5)


def test_easing_starts_and_stops_at_rest():
    way = ease(np.array([0.0, 1e-3, 1 - 1e-3, 1.0]))
    assert way[1] - way[0] < 1e-7
    assert way[3] - way[2] < 1e-7


@given(values=st.lists(floats(-180, 180), min_size=2, max_size=6))
def test_a_curve_meets_its_keys_and_never_overshoots(values: list[float]):
    stops = np.arange(len(values), dtype=float)
    assert through(stops, values, stops) == pytest.approx(values, abs=1e-9)
    fine = through(stops, values, np.linspace(-1, len(values), 300))
    assert fine.min() >= min(values) - 1e-9
    assert fine.max() <= max(values) + 1e-9


@given(values=st.lists(floats(0, 180), min_size=3, max_size=6).map(sorted))
def test_rising_keys_give_a_rising_curve(values: list[float]):
    stops = np.arange(len(values), dtype=float)
    fine = through(stops, values, np.linspace(0, len(values) - 1, 300))
    assert (np.diff(fine) >= -1e-9).all()


def test_smoothing_keeps_what_is_still_and_the_shape():
    still = np.full((50, 2, 3), 4.2)
    assert smooth(still, 30, 0.2) == pytest.approx(still)


def test_smoothing_does_not_delay():
    step = (np.arange(101) >= 50).astype(float)
    soft = smooth(step, 30, 0.2)
    assert soft[49] + soft[50] == pytest.approx(1.0)


def test_mixing_reaches_both_ends():
    assert mix(3.0, 7.0, 0.0) == 3.0
    assert mix(3.0, 7.0, 1.0) == 7.0
