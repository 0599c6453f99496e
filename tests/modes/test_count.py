"""Count mode: a stick figure trains, buttons are pressed, the display follows."""

from collections.abc import Callable

from gymbox.display import Button, CountDisplay, Status
from gymbox.events import Event, ExerciseChosen, Rep, RepUndone, SetEnd
from gymbox.modes.count import CountMode
from gymbox.reps.counter import Counter
from gymbox.reps.profiles import profiles
from gymbox.reps.sets import SetRules, SetState
from tests.modes.athlete import Athlete, frames
from tests.reps.stick_figure import wave

RULES = SetRules(rest_after=6.0, gone_after=2.0)


def mode(progress: Callable[[float], float | None], exercise: str = "squat") -> CountMode:
    return CountMode(
        Athlete(exercise, progress), SetState(exercise=exercise, counter=Counter()), RULES
    )


def watch(counting: CountMode, seconds: float, begin: float = 0.0) -> list[Event]:
    return [event for frame in frames(seconds, begin) for event in counting.update(frame)]


def shown(counting: CountMode, t: float) -> CountDisplay:
    return counting.display(t, Status())


def test_three_squats_are_counted_and_shown() -> None:
    counting = mode(wave(3, 2.0))
    events = watch(counting, 8)
    kinds = [event.name for event in events]
    assert kinds == ["exercise", "athlete_found", "ready", "set_start", "rep", "rep", "rep"]
    display = shown(counting, 8.0)
    assert (display.reps, display.phase, display.exercise) == (3, "set", "squat")
    assert display.tempo is not None


def test_the_set_ends_when_the_athlete_leaves() -> None:
    squats = wave(2, 2.0)
    counting = mode(lambda t: squats(t) if t < 6 else None)
    events = watch(counting, 10)
    assert [event.name for event in events][-2:] == ["athlete_lost", "set_end"]
    display = shown(counting, 12.0)
    assert display.phase == "rest"
    assert display.rest is not None
    assert 6 <= display.rest <= 8
    assert (display.reps, display.set_number) == (2, 1)


def test_select_ends_the_set_and_then_chooses() -> None:
    counting = mode(wave(2, 2.0))
    watch(counting, 6)
    (end,) = counting.press(Button.SELECT, 6.0)
    assert isinstance(end, SetEnd)
    assert end.reps == 2
    (chosen,) = counting.press(Button.SELECT, 6.5)
    names = list(profiles())
    assert isinstance(chosen, ExerciseChosen)
    assert chosen.exercise == names[names.index("squat") + 1]
    assert shown(counting, 7.0).phase == "choose"
    (back,) = counting.press(Button.BACK, 7.0)
    assert isinstance(back, ExerciseChosen)
    assert back.exercise == "squat"


def test_every_exercise_can_be_chosen() -> None:
    counting = mode(wave(0, 1.0))
    seen = set()
    for step in range(len(profiles())):
        seen |= {e.exercise for e in counting.press(Button.SELECT, step) if hasattr(e, "exercise")}
    assert seen == set(profiles())


def test_back_takes_the_last_repetition_away() -> None:
    counting = mode(wave(2, 2.0))
    watch(counting, 6)
    assert list(counting.press(Button.BACK, 6.0)) == [RepUndone(t=6.0, exercise="squat", rep=1)]
    assert shown(counting, 6.0).reps == 1


def test_a_half_squat_is_partial_and_not_counted() -> None:
    counting = mode(wave(2, 2.0, depth=0.45))
    reps = [event for event in watch(counting, 7) if isinstance(event, Rep)]
    assert all(rep.partial for rep in reps)
    assert shown(counting, 7.0).reps == 0


def test_leaving_ends_the_set() -> None:
    counting = mode(wave(2, 2.0))
    watch(counting, 6)
    assert [event.name for event in counting.leave(6.0)] == ["set_end"]
    assert list(counting.leave(6.0)) == []


def test_a_set_that_was_cut_off_goes_on() -> None:
    state = SetState.restored("squat", Counter(), number=2, reps=4, start=-30.0, last_rep=-3.0)
    counting = CountMode(Athlete("squat", wave(1, 2.0)), state, RULES)
    reps = [event for event in watch(counting, 4) if isinstance(event, Rep)]
    assert [rep.rep for rep in reps] == [5]
    display = shown(counting, 4.0)
    assert (display.reps, display.set_number) == (5, 2)
