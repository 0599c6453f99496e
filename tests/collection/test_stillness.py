"""Holding still, as somebody who waits for the go does."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gymbox.collection.stillness import Stillness, step
from tests.reps.stick_figure import MOVES, pose
from tests.strategies import floats


def after(progress: list[float], fps: float = 10.0, noise: float = 0.0) -> Stillness:
    rng, state = np.random.default_rng(0), Stillness()
    for index, u in enumerate(progress):
        seen = pose(MOVES["squat"](u), index / fps)
        seen.points[:, :2] += rng.normal(0, noise, (33, 2)).astype(np.float32)
        state = step(state, index / fps, seen)
    return state


def test_standing_is_still_and_squatting_is_not() -> None:
    assert after([0.0] * 30).since == 0.0
    assert after([0.5 - 0.5 * np.cos(k / 3) for k in range(30)]).since is None


def test_a_network_that_trembles_does_not_hide_stillness() -> None:
    assert after([0.0] * 30, noise=3.0).since is not None


def test_stillness_begins_when_the_movement_has_ended() -> None:
    state = after([0.5 - 0.5 * np.cos(k / 3) for k in range(20)] + [0.0] * 30)
    assert state.since is not None
    assert 1.2 <= state.since <= 3.0


def test_nobody_and_lost_time_forget_everything() -> None:
    state = after([0.0] * 30)
    assert step(state, 3.0, None) == Stillness()
    seen = pose(MOVES["squat"](0.0), 9.0)
    assert step(state, 9.0, seen) == Stillness()
    assert step(state, 1.0, seen) == Stillness()


@given(st.lists(st.tuples(floats(-2, 3), st.booleans(), st.booleans()), max_size=20))
def test_no_times_and_no_poses_break_it(frames: list[tuple[float, bool, bool]]) -> None:
    state, t = Stillness(), 0.0
    for pause, there, broken in frames:
        t += pause
        seen = pose(MOVES["squat"](0.2), t) if there else None
        if seen is not None and broken:
            seen.points[:] = np.nan
        state = step(state, t, seen)
        assert state.since is None or state.since <= t
