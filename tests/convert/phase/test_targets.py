import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tools.convert.phase.targets import hard, soft

TRAVEL = st.floats(-0.3, 1.3)


@given(st.lists(TRAVEL, min_size=1, max_size=20))
def test_shares_sum_to_one_and_the_largest_is_the_class(travel: list[float]):
    way = np.array(travel)
    shares = soft(way)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
    clear = np.min(np.abs(way[:, None] - [1 / 3, 2 / 3]), axis=1) > 0.02
    assert (shares.argmax(axis=1) == hard(way))[clear].all()


def test_the_outer_thirds_are_up_and_down():
    assert hard(np.array([0.0, 0.3, 0.35, 0.65, 0.7, 1.0])).tolist() == [0, 0, 2, 2, 1, 1]


def test_what_is_no_travel_is_neither():
    assert soft(np.array([np.nan])).tolist() == [[0, 0, 1]]
    assert hard(np.array([np.nan])).tolist() == [2]
