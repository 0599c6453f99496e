import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.motion.own_range import RULES, OwnRange, step
from gymbox.motion.phase import PhaseScores

FPS = 15


def scores(up: float, down: float) -> PhaseScores:
    return PhaseScores(up, down, 1 - up - down)


def put_right(said: list[PhaseScores]) -> list[PhaseScores]:
    state, found = OwnRange(), []
    for index, one in enumerate(said):
        state, better = step(state, index / FPS, one)
        found.append(better)
    return found


def movement(up: float, down: float, reps: int = 4, seconds: float = 3.0) -> list[PhaseScores]:
    """Repetitions of which a network that leans to `neither` says no more than this at the ends."""
    said = []
    for index in range(round(reps * seconds * FPS)):
        depth = 0.5 - 0.5 * math.cos(2 * math.pi * index / FPS / seconds)
        said.append(scores(up * max(0, 1 - 2 * depth) ** 2, down * max(0, 2 * depth - 1) ** 2))
    return said


@pytest.mark.parametrize(("up", "down"), [(0.9, 0.9), (0.5, 0.13), (0.12, 0.7)])
def test_a_network_that_leans_to_neither_is_put_right(up: float, down: float):
    found = put_right(movement(up, down))[2 * 3 * FPS :]
    tops, bottoms = found[:: 3 * FPS], found[3 * FPS // 2 :: 3 * FPS]
    assert all(one.up > 0.8 for one in tops)
    assert all(one.down > 0.8 for one in bottoms)


def test_what_never_looks_like_either_stays_as_it_is():
    said = movement(0.05, 0.04)
    assert put_right(said) == said


def test_an_athlete_who_keeps_still_is_not_moved():
    still = [scores(0.8 + 0.05 * math.sin(index), 0.01) for index in range(200)]
    assert all(one.up > 0.9 for one in put_right(still))


def test_the_window_is_all_that_is_remembered():
    state = OwnRange()
    for index in range(60 * FPS):
        state, _ = step(state, index / FPS, scores(0.5, 0.1))
    assert len(state.seen) <= RULES.window * FPS + 1


@given(st.lists(st.tuples(st.floats(0, 0.5), st.floats(0, 0.5)), min_size=1, max_size=60))
def test_chances_stay_chances(said: list[tuple[float, float]]):
    for one in put_right([scores(*pair) for pair in said]):
        assert all(0 <= chance <= 1 for chance in one)
        assert sum(one) == pytest.approx(1)
