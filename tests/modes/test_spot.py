"""Spot mode: a scripted network says what it sees, buttons are pressed, the display follows."""

from collections.abc import Callable

import pytest

from gymbox.camera.frame import Frame
from gymbox.display import Button, CountDisplay, Status
from gymbox.errors import UsageError
from gymbox.events import Event, ExerciseChosen, Rep, RepUndone, SetEnd
from gymbox.modes.spot import HINT, SpotMode, spotted
from gymbox.motion.phase import PhaseScores
from gymbox.reps.phases import PhaseCounter
from gymbox.reps.sets import SetRules, SetState
from tests.modes.athlete import frames
from tests.reps.phase_scores import clear
from tests.reps.stick_figure import wave

RULES = SetRules(rest_after=6.0, gone_after=2.0)


class Script:
    """A phase network that sees the progress of the moment; None is nobody."""

    def __init__(self, progress: Callable[[float], float | None]) -> None:
        self._progress = progress

    def classify(self, frame: Frame) -> PhaseScores:
        return clear(self._progress(frame.timestamp))


def mode(progress: Callable[[float], float | None], exercise: str = "push_up") -> SpotMode:
    return SpotMode(Script(progress), SetState(exercise=exercise, counter=PhaseCounter()), RULES)


def watch(spot: SpotMode, seconds: float, begin: float = 0.0) -> list[Event]:
    return [event for frame in frames(seconds, begin) for event in spot.update(frame)]


def shown(spot: SpotMode, t: float) -> CountDisplay:
    return spot.display(t, Status())


def test_three_push_ups_are_counted_and_shown() -> None:
    spot = mode(wave(3, 2.0))
    events = watch(spot, 8)
    kinds = [event.name for event in events]
    assert kinds == ["exercise", "athlete_found", "ready", "set_start", "rep", "rep", "rep"]
    display = shown(spot, 8.0)
    assert (display.reps, display.phase, display.exercise) == (3, "set", "push_up")
    assert display.hint == HINT
    assert display.tempo is not None


def test_the_bar_follows_the_phases() -> None:
    spot = mode(wave(1, 4.0))
    bars = []
    for frame in frames(4.5):
        spot.update(frame)
        bars.append(shown(spot, frame.timestamp).progress)
    assert bars[10] < 0.1
    assert max(bars) > 0.9
    assert bars[-1] < 0.2


def test_an_athlete_on_their_knees_stays_in_the_set() -> None:
    push_ups = wave(2, 2.0)
    spot = mode(lambda t: None if 5 < t < 8 else push_ups(t if t < 7 else t - 8))
    events = watch(spot, 13)
    assert [event.rep for event in events if isinstance(event, Rep)] == [1, 2, 3, 4]
    assert not [event for event in events if isinstance(event, SetEnd)]


def test_a_rest_ends_the_set() -> None:
    spot = mode(wave(2, 2.0))
    events = watch(spot, 13)
    assert [event.name for event in events][-2:] == ["set_end", "ready"]
    display = shown(spot, 13.0)
    assert (display.phase, display.reps, display.set_number) == ("rest", 2, 1)


def test_an_empty_room_is_told() -> None:
    spot = mode(lambda t: 0.0 if t < 2 else None)
    names = [event.name for event in watch(spot, 14)]
    assert names == ["exercise", "athlete_found", "ready", "athlete_lost"]


def test_select_ends_the_set_and_then_changes_between_the_two_exercises() -> None:
    spot = mode(wave(2, 2.0))
    watch(spot, 6)
    (end,) = spot.press(Button.SELECT, 6.0)
    assert isinstance(end, SetEnd)
    assert end.reps == 2
    chosen = [spot.press(Button.SELECT, 6.5 + step)[0] for step in range(2)]
    assert [e.exercise for e in chosen if isinstance(e, ExerciseChosen)] == ["squat", "push_up"]
    assert shown(spot, 9.0).phase == "choose"


def test_back_takes_the_last_repetition_away() -> None:
    spot = mode(wave(2, 2.0))
    watch(spot, 6)
    assert list(spot.press(Button.BACK, 6.0)) == [RepUndone(t=6.0, exercise="push_up", rep=1)]
    assert shown(spot, 6.0).reps == 1


def test_leaving_ends_the_set() -> None:
    spot = mode(wave(2, 2.0))
    watch(spot, 6)
    assert [event.name for event in spot.leave(6.0)] == ["set_end"]
    assert list(spot.leave(6.0)) == []


def test_other_exercises_are_refused() -> None:
    assert spotted("squat") == "squat"
    with pytest.raises(UsageError, match="push-ups and squats only, not deadlift"):
        spotted("deadlift")
