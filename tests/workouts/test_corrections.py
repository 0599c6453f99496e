"""What the athlete corrects and plans: the log follows, and a restart finds it again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from training import NOON, WallClock, end, record, rep, start, whole_set

from gymbox.events import (
    PlanChanged,
    RepAdded,
    SetCorrected,
    SetReopened,
    SetRestarted,
    SetStart,
)
from gymbox.reps.plan import Plan
from gymbox.workouts.log import TrainingLog


@pytest.fixture
def clock() -> WallClock:
    return WallClock()


def test_a_rep_added_by_hand_counts_and_has_no_figures(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, start(0), rep(3, 1), RepAdded(t=5, exercise="squat", rep=2))
        (row,) = log.history()
        assert (row.reps, row.added) == (2, 1)
        assert row.rom == pytest.approx(0.75)
        by_hand = list(log.export())[1]
    assert (by_hand["added"], by_hand["rep"], by_hand["rom"], by_hand["confidence"]) == (
        True,
        2,
        None,
        None,
    )


def test_a_set_begun_anew_keeps_nothing(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        begun = [start(0), rep(3, 1), rep(5, 1, partial=True)]
        record(log, clock, *begun, SetRestarted(t=7, exercise="squat"), rep(9, 1))
        (row,) = log.history()
        assert (row.reps, row.partial) == (1, 0)
        assert [r["undone"] for r in log.export()] == [True, True, False]


def test_a_set_of_which_nothing_is_left_is_no_history(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        nothing = [start(50), rep(53, 1), SetRestarted(t=55, exercise="squat"), end(75, 0, 50, 53)]
        record(log, clock, *whole_set(0, 2), *nothing)
        assert [row.reps for row in log.history(limit=1)] == [2]
        assert len(list(log.export())) == 3


def corrected(t: float, reps: int, last: float) -> SetCorrected:
    return SetCorrected(t=t, exercise="squat", reps=reps, start=0, end=last)


def test_an_ended_set_is_corrected(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, *whole_set(0, 5), corrected(40, 4, 12.0), corrected(41, 3, 9.0))
        (row,) = log.history()
        assert (row.reps, row.seconds) == (3, 9.0)
        record(log, clock, corrected(42, 0, 0.0))
        assert log.history() == []


def test_an_ended_set_goes_on(tmp_path: Path, clock: WallClock):
    reopened = SetReopened(t=40, exercise="squat", reps=2, start=0)
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, *whole_set(0, 2), reopened)
        assert log.history()[0].seconds is None
        record(log, clock, rep(44, 3), end(64, 3, 0, 44))
        (row,) = log.history()
    assert (row.reps, row.seconds, row.cut_off) == (3, 44.0, False)


def test_corrections_of_a_set_that_is_not_there_leave_no_trace(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        other = [
            SetCorrected(t=30, exercise="push_up", reps=0, start=0, end=0),
            SetReopened(t=31, exercise="push_up", reps=0, start=0),
            SetRestarted(t=32, exercise="squat"),
        ]
        record(log, clock, *other)
        assert log.history() == []
        record(log, clock, *whole_set(60, 2), *(replace(one, t=100.0) for one in other))
        (row,) = log.history()
    assert (row.reps, row.seconds) == (2, 6)


# What the athlete set out to do


PLANNED = PlanChanged(t=1.0, reps=8, sets=3, rest=120)


def test_a_set_keeps_its_target(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, SetStart(t=0, exercise="squat", target=8), rep(3, 1))
        assert log.history()[0].target == 8
        assert next(log.export())["target"] == 8


@pytest.mark.parametrize("before", [True, False])
def test_the_plan_survives_a_restart(tmp_path: Path, clock: WallClock, *, before: bool):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        training = [start(5), rep(8, 1)]
        record(log, clock, *([PLANNED, *training] if before else [*training, PLANNED]))
    clock.turn(30)
    with TrainingLog.open(tmp_path, clock=clock) as log:
        under_way = log.open_set()
        assert under_way is not None
        assert under_way.plan == log.plan() == Plan(reps=8, sets=3, rest=120)


def test_a_plan_without_training_is_kept_for_a_while(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        assert log.plan() is None
        log.record(PLANNED)
        assert log.history() == []
    clock.turn(299)
    with TrainingLog.open(tmp_path, clock=clock) as log:
        assert log.plan() == Plan(reps=8, sets=3, rest=120)
        clock.turn(2)
        assert log.plan() is None


def test_the_plan_of_yesterday_is_nobodys(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        log.record(PLANNED)
        clock.turn(86400)
        record(log, clock, *whole_set(50, 2))
    with TrainingLog.open(tmp_path, clock=clock) as log:
        to_come = log.next_set()
        assert to_come is not None
        assert to_come.plan is None


# The best repetition, and those that fade


def test_the_best_and_the_fading_are_told(tmp_path: Path, clock: WallClock):
    lifts = (1.2, 1.0, 1.1, 1.5)
    reps = [
        replace(rep(3.0 * n, n), tempo=(1.0, 0.0, lift, 0.0)) for n, lift in enumerate(lifts, 1)
    ]
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, start(0), *reps[:2], rep(7, 2, partial=True), *reps[2:])
        (row,) = log.history()
        told = [(r["rep"], r["best"], r["fading"]) for r in log.export()]
        late = [r["fading"] for r in log.export(NOON + timedelta(seconds=8))]
    assert (row.best, row.fading) == (2, (4,))
    assert told == [
        (1, False, False),
        (2, True, False),
        (2, False, False),
        (3, False, False),
        (4, False, True),
    ]
    assert late == [False, True]
