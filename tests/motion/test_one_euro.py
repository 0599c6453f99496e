"""The filters: properties that hold for any signal."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gymbox.motion.one_euro import LowPass, OneEuro
from tests.strategies import floats

values = floats(-1000, 1000, width=32)
signals = arrays(np.float32, st.tuples(st.integers(2, 30), st.just(3)), elements=values)
cutoffs = floats(0.01, 10)
betas = floats(0, 100)
steps = floats(0.005, 1)


@given(values, cutoffs, betas, steps)
def test_a_constant_stays_what_it_is(value: float, cutoff: float, beta: float, step: float):
    smooth = OneEuro(min_cutoff=cutoff, beta=beta)
    still = np.full((4, 3), value, np.float32)
    for index in range(5):
        np.testing.assert_allclose(smooth(still, index * step), still, rtol=1e-5, atol=1e-5)


@given(signals, cutoffs, betas, steps)
def test_the_result_stays_between_what_was_seen(
    signal: np.ndarray, cutoff: float, beta: float, step: float
):
    smooth = OneEuro(min_cutoff=cutoff, beta=beta)
    slack = 1e-3
    for index, row in enumerate(signal):
        result = smooth(row, index * step)
        seen = signal[: index + 1]
        assert (result >= seen.min(axis=0) - slack).all()
        assert (result <= seen.max(axis=0) + slack).all()


@given(signals, steps)
def test_each_value_is_smoothed_on_its_own(signal: np.ndarray, step: float):
    together, alone = OneEuro(min_cutoff=1, beta=5), OneEuro(min_cutoff=1, beta=5)
    for index, row in enumerate(signal):
        time = index * step
        np.testing.assert_allclose(together(row, time)[1:2], alone(row[1:2], time), rtol=1e-6)


def test_arrays_of_constants_are_the_same_as_filters_of_their_own():
    rng = np.random.default_rng(3)
    pair = OneEuro(min_cutoff=np.array([0.1, 2], np.float32), beta=np.array([10, 0], np.float32))
    one, two = OneEuro(min_cutoff=0.1, beta=10), OneEuro(min_cutoff=2, beta=0)
    for index in range(10):
        row = rng.normal(size=2).astype(np.float32)
        both = pair(row, index / 30, np.array([5, 1], np.float32))
        np.testing.assert_allclose(both[0], one(row[0:1], index / 30, 5)[0], rtol=1e-5)
        np.testing.assert_allclose(both[1], two(row[1:2], index / 30)[0], rtol=1e-5)


def test_near_and_far_athletes_are_smoothed_alike():
    near, far = OneEuro(min_cutoff=0.05, beta=80), OneEuro(min_cutoff=0.05, beta=80)
    signal = np.sin(np.linspace(0, 6, 40)).astype(np.float32)[:, np.newaxis]
    for index, row in enumerate(signal):
        result = near(100 * row, index / 30, scale=100)
        np.testing.assert_allclose(
            result, 100 * far(row, index / 30, scale=1), rtol=1e-4, atol=1e-3
        )


def test_it_is_calm_at_rest_and_quick_in_motion():
    smooth = OneEuro(min_cutoff=0.05, beta=80)
    rng = np.random.default_rng(4)
    noise = rng.normal(0, 1e-4, (200, 1)).astype(np.float32)
    calm = [smooth(row, index / 30) for index, row in enumerate(noise)]
    assert np.std(calm[50:]) < np.std(noise) / 4
    ramp = [smooth(np.array([0.05 * i], np.float32), (200 + i) / 30)[0] for i in range(30)]
    assert ramp[-1] == pytest.approx(0.05 * 29, abs=0.05)


def test_it_reads_the_timestamps_and_not_the_number_of_frames():
    slow, fast = OneEuro(min_cutoff=1, beta=0), OneEuro(min_cutoff=1, beta=0)
    zero, one = np.zeros(1, np.float32), np.ones(1, np.float32)
    slow(zero, 0.0)
    fast(zero, 0.0)
    assert slow(one, 1.0)[0] > fast(one, 0.01)[0] > 0


def test_a_time_that_does_not_go_forward_passes_the_value():
    smooth = OneEuro(min_cutoff=1, beta=0)
    smooth(np.zeros(1, np.float32), 1.0)
    assert smooth(np.ones(1, np.float32), 1.0)[0] == 1
    assert smooth(np.ones(1, np.float32), 0.5)[0] == 1
    assert 0 < smooth(np.ones(1, np.float32), 1.1)[0] < 1


def test_after_a_reset_the_first_value_passes():
    smooth, low = OneEuro(min_cutoff=1, beta=0), LowPass(0.1)
    for part in (lambda v: smooth(v, 1.0), low):
        part(np.zeros(2, np.float32))
    smooth.reset()
    low.reset()
    assert smooth(np.ones(2, np.float32), 2.0)[0] == 1
    assert low(np.ones(2, np.float32))[0] == 1


def test_the_low_pass_takes_its_share_of_the_new():
    low = LowPass(0.1)
    low(np.zeros(1, np.float32))
    assert low(np.ones(1, np.float32))[0] == pytest.approx(0.1)
    assert low(np.ones(1, np.float32))[0] == pytest.approx(0.19)
