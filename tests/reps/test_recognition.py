"""What a recogniser said, weighed over time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.recognition import LAG, Belief, Heard, believe, support

NAMES = ("squat", "dip", UNKNOWN)


def said(t: float, **chances: float) -> Heard:
    return Heard(t, {UNKNOWN: round(1.0 - sum(chances.values()), 6), **chances})


def after(*heard: Heard) -> Belief:
    belief = Belief()
    for one in heard:
        belief = believe(belief, one)
    return belief


def test_before_anything_is_said_nothing_is_known() -> None:
    assert Belief().best == (UNKNOWN, 1.0)


def test_what_is_said_again_and_again_is_believed() -> None:
    name, chance = after(*(said(i / 4, squat=0.9, dip=0.05) for i in range(12))).best
    assert name == "squat"
    assert chance > 0.9


def test_one_slip_changes_nothing() -> None:
    words = [said(i / 4, squat=0.9, dip=0.05) for i in range(12)]
    words[8] = said(2.0, squat=0.02, dip=0.95)
    assert after(*words).best[0] == "squat"


def test_unknown_wins_where_nothing_fits() -> None:
    words = [said(i / 4, squat=0.3, dip=0.3) for i in range(12)]
    assert after(*words).best[0] == UNKNOWN


def test_words_that_come_faster_do_not_say_more() -> None:
    slow = after(*(said(i / 2, squat=0.7, dip=0.1) for i in range(7)))
    fast = after(*(said(i / 8, squat=0.7, dip=0.1) for i in range(25)))
    assert slow.chances["squat"] == pytest.approx(fast.chances["squat"], abs=0.05)


def test_another_exercise_is_believed_after_a_while() -> None:
    words = [said(i / 4, squat=0.95, dip=0.02) for i in range(20)]
    words += [said(5 + i / 4, squat=0.02, dip=0.95) for i in range(20)]
    changes = [after(*words[:n]).best[0] for n in range(1, len(words))]
    assert changes[-1] == "dip"
    assert sum(a != b for a, b in pairwise(changes)) <= 4


def test_the_past_is_not_heard_again() -> None:
    belief = after(said(5.0, squat=0.9, dip=0.05))
    assert believe(belief, said(5.0, dip=0.99, squat=0.0)) is belief
    assert believe(belief, said(2.0, dip=0.99, squat=0.0)) is belief


@given(
    st.lists(
        st.tuples(
            st.floats(-5, 1e6), st.lists(st.floats(0, 1), min_size=3, max_size=3).filter(any)
        ),
        max_size=30,
    )
)
def test_a_belief_is_always_a_share_of_one(words: list[tuple[float, list[float]]]) -> None:
    belief = Belief()
    for t, shares in words:
        total = sum(shares)
        chances = {name: share / total for name, share in zip(NAMES, shares, strict=True)}
        belief = believe(belief, Heard(t, chances))
        assert belief.chances == {} or sum(belief.chances.values()) == pytest.approx(1.0)
        assert 0.0 <= belief.best[1] <= 1.0


def test_only_what_was_said_about_a_repetition_supports_it() -> None:
    words = [said(i / 4, squat=1.0 if 2.0 <= i / 4 <= 4.0 else 0.0) for i in range(40)]
    assert support(words, "squat", 1.5, 2.5) == 1.0
    assert support(words, "squat", 6.0, 8.0) == 0.0
    assert 0.0 < support(words, "squat", 2.0, 5.0 - LAG + 1.5) < 1.0
    assert support(words, "dip", 1.5, 4.0) == 0.0
    assert support([], "squat", 0.0, 1.0) == 0.0


def test_a_very_quick_repetition_takes_the_word_before_it() -> None:
    assert support([said(1.0, squat=0.8)], "squat", 0.9, 1.1) == 0.8
