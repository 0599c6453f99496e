"""Who is the athlete: no jump, no growth and no other clothes, whatever the frame rate."""

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gymbox.motion.lock import BRIEFLY, COVERED, Place, back, same, strangeness, waiting

COORDINATE = st.floats(-2000, 2000)
PLACES = st.builds(Place, COORDINATE, COORDINATE, st.floats(1, 2000), st.floats(-math.pi, math.pi))
SECONDS = st.floats(0.01, 20)
LIKENESS = st.none() | st.floats(0, 1)
HERE = Place(300, 200, 400, 0.1)


@given(PLACES, SECONDS, st.floats(0.45, 1))
def test_who_has_not_moved_is_the_same(place: Place, seconds: float, alike: float) -> None:
    assert strangeness(place, place, seconds) == 0
    assert same(0.0, seconds, alike)
    assert same(0.0, seconds, None)


@given(PLACES, PLACES, SECONDS, st.floats(0.05, 20))
def test_it_does_not_depend_on_how_large_the_picture_is(
    one: Place, other: Place, seconds: float, scale: float
) -> None:
    def scaled(place: Place) -> Place:
        return Place(place.x * scale, place.y * scale, place.side * scale, place.rotation)

    told = strangeness(one, other, seconds)
    assert strangeness(scaled(one), scaled(other), seconds) == pytest.approx(told, rel=1e-6)


@given(PLACES, PLACES, SECONDS, SECONDS)
def test_more_time_makes_nothing_stranger(
    one: Place, other: Place, seconds: float, more: float
) -> None:
    assert strangeness(one, other, seconds + more) <= strangeness(one, other, seconds)


@given(st.floats(0, 10), SECONDS, st.floats(0, 1), st.floats(0, 1))
def test_likeness_never_speaks_against_somebody(
    strange: float, seconds: float, alike: float, more: float
) -> None:
    if same(strange, seconds, alike):
        assert same(strange, seconds, max(alike, more))


@given(st.floats(0.5, 5), st.floats(1 / 30, 1 / 5))
def test_who_squats_fast_is_the_same(reps: float, every: float) -> None:
    """The hips go down a fifth of the region, and the region shrinks a tenth, at any frame rate."""
    depth = [0.5 - 0.5 * math.cos(2 * math.pi * min(reps, 0.8) * k * every) for k in range(40)]
    places = [Place(300, 200 + 80 * d, 400 * (1 - 0.1 * d), 0.0) for d in depth]
    for before, now in pairwise(places):
        assert same(strangeness(before, now, every), every, 0.75)


@given(st.floats(1 / 30, 1 / 5), LIKENESS, st.sampled_from([-1, 1]))
def test_who_is_twice_as_large_or_upside_down_or_far_off_is_not(
    every: float, alike: float | None, sign: int
) -> None:
    for other in (
        Place(300, 200, 400 * 2.0**sign, 0.1),
        Place(300, 200, 400, 0.1 + sign * math.pi),
        Place(300 + sign * 400, 200, 400, 0.1),
    ):
        assert not same(strangeness(HERE, other, every), every, alike)


@given(PLACES, st.floats(0.01, 0.9))
def test_who_wears_something_else_is_not(place: Place, seconds: float) -> None:
    assert not same(strangeness(place, place, seconds), seconds, 0.2)


def test_another_light_is_learnt_after_a_while() -> None:
    assert not same(0.2, 0.5, 0.2)
    assert same(0.2, 1.2, 0.2)


@given(COORDINATE, COORDINATE, SECONDS)
def test_after_a_while_the_athlete_may_be_anywhere_in_the_same_clothes(
    x: float, y: float, seconds: float
) -> None:
    assume(math.hypot(x - HERE.x, y - HERE.y) > 2 * HERE.side)
    there = Place(x, y, HERE.side * 0.7, 0.0)
    assert back(HERE, there, seconds, 0.9) == (seconds > COVERED)
    assert not back(HERE, there, seconds, 0.5)
    assert not back(HERE, there, seconds, None)


@given(st.floats(-5, 1000), st.floats(0.5, 100))
def test_who_has_been_here_for_longer_is_waited_for_longer(known: float, most: float) -> None:
    assert BRIEFLY <= waiting(known, most) <= max(most, BRIEFLY)
    assert waiting(known, most) <= waiting(known + 1, most)
