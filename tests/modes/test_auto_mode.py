"""Auto mode: a stick figure trains, a scripted recogniser speaks, the display follows."""

from collections.abc import Callable, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.display import Button, CountDisplay, InsightDisplay, Status
from gymbox.events import (
    Event,
    ExerciseChosen,
    Rep,
    RepAdded,
    RepUndone,
    SetEnd,
    SetReopened,
    SetRestarted,
    SetStart,
)
from gymbox.modes.auto import AutoMode
from gymbox.motion.landmarks import Pose
from gymbox.reps.counter import Counter
from gymbox.reps.profiles import UNKNOWN, profiles
from gymbox.reps.sets import SetRules, SetState
from tests.modes.athlete import Athlete, frames
from tests.reps.stick_figure import wave
from tests.strategies import floats

RULES = SetRules(rest_after=6.0, gone_after=2.0)
KNOWN = {name: one for name, one in profiles().items() if not one.variant_of}


class Says:
    """A recogniser that is always right, from `since` on."""

    def __init__(self, exercise: str, since: float = 0.0) -> None:
        self.exercise, self.since, self.now, self.asked = exercise, since, 0.0, 0

    def add(self, timestamp: float, pose: Pose | None) -> None:
        del pose
        self.now = timestamp

    def chances(self) -> Mapping[str, float]:
        self.asked += 1
        sure = 0.97 if self.now >= self.since else 0.1
        return {self.exercise: sure, UNKNOWN: 1.0 - sure}


def mode(
    progress: Callable[[float], float | None],
    says: Says,
    state: SetState[Counter] | None = None,
) -> AutoMode:
    begin = state or SetState(exercise=UNKNOWN, counter=Counter())
    return AutoMode(Athlete("squat", progress), says, begin, RULES, known=KNOWN)


def watch(auto: AutoMode, seconds: float, begin: float = 0.0) -> list[Event]:
    return [event for frame in frames(seconds, begin) for event in auto.update(frame)]


def test_it_names_the_exercise_and_counts_from_the_first_repetition() -> None:
    auto = mode(wave(4, 2.0), Says("squat", since=2.5))
    assert isinstance(auto.display(0.0, Status()), CountDisplay)
    events = watch(auto, 10)
    chosen = [event for event in events if isinstance(event, ExerciseChosen)]
    assert [one.exercise for one in chosen] == ["squat"]
    assert 0.5 < chosen[0].confidence <= 1.0
    reps = [event for event in events if isinstance(event, Rep)]
    assert [rep.rep for rep in reps] == [1, 2, 3, 4]
    assert [rep.late for rep in reps][-1] is False
    display = auto.display(10.0, Status())
    assert isinstance(display, CountDisplay)
    assert (display.exercise, display.reps, display.phase) == ("squat", 4, "set")


def test_nothing_is_named_where_nothing_fits() -> None:
    auto = mode(wave(4, 2.0), Says(UNKNOWN))
    events = watch(auto, 10)
    assert {event.name for event in [*events, *auto.leave(10)]} == {"athlete_found"}


def test_the_set_ends_by_itself_and_the_next_is_the_second() -> None:
    squats = wave(3, 2.0)
    auto = mode(lambda t: squats(t % 16), Says("squat"))
    events = [*watch(auto, 31), *auto.leave(31)]
    ends = [event for event in events if isinstance(event, SetEnd)]
    assert [end.reps for end in ends] == [3, 3]
    assert sum(isinstance(event, ExerciseChosen) for event in events) == 1


def test_the_recogniser_is_asked_a_few_times_a_second() -> None:
    says = Says("squat")
    watch(mode(wave(2, 2.0), says), 10)
    assert 30 <= says.asked <= 41


def test_select_ends_the_set_with_the_repetition_that_had_not_settled() -> None:
    auto = mode(wave(3, 2.0), Says("squat"))
    watch(auto, 6.45)
    events = auto.press(Button.SELECT, 6.45)
    (end,) = [event for event in events if isinstance(event, SetEnd)]
    assert end.reps == 3
    assert watch(auto, 2, begin=6.5) == []


def test_an_exercise_may_be_named_by_hand_and_left_to_the_box_again() -> None:
    squats = wave(3, 2.0)
    auto = mode(lambda t: squats(t - 1.0), Says("dip"))
    watch(auto, 0.5)
    chosen = ""
    while chosen != "squat":
        (event,) = auto.press(Button.SELECT, 0.5)
        assert isinstance(event, ExerciseChosen)
        chosen = event.exercise
    events = watch(auto, 9, begin=0.6)
    reps = [event for event in events if isinstance(event, Rep)]
    assert [(rep.exercise, rep.rep) for rep in reps] == [("squat", 1), ("squat", 2), ("squat", 3)]


def test_a_set_that_was_cut_off_goes_on() -> None:
    cut_off = SetState.restored("squat", Counter(), number=2, reps=7, start=-60.0, last_rep=-15.0)
    auto = mode(wave(2, 2.0), Says("squat"), cut_off)
    events = [*watch(auto, 6), *auto.leave(6)]
    (end,) = [event for event in events if isinstance(event, SetEnd)]
    assert (end.exercise, end.reps) == ("squat", 9)


def test_under_the_bonnet_are_the_likeliest_exercises_and_the_curve() -> None:
    auto = mode(wave(3, 2.0), Says("squat"))
    watch(auto, 4)
    assert not auto.press(Button.MODE_HELD, 4.0)
    display = auto.display(4.0, Status())
    assert isinstance(display, InsightDisplay)
    assert display.bars[0][0] == "squat"
    assert display.joint == "knee"
    assert len({point for point in display.curve if point is not None}) > 10


class Mistaken(Says):
    """A recogniser that takes squats for lunges at first."""

    def chances(self) -> Mapping[str, float]:
        wrong = 0.96 if self.now < 3.7 else 0.1
        return {"lunge": wrong, "squat": 0.98 - wrong, UNKNOWN: 0.02}


def revised(*presses: tuple[float, Button], state: SetState[Counter] | None = None) -> list[Event]:
    """What is told of six squats that were lunges at first, with presses at their times."""
    auto = mode(wave(6, 2.0), Mistaken(""), state)
    events: list[Event] = []
    for frame in frames(14.0):
        events += auto.update(frame)
        while presses and frame.timestamp >= presses[0][0]:
            events += auto.press(presses[0][1], frame.timestamp)
            presses = presses[1:]
    assert not presses
    return [*events, *auto.leave(14.0)]


def ends(events: list[Event]) -> list[tuple[str, int]]:
    return [(event.exercise, event.reps) for event in events if isinstance(event, SetEnd)]


def follow(events: list[Event]) -> None:
    """Whoever adds up what is told of a set comes to what its end says."""
    reps = 0
    for event in events:
        if isinstance(event, SetStart):
            reps = 0
        elif isinstance(event, Rep) and not event.partial:
            reps += 1
            assert event.rep == reps
        elif isinstance(event, RepAdded | RepUndone):
            reps += 1 if isinstance(event, RepAdded) else -1
            assert event.rep == reps
        elif isinstance(event, SetRestarted):
            reps = 0
        elif isinstance(event, SetReopened):
            reps = event.reps
        elif isinstance(event, SetEnd):
            assert event.reps == reps


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(
            floats(0.5, 13.0),
            st.sampled_from(
                [Button.BACK, Button.SELECT_HELD, Button.BACK_HELD, Button.SELECT, Button.BACK]
            ),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_whatever_is_corrected_the_events_add_up(
    presses: list[tuple[float, Button]],
    restarted: bool,  # noqa: FBT001 (drawn)
) -> None:
    cut_off = SetState.restored("lunge", Counter(), number=1, reps=4, start=-60.0, last_rep=-15.0)
    events = revised(*sorted(presses, key=lambda one: one[0]), state=cut_off if restarted else None)
    before = [SetReopened(t=0.0, exercise="lunge", reps=4, start=-60.0)] if restarted else []
    follow([*before, *events])


def lunges_until(events: list[Event]) -> float:
    """When the box has seen its mistake."""
    named = [event for event in events if isinstance(event, ExerciseChosen)]
    assert [event.exercise for event in named] == ["lunge", "squat"]
    return named[1].t


def test_corrections_outlive_another_name_of_the_exercise() -> None:
    plain = revised()
    assert ends(plain)[-1] == ("squat", 6)
    moment = lunges_until(plain) - 0.2
    assert ends(revised((moment, Button.BACK)))[-1] == ("squat", 5)
    assert ends(revised((moment, Button.BACK_HELD)))[-1] == ("squat", 4)
    # Two had been told and a third not yet: the first one added is that.
    add = (moment, Button.SELECT_HELD)
    assert ends(revised(add))[-1] == ("squat", 6)
    assert ends(revised(add, add))[-1] == ("squat", 7)
    assert ends(revised(add, add, (moment, Button.BACK)))[-1] == ("squat", 6)


def test_what_was_counted_before_a_restart_stays_what_it_was() -> None:
    cut_off = SetState.restored("lunge", Counter(), number=1, reps=7, start=-60.0, last_rep=-15.0)
    assert ends(revised(state=cut_off)) == [("lunge", 7), ("squat", 6)]
    moment = 7.0
    back = revised((moment, Button.BACK), state=cut_off)
    assert ends(back) == [("lunge", 7), ("squat", 5)]
    many = [(moment, Button.BACK)] * 4
    assert ends(revised(*many, state=cut_off)) == [("lunge", 5), ("squat", 4)]
