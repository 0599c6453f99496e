import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.motion.angles import distance, joint_angle
from tests.strategies import floats

NUMBERS = floats(-100, 100)


@given(degrees=floats(0, 180), turn=floats(0, 360), scale=floats(0.1, 100))
def test_an_angle_is_the_same_turned_and_scaled(degrees: float, turn: float, scale: float):
    ends = [math.radians(turn), math.radians(turn + degrees)]
    a, c = ((scale * math.cos(end), scale * math.sin(end)) for end in ends)
    assert joint_angle(a, (0, 0), c) == pytest.approx(degrees, abs=1e-4)


@given(a=st.tuples(NUMBERS, NUMBERS, NUMBERS), c=st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_any_points_give_an_angle_from_0_to_180(a: tuple[float, ...], c: tuple[float, ...]):
    assert 0.0 <= joint_angle(a, (1, 2, 3), c) <= 180.0


def test_a_bone_without_length_counts_as_straight():
    assert joint_angle((0, 0), (0, 0), (1, 0)) == 180.0


def test_distance_is_euclids():
    assert distance((0, 0), (3, 4)) == 5.0
    assert distance(np.array([0, 0, 0]), np.array([1, 2, 2])) == 3.0
