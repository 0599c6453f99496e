"""The training log: what was done, one row a repetition, a set and a session."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from gymbox.events import Event, Rep, RepUndone, SetEnd, SetStart
from gymbox.workouts import _queries as sql
from gymbox.workouts._file import FILE_NAME, explained, open_to_read, open_to_write
from gymbox.workouts._place import AHEAD, Place, in_new_set, in_session, last_place, moved_to
from gymbox.workouts.rows import NextSet, OpenSet, SetRow, iso, set_row, utc_now

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
        """Writes a SetStart, Rep, RepUndone or SetEnd; other events are not training.

        When it returns the event is on the disk. When it raises nothing of it is, and it may be
        tried again.

        Args:
            event: what happened.
            at: the wall clock when it happened; now, if not given.

        Raises:
            sqlite3.DatabaseError: the disk is full, has an error, or another program writes.
        """
        if not isinstance(event, SetStart | Rep | RepUndone | SetEnd):
            return
        if self._connection is None:
            raise sqlite3.OperationalError("the training log is not open")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            place = self._write(self._connection, event, at or self._clock())
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
        row = self._rows(sql.LAST_SET, (place.session,))[0]
        return OpenSet(
            exercise=row["exercise"],
            number=row["earlier"] + 1,
            reps=row["reps"],
            started=place.set_started,
            elapsed=max(0.0, (now - place.set_started).total_seconds()),
            age=max(0.0, (now - place.latest).total_seconds()),
        )

    def next_set(self) -> NextSet | None:
        """What comes after the last set, if that ended shortly before the program did."""
        place = self._place
        if place.set_id is None or place.under_way or not self._is_fresh(self._clock()):
            return None
        row = self._rows(sql.LAST_SET, (place.session,))[0]
        return NextSet(row["exercise"], row["earlier"] + (2 if row["reps"] else 1))

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
            return [set_row(dict(row)) for row in self._rows(sql.HISTORY, (limit,))]

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
            for row in cursor.execute(sql.EXPORT, (iso(since) if since else _EVER,)):
                flags = {name: bool(row[name]) for name in ("cut_off", "partial", "undone")}
                yield {**dict(row), **flags}

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

    def _write(
        self, database: sqlite3.Connection, event: SetStart | Rep | RepUndone | SetEnd, at: datetime
    ) -> Place:
        place = moved_to(
            self._place,
            database,
            event,
            at,
            session_gap=self._session_gap,
            resume_within=self._resume_within,
        )
        now = place.moment(event.t)
        in_set = place.under_way and place.exercise == getattr(event, "exercise", None)
        if isinstance(event, Rep) and event.partial and not in_set:
            return place  # a set begins with a complete repetition; before it people try out
        if isinstance(event, SetStart) or (isinstance(event, Rep) and not in_set):
            place = in_session(place, database, now)
            place = in_new_set(place, database, event.exercise, now)
        if place.session is None:
            return place  # the end of a set, or a rep taken back, that nothing is known of
        if isinstance(event, Rep):
            _add_rep(database, place, event, now)
        elif isinstance(event, RepUndone):
            database.execute(sql.UNDO_REP, (place.set_id,))
        elif isinstance(event, SetEnd) and place.under_way:
            seconds = (place.moment(event.end) - place.set_started).total_seconds()
            database.execute(sql.END_SET, (max(0.0, seconds), place.set_id))
            place = replace(place, under_way=False)
        seconds = (now - place.session_started).total_seconds()
        database.execute(sql.EXTEND_SESSION, (seconds, place.session))
        return replace(place, latest=max(now, place.latest))


def _add_rep(database: sqlite3.Connection, place: Place, rep: Rep, now: datetime) -> None:
    seconds = max(0.0, (now - place.set_started).total_seconds())
    database.execute(
        sql.NEW_REP,
        (
            place.set_id,
            iso(now),
            seconds,
            rep.rep,
            rep.partial,
            rep.rom,
            *rep.tempo,
            rep.form,
            rep.confidence,
        ),
    )
