"""The clock of the rest."""

from hypothesis import given
from hypothesis import strategies as st

from gymbox.events import Event, RestNearlyOver, RestOver, SetEnd
from gymbox.reps import rest as rests
from gymbox.reps.rest import Rest
from tests.strategies import floats


def rest(since: float = 0.0) -> Rest:
    ended = SetEnd(t=since + 20.0, exercise="squat", reps=5, start=since - 15.0, end=since)
    return Rest(ended=ended, number=1, efforts=(), since=since)


def told(at: list[float], target: float, state: Rest | None = None) -> list[Event]:
    state = state or rest()
    events: list[Event] = []
    for t in at:
        state, news = rests.step(state, t, target)
        events += news
    return events


def test_ten_seconds_before_the_end_and_at_the_end() -> None:
    assert told([k / 4 for k in range(480)], 90.0) == [
        RestNearlyOver(t=80.0, left=10.0),
        RestOver(t=90.0, seconds=90.0),
    ]


def test_without_a_target_nothing_ends() -> None:
    assert told([10.0, 1000.0, 100000.0], 0.0) == []


def test_frames_that_do_not_come_are_no_reason_to_tell_twice() -> None:
    assert [type(event) for event in told([5.0, 300.0, 301.0], 90.0)] == [RestOver]


def test_what_is_past_when_the_rest_begins_is_not_told() -> None:
    short = rest().at(8.0, 15.0)
    assert [type(event) for event in told([8.1, 14.0, 15.0, 16.0], 15.0, short)] == [RestOver]


@given(st.lists(floats(-1e4, 1e4), max_size=30), floats(0, 600))
def test_each_is_told_once_whatever_the_clock_does(times: list[float], target: float) -> None:
    kinds = [type(event) for event in told(times, target)]
    assert kinds in (
        [],
        [RestNearlyOver],
        [RestOver],
        [RestNearlyOver, RestOver],
    )
