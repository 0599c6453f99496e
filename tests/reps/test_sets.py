from gymbox.events import Event, Ready, Rep, RepUndone, SetEnd, SetStart
from gymbox.reps import corrections, counter, sets
from gymbox.reps.counter import Counter
from gymbox.reps.profiles import profile
from gymbox.reps.sets import SetRules, SetState
from tests.reps.stick_figure import MOVES, observations, wave

RULES = SetRules(rest_after=8.0, gone_after=3.0)
SQUAT = profile("squat")


def run(
    samples: list[tuple[float, float | None]], state: SetState[Counter] | None = None
) -> tuple[SetState[Counter], list[Event]]:
    """Takes (time, progress) pairs, None where nobody is seen."""
    state = state or SetState(exercise="squat", counter=Counter())
    seen = iter(observations(MOVES["squat"], [(t, u) for t, u in samples if u is not None]))
    events: list[Event] = []
    for t, u in samples:
        counted, said = state.counter, ()
        if u is not None:
            counted, said = counter.step(counted, next(seen), SQUAT)
        state, news = sets.step(state, counted, said, t, RULES, seen=u is not None)
        events += news
    return state, events


def squats(reps: int, seconds: float, start: float = 0.0) -> list[tuple[float, float | None]]:
    u = wave(reps, 2.0)
    return [(start + k / 20, u(k / 20)) for k in range(int(seconds * 20))]


def names(events: list[Event]) -> list[str]:
    return [event.name for event in events]


def test_a_set_tells_its_whole_story():
    state, events = run(squats(3, 8))
    assert names(events) == ["ready", "set_start", "rep", "rep", "rep"]
    assert [event.rep for event in events if isinstance(event, Rep)] == [1, 2, 3]
    state, told = sets.finish(state, 8.0)
    (end,) = told
    assert isinstance(end, SetEnd)
    assert (end.reps, end.t) == (3, 8.0)
    start = next(event for event in events if isinstance(event, SetStart))
    assert end.start == start.t
    assert end.end == events[-1].t
    assert not state.under_way


def test_a_rest_ends_the_set_and_the_next_one_counts_from_one():
    state, events = run(squats(2, 14) + squats(2, 6, start=14))
    assert names(events).count("set_end") == 1
    assert [event.rep for event in events if isinstance(event, Rep)] == [1, 2, 1, 2]
    assert state.number == 2


def test_an_absence_ends_the_set():
    gone = [(8 + k / 20, None) for k in range(80)]
    _, events = run(squats(2, 8) + gone)
    assert isinstance(events[-1], SetEnd)
    assert 10.9 < events[-1].t < 11.2


def test_a_short_absence_does_not():
    gone = [(8 + k / 20, None) for k in range(40)]
    state, events = run(squats(2, 8) + gone + squats(1, 4, start=10))
    assert state.reps == 3
    assert names(events).count("ready") == 1


def test_undo_takes_back_one_repetition_and_never_more_than_there_are():
    state, _ = run(squats(1, 4))
    state, events = corrections.undo(state, 4.0)
    assert events == (RepUndone(t=4.0, exercise="squat", rep=0),)
    state, events = corrections.undo(state, 4.1)
    assert events == ()
    assert corrections.undo(SetState(exercise="squat", counter=Counter()), 1.0)[1] == ()


def test_an_emptied_set_keeps_its_number():
    state, _ = run(squats(1, 4))
    state, _ = corrections.undo(state, 4.0)
    state, (end,) = sets.finish(state, 5.0)
    assert isinstance(end, SetEnd)
    assert end.reps == 0
    assert state.number == 1


def test_a_set_that_was_cut_off_goes_on():
    state = SetState.restored("squat", Counter(), number=3, reps=5, start=-70.0, last_rep=-60.0)
    state, events = run(squats(1, 4), state)
    assert names(events) == ["rep"]
    state, (end,) = sets.finish(state, 4.0)
    assert isinstance(end, SetEnd)
    assert (end.reps, end.start) == (6, -70.0)


def test_a_restored_set_ends_after_a_rest_of_its_own():
    state = SetState.restored("squat", Counter(), number=1, reps=5, start=-70.0, last_rep=-60.0)
    _, events = run(squats(0, 10), state)
    end = events[0]
    assert isinstance(end, SetEnd)
    assert end.end == -60.0
    assert 8.0 < end.t < 8.2


def test_finishing_nothing_says_nothing():
    assert sets.finish(SetState(exercise="squat", counter=Counter()), 1.0)[1] == ()


def test_ready_is_told_when_the_start_pose_was_held():
    _, events = run(squats(0, 2))
    assert [type(event) for event in events] == [Ready]


def test_a_recording_may_end_in_the_moment_the_last_repetition_does():
    samples = [(t, u) for t, u in squats(1, 4) if t <= 2.1]
    state, events = run(samples)
    assert names(events) == ["ready"]
    state, events = sets.finish(state, 2.1)
    assert names(list(events)) == ["set_start", "rep", "set_end"]
    assert isinstance(events[-1], SetEnd)
    assert events[-1].reps == 1


def test_a_repetition_cut_at_its_turn_does_not_count():
    state, _ = run([(t, u) for t, u in squats(1, 4) if t <= 1.6])
    assert sets.finish(state, 1.6)[1] == ()


def test_an_athlete_who_left_long_ago_completes_nothing():
    state, _ = run([(t, u) for t, u in squats(1, 4) if t <= 2.1])
    assert sets.finish(state, 5.0)[1] == ()
