"""Takes as text and as lines of a table, and what is asked before and after them."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.collection.plan import suggest
from gymbox.collection.questions import Question, another, corrections, following
from gymbox.collection.take import (
    ACTIVITIES,
    COLUMNS,
    DIRECTIONS,
    HEIGHTS,
    NONE,
    UNKNOWN,
    Order,
    parse,
    rep_ends,
    row,
    view,
)
from gymbox.errors import InputError
from tests.collection.takes import take

EXERCISES = ("squat", "push_up", "dip")


def test_a_take_survives_its_text() -> None:
    for one in (take(), take(reps=None), take(exercise=NONE, activity="walking", marks=())):
        assert parse(one.as_json(), "take.json") == one


def test_a_take_of_before_there_were_labels_is_read() -> None:
    table = json.loads(take().as_json()) | {"version": 1}
    del table["called"]
    assert parse(json.dumps(table), "take.json") == take()


@pytest.mark.parametrize("change", [{"version": 3}, {"surprise": 1}, {"size": None}, {"marks": 3}])
def test_what_is_no_take_is_refused(change: dict[str, object]) -> None:
    text = json.dumps(json.loads(take().as_json()) | change)
    with pytest.raises(InputError, match="the take"):
        parse(text, "the take")
    with pytest.raises(InputError):
        parse("[]", "the take")


def test_the_columns_are_those_of_clips_csv_and_more(shared_clips: Path) -> None:
    with shared_clips.open(newline="", encoding="utf-8") as lines:
        theirs = next(csv.reader(lines))
    assert set(theirs) <= set(COLUMNS)
    assert set(row(take())) == set(COLUMNS)


def test_a_row_can_be_read_as_a_clip() -> None:
    lines = io.StringIO()
    table = csv.DictWriter(lines, COLUMNS)
    table.writeheader()
    table.writerow(row(take("a")))
    (read,) = csv.DictReader(io.StringIO(lines.getvalue()))
    assert (read["file"], read["exercise"], read["strict"]) == ("a.npz", "squat", "1")
    assert (read["reps"], read["reps_min"], read["reps_max"]) == ("5", "5", "5")
    assert (read["scene"], read["view"], read["rendered"]) == ("b0x-a2", "front oblique", "0")


def test_only_what_was_confirmed_is_fit_for_judging() -> None:
    assert row(take(reps=None))["strict"] == 0
    assert row(take(reps=None))["reps"] == ""
    assert row(take(exercise=UNKNOWN, reps=5))["strict"] == 0
    idle = row(take(exercise=NONE, activity="sitting", reps=0))
    assert (idle["exercise"], idle["strict"], idle["notes"]) == ("unknown", 0, "sitting")


def test_views_are_the_words_of_clips_csv() -> None:
    assert [view(direction) for direction in DIRECTIONS] == [
        *("front", "front oblique", "side", "back oblique"),
        *("back", "back oblique", "side", "front oblique"),
    ]
    assert view("") == ""


def test_rep_ends_are_frames_and_only_where_box_and_athlete_agree() -> None:
    assert rep_ends(take()) == [60, 70, 80, 90, 100]
    assert rep_ends(take(reps=6)) == []
    assert rep_ends(take(reps=None)) == []


def test_everything_that_can_be_asked_comes_round() -> None:
    for question, count in (
        (Question.ATHLETE, 9),
        (Question.EXERCISE, len(EXERCISES) + 1 + len(ACTIVITIES)),
        (Question.REPS, 5),
        (Question.DIRECTION, len(DIRECTIONS)),
        (Question.HEIGHT, len(HEIGHTS)),
        (Question.PICTURES, 2),
    ):
        order, seen = Order(), []
        for _ in range(count):
            seen.append(order)
            order = another(question, order, EXERCISES)
        assert order == Order()
        assert len(set(seen)) == count


def test_idle_examples_have_no_direction_to_ask_for() -> None:
    order = Order(exercise=NONE, activity="walking")
    assert following(Question.EXERCISE, order) is Question.HEIGHT
    assert following(Question.EXERCISE, Order()) is Question.REPS
    assert following(Question.PICTURES, Order()) is None


@given(st.integers(0, 200))
def test_corrections_offer_each_count_once_and_an_end(counted: int) -> None:
    offers = corrections(counted)
    assert offers[0] == counted
    assert offers.count(None) == 1
    assert offers.index(None) <= 3
    assert len(set(offers)) == len(offers)
    assert all(offer is None or offer >= 0 for offer in offers)


def test_the_plan_goes_through_all_exercises_at_one_place_first() -> None:
    order, takes = Order(direction="left"), []
    for number in range(16):
        order = suggest(takes, EXERCISES, order)
        direction = "" if order.idle else order.direction
        told = take(
            str(number), exercise=order.exercise, activity=order.activity, direction=direction
        )
        takes.append(told)
    trained = [one for one in takes if one.exercise != NONE]
    assert [one.exercise for one in trained[:3]] == list(EXERCISES)
    assert [one.direction for one in trained[:6]] == ["left"] * 3 + ["back left"] * 3
    assert len({(one.exercise, one.direction) for one in trained}) == len(trained)
    idle = [one.activity for one in takes if one.exercise == NONE]
    assert idle == list(ACTIVITIES[: len(idle)])
    assert len(idle) == 4


def test_what_there_is_least_of_comes_first() -> None:
    takes = [
        take(str(k), exercise=e, direction=d)
        for k, (e, d) in enumerate(
            (e, d) for e in EXERCISES for d in DIRECTIONS if (e, d) != ("push_up", "back")
        )
    ]
    takes += [take(f"i{k}", exercise=NONE, activity=ACTIVITIES[k % 6]) for k in range(20)]
    order = suggest(takes, EXERCISES, Order(pictures=True))
    assert (order.exercise, order.direction, order.pictures) == ("push_up", "back", False)
