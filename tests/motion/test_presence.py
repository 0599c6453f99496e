"""The athlete is found at once and lost only after a while."""

from hypothesis import given
from hypothesis import strategies as st

from gymbox.events import AthleteFound, AthleteLost, Event
from gymbox.motion.presence import Presence, step


def watch(seen: list[bool], lost_after: float = 1.0, every: float = 0.1) -> list[Event]:
    state, events = Presence(), []
    for index, there in enumerate(seen):
        state, new = step(state, index * every, seen=there, lost_after=lost_after)
        events += new
    return events


def test_a_short_gap_is_not_a_loss() -> None:
    assert watch([True] * 5 + [False] * 9 + [True] * 5) == [AthleteFound(t=0.0)]


def test_a_long_gap_is() -> None:
    kinds = [type(event) for event in watch([True] * 5 + [False] * 20 + [True])]
    assert kinds == [AthleteFound, AthleteLost, AthleteFound]


@given(st.lists(st.booleans(), max_size=200))
def test_found_and_lost_alternate(seen: list[bool]) -> None:
    kinds = [type(event) for event in watch(seen, lost_after=0.35)]
    assert kinds[::2] == [AthleteFound] * len(kinds[::2])
    assert kinds[1::2] == [AthleteLost] * len(kinds[1::2])
