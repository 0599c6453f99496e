"""The buttons, stage by stage, and the drawing of it."""

import pytest

from gymbox.display import Button
from gymbox.events import (
    Event,
    PlanChanged,
    RepAdded,
    RepUndone,
    RestNearlyOver,
    RestOver,
    SetCorrected,
    SetEnd,
    SetReopened,
    SetRestarted,
    SetsDone,
    TargetReached,
)
from gymbox.reps import sets
from gymbox.reps.plan import Plan
from gymbox.reps.presses import PRESSES, Choices, press
from gymbox.reps.sets import SetRules, SetState, Stage
from tests.reps.counters import HandCounter, rep_done
from tests.reps.set_diagram import BUTTONS, DOT, arrows, source

CHOICES = Choices(("squat", "push_up"), HandCounter)


class Athlete:
    """Trains and presses; time goes on by itself."""

    def __init__(self, plan: Plan | None = None) -> None:
        self.rules = SetRules(plan=plan or Plan())
        self.state = SetState(exercise="squat", counter=HandCounter())
        self.t = 0.0
        self.events: list[Event] = []

    def wait(self, seconds: float, *, seen: bool = True, every: float = 0.1) -> "Athlete":
        for _ in range(round(seconds / every)):
            self.t += every
            after = sets.step(self.state, HandCounter(), (), self.t, self.rules, seen=seen)
            self._took(after)
        return self

    def reps(self, number: int, *, partial: bool = False) -> "Athlete":
        for _ in range(number):
            self.t += 3.0
            news = (rep_done(self.t, partial=partial),)
            self._took(sets.step(self.state, HandCounter(), news, self.t, self.rules))
        return self

    def press(self, *buttons: Button) -> "Athlete":
        for button in buttons:
            self._took(press(self.state, button, self.t, CHOICES))
        return self

    def told(self, *kinds: type[Event]) -> list[Event]:
        """What was told of these kinds since the last time it was asked."""
        found = [event for event in self.events if isinstance(event, kinds)]
        self.events.clear()
        return found

    def _took(self, result: tuple[SetState[HandCounter], tuple[Event, ...]]) -> None:
        self.state, events = result
        self.events += events


def test_the_drawing_is_what_the_code_does() -> None:
    assert DOT.read_text(encoding="utf-8") == source(), "python -m tests.reps.set_diagram"
    picture = DOT.with_suffix(".svg").read_text(encoding="utf-8").replace("&#45;", "-")
    for arrow in arrows():
        assert f">{arrow.cause}</text>" in picture


def test_every_press_leads_somewhere() -> None:
    drawn = {(arrow.source, arrow.cause) for arrow in arrows()}
    meant = {
        (stage, f"{BUTTONS[button]}: {does.says}")
        for stage, buttons in PRESSES.items()
        for button, does in buttons.items()
    }
    assert meant <= drawn


def test_a_missed_rep_is_added_and_a_ghost_taken_back() -> None:
    athlete = Athlete().reps(3).press(Button.SELECT_HELD, Button.BACK, Button.BACK)
    assert athlete.told(RepAdded, RepUndone) == [
        RepAdded(t=9.0, exercise="squat", rep=4),
        RepUndone(t=9.0, exercise="squat", rep=3),
        RepUndone(t=9.0, exercise="squat", rep=2),
    ]
    (end,) = athlete.press(Button.SELECT).told(SetEnd)
    assert isinstance(end, SetEnd)
    assert (end.reps, end.end) == (2, 6.0)


def test_a_correction_is_a_sign_of_life() -> None:
    athlete = Athlete().reps(3).wait(19.0).press(Button.SELECT_HELD).wait(19.0)
    assert athlete.state.stage is Stage.SET
    assert athlete.wait(1.5).state.stage is Stage.REST


def test_a_set_is_begun_anew() -> None:
    athlete = Athlete().reps(3).press(Button.BACK_HELD)
    assert athlete.told(SetRestarted) == [SetRestarted(t=9.0, exercise="squat")]
    assert athlete.state.stage is Stage.SET
    (end,) = athlete.reps(2).press(Button.SELECT).told(SetEnd)
    assert isinstance(end, SetEnd)
    assert end.reps == 2
    assert athlete.state.number == 2


def test_the_set_that_has_ended_is_corrected() -> None:
    athlete = Athlete().reps(3).wait(25.0)
    since = athlete.state.rest and athlete.state.rest.since
    assert since == 9.0
    (corrected,) = athlete.press(Button.BACK).told(SetCorrected)
    assert isinstance(corrected, SetCorrected)
    assert (corrected.reps, corrected.start, corrected.end) == (2, 1.0, 6.0)
    assert athlete.state.rest is not None
    assert athlete.state.rest.since == 6.0
    athlete.press(Button.BACK, Button.BACK)
    assert [event.reps for event in athlete.told(SetCorrected)] == [1, 0]
    assert (athlete.state.stage, athlete.state.number) == (Stage.CHOOSE, 1)
    assert athlete.press(Button.BACK_HELD).told(Event) == []


def test_a_set_that_ended_too_soon_goes_on() -> None:
    athlete = Athlete().reps(3).wait(25.0).press(Button.BACK_HELD)
    assert athlete.told(SetReopened) == [
        SetReopened(t=athlete.t, exercise="squat", reps=3, start=1.0)
    ]
    athlete.press(Button.SELECT_HELD).reps(1)
    (end,) = athlete.wait(21.0).told(SetEnd)
    assert isinstance(end, SetEnd)
    assert (end.reps, end.start) == (5, 1.0)
    assert athlete.state.number == 2


def test_a_set_goes_on_though_the_box_saw_something_else() -> None:
    athlete = Athlete().reps(2).press(Button.SELECT)
    chosen = sets.choose(athlete.state, "push_up", HandCounter(), athlete.t, confidence=0.6)
    athlete.state = chosen[0]
    athlete.wait(1.0).told()
    assert [event.name for event in athlete.press(Button.BACK_HELD).told(Event)] == [
        "exercise",
        "set_reopened",
    ]
    (end,) = athlete.reps(1).press(Button.SELECT).told(SetEnd)
    assert isinstance(end, SetEnd)
    assert (end.exercise, end.reps, athlete.state.number) == ("squat", 3, 2)


def test_a_very_short_planned_rest_leaves_time_to_breathe() -> None:
    athlete = Athlete(Plan(rest=5)).reps(2).wait(7.5)
    assert athlete.state.stage is Stage.SET
    assert athlete.wait(1.0).state.stage is Stage.REST


def test_the_plan_is_made_line_by_line() -> None:
    athlete = Athlete().wait(1.0)
    athlete.press(Button.SELECT_HELD, *[Button.SELECT] * 5, Button.BACK)
    athlete.press(Button.SELECT_HELD, *[Button.SELECT] * 3)
    athlete.press(Button.SELECT_HELD, Button.SELECT, Button.SELECT_HELD)
    assert athlete.state.stage is Stage.CHOOSE
    assert athlete.state.plan == Plan(reps=4, sets=3, rest=15)
    assert athlete.told(PlanChanged)[-1] == PlanChanged(t=athlete.t, reps=4, sets=3, rest=15)


def test_a_menu_that_nobody_reads_closes() -> None:
    athlete = Athlete().wait(1.0).press(Button.SELECT_HELD).wait(7.0).press(Button.SELECT)
    assert athlete.wait(7.0).state.stage is Stage.PLAN
    assert athlete.wait(1.5).state.stage is Stage.CHOOSE


def test_a_rep_closes_the_menu() -> None:
    athlete = Athlete().wait(1.0).press(Button.SELECT_HELD).reps(1)
    assert athlete.state.stage is Stage.SET
    assert athlete.state.reps == 1


def test_the_target_is_told_once_it_is_reached_and_the_set_ends_sooner() -> None:
    athlete = Athlete(Plan(reps=3)).reps(2)
    assert athlete.told(TargetReached) == []
    assert athlete.reps(1).told(TargetReached) == [TargetReached(t=9.0, exercise="squat", reps=3)]
    athlete.reps(1).press(Button.BACK)
    assert athlete.told(TargetReached) == []
    assert athlete.wait(7.5).state.stage is Stage.SET
    assert athlete.wait(1.0).state.stage is Stage.REST


def test_a_rep_added_by_hand_may_reach_the_target() -> None:
    athlete = Athlete(Plan(reps=3)).reps(2).press(Button.SELECT_HELD)
    assert len(athlete.told(TargetReached)) == 1


def test_the_last_set_is_told_and_has_no_rest_to_wait_for() -> None:
    athlete = Athlete(Plan(sets=2, rest=60)).reps(3).wait(100.0)
    assert [event.name for event in athlete.told(SetsDone, RestNearlyOver, RestOver)] == [
        "rest_nearly_over",
        "rest_over",
    ]
    athlete.reps(3).wait(100.0)
    assert athlete.told(SetsDone, RestNearlyOver, RestOver) == [
        SetsDone(t=pytest.approx(athlete.t - 79.9), exercise="squat", sets=2)
    ]
    assert athlete.state.stage is Stage.DONE
    assert athlete.reps(1).state.number == 3


def test_a_short_planned_rest_ends_the_set_in_time_to_be_told() -> None:
    athlete = Athlete(Plan(rest=30)).reps(2).wait(15.2)
    assert athlete.state.stage is Stage.REST
    names = [event.name for event in athlete.wait(20.0).told(RestNearlyOver, RestOver)]
    assert names == ["rest_nearly_over", "rest_over"]


def test_a_longer_rest_is_told_again() -> None:
    athlete = Athlete(Plan(rest=60)).reps(2).wait(70.0)
    assert len(athlete.told(RestNearlyOver, RestOver)) == 2
    athlete.press(Button.SELECT_HELD, Button.SELECT_HELD, Button.SELECT_HELD, Button.SELECT)
    athlete.press(Button.SELECT)
    assert athlete.state.targets.rest == 90
    assert [event.t for event in athlete.wait(25.0).told(RestNearlyOver, RestOver)] == [
        pytest.approx(86.0, abs=0.11),
        pytest.approx(96.0, abs=0.11),
    ]


def test_a_camera_that_stalls_ends_no_set_for_absence() -> None:
    athlete = Athlete().reps(2).wait(1.0)
    athlete.t += 15.0
    assert athlete.wait(2.0, seen=False).state.stage is Stage.SET
    assert athlete.wait(2.5, seen=False).state.stage is Stage.REST


def test_short_absences_do_not_add_up() -> None:
    athlete = Athlete().reps(1)
    for _ in range(6):
        athlete.wait(2.5, seen=False).wait(0.2)
    assert athlete.state.stage is Stage.SET


def test_a_clock_that_is_set_back_bends_no_rest() -> None:
    athlete = Athlete(Plan(rest=60)).reps(2).wait(40.0)
    athlete.t -= 1000.0
    events = athlete.wait(25.0).told(RestNearlyOver, RestOver)
    assert [event.name for event in events] == ["rest_nearly_over", "rest_over"]


def test_after_an_hour_the_sets_are_numbered_anew() -> None:
    athlete = Athlete(Plan(rest=90)).reps(2).wait(30.0)
    athlete.press(Button.SELECT_HELD, Button.SELECT).wait(10.0).told()
    assert athlete.state.number == 2
    athlete.wait(3700.0, every=10.0)
    assert (athlete.state.number, athlete.state.rest, athlete.state.plan) == (
        1,
        None,
        Plan(rest=90),
    )
    assert [event.name for event in athlete.told(PlanChanged)] == ["plan"]
