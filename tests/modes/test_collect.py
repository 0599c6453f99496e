"""Collect mode: a stick figure is led through recording examples of what it does."""

import numpy as np
import pytest

from gymbox.collection.recording import BEFORE, IDLE
from gymbox.display import Button, CollectDisplay, MessageDisplay
from gymbox.events import Countdown, Event, TakeDiscarded, TakeEnded, TakeRep, TakeSaved
from gymbox.modes.collect import CollectMode
from gymbox.reps.profiles import profiles
from tests.modes.athlete import Athlete
from tests.modes.collection import Session
from tests.reps.stick_figure import wave

SELECT, BACK = Button.SELECT, Button.BACK


def squats(count: int, begin: float, period: float = 2.0) -> Session:
    """Somebody who stands there, and squats from `begin` on."""
    up_and_down = wave(count, period)
    return Session(Athlete("squat", lambda t: up_and_down(t - begin) if t > begin else 0.0))


def kinds(events: list[Event]) -> list[str]:
    return [event.name for event in events]


def to_next(session: Session) -> None:
    session.watch(0.2)
    assert session.step == "athlete"
    session.press(SELECT)
    assert session.step == "next"


def recorded(session: Session) -> None:
    """Presses SELECT at the proposal, and lets the athlete stand until the go."""
    to_next(session)
    session.press(SELECT)
    assert session.step == "ready"
    while session.step != "record":
        session.watch(0.1)
        assert session.t < 60


def test_a_take_from_the_proposal_to_the_shelf() -> None:
    session = squats(5, 8.0)
    recorded(session)
    assert [event.left for event in session.events if isinstance(event, Countdown)] == [3, 2, 1, 0]
    session.watch(30)
    reps = [event.rep for event in session.events if isinstance(event, TakeRep)]
    assert reps == [1, 2, 3, 4, 5]
    (ended,) = [event for event in session.events if isinstance(event, TakeEnded)]
    assert ended.counted == 5
    display = session.shown()
    assert isinstance(display, CollectDisplay)
    assert (display.step, display.number, display.exercise) == ("review", 5, "squat")
    (saved,) = session.press(SELECT)
    assert isinstance(saved, TakeSaved)
    assert (saved.reps, saved.exercise) == (5, "squat")
    (take,) = session.keeper.takes()
    assert (take.reps, take.counted, take.ended, take.direction) == (5, 5, "rest", "front")
    assert 4 < take.go < 6
    assert take.marks[0].start == pytest.approx(8, abs=0.6)
    assert take.marks[-1].end < take.seconds
    assert len(take.marks) == 5
    assert not session.keeper.images
    session.watch(4)
    assert session.step == "next"
    assert session.shown() != display


def test_landmarks_begin_with_getting_into_position() -> None:
    session = squats(5, 40.0)
    session.watch(0.2)
    session.press(SELECT, SELECT)
    session.watch(20)
    assert session.step == "record"
    session.press(SELECT)
    (take,) = session.keeper.takes()
    assert 4 < take.go < 6
    assert take.frames == pytest.approx(take.seconds * 15, abs=2)


def test_waiting_long_for_the_start_pose_is_not_kept() -> None:
    session = Session(Athlete("squat", lambda t: 0.5 + 0.5 * np.sin(3 * t) if t < 60 else 0.0))
    recorded_after = 60.0
    session.watch(0.2)
    session.press(SELECT, SELECT)
    session.watch(recorded_after)
    assert session.step == "ready"
    session.watch(8)
    assert session.step == "record"
    session.press(SELECT)
    (take,) = session.keeper.takes()
    assert take.go == pytest.approx(BEFORE, abs=0.1)


def test_a_miscount_is_corrected() -> None:
    session = squats(3, 8.0)
    recorded(session)
    session.watch(11)
    session.press(SELECT)
    offers = []
    for _ in range(5):
        display = session.shown()
        assert isinstance(display, CollectDisplay)
        offers.append(display.number)
        session.press(BACK)
    assert offers == [3, 2, 4, None, 1]
    session.press(SELECT)
    assert [take.reps for take in session.keeper.takes()] == [5]
    assert session.keeper.takes()[0].counted == 3


def test_a_take_is_thrown_away_only_when_asked() -> None:
    session = squats(3, 8.0)
    recorded(session)
    session.watch(8)
    session.press(SELECT, BACK, BACK, BACK)
    assert len(session.keeper.takes()) == 1
    (gone,) = session.press(SELECT)
    assert isinstance(gone, TakeDiscarded)
    assert not session.keeper.takes()


def test_a_change_of_mode_keeps_the_take_and_asks_later() -> None:
    session = squats(3, 8.0)
    recorded(session)
    session.watch(8)
    assert kinds(list(session.leave())) == ["take_ended"]
    (take,) = session.keeper.takes()
    assert (take.ended, take.reps) == ("left", None)
    session.t += 100
    session.watch(0.2)
    assert session.step == "review"
    session.press(SELECT)
    assert session.keeper.takes()[0].reps == take.counted


def test_leaving_before_the_go_leaves_nothing() -> None:
    session = squats(3, 8.0)
    to_next(session)
    session.press(SELECT)
    session.watch(2)
    assert session.step in {"ready", "count_in"}
    assert not session.leave()
    assert not session.keeper.takes()


def test_pictures_are_taken_only_where_yes_was_said_and_once() -> None:
    session = squats(2, 14.0)
    to_next(session)
    session.press(BACK, SELECT, SELECT, SELECT, SELECT)
    assert session.step == "pictures"
    session.press(BACK, SELECT)
    display = session.shown()
    assert isinstance(display, CollectDisplay)
    assert display.pictures
    session.watch(20)
    session.press(SELECT)
    ((name, frames),) = session.keeper.images.items()
    (take,) = session.keeper.takes()
    assert name == take.name
    assert np.diff(frames).tolist() == [3] * (len(frames) - 1)
    assert max(frames) < take.frames
    session.press(SELECT, SELECT)
    display = session.shown()
    assert isinstance(display, CollectDisplay)
    assert display.step == "next"
    session.press(SELECT)
    session.watch(10)
    assert list(session.keeper.images) == [name]


def test_idle_examples_are_timed() -> None:
    session = Session(Athlete("squat", lambda t: 0.3 + 0.3 * np.sin(3 * t)))
    to_next(session)
    session.press(BACK)
    while session.shown().activity != "walking":
        session.press(BACK)
    session.press(SELECT, SELECT, SELECT)
    assert session.step == "count_in"
    session.watch(3.2 + IDLE)
    assert session.step == "review"
    session.press(SELECT)
    (take,) = session.keeper.takes()
    assert (take.exercise, take.activity, take.reps, take.direction) == ("none", "walking", 0, "")


def test_something_else_is_recorded_without_a_count() -> None:
    session = Session(Athlete("squat", wave(4, 3.0)))
    to_next(session)
    session.press(BACK)
    while session.shown().exercise != "unknown":
        session.press(BACK)
    session.press(SELECT, SELECT, SELECT, SELECT, SELECT)
    assert session.step == "ready"
    session.press(SELECT)
    session.watch(12)
    session.press(SELECT)
    display = session.shown()
    assert isinstance(display, CollectDisplay)
    assert display.number == 5
    session.press(SELECT)
    (take,) = session.keeper.takes()
    assert (take.exercise, take.counted, take.reps, take.marks) == ("unknown", 0, 5, ())


def test_nobody_seen_is_not_kept() -> None:
    session = Session(Athlete("squat", lambda _: None))
    to_next(session)
    session.press(SELECT, SELECT)
    session.watch(30)
    assert kinds(session.events)[-1] == "take_discarded"
    assert not session.keeper.takes()
    assert len(session.keeper.dropped) == 1


def test_a_full_collection_refuses_with_a_word() -> None:
    session = squats(3, 8.0)
    session.keeper.why = "collection full"
    to_next(session)
    session.press(SELECT)
    display = session.shown()
    assert isinstance(display, MessageDisplay)
    assert display.lines[0] == "collection full"
    session.watch(5)
    assert session.step == "next"
    assert not session.keeper.takes()


def test_the_next_take_is_what_is_missing() -> None:
    session = squats(0, 8.0)
    to_next(session)
    first = session.shown()
    session.press(SELECT, SELECT)
    session.watch(10)
    session.press(SELECT, SELECT, SELECT)
    second = session.shown()
    assert isinstance(first, CollectDisplay)
    assert isinstance(second, CollectDisplay)
    assert (first.exercise, second.exercise) == ("squat", "push_up")
    assert first.direction == second.direction
    assert second.takes == 1


def test_taught_exercises_are_offered_and_may_vanish() -> None:
    session = squats(3, 8.0)
    known = {"squat": profiles()["squat"], "my_squat": profiles()["squat"]}
    session.mode = CollectMode(Athlete("squat", wave(3, 2.0)), session.keeper, lambda: known)
    to_next(session)
    session.press(BACK, BACK)
    display = session.shown()
    assert isinstance(display, CollectDisplay)
    assert display.exercise == "my_squat"
    del known["my_squat"]
    session.press(SELECT, SELECT, SELECT, SELECT, SELECT)
    display = session.shown()
    assert isinstance(display, CollectDisplay)
    assert (display.step, display.exercise) == ("next", "squat")
