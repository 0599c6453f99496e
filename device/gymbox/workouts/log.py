"""The training log: what was done, one row a repetition, a set and a session."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, Self

from gymbox.events import (
    Event,
    PlanChanged,
    Rep,
    RepAdded,
    RepUndone,
    SetCorrected,
    SetEnd,
    SetReopened,
    SetRestarted,
    SetStart,
)
from gymbox.reps.effort import Effort
from gymbox.reps.plan import Plan
from gymbox.workouts import _queries as sql
from gymbox.workouts._file import FILE_NAME, explained, open_to_read, open_to_write
from gymbox.workouts._left_off import kept_plan, set_to_come, set_under_way
from gymbox.workouts._place import AHEAD, Place, in_new_set, in_session, last_place, moved_to
from gymbox.workouts._writes import (
    add_by_hand,
    add_rep,
    correct_set,
    end_set,
    keep_plan,
    reopen_set,
)
from gymbox.workouts.rows import (
    NextSet,
    OpenSet,
    SetRow,
    effort,
    export_rows,
    iso,
    set_row,
    utc_now,
)

Training = (
    SetStart | Rep | RepUndone | RepAdded | SetRestarted | SetEnd | SetCorrected | SetReopened
)
"""The events that change the sets of the log."""

_EVER = "0"
"""Before every date."""


class TrainingLog:
    """The log in a data folder. Use one object in one thread at a time.

    Args:
        connection: the open file; None for a log that does not exist yet and is only read.
        folder: where it is.
        session_gap: seconds without training after which a new session begins.
        resume_within: seconds within which training that a restart cut off may go on.
        clock: the wall clock, UTC.
    """

    def __init__(
        self,
        connection: sqlite3.Connection | None,
        folder: Path,
        *,
        session_gap: float = 3600.0,
        resume_within: float = 300.0,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.path = folder / FILE_NAME
        self._connection = connection
        self._session_gap = timedelta(seconds=session_gap)
        self._resume_within = timedelta(seconds=resume_within)
        self._clock = clock
        self._place = self._find_place()
        self._heard: datetime | None = None

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        read_only: bool = False,
        session_gap: float = 3600.0,
        resume_within: float = 300.0,
        clock: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Opens the log; to write, the folder and the file are made if need be.

        Raises:
            DataFolderError: it may not be written, is damaged, or comes from a newer Gymbox.
            DiskError: the disk is full, has an error, or another program writes.
            InputError: read_only, and it may not be read.
        """
        folder = Path(folder)
        connection = open_to_read(folder) if read_only else open_to_write(folder)
        with explained(folder / FILE_NAME):
            return cls(
                connection,
                folder,
                session_gap=session_gap,
                resume_within=resume_within,
                clock=clock,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def reopen(self) -> None:
        """Opens the file again, to write, after an error that may have left it unusable.

        Raises:
            DataFolderError, DiskError: as `open`.
        """
        self.close()
        self._connection = open_to_write(self.path.parent)

    def record(self, event: Event, at: datetime | None = None) -> None:
        """Writes an event of `Training`; others only tell how the clocks stand.

        When it returns the event is on the disk. When it raises nothing of it is, and it may be
        tried again.

        Args:
            event: what happened.
            at: the wall clock when it happened; now, if not given.

        Raises:
            sqlite3.DatabaseError: the disk is full, has an error, or another program writes.
        """
        at = at or self._clock()
        if not isinstance(event, Training | PlanChanged):
            self._heard = at - timedelta(seconds=event.t)
            return
        if self._connection is None:
            raise sqlite3.OperationalError("the training log is not open")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            place = self._write(self._connection, event, at)
            self._connection.execute("COMMIT")
        except BaseException:
            # Some errors have rolled the transaction back already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._place = place

    def open_set(self) -> OpenSet | None:
        """The set that was under way when the program ended, if it is young enough to go on.

        Its further events go into it as if nothing had happened; a `SetStart` ends it instead.
        """
        place = self._place
        now = self._clock()
        if not place.under_way or not self._is_fresh(now):
            return None
        # It goes on from now, however long its next repetition takes.
        self._place = replace(place, latest=max(now, place.latest))
        with self._reading() as rows:
            return set_under_way(rows, place, now, self._kept_plan(rows, now))

    def next_set(self) -> NextSet | None:
        """What comes after the last set, if that ended shortly before the program did."""
        place, now = self._place, self._clock()
        if place.set_id is None or place.under_way or not self._is_fresh(now):
            return None
        with self._reading() as rows:
            return set_to_come(rows, place, now, self._kept_plan(rows, now))

    def plan(self) -> Plan | None:
        """What the athlete set out to do, if they said so in this session or just before it."""
        now = self._clock()
        if self._connection is None:
            return None
        with self._reading() as rows:
            return self._kept_plan(rows, now)

    def _is_fresh(self, now: datetime) -> bool:
        """The last thing in the log is young enough to go on from."""
        age = now - self._place.latest
        return self._connection is not None and -AHEAD <= age <= self._resume_within

    def history(self, limit: int = 20) -> list[SetRow]:
        """The last sets, newest first.

        Raises:
            DataFolderError: the file is damaged.
            DiskError: the disk has an error.
        """
        with explained(self.path):
            rows = self._rows(sql.HISTORY, (limit,))
            ids = [row["id"] for row in rows] or [0]
            efforts: dict[int, list[Effort]] = {}
            for row in self._rows(sql.EFFORTS, (min(ids), max(ids))):
                efforts.setdefault(row["set_id"], []).append(effort(dict(row)))
            return [set_row(dict(row), efforts.get(row["id"], [])) for row in rows]

    def export(self, since: datetime | None = None) -> Iterator[dict[str, Any]]:
        """Every repetition, oldest first, with the columns `rows.EXPORT_COLUMNS`.

        Args:
            since: leave out what ended before; UTC or with a time zone.

        Raises:
            DataFolderError: the file is damaged.
            DiskError: the disk has an error.
        """
        if self._connection is None:
            return
        with explained(self.path), closing(self._connection.cursor()) as cursor:
            cursor.row_factory = sqlite3.Row
            earliest = iso(since) if since else _EVER
            found = cursor.execute(sql.EXPORT, (earliest,))
            for _, of_set in groupby(found, key=lambda row: row["set_id"]):
                for row in export_rows([dict(row) for row in of_set]):
                    if row["ended"] >= earliest:
                        yield row

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        if self._connection is None:
            return []
        with closing(self._connection.cursor()) as cursor:
            cursor.row_factory = sqlite3.Row
            return cursor.execute(query, values).fetchall()

    def _find_place(self) -> Place:
        session = next(iter(self._rows(sql.LAST_SESSION)), None)
        sets = self._rows(sql.LAST_SET, (session["id"],)) if session else []
        return last_place(session, next(iter(sets), None))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The database with rows that know the names of their columns."""
        assert self._connection is not None, "asked only of a log that is there"  # noqa: S101
        self._connection.row_factory = sqlite3.Row
        try:
            yield self._connection
        finally:
            self._connection.row_factory = None

    def _kept_plan(self, rows: sqlite3.Connection, now: datetime) -> Plan | None:
        return kept_plan(rows, self._place, now, self._resume_within)

    def _write(
        self, database: sqlite3.Connection, event: Training | PlanChanged, at: datetime
    ) -> Place:
        if isinstance(event, PlanChanged):
            keep_plan(database, event, at)
            return self._place
        place = moved_to(
            self._place,
            database,
            event,
            at,
            session_gap=self._session_gap,
            resume_within=self._resume_within,
            heard=self._heard,
        )
        now = place.moment(event.t)
        in_set = place.under_way and place.exercise == event.exercise
        if isinstance(event, Rep) and event.partial and not in_set:
            return place  # a set begins with a complete repetition; before it people try out
        if isinstance(event, SetStart) or (isinstance(event, Rep | RepAdded) and not in_set):
            place = in_session(place, database, now)
            target = event.target if isinstance(event, SetStart) else 0
            place = in_new_set(place, database, event.exercise, now, target=target)
        if place.session is None:
            return place  # the end of a set, or a rep taken back, that nothing is known of
        place = _written(database, place, event, now)
        seconds = (now - place.session_started).total_seconds()
        database.execute(sql.EXTEND_SESSION, (seconds, place.session))
        return replace(place, latest=max(now, place.latest))


def _written(database: sqlite3.Connection, place: Place, event: Training, now: datetime) -> Place:
    """The place after what the event does to its set."""
    ended = not place.under_way and place.exercise == event.exercise
    if isinstance(event, Rep):
        add_rep(database, place, event, now)
    elif isinstance(event, RepAdded):
        add_by_hand(database, place, event, now)
    elif isinstance(event, RepUndone):
        database.execute(sql.UNDO_REP, (place.set_id,))
    elif isinstance(event, SetRestarted) and place.under_way:
        database.execute(sql.UNDO_ALL_REPS, (place.set_id,))
    elif isinstance(event, SetEnd) and place.under_way:
        return end_set(database, place, event)
    elif isinstance(event, SetCorrected) and ended:
        correct_set(database, place, event)
    elif isinstance(event, SetReopened) and ended:
        return reopen_set(database, place)
    return place
