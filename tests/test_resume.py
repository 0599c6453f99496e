"""A restart in the middle: the set, the rest, the plan and the corrections are there again."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from gymbox.display import Button
from gymbox.events import AthleteFound, Event, RestNearlyOver, RestOver, SetCorrected, SetEnd
from gymbox.reps import sets
from gymbox.reps.plan import Plan
from gymbox.reps.presses import Choices, press
from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.sets import SetRules, SetState, Stage
from gymbox.resume import rest_again, set_again
from gymbox.workouts.log import TrainingLog
from gymbox.workouts.rows import NextSet, OpenSet
from tests.reps.counters import HandCounter, rep_done
from tests.workouts.training import WallClock

RULES = SetRules(plan=Plan(rest=90))
CHOICES = Choices(("squat", "push_up"), HandCounter)

State = SetState[HandCounter]


class Box:
    """Sets that are logged, until the power is cut."""

    def __init__(self, folder: Path, clock: WallClock, state: State | None = None) -> None:
        self.state = state or SetState(exercise="squat", counter=HandCounter())
        self.t = 500.0 if state is None else 1.0
        self.events: list[Event] = []
        self._clock = clock
        self._log = TrainingLog.open(folder, clock=clock)
        self._log.record(AthleteFound(t=self.t))
        self.wait(0.1)

    def reps(self, lifts: Sequence[float]) -> None:
        for lift in lifts:
            self._turn(3.0)
            news = (rep_done(self.t, tempo=(1.0, 0.0, lift, 0.0)),)
            self._hear(sets.step(self.state, HandCounter(), news, self.t, RULES))

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self._turn(0.1)
            self._hear(sets.step(self.state, HandCounter(), (), self.t, RULES))

    def press(self, *buttons: Button) -> None:
        for button in buttons:
            self._hear(press(self.state, button, self.t, CHOICES))

    def cut(self, seconds: float) -> None:
        self._log.close()
        self._clock.turn(seconds)

    def _turn(self, seconds: float) -> None:
        self.t += seconds
        self._clock.turn(seconds)

    def _hear(self, result: tuple[State, tuple[Event, ...]]) -> None:
        self.state, events = result
        for event in events:
            self._log.record(event)
        self.events += events


@pytest.fixture
def clock() -> WallClock:
    return WallClock()


def left_off(folder: Path, clock: WallClock) -> OpenSet | NextSet:
    with TrainingLog.open(folder, clock=clock) as log:
        found = log.open_set() or log.next_set()
    assert found is not None
    return found


def test_a_set_goes_on_with_its_corrections_and_its_plan(tmp_path: Path, clock: WallClock) -> None:
    before = Box(tmp_path, clock)
    before.press(Button.SELECT_HELD, *[Button.SELECT] * 6, Button.BACK_HELD)
    before.reps([1.0, 1.1, 1.0, 1.5])
    before.press(Button.BACK, Button.SELECT_HELD)
    before.cut(40.0)
    found = left_off(tmp_path, clock)
    assert isinstance(found, OpenSet)
    after = Box(tmp_path, clock, set_again(found, HandCounter(), RULES, now=1.0))
    assert (after.state.stage, after.state.reps, after.state.number) == (Stage.SET, 4, 1)
    assert after.state.plan == Plan(reps=6, rest=90)
    assert [one.lift for one in after.state.efforts] == [1.0, 1.1, 1.0, None]
    after.reps([1.0, 1.4])
    assert [event.name for event in after.events] == ["rep", "rep", "target_reached"]
    after.wait(9.0)
    (end,) = [event for event in after.events if isinstance(event, SetEnd)]
    assert end.reps == 6
    after.cut(0.0)
    with TrainingLog.open(tmp_path, clock=clock) as log:
        (row,) = log.history()
    assert (row.reps, row.added, row.fading, row.cut_off) == (6, 1, (6,), False)


def test_a_rest_goes_on_and_the_set_before_it_can_be_corrected(
    tmp_path: Path, clock: WallClock
) -> None:
    before = Box(tmp_path, clock)
    before.reps([1.0] * 3)
    before.wait(25.0)
    before.cut(30.0)
    found = left_off(tmp_path, clock)
    assert isinstance(found, NextSet)
    after = Box(tmp_path, clock, rest_again(found, HandCounter(), RULES, now=1.0))
    assert (after.state.stage, after.state.number) == (Stage.REST, 2)
    after.press(Button.BACK)
    (corrected,) = after.events
    assert isinstance(corrected, SetCorrected)
    assert corrected.reps == 2
    after.events.clear()
    after.wait(45.0)
    nearly, over = after.events
    assert isinstance(nearly, RestNearlyOver)
    assert isinstance(over, RestOver)
    assert over.t - nearly.t == pytest.approx(10.0, abs=0.2)
    # The second repetition ended 58 s before the restart.
    assert nearly.t == pytest.approx(1.0 + 80 - 58, abs=0.2)
    after.press(Button.BACK_HELD)
    after.reps([1.0])
    after.cut(0.0)
    with TrainingLog.open(tmp_path, clock=clock) as log:
        assert [(row.reps, row.seconds) for row in log.history()] == [(3, None)]


def test_a_rest_that_is_over_by_now_is_not_told(tmp_path: Path, clock: WallClock) -> None:
    before = Box(tmp_path, clock)
    before.reps([1.0] * 3)
    before.wait(25.0)
    before.cut(200.0)
    found = left_off(tmp_path, clock)
    assert isinstance(found, NextSet)
    after = Box(tmp_path, clock, rest_again(found, HandCounter(), RULES, now=1.0))
    after.wait(5.0)
    assert after.state.stage is Stage.REST
    assert after.events == []


def test_each_exercise_keeps_its_number(tmp_path: Path, clock: WallClock) -> None:
    before = Box(tmp_path, clock)
    for _ in range(3):
        before.reps([1.0, 1.0])
        before.press(Button.SELECT, Button.SELECT)
    before.reps([1.0])
    before.press(Button.SELECT)
    before.cut(20.0)
    found = left_off(tmp_path, clock)
    assert isinstance(found, NextSet)
    assert (found.exercise, found.number, found.done) == ("push_up", 3, {"squat": 2})
    auto = rest_again(found, HandCounter(), RULES, now=1.0, exercise=UNKNOWN)
    assert (auto.exercise, auto.stage) == (UNKNOWN, Stage.REST)
    squats, _ = sets.choose(auto, "squat", HandCounter(), 2.0)
    assert squats.number == 3
