"""The training log: what was done, one row a repetition, a set and a session."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from gymbox.events import Event, Rep, RepUndone, SetEnd, SetStart
from gymbox.workouts import _queries as sql
from gymbox.workouts._file import FILE_NAME, explained, open_to_read, open_to_write
from gymbox.workouts.rows import OpenSet, SetRow, iso, parse, set_row, utc_now

_BACKWARDS = 60.0
"""Seconds by which an event may be older than the one before. More, and the frames have a new
clock."""

_EVER = "0"
"""Before every date."""

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the log the next event goes.

    Attributes:
        session: id, None before the first.
        session_started: wall clock.
        latest: wall clock of the last thing in the session.
        set_id: the set under way or the one last ended in this session, None without any.
        set_started: wall clock.
        exercise: of that set.
        under_way: that set has not ended.
        epoch: the wall clock when the clock of the frames was 0; None until the first event.
    """

    session: int | None = None
    session_started: datetime = _NEVER
    latest: datetime = _NEVER
    set_id: int | None = None
    set_started: datetime = _NEVER
    exercise: str = ""
    under_way: bool = False
    epoch: datetime | None = None


class TrainingLog:
    """The log in a data folder. Use one object in one thread at a time.

    Args:
        connection: the open file; None for a log that does not exist yet and is only read.
        folder: where it is.
        session_gap: seconds without training after which a new session begins.
        resume_within: seconds after the last repetition within which a set that a restart cut off
            may go on.
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
            DataFolderError: it cannot be written, is damaged, or comes from a newer Gymbox.
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
            DataFolderError: as `open`.
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
        if self._connection is None or not place.under_way:
            return None
        age = self._clock() - place.latest
        if not timedelta(0) <= age <= self._resume_within:
            return None
        row = self._rows(sql.LAST_SET, (place.session,))[0]
        return OpenSet(
            exercise=row["exercise"],
            number=row["number"],
            reps=row["reps"],
            started=parse(row["started"]),
            age=age.total_seconds(),
        )

    def history(self, limit: int = 20) -> list[SetRow]:
        """The last sets, newest first.

        Raises:
            DataFolderError: the file is damaged.
        """
        with explained(self.path):
            return [set_row(dict(row)) for row in self._rows(sql.HISTORY, (limit,))]

    def export(self, since: datetime | None = None) -> Iterator[dict[str, Any]]:
        """Every repetition, oldest first, with the columns `rows.EXPORT_COLUMNS`.

        Args:
            since: leave out what ended before; UTC or with a time zone.

        Raises:
            DataFolderError: the file is damaged.
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

    def _find_place(self) -> _Place:
        """Where the last program left off."""
        sessions = self._rows(sql.LAST_SESSION)
        if not sessions:
            return _Place()
        session = sessions[0]
        started = parse(session["started"])
        place = _Place(
            session=session["id"],
            session_started=started,
            latest=started + timedelta(seconds=session["seconds"]),
        )
        sets = self._rows(sql.LAST_SET, (session["id"],))
        if not sets:
            return place
        last = sets[0]
        return replace(
            place,
            set_id=last["id"],
            set_started=parse(last["started"]),
            exercise=last["exercise"],
            under_way=last["seconds"] is None,
        )

    def _write(
        self, database: sqlite3.Connection, event: SetStart | Rep | RepUndone | SetEnd, at: datetime
    ) -> _Place:
        place = self._moved_to(database, event, at)
        now = _moment(place, event.t)
        if isinstance(event, SetStart) or (
            isinstance(event, Rep) and not (place.under_way and place.exercise == event.exercise)
        ):
            place = _start_set(database, _in_session(database, place, now), event.exercise, now)
        if place.session is None:
            return place  # the end of a set, or a rep taken back, that nothing is known of
        if isinstance(event, Rep):
            _add_rep(database, place, event, now)
        elif isinstance(event, RepUndone):
            database.execute(sql.UNDO_REP, (place.set_id,))
        elif isinstance(event, SetEnd) and place.under_way:
            seconds = (_moment(place, event.end) - place.set_started).total_seconds()
            database.execute(sql.END_SET, (max(0.0, seconds), place.set_id))
            place = replace(place, under_way=False)
        seconds = (now - place.session_started).total_seconds()
        database.execute(sql.EXTEND_SESSION, (seconds, place.session))
        return replace(place, latest=max(now, place.latest))

    def _moved_to(self, database: sqlite3.Connection, event: Event, at: datetime) -> _Place:
        """The place on the clock of the event, without a session if the last one is over."""
        place = self._place
        if place.epoch is not None:
            gap = _moment(place, event.t) - place.latest
            if -timedelta(seconds=_BACKWARDS) <= gap <= self._session_gap:
                return place
        # A new program, another recording or a long rest: look at the wall clock anew.
        epoch = at - timedelta(seconds=event.t)
        gap = at - place.latest
        if place.under_way and not timedelta(0) <= gap <= self._resume_within:
            database.execute(sql.END_SETS_AT_LAST_REP)
            place = replace(place, under_way=False)
        if place.session is None or not timedelta(0) <= gap <= self._session_gap:
            place = _Place()
        return replace(place, epoch=epoch)


def _in_session(database: sqlite3.Connection, place: _Place, now: datetime) -> _Place:
    if place.session is not None:
        return place
    session = database.execute(sql.NEW_SESSION, (iso(now),)).lastrowid
    return replace(place, session=session, session_started=now, latest=now)


def _start_set(database: sqlite3.Connection, place: _Place, exercise: str, now: datetime) -> _Place:
    if place.under_way:
        database.execute(sql.END_SETS_AT_LAST_REP)
    started = database.execute(sql.NEW_SET, (place.session, exercise, iso(now)))
    return replace(
        place, set_id=started.lastrowid, set_started=now, exercise=exercise, under_way=True
    )


def _add_rep(database: sqlite3.Connection, place: _Place, rep: Rep, now: datetime) -> None:
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


def _moment(place: _Place, t: float) -> datetime:
    """The wall clock at `t` seconds on the clock of the frames."""
    if place.epoch is None:
        raise ValueError("the frames have no place on the wall clock yet")
    return place.epoch + timedelta(seconds=t)
