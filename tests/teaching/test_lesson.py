"""What is learnt from a demonstration, and that it counts."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.motion.landmarks import Pose
from gymbox.teaching.fitting import counted
from gymbox.teaching.lesson import Lesson, Problem, observed, teach
from tests.reps.stick_figure import MOVES, Joints, arm_swing, pose, squat
from tests.teaching.shown import shown

ALL: dict[str, Callable[[float], Joints]] = MOVES | {"arm_swing": arm_swing}


@pytest.mark.parametrize("name", sorted(ALL))
def test_three_repetitions_are_enough_to_count_the_next_ones(name: str):
    lesson = teach(shown(ALL[name], 3, noise=0.004))
    assert isinstance(lesson, Lesson)
    assert len(lesson.cycles) == 3
    others = shown(ALL[name], 5, period=2.8, fps=11, noise=0.004, begin=20.0)
    assert len(counted(observed(others), lesson.profile)) == 5


@settings(max_examples=12, deadline=None)
@given(
    name=st.sampled_from(sorted(ALL)),
    reps=st.integers(3, 5),
    period=st.floats(1.2, 4.0),
    fps=st.floats(8.0, 30.0),
    later=st.integers(1, 6),
)
def test_any_pace_and_frame_rate(name: str, reps: int, period: float, fps: float, later: int):
    lesson = teach(shown(ALL[name], reps, period=period, fps=fps))
    assert isinstance(lesson, Lesson)
    assert len(lesson.cycles) == reps
    rest = shown(ALL[name], later, period=2.0, fps=15, begin=60.0)
    assert len(counted(observed(rest), lesson.profile)) == later


@pytest.mark.parametrize("depth", [0.0, 0.02])
def test_whoever_hardly_moves_is_told_so(depth: float):
    assert teach(shown(squat, 4, depth=depth)) == Problem("move more")


@pytest.mark.parametrize("reps", [1, 2])
def test_too_few_repetitions_are_told(reps: int):
    problem = teach(shown(squat, reps))
    assert isinstance(problem, Problem)
    assert problem.reps <= reps
    assert problem.words in {f"3 reps needed, saw {reps}", "hold still first"}


def test_nobody_teaches_nothing():
    assert teach([]) == Problem("nobody seen")
    assert teach([(t / 10, None) for t in range(50)]) == Problem("nobody seen")


def test_getting_into_place_is_no_repetition():
    walk_in = [
        (t, pose(squat(0.9 * abs(np.sin(t * 0.7)) if t < 1.5 else 0.0), t, yaw=60 - 20 * t))
        for t in np.arange(0, 3, 1 / 15).tolist()
    ]
    lesson = teach([*walk_in, *shown(arm_swing, 4, begin=3.0)])
    assert isinstance(lesson, Lesson)
    assert len(lesson.cycles) == 4
    assert lesson.cycles[0].start >= 3.0


def test_half_repetitions_of_what_was_taught_do_not_count():
    lesson = teach(shown(arm_swing))
    assert isinstance(lesson, Lesson)
    small = shown(arm_swing, 4, depth=0.35, begin=20.0)
    assert counted(observed(small), lesson.profile) == []


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), broken=st.floats(0.0, 0.5))
def test_no_rubbish_is_too_much(seed: int, broken: float):
    rng = np.random.default_rng(seed)
    recording: list[tuple[float, Pose | None]] = []
    for t, found in shown(squat, 3):
        if found is None or rng.random() < broken / 2:
            recording.append((t, None))
            continue
        if rng.random() < broken:
            found.points[rng.integers(33)] = rng.choice([np.nan, 1e9, -1e9])
            found.world[rng.integers(33)] = np.nan
        recording.append((t, found))
    assert isinstance(teach(recording), Lesson | Problem)
