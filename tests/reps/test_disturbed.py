"""Whatever camera, clock and network do, a count never goes back, doubles or crashes."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.events import Event, Rep
from gymbox.motion.landmarks import Pose
from gymbox.motion.observe import Body, observe
from gymbox.reps import counter, sets
from gymbox.reps.counter import Counter, CounterEvent
from gymbox.reps.profiles import profile
from gymbox.reps.sets import SetRules, SetState
from tests.reps.stick_figure import MOVES, pose, wave

Frames = list[tuple[float, Pose | None]]

FPS = 12
REPS = 3
NAMES = ("squat", "push_up", "pull_up", "biceps_curl")
RULES = SetRules()
WRONG = (math.nan, math.inf, -math.inf, 1e30, -1e30)


def film(name: str, reps: int = REPS) -> Frames:
    u = wave(reps, 2.0)
    times = [k / FPS for k in range(int((reps * 2.0 + 1.2) * FPS))]
    return [(t, pose(MOVES[name](u(t)), t)) for t in times]


def told(frames: Frames, name: str) -> list[Event]:
    """The events of the box; after each frame the count has gone up by what it says, no more."""
    state = SetState(exercise=name, counter=Counter())
    body: Body | None = None
    events: list[Event] = []
    for t, seen in frames:
        counted: Counter = state.counter
        said: Sequence[CounterEvent] = ()
        if seen is not None:
            observation, body = observe(replace(seen, timestamp=t), body)
            counted, said = counter.step(counted, observation, profile(name))
            assert math.isfinite(counted.progress)
        before = state
        state, news = sets.step(state, counted, said, t, RULES, seen=seen is not None)
        complete = [event for event in news if isinstance(event, Rep) and not event.partial]
        assert len(complete) <= 1
        if state.under_way and before.under_way:
            assert state.reps == before.reps + len(complete)
        events += news
    return events


def complete(events: list[Event]) -> list[Rep]:
    return [event for event in events if isinstance(event, Rep) and not event.partial]


def broken(seen: Pose, rows: list[int], value: float, part: str) -> Pose:
    array = getattr(seen, part).copy()
    array[rows] = value
    return replace(seen, **{part: array})


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_frames_that_are_lost_only_lose(name: str, data: st.DataObject):
    frames = film(name)
    gone = data.draw(st.sets(st.integers(0, len(frames) - 1), max_size=len(frames)))
    kept = data.draw(st.booleans())
    thinned = [
        (t, None if k in gone else seen)
        for k, (t, seen) in enumerate(frames)
        if kept or k not in gone
    ]
    assert len(complete(told(thinned, name))) <= REPS


@pytest.mark.parametrize("name", NAMES)
@given(times=st.integers(2, 4))
@settings(max_examples=5, deadline=None)
def test_frames_that_come_twice_count_once(name: str, times: int):
    frames = [frame for frame in film(name) for _ in range(times)]
    assert len(complete(told(frames, name))) == REPS


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_landmarks_that_are_no_numbers_count_nothing(name: str, data: st.DataObject):
    frames = film(name)
    for _ in range(data.draw(st.integers(1, 12))):
        k = data.draw(st.integers(0, len(frames) - 1))
        t, seen = frames[k]
        assert seen is not None
        rows = data.draw(st.lists(st.integers(0, 32), min_size=1, max_size=33))
        part = data.draw(st.sampled_from(["points", "world", "visibility"]))
        frames[k] = (t, broken(seen, rows, data.draw(st.sampled_from(WRONG[:3])), part))
    assert len(complete(told(frames, name))) <= REPS


@pytest.mark.parametrize("name", NAMES)
def test_one_frame_of_no_numbers_costs_nothing(name: str):
    for k in range(0, len(film(name)), 3):
        frames = film(name)
        t, seen = frames[k]
        assert seen is not None
        frames[k] = (t, broken(seen, list(range(33)), math.nan, "points"))
        assert len(complete(told(frames, name))) == REPS


@pytest.mark.parametrize("name", NAMES)
@given(begin=st.integers(0, 60), length=st.integers(1, 80))
@settings(max_examples=15, deadline=None)
def test_what_is_not_visible_counts_nothing(name: str, begin: int, length: int):
    frames = film(name)
    for k in range(begin, min(begin + length, len(frames))):
        t, seen = frames[k]
        assert seen is not None
        frames[k] = (t, replace(seen, visibility=np.zeros(33, np.float32)))
    assert len(complete(told(frames, name))) <= REPS


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_a_clock_that_jumps_loses_little_and_doubles_nothing(name: str, data: st.DataObject):
    """Ahead or back by any time, in the middle of anything; now and then no time at all."""
    frames = film(name)
    jump = data.draw(st.sampled_from([-1e9, -3600.0, -2.0, -0.5, 0.3, 2.0, 3600.0, 1e9, 1e18]))
    at = data.draw(st.integers(1, len(frames) - 1))
    shifted = [(t + jump if k >= at else t, seen) for k, (t, seen) in enumerate(frames)]
    for _ in range(data.draw(st.integers(0, 4))):
        k = data.draw(st.integers(0, len(frames) - 1))
        shifted[k] = (data.draw(st.sampled_from(WRONG)), shifted[k][1])
    reps = complete(told(shifted, name))
    assert len(reps) <= REPS
    assert all(math.isfinite(rep.t) and 0.0 <= rep.confidence <= 1.0 for rep in reps)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_no_order_of_frames_breaks_anything(name: str, data: st.DataObject):
    frames = film(name)
    order = data.draw(st.permutations(range(len(frames))))
    clock = data.draw(st.sampled_from(["own", "running"]))
    mixed = [
        (frames[k][0] if clock == "own" else place / FPS, frames[k][1])
        for place, k in enumerate(order)
    ]
    told(mixed, name)


@given(
    value=st.sampled_from([math.nan, math.inf, -math.inf]),
    part=st.sampled_from(["points", "world", "visibility"]),
)
def test_a_broken_pose_leaves_no_trace_in_the_body(value: float, part: str):
    clean = pose(MOVES["squat"](0.3), 0.1)
    _, body = observe(pose(MOVES["squat"](0.2), 0.0), None)
    seen, after = observe(broken(clean, [11, 23, 25], value, part), body)
    assert after == body
    readings = [*seen.left.values(), *seen.right.values()]
    assert all(math.isfinite(r.value) and math.isfinite(r.quality) for r in readings)
