"""Whatever the modes may say, in whatever order, the log stays consistent."""

import sqlite3
import tempfile
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from training import WallClock, end, rep, start

from gymbox.events import RepUndone
from gymbox.workouts.log import TrainingLog
from tests.strategies import floats

EXERCISES = st.sampled_from(["squat", "push_up"])
STEPS = st.one_of(
    st.tuples(st.just("start"), EXERCISES),
    st.tuples(st.just("rep"), EXERCISES),
    st.tuples(st.just("partial"), EXERCISES),
    st.tuples(st.just("undo"), EXERCISES),
    st.tuples(st.just("end"), EXERCISES),
    st.tuples(st.just("restart"), floats(0, 5000)),
    st.tuples(st.just("set_clock"), floats(-1e6, 1e6)),
    st.tuples(st.just("wait"), floats(0, 5000)),
)


class Player:
    """Plays the steps to a log, and keeps what it should hold: the sets, each a list of reps.

    Where the clocks decide whether a set goes on or a session is over, it asks the log.
    """

    def __init__(self, folder: str) -> None:
        self.sets: list[tuple[str, list[dict[str, bool]]]] = []
        self._folder = folder
        self._clock = WallClock()
        self._t = 50.0
        self._log = TrainingLog.open(folder, clock=self._clock)

    def play(self, steps: list[tuple[str, Any]]) -> list[dict[str, Any]]:
        for kind, value in steps:
            self._wait(3.0)
            getattr(self, f"_{kind}")(value)
        rows = list(self._log.export())
        self._log.close()
        return rows

    def _start(self, exercise: str) -> None:
        self._log.record(start(self._t, exercise))
        self.sets.append((exercise, []))

    def _count(self, table: str) -> int:
        query = f"SELECT count(*) FROM {table}"  # noqa: S608 (a table of ours)
        count: int = self._log._connection.execute(query).fetchone()[0]
        return count

    def _rep(self, exercise: str) -> None:
        sets = self._count("sets")
        going_on = self._log._place.under_way and self._log._place.exercise == exercise
        self._log.record(rep(self._t, 1, exercise))
        if self._count("sets") > sets:
            self.sets.append((exercise, []))
        else:
            assert going_on
        self.sets[-1][1].append({"partial": False, "undone": False})

    def _partial(self, exercise: str) -> None:
        before = self._count("sets"), self._count("reps")
        self._log.record(rep(self._t, 1, exercise, partial=True))
        going_on = self._log._place.under_way and self._log._place.exercise == exercise
        assert (self._count("sets"), self._count("reps") - going_on) == before
        if going_on:
            self.sets[-1][1].append({"partial": True, "undone": False})

    def _undo(self, exercise: str) -> None:
        known = self._log._place.set_id
        self._log.record(RepUndone(t=self._t, exercise=exercise, rep=0))
        if known is None or self._log._place.set_id != known:
            return
        counted = [one for one in self.sets[-1][1] if not (one["partial"] or one["undone"])]
        for one in counted[-1:]:
            one["undone"] = True

    def _end(self, exercise: str) -> None:
        self._log.record(end(self._t, 0, self._t - 9, self._t - 1, exercise))
        assert not self._log._place.under_way

    def _restart(self, seconds: float) -> None:
        self._log.close()
        self._clock.turn(seconds)
        self._t = 7.0
        self._log = TrainingLog.open(self._folder, clock=self._clock)

    def _set_clock(self, seconds: float) -> None:
        self._clock.turn(seconds)

    def _wait(self, seconds: float) -> None:
        self._t += seconds
        self._clock.turn(seconds)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=40))
def test_any_sequence_of_events_gives_a_consistent_log(steps: list[tuple[str, Any]]):
    with tempfile.TemporaryDirectory() as folder:
        player = Player(folder)
        rows = player.play(steps)
        with TrainingLog.open(folder, read_only=True) as log:
            history = log.history(limit=1000)
        with sqlite3.connect(f"{folder}/training.db") as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            open_sets = database.execute("SELECT id FROM sets WHERE seconds IS NULL").fetchall()
            last = database.execute("SELECT max(id) FROM sets").fetchone()
    expected = [
        (exercise, one["partial"], one["undone"]) for exercise, reps in player.sets for one in reps
    ]
    assert [(row["exercise"], row["partial"], row["undone"]) for row in rows] == expected
    left = [
        (exercise, [one for one in reps if not one["undone"]])
        for number, (exercise, reps) in enumerate(player.sets, start=1)
        if [(number,)] == open_sets or not all(one["undone"] for one in reps)
    ]
    assert [(row.exercise, row.reps) for row in reversed(history)] == [
        (exercise, sum(not one["partial"] for one in reps)) for exercise, reps in left
    ]
    assert open_sets in ([], [last])
    for row in rows:
        assert row["seconds"] >= 0
        assert row["set_seconds"] is None or row["set_seconds"] >= 0
        assert row["set_started"] >= row["session_started"]
    for newer, older in pairwise(history):
        assert (newer.session, newer.number) > (older.session, older.number)
        if newer.session == older.session:
            assert newer.started >= older.started - timedelta(seconds=60)
