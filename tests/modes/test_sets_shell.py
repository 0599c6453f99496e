"""The sets of a mode that names the exercise by itself: it chooses, the set follows."""

from gymbox.display import Button, CountDisplay, Status
from gymbox.events import Event, ExerciseChosen, Rep, SetEnd
from gymbox.modes._sets import INVITATION, Sets
from gymbox.panel.sounds import sound_of
from gymbox.reps.counter import Counter, RepDone
from gymbox.reps.profiles import UNKNOWN, profiles
from gymbox.reps.sets import SetRules, SetState

RULES = SetRules(rest_after=8.0, gone_after=3.0)


def done(end: float) -> RepDone:
    return RepDone(
        start=end - 2.0,
        turn=end - 1.0,
        end=end,
        partial=False,
        rom=1.0,
        tempo=(1.0, 0.0, 1.0, 0.0),
        confidence=0.9,
    )


def sets(exercise: str = UNKNOWN) -> Sets[Counter]:
    state = SetState(exercise=exercise, counter=Counter())
    return Sets(state, RULES, list(profiles()), Counter)


def shown(under_test: Sets[Counter], t: float) -> CountDisplay:
    return under_test.display(t, Status())


def take(
    under_test: Sets[Counter], reps: list[float], t: float, *, late: bool = False
) -> list[Event]:
    news = [done(end) for end in reps]
    return list(under_test.take(Counter(), news, t, seen=True, late=late))


def test_what_is_unknown_is_never_counted() -> None:
    auto = sets()
    assert take(auto, [2.0, 4.0], 4.0) == []
    display = shown(auto, 4.0)
    assert (display.phase, display.exercise, display.hint) == ("choose", UNKNOWN, INVITATION)


def test_the_past_is_told_late_and_silently() -> None:
    auto = sets()
    (chosen,) = auto.choose("squat", Counter(), 6.0, confidence=0.8)
    assert chosen == ExerciseChosen(t=6.0, exercise="squat", confidence=0.8)
    reps = [e for e in take(auto, [2.0, 4.0], 4.0, late=True) if isinstance(e, Rep)]
    reps += [e for e in take(auto, [6.0], 6.0) if isinstance(e, Rep)]
    assert [(rep.t, rep.rep, rep.late) for rep in reps] == [
        (2.0, 1, True),
        (4.0, 2, True),
        (6.0, 3, False),
    ]
    assert [bool(sound_of(rep)) for rep in reps] == [False, False, True]
    assert shown(auto, 6.0).reps == 3


def test_another_exercise_ends_the_set_and_numbers_its_own() -> None:
    auto = sets("squat")
    numbers = []
    for start, exercise in enumerate(("push_up", "squat", "push_up", "squat"), start=1):
        t = 10.0 * start
        take(auto, [t, t + 2.0], t + 2.0)
        numbers.append((auto.exercise, shown(auto, t + 2.0).set_number))
        end, chosen = auto.choose(exercise, Counter(), t + 3.0)
        assert isinstance(end, SetEnd)
        assert isinstance(chosen, ExerciseChosen)
        assert end.reps == 2
    assert numbers == [("squat", 1), ("push_up", 1), ("squat", 2), ("push_up", 2)]


def test_the_rest_goes_on_when_the_exercise_is_no_longer_known() -> None:
    auto = sets("squat")
    take(auto, [2.0, 4.0], 4.0)
    auto.choose(UNKNOWN, Counter(), 10.0)
    display = shown(auto, 20.0)
    assert (display.phase, display.exercise, display.reps, display.set_number, display.rest) == (
        "rest",
        "squat",
        2,
        1,
        16,
    )


def test_buttons_lead_out_of_the_unknown() -> None:
    for button, place in ((Button.SELECT, 0), (Button.BACK, -1)):
        auto = sets()
        auto.press(button, 1.0)
        assert auto.exercise == list(profiles())[place]
