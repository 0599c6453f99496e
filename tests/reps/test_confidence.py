from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.reps import confidence
from gymbox.reps.confidence import NAMES, NO_HABIT, NO_PRELUDE, Evidence, Prelude
from gymbox.reps.movement import Sample
from tests.strategies import floats

GOOD = Evidence()


def rep(*, low: float = 0.0, mover: float = 60.0, still: float = 0.0) -> list[Sample]:
    """Out and back in two seconds; what moves goes 60 pixels, half a torso."""
    ways = [min(k, 20 - k) / 10 for k in range(21)]
    return [
        Sample(k / 10, low + way, 0.9, mover * way, still * way, 0.0, 120.0)
        for k, way in enumerate(ways)
    ]


@pytest.mark.parametrize("name", NAMES)
@given(less=floats(0.0, 1.0), more=floats(0.0, 1.0))
def test_what_is_amiss_never_speaks_for_a_repetition(name: str, less: float, more: float):
    worse = replace(GOOD, **{name: less + more})
    better = replace(GOOD, **{name: less})
    assert confidence.chance(worse) <= confidence.chance(better)


@given(data=st.data())
def test_a_chance_is_one(data: st.DataObject):
    evidence = Evidence(*(data.draw(floats(0.0, 1e6)) for _ in NAMES))
    assert 0.0 <= confidence.chance(evidence) <= 1.0


def test_a_clean_repetition_among_others_is_nearly_certain():
    habit = NO_HABIT
    for _ in range(3):
        habit = confidence.after(habit, rep(), 0.0, 1.0)
    evidence = confidence.weigh(rep(), 0.0, 1.0, Prelude(rested=1.0), habit)
    assert confidence.chance(evidence) > 0.95


def test_hands_that_move_where_the_body_should_are_doubted():
    right = confidence.weigh(rep(), 0.0, 1.0, NO_PRELUDE, NO_HABIT)
    wrong = confidence.weigh(rep(mover=0.0, still=60.0), 0.0, 1.0, NO_PRELUDE, NO_HABIT)
    assert right.swapped < 0.05
    assert wrong.swapped > 0.8
    assert confidence.chance(wrong) < confidence.chance(right) / 2


def test_a_habit_follows_what_is_done():
    habit = confidence.after(NO_HABIT, rep(), 0.1, 0.8)
    assert (habit.reach, habit.low, habit.reps) == (0.8, 0.1, 1)
    habit = confidence.after(habit, rep(), 0.1, 0.6)
    assert 0.6 < habit.reach < 0.8
    assert habit.reps == 2


@given(
    across=st.lists(floats(-200, 200), min_size=1, max_size=30),
    began=floats(0.0, 3.0),
)
def test_a_prelude_is_a_share_and_a_way(across: list[float], began: float):
    recent = [Sample(3 + k / 10, 0.0, 0.9, 0, 0, x, 100.0) for k, x in enumerate(across)]
    found = confidence.prelude(recent, 0.0, began)
    assert 0.0 <= found.rested <= 1.0
    assert 0.0 <= found.wander <= 4.0


def test_one_jump_of_the_network_is_no_walk():
    across = [500.0, *[0.0] * 29]
    recent = [Sample(k / 10, 0.0, 0.9, 0, 0, x, 100.0) for k, x in enumerate(across)]
    assert confidence.prelude(recent, 0.0, 0.0).wander == 0.0
