"""The thread that writes the training log, so that the loop never waits for a disk."""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime

from gymbox.errors import DataFolderError, DiskError
from gymbox.events import Event
from gymbox.workouts.log import TrainingLog
from gymbox.workouts.rows import utc_now

_PASSING = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
"""Errors after which the open file is as good as before."""

OnChange = Callable[[bool, str], None]
"""Called with (healthy, reason) when writing begins to fail and when it works again."""


class LogWriter:
    """Writes events in order, one transaction each, and keeps them until they are on the disk.

    While the disk is full, read-only or broken the events wait in memory, with the time at which
    they happened, and are tried again with a growing pause.

    Attributes:
        healthy: False while the log cannot be written.

    Args:
        log: the open log; from now on it belongs to the writer.
        retry_after: seconds before the first new attempt; they double with each failure.
        retry_limit: the longest pause between attempts, seconds.
        on_change: told, from the writer's thread, when `healthy` changes.
        clock: the wall clock, UTC.
    """

    def __init__(
        self,
        log: TrainingLog,
        *,
        retry_after: float = 1.0,
        retry_limit: float = 30.0,
        on_change: OnChange | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.healthy = True
        self._log = log
        self._retry_after = retry_after
        self._retry_limit = retry_limit
        self._on_change = on_change
        self._clock = clock
        self._pause = retry_after
        self._reopen = False
        self._waiting: deque[tuple[Event, datetime]] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._hurry = False
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="log-writer", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """How many events are not on the disk yet."""
        with self._changed:
            return len(self._waiting)

    def put(self, event: Event) -> None:
        """Takes an event over; returns at once.

        Raises:
            BaseException: the writer has met an error that it does not understand; the caller's
                to die of.
        """
        with self._changed:
            if self._failure is not None:
                raise self._failure
            self._waiting.append((event, self._clock()))
            self._changed.notify_all()

    def flush(self, timeout: float) -> bool:
        """Waits until everything is on the disk; False if it is not after `timeout` seconds."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not self._waiting, timeout)

    def close(self, timeout: float = 5.0) -> list[Event]:
        """Writes what is left, closes the log and returns the events that could not be written."""
        self.flush(timeout)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout)
        with self._changed:
            return [event for event, _ in self._waiting]

    def _run(self) -> None:
        try:
            while (item := self._next()) is not None:
                if self._written(*item):
                    with self._changed:
                        self._waiting.popleft()
                        self._changed.notify_all()
                elif not self._rest():
                    break
            self._log.close()
        except BaseException as error:  # noqa: BLE001 (the main loop is to die of it)
            with self._changed:
                self._failure = error
                self.healthy = False

    def _next(self) -> tuple[Event, datetime] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closing)
            return self._waiting[0] if self._waiting else None

    def _written(self, event: Event, at: datetime) -> bool:
        try:
            if self._reopen:
                self._log.reopen()
                self._reopen = False
            self._log.record(event, at)
        except (sqlite3.DatabaseError, DataFolderError, DiskError) as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise  # a fault of the program: trying again cannot help
            code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
            self._reopen = self._reopen or code not in _PASSING
            self._set_healthy(healthy=False, reason=str(error))
            return False
        self._pause = self._retry_after
        self._set_healthy(healthy=True, reason="")
        return True

    def _rest(self) -> bool:
        """Pauses before the next attempt; False when it is time to go instead."""
        with self._changed:
            if not self._closing:
                self._changed.wait_for(lambda: self._closing or self._hurry, self._pause)
            self._hurry = False
            self._pause = min(2 * self._pause, self._retry_limit)
            return not self._closing

    def _set_healthy(self, *, healthy: bool, reason: str) -> None:
        if healthy == self.healthy:
            return
        self.healthy = healthy
        if self._on_change is not None:
            self._on_change(healthy, reason)
