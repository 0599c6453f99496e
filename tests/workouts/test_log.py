import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from training import NOON, TEMPO, WallClock, end, record, rep, start, whole_set

from gymbox.events import AthleteFound, RepUndone, SetStart
from gymbox.workouts.log import TrainingLog


@pytest.fixture
def clock() -> WallClock:
    return WallClock()


def test_a_set_becomes_one_row_a_rep(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, *whole_set(100.0, 3))
        rows = list(log.export())
        (row,) = log.history()
    assert [r["rep"] for r in rows] == [1, 2, 3]
    assert [r["seconds"] for r in rows] == [3, 6, 9]
    assert rows[0]["ended"] == "2026-11-21T12:00:03.000+00:00"
    assert rows[0]["session_started"] == rows[0]["set_started"] == "2026-11-21T12:00:00.000+00:00"
    assert rows[0]["set_seconds"] == 9
    assert (rows[0]["eccentric"], rows[0]["bottom_pause"]) == TEMPO[:2]
    assert (rows[0]["concentric"], rows[0]["top_pause"]) == TEMPO[2:]
    assert rows[0]["form"] is None
    assert (row.reps, row.partial, row.seconds, row.cut_off) == (3, 0, 9, False)
    assert (row.exercise, row.number, row.session) == ("squat", 1, 1)
    assert row.tempo == TEMPO
    assert row.rom == pytest.approx(0.75)
    assert row.started == NOON


def test_partial_and_undone_reps_are_kept_but_not_counted(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(
            log,
            clock,
            start(0),
            rep(3, 1),
            rep(6, 2),
            rep(9, 2, partial=True),
            RepUndone(t=10, exercise="squat", rep=1),
        )
        assert [(r["rep"], r["partial"], r["undone"]) for r in log.export()] == [
            (1, False, False),
            (2, False, True),  # the last complete one, not the partial one after it
            (2, True, False),
        ]
        (row,) = log.history()
        assert (row.reps, row.partial, row.seconds) == (1, 1, None)
        log.record(RepUndone(t=11, exercise="squat", rep=0))
        log.record(RepUndone(t=12, exercise="squat", rep=0))
        assert log.history()[0].reps == 0
        assert log.history()[0].tempo is None


def test_the_last_rep_of_an_ended_set_can_be_taken_back(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, *whole_set(0, 5), RepUndone(t=40, exercise="squat", rep=4))
        assert log.history()[0].reps == 4


def test_sets_are_numbered_within_a_session_and_a_long_rest_begins_a_new_one(
    tmp_path: Path, clock: WallClock
):
    with TrainingLog.open(tmp_path, session_gap=3600, clock=clock) as log:
        record(log, clock, *whole_set(0, 2), *whole_set(100, 2, "push_up"), *whole_set(9000, 1))
        rows = log.history()
    assert [(row.session, row.number, row.exercise) for row in rows] == [
        (2, 1, "squat"),
        (1, 2, "push_up"),
        (1, 1, "squat"),
    ]
    assert rows[0].started == NOON + timedelta(seconds=9000)


def test_history_is_limited_and_newest_first(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        for index in range(6):
            record(log, clock, *whole_set(100.0 * index, index + 1))
        assert [row.reps for row in log.history(limit=3)] == [6, 5, 4]


def test_other_events_are_not_training(tmp_path: Path):
    with TrainingLog.open(tmp_path) as log:
        log.record(AthleteFound(t=1.0))
        assert log.history() == []


def test_ends_and_undos_out_of_nowhere_leave_no_trace(tmp_path: Path):
    with TrainingLog.open(tmp_path) as log:
        log.record(RepUndone(t=1, exercise="squat", rep=0))
        log.record(end(2, 0, 0, 1))
        assert log.history() == []
    with sqlite3.connect(tmp_path / "training.db") as database:
        assert database.execute("SELECT count(*) FROM sessions").fetchone() == (0,)


def test_a_rep_without_a_set_begins_one(tmp_path: Path):
    with TrainingLog.open(tmp_path) as log:
        log.record(rep(5, 1))
        log.record(rep(8, 1, "push_up"))
        assert [(row.exercise, row.reps) for row in log.history()] == [("push_up", 1), ("squat", 1)]


def test_a_new_set_ends_the_one_before_at_its_last_rep(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, start(0), rep(3, 1), start(60))
        newest, cut = log.history()
    assert (cut.seconds, cut.cut_off, newest.seconds) == (3, True, None)


def test_since(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, *whole_set(0, 3))
        since = NOON + timedelta(seconds=6)
        assert [row["rep"] for row in log.export(since)] == [2, 3]
        assert [row["rep"] for row in log.export(since.astimezone())] == [2, 3]


# A set that a restart cuts off


def cut_off(tmp_path: Path, clock: WallClock) -> None:
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, *whole_set(0, 2), start(60), rep(63, 1), rep(66, 2))


def test_a_set_cut_off_by_a_restart_goes_on(tmp_path: Path, clock: WallClock):
    cut_off(tmp_path, clock)
    clock.turn(30)
    with TrainingLog.open(tmp_path, resume_within=300, clock=clock) as log:
        under_way = log.open_set()
        assert under_way is not None
        assert (under_way.exercise, under_way.number, under_way.reps) == ("squat", 2, 2)
        assert under_way.started == NOON + timedelta(seconds=60)
        assert under_way.age == pytest.approx(30)
        assert under_way.elapsed == pytest.approx(36)
        # The frames of the new process have a clock of their own.
        record(log, clock, rep(5.0, 3), rep(8.0, 4), end(28.0, 4, 5.0, 8.0))
        assert log.open_set() is None
        row = log.history()[0]
        assert (row.reps, row.number, row.session, row.cut_off) == (4, 2, 1, False)
        # 6 s before the restart, 30 s away, 3 s after.
        assert row.seconds == pytest.approx(39)
        assert [r["seconds"] for r in log.export()][2:] == pytest.approx([3, 6, 36, 39])


def test_a_new_set_after_the_restart_ends_it(tmp_path: Path, clock: WallClock):
    cut_off(tmp_path, clock)
    with TrainingLog.open(tmp_path, clock=clock) as log:
        log.record(start(1.0, "push_up"))
        newest, cut, _ = log.history()
    assert (newest.exercise, cut.reps, cut.seconds, cut.cut_off) == ("push_up", 2, 6, True)


@pytest.mark.parametrize("away", [301, 86400, -3600])
def test_a_set_does_not_go_on_after_too_long_or_in_the_past(
    tmp_path: Path, clock: WallClock, away: float
):
    cut_off(tmp_path, clock)
    clock.turn(away)  # a Pi without a battery-backed clock may wake up in the past
    with TrainingLog.open(tmp_path, resume_within=300, clock=clock) as log:
        assert log.open_set() is None
        record(log, clock, rep(5.0, 1))
        newest, cut, _ = log.history()
    assert (newest.reps, newest.started) == (1, clock.now)
    assert (cut.reps, cut.seconds, cut.cut_off) == (2, 6, True)
    assert newest.session == (1 if away == 301 else 2)


def test_nothing_to_go_on_with(tmp_path: Path):
    with TrainingLog.open(tmp_path) as log:
        assert log.open_set() is None
        assert log.next_set() is None


def next_after(
    folder: Path, clock: WallClock, away: float, *events: SetStart
) -> tuple[str, int] | None:
    with TrainingLog.open(folder, clock=clock) as log:
        record(log, clock, *events)
    clock.turn(away)
    with TrainingLog.open(folder, resume_within=300, clock=clock) as log:
        assert log.open_set() is None
        to_come = log.next_set()
    return None if to_come is None else (to_come.exercise, to_come.number)


def test_a_restart_between_sets_counts_on(tmp_path: Path, clock: WallClock):
    squats = [*whole_set(0, 2), *whole_set(100, 2)]
    assert next_after(tmp_path / "a", clock, 60, *squats) == ("squat", 3)
    mixed = [*squats, *whole_set(200, 2, "push_up")]
    assert next_after(tmp_path / "b", clock, 60, *mixed) == ("push_up", 2)
    again = [*mixed, *whole_set(300, 2)]
    assert next_after(tmp_path / "c", clock, 60, *again) == ("squat", 4)


def test_a_set_that_came_to_nothing_takes_no_number(tmp_path: Path, clock: WallClock):
    nothing = [
        start(100),
        rep(103, 1),
        RepUndone(t=104, exercise="squat", rep=0),
        end(120, 0, 100, 103),
    ]
    assert next_after(tmp_path, clock, 60, *whole_set(0, 2), *nothing) == ("squat", 2)


@pytest.mark.parametrize("away", [301, -3600])
def test_a_set_of_long_ago_is_not_gone_on_from(tmp_path: Path, clock: WallClock, away: float):
    assert next_after(tmp_path, clock, away, *whole_set(0, 2)) is None


def test_a_restart_knows_the_rest_the_repetitions_and_the_other_exercises(
    tmp_path: Path, clock: WallClock
):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, *whole_set(0, 2, "push_up"), *whole_set(100, 3))
    clock.turn(40)
    with TrainingLog.open(tmp_path, clock=clock) as log:
        to_come = log.next_set()
    assert to_come is not None
    assert to_come.done == {"push_up": 1}
    assert to_come.elapsed == pytest.approx(29 + 40)
    assert [(one.end, one.rom, one.tempo) for one in to_come.efforts] == [
        (3.0, 0.75, TEMPO),
        (6.0, 0.75, TEMPO),
        (9.0, 0.75, TEMPO),
    ]


# Clocks


def test_a_wall_clock_that_is_set_during_a_session_bends_no_duration(
    tmp_path: Path, clock: WallClock
):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, start(0), rep(3, 1))
        clock.turn(-7 * 86400)
        record(log, clock, rep(6, 2), end(26, 2, 0, 6), *whole_set(60, 1))
        second, first = log.history()
    assert (first.reps, first.seconds, first.session) == (2, 6, second.session)
    assert second.started - first.started == timedelta(seconds=60)


def test_an_event_written_late_keeps_its_time(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        clock.turn(5000)
        log.record(start(0), at=NOON)
        log.record(rep(3, 1), at=NOON + timedelta(seconds=3))
        (row,) = log.export()
    assert row["ended"] == "2026-11-21T12:00:03.000+00:00"


def test_a_set_that_is_told_late_began_when_it_began(tmp_path: Path, clock: WallClock):
    """In auto mode its first repetitions are told once the exercise is known."""
    with TrainingLog.open(tmp_path, clock=clock) as log:
        clock.turn(20)
        for event in (AthleteFound(t=20), start(5), rep(8, 1), rep(11, 2)):
            log.record(event)
        (row,) = log.history()
    assert row.started == NOON + timedelta(seconds=5)


def test_frames_whose_clock_starts_again(tmp_path: Path, clock: WallClock):
    with TrainingLog.open(tmp_path, clock=clock) as log:
        record(log, clock, *whole_set(5000, 2))
        clock.turn(10)
        record(log, clock, *whole_set(0, 2))
        second, first = log.history()
    assert first.session == second.session
    assert second.started - first.started == timedelta(seconds=26 + 10)
    assert second.seconds == 6


# Errors


def test_what_fails_leaves_nothing_and_can_be_tried_again(tmp_path: Path):
    with TrainingLog.open(tmp_path) as log:
        log.record(start(0))
        log.record(rep(3, 1))
        log._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            log.record(rep(6, 2))
        log._connection.execute("PRAGMA query_only = OFF")
        assert log.history()[0].reps == 1
        log.record(rep(6, 2))
        assert [row["seconds"] for row in log.export()] == [3, 6]


def test_not_a_number_is_stored_as_unknown(tmp_path: Path):
    with TrainingLog.open(tmp_path) as log:
        event = rep(3, 1)
        object.__setattr__(event, "rom", float("nan"))
        log.record(event)
        assert next(log.export())["rom"] is None
        assert log.history()[0].rom is None


def test_every_commit_is_flushed(tmp_path: Path):
    with TrainingLog.open(tmp_path) as log:
        pragmas = ["journal_mode", "synchronous", "foreign_keys"]
        values = [log._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert values == ["wal", 2, 1]
