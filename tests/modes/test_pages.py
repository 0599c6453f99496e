"""The pages of the screen: count, under the bonnet, the plan, and the tips."""

import pytest

from gymbox.display import Button, CountDisplay, Display, InsightDisplay, PlanDisplay, Status
from gymbox.modes._sets import TIPS, Sets
from gymbox.modes.count import CountMode
from gymbox.modes.spot import SpotMode
from gymbox.reps.counter import Counter
from gymbox.reps.phases import PhaseCounter
from gymbox.reps.plan import Plan
from gymbox.reps.sets import SetRules, SetState, Stage
from tests.modes.athlete import Athlete, frames
from tests.modes.test_spot import Script
from tests.reps.counters import HandCounter, rep_done
from tests.reps.stick_figure import wave

RULES = SetRules(plan=Plan(reps=3, sets=2, rest=60))


def squatting() -> CountMode:
    state = SetState(exercise="squat", counter=Counter())
    return CountMode(Athlete("squat", wave(3, 2.0)), state, RULES)


def test_mode_held_turns_the_page_and_back() -> None:
    counting = squatting()
    for frame in frames(5):
        counting.update(frame)
    assert isinstance(counting.display(5.0, Status()), CountDisplay)
    assert list(counting.press(Button.MODE_HELD, 5.0)) == []
    page = counting.display(5.0, Status())
    assert isinstance(page, InsightDisplay)
    assert (page.exercise, page.reps, page.joint, page.bars) == ("squat", 2, "knee", ())
    degrees = [point for point in page.curve if point is not None]
    assert min(degrees) < 100
    assert max(degrees) > 160
    counting.press(Button.MODE_HELD, 5.0)
    assert isinstance(counting.display(5.0, Status()), CountDisplay)


def test_the_plan_is_shown_on_either_page() -> None:
    counting = squatting()
    for frame in frames(0.5):
        counting.update(frame)
    counting.press(Button.MODE_HELD, 0.5)
    counting.press(Button.SELECT_HELD, 0.5)
    assert counting.display(0.5, Status()) == PlanDisplay(3, 2, 60, "reps")
    counting.press(Button.SELECT, 0.5)
    assert counting.display(0.5, Status()) == PlanDisplay(4, 2, 60, "reps")


def test_spot_mode_sees_no_joints() -> None:
    state = SetState(exercise="push_up", counter=PhaseCounter())
    spot = SpotMode(Script(wave(2, 2.0)), state, RULES)
    for frame in frames(6):
        spot.update(frame)
    spot.press(Button.MODE_HELD, 6.0)
    assert spot.display(6.0, Status()) == InsightDisplay("push_up", reps=2)


def rested() -> tuple[Sets[HandCounter], float]:
    """Three repetitions, the last one fading, and the set ended by button at 10 s."""
    sets = Sets(SetState(exercise="squat", counter=HandCounter()), RULES, ["squat"], HandCounter)
    for number, lift in enumerate((1.0, 1.0, 1.4), start=1):
        done = rep_done(3.0 * number, tempo=(2.0, 1.0, lift, 0.0))
        sets.take(HandCounter(), (done,), done.end, seen=True)
    sets.press(Button.SELECT, 10.0)
    return sets, 10.0


def count(display: Display) -> CountDisplay:
    assert isinstance(display, CountDisplay)
    return display


def test_the_rest_tells_how_the_set_was() -> None:
    sets, t = rested()
    shown = count(sets.display(t, Status()))
    assert (shown.phase, shown.reps, shown.set_number, shown.rest) == ("rest", 3, 1, 1)
    assert (shown.best, shown.fading, shown.rom) == (1, (3,), 0.9)
    assert shown.tempo == pytest.approx((2.0, 1.0, 3.4 / 3, 0.0))
    assert (shown.target_reps, shown.target_sets, shown.target_rest) == (3, 2, 60)


def test_a_tip_comes_now_and_then_and_only_while_it_helps() -> None:
    sets, t = rested()
    tips = [count(sets.display(t + second, Status())).tip for second in range(60)]
    assert set(tips) == {"", TIPS[Stage.REST]}
    assert tips[:5] == [""] * 5
    assert not any(tips[31:])


def test_still_life_is_drawn_once() -> None:
    """Between two seconds of the rest nothing changes on the screen."""
    sets, t = rested()
    shown = {sets.display(t + k / 30, Status()) for k in range(29)}
    assert len(shown) == 1
