import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.motion.observe import Observation
from gymbox.reps import counter
from gymbox.reps.counter import Armed, Counter, CounterEvent, RepDone
from gymbox.reps.profiles import Profile, profile
from tests.reps.stick_figure import MOVES, arm_swing, observations, walk, wave
from tests.strategies import floats

NAMES = sorted(MOVES)
FPS = floats(5, 30)


def run(seen: list[Observation], of: Profile) -> list[CounterEvent]:
    state, events = Counter(), []
    for observation in seen:
        state, news = counter.step(state, observation, of)
        events += news
    return events


def complete(events: list[CounterEvent]) -> list[RepDone]:
    return [event for event in events if isinstance(event, RepDone) and not event.partial]


def times(fps: float, seconds: float) -> list[float]:
    return [frame / fps for frame in range(int(seconds * fps) + 1)]


def sampled(name: str, reps: int, period: float, fps: float, **shape: float) -> list[Observation]:
    u = wave(reps, period, **shape)
    samples = [(t, u(t)) for t in times(fps, reps * period + 1.5)]
    return observations(MOVES[name], samples)


@pytest.mark.parametrize("name", NAMES)
@given(reps=st.integers(0, 6), period=floats(1.6, 5.0), fps=FPS)
@settings(max_examples=15, deadline=None)
def test_counts_what_was_done_at_any_frame_rate(name: str, reps: int, period: float, fps: float):
    assert len(complete(run(sampled(name, reps, period, fps), profile(name)))) == reps


@pytest.mark.parametrize("name", NAMES)
@given(seed=st.integers(0, 10_000), gap=floats(1.0, 8.0))
@settings(max_examples=10, deadline=None)
def test_irregular_frames_and_short_gaps_lose_nothing(name: str, seed: int, gap: float):
    chance = random.Random(seed)  # noqa: S311 (no secret)
    u = wave(4, 2.5)
    t, samples = 0.0, []
    while t < 12.0:
        if chance.random() > 0.2 and not gap < t < gap + 0.4:
            samples.append((t, u(t)))
        t += chance.uniform(0.02, 0.1)
    assert len(complete(run(observations(MOVES[name], samples), profile(name)))) == 4


@pytest.mark.parametrize("name", NAMES)
@given(share=floats(0.0, 1.0), fps=FPS)
@settings(max_examples=10, deadline=None)
def test_movements_below_the_range_never_count(name: str, share: float, fps: float):
    # An elbow bends by half of what it does while the shoulder comes down by a sixth.
    depth = share * {"push_up": 0.17}.get(name, 0.25)
    assert not complete(run(sampled(name, 5, 2.0, fps, depth=depth), profile(name)))


@pytest.mark.parametrize("name", NAMES)
def test_a_partial_repetition_is_told_and_not_counted(name: str):
    # Half-way an elbow is nearly as bent as it gets, and a thigh still steep.
    depth = {"dip": 0.25, "push_up": 0.35, "lunge": 0.6, "sit_up": 0.3}.get(name, 0.46)
    u, half = wave(2, 2.0), wave(1, 2.0, depth=depth)
    samples = [(t, u(t)) for t in times(20, 5.5)]
    samples += [(6 + t, half(t)) for t in times(20, 3)]
    events = run(observations(MOVES[name], samples), profile(name))
    assert [event.partial for event in events if isinstance(event, RepDone)] == [False, False, True]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("yaw", [30, 60, 90, 120])
def test_counts_from_the_sides(name: str, yaw: float):
    u = wave(4, 2.0)
    samples = [(t, u(t)) for t in times(15, 9.5)]
    assert len(complete(run(observations(MOVES[name], samples, yaw), profile(name)))) == 4


@given(slower=floats(0.5, 2.0))
@settings(max_examples=15, deadline=None)
def test_slower_time_gives_the_same_repetitions_later(slower: float):
    u = wave(3, 2.0)
    for factor in (1.0, slower):
        samples = [(t * factor, u(t)) for t in times(15, 8)]
        reps = complete(run(observations(MOVES["squat"], samples), profile("squat")))
        assert [rep.turn / factor for rep in reps] == pytest.approx([1.5, 3.5, 5.5], abs=0.1)


def test_nothing_counts_before_the_start_pose_was_held():
    u = wave(1, 2.0)
    samples = [(t, u(t + 1.5)) for t in times(20, 3)]  # begins at the bottom
    events = run(observations(MOVES["squat"], samples), profile("squat"))
    assert [type(event) for event in events] == [Armed]


@pytest.mark.parametrize("fps", [8, 15, 30])
def test_a_slip_of_one_frame_is_no_movement(fps: int):
    """Such as a hand that the network sees on the other side for one frame."""
    samples = [(t, 0.9 if k % fps == fps // 2 else 0.0) for k, t in enumerate(times(fps, 6))]
    assert not complete(run(observations(MOVES["biceps_curl"], samples), profile("biceps_curl")))
    assert not complete(run(observations(MOVES["squat"], samples), profile("squat")))


def test_bouncing_through_the_start_pose_does_not_arm():
    # 0.1 s of standing between two movements is no start pose.
    samples = [(t, abs(math.cos(2 * math.pi * t / 1.2)) ** 0.3) for t in times(30, 4)]
    assert not run(observations(MOVES["squat"], samples), profile("squat"))


def test_the_same_observations_give_the_same_events():
    seen = sampled("push_up", 3, 2.0, 12)
    assert run(seen, profile("push_up")) == run(seen, profile("push_up"))


def test_a_state_is_not_changed_by_a_step():
    seen = sampled("squat", 1, 2.0, 10)
    state = Counter()
    for observation in seen:
        before = repr(state)
        after, _ = counter.step(state, observation, profile("squat"))
        assert repr(state) == before
        state = after


@pytest.mark.parametrize("name", NAMES)
def test_arm_swings_and_walking_are_no_repetitions(name: str):
    # To the counter an arm that is raised to the front is one that is raised to the side.
    for move in (walk,) if name == "lateral_raise" else (arm_swing, walk):
        u = wave(8, 1.2)
        seen = observations(move, [(t, u(t)) for t in times(20, 11)])
        assert not complete(run(seen, profile(name)))


def test_a_long_absence_asks_for_the_start_pose_again():
    u = wave(1, 4.0)
    samples = [(t, u(t)) for t in times(20, 6) if not 1.5 < t < 3.2]
    events = run(observations(MOVES["squat"], samples), profile("squat"))
    assert [type(event) for event in events] == [Armed, Armed]


def test_range_tempo_and_confidence():
    # Down 1 s, 1 s at the bottom, up 2 s.
    def u(t: float) -> float:
        way = min(max(0.0, t - 1), 1, max(0.0, (5 - t) / 2))
        return 0.5 * (1 - math.cos(math.pi * way))

    seen = observations(MOVES["squat"], [(t, u(t)) for t in times(30, 7)])
    (rep,) = complete(run(seen, profile("squat")))
    assert rep.rom == 1.0
    assert 0.8 < rep.confidence < 1.0
    down, bottom, up, top = rep.tempo
    assert (down, bottom, up) == pytest.approx((1.0, 1.0, 2.0), rel=0.3)
    assert top == 0.0
    assert rep.start < rep.turn < rep.end


def test_the_pause_before_a_repetition_belongs_to_its_tempo():
    u = wave(1, 2.0)
    samples = [(t, u(t) + u(t - 4.0)) for t in times(30, 8)]
    first, second = complete(run(observations(MOVES["squat"], samples), profile("squat")))
    assert first.tempo[3] == 0.0
    assert second.tempo[3] == pytest.approx(2.0, abs=0.4)
