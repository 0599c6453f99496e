import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from training import NOON, WallClock, rep, start, whole_set

from gymbox.errors import DataFolderError, DiskError
from gymbox.workouts.log import TrainingLog
from gymbox.workouts.writer import LogWriter


def wait_for(condition: Callable[[], object]) -> None:
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.005)


def reps_in(folder: Path) -> list[int]:
    with TrainingLog.open(folder, read_only=True) as log:
        return [row["rep"] for row in log.export()]


def test_events_are_written_in_order_and_the_log_is_closed(tmp_path: Path):
    writer = LogWriter(TrainingLog.open(tmp_path))
    for event in whole_set(0, 50):
        writer.put(event)
    assert writer.flush(timeout=20)
    assert writer.pending == 0
    assert reps_in(tmp_path) == list(range(1, 51))
    assert writer.close() == []
    assert not (tmp_path / "training.db-wal").exists()


def test_closing_writes_what_is_left(tmp_path: Path):
    writer = LogWriter(TrainingLog.open(tmp_path))
    for event in whole_set(0, 20):
        writer.put(event)
    assert writer.close(timeout=20) == []
    assert reps_in(tmp_path) == list(range(1, 21))


class FailingLog(TrainingLog):
    """Fails as long as it is told to."""

    error: Exception | None = None
    attempts = 0
    reopened = 0

    def record(self, *arguments: object) -> None:
        self.attempts += 1
        if self.error is not None:
            raise self.error
        super().record(*arguments)  # type: ignore[arg-type]

    def reopen(self) -> None:
        self.reopened += 1
        super().reopen()


def sqlite_error(message: str, code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(message)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "reopens"),
    [
        (sqlite_error("database or disk is full", sqlite3.SQLITE_FULL), False),
        (sqlite_error("database is locked", sqlite3.SQLITE_BUSY), False),
        (sqlite_error("disk I/O error", sqlite3.SQLITE_IOERR), True),
        (sqlite_error("attempt to write a readonly database", sqlite3.SQLITE_READONLY), True),
        (sqlite3.DatabaseError("database disk image is malformed"), True),
        (DataFolderError("the data folder is gone", "bring it back"), True),
        (DiskError("the disk is full", "free some space"), True),
    ],
)
def test_nothing_is_lost_while_the_log_cannot_be_written(
    tmp_path: Path, error: Exception, reopens: object
):
    log = FailingLog.open(tmp_path)
    log.error = error
    changes: list[tuple[bool, str]] = []
    clock = WallClock()
    writer = LogWriter(
        log, retry_after=0.01, retry_limit=0.03, clock=clock, on_change=lambda *c: changes.append(c)
    )
    for event in whole_set(0, 10):
        clock.now = NOON + timedelta(seconds=event.t)
        writer.put(event)
    wait_for(lambda: log.attempts > 5)
    assert writer.healthy is False
    assert writer.pending == 12
    assert not writer.flush(timeout=0.02)
    log.error = None
    assert writer.flush(timeout=20)
    assert writer.healthy is True
    assert changes == [(False, str(error)), (True, "")]
    assert bool(log.reopened) is reopens
    assert writer.close() == []
    assert reps_in(tmp_path) == list(range(1, 11))
    with TrainingLog.open(tmp_path, read_only=True) as reader:
        # The times are those at which it happened, not at which it was written.
        assert next(reader.export())["ended"] == "2026-11-21T12:00:03.000+00:00"


def test_what_could_not_be_written_is_handed_back(tmp_path: Path):
    log = FailingLog.open(tmp_path)
    log.error = sqlite_error("database or disk is full", sqlite3.SQLITE_FULL)
    writer = LogWriter(log, retry_after=0.01)
    events = whole_set(0, 2)
    for event in events:
        writer.put(event)
    assert writer.close(timeout=0.1) == events


def test_pauses_grow_and_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    log = FailingLog.open(tmp_path)
    log.error = sqlite_error("database or disk is full", sqlite3.SQLITE_FULL)
    writer = LogWriter(log, retry_after=0.01, retry_limit=0.05)
    pauses: list[float] = []
    real = writer._changed.wait_for

    def wait_for_noted(predicate: Callable[[], object], timeout: float | None = None) -> object:
        if timeout is not None:
            pauses.append(timeout)
        return real(predicate, timeout)

    monkeypatch.setattr(writer._changed, "wait_for", wait_for_noted)
    writer.put(start(0))
    wait_for(lambda: len(pauses) > 5)
    assert pauses[:5] == [0.01, 0.02, 0.04, 0.05, 0.05]
    log.error = None
    assert writer.close() == []


def test_an_error_in_the_program_is_the_main_loops_to_die_of(tmp_path: Path):
    log = FailingLog.open(tmp_path)
    log.error = ZeroDivisionError("a bug")
    writer = LogWriter(log)
    writer.put(start(0))
    wait_for(lambda: not writer.healthy)

    def put() -> None:
        writer.put(rep(3, 1))

    wait_for(lambda: not writer._thread.is_alive())
    with pytest.raises(ZeroDivisionError):
        put()
    assert writer.close(timeout=0.1) == [start(0)]


def test_a_real_lock_by_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gymbox.workouts._file._BUSY_TIMEOUT", 0.01)
    writer = LogWriter(TrainingLog.open(tmp_path), retry_after=0.01)
    other = sqlite3.connect(tmp_path / "training.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for event in whole_set(0, 3):
        writer.put(event)
    wait_for(lambda: not writer.healthy)
    other.execute("ROLLBACK")
    other.close()
    assert writer.close() == []
    assert reps_in(tmp_path) == [1, 2, 3]


def test_a_real_full_database(tmp_path: Path):
    log = TrainingLog.open(tmp_path)
    pages = log._connection.execute("PRAGMA page_count").fetchone()[0]
    log._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    writer = LogWriter(log, retry_after=0.01, retry_limit=0.02)
    events = whole_set(0, 300)
    for event in events:
        writer.put(event)
    wait_for(lambda: not writer.healthy)
    written = len(events) - writer.pending
    assert 10 < written < 300
    assert len(reps_in(tmp_path)) == written - 1
    log._connection.execute("PRAGMA max_page_count = 100000")
    assert writer.close(timeout=20) == []
    assert reps_in(tmp_path) == list(range(1, 301))


def python(program: str, *arguments: object) -> subprocess.Popen[str]:
    here = Path(__file__).parent
    return subprocess.Popen(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(here), *sys.path])},
    )


def test_a_disk_that_fills_up_and_is_cleared_again(tmp_path: Path):
    """The limit on a file's size makes the kernel refuse the writes, as a full disk does."""
    process = python(
        """
        import resource, signal, sys
        from gymbox.workouts.log import TrainingLog
        from gymbox.workouts.writer import LogWriter
        from training import whole_set
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        log = TrainingLog.open(sys.argv[1])
        states = []
        writer = LogWriter(
            log, retry_after=0.02, retry_limit=0.05, on_change=lambda ok, why: states.append(ok)
        )
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
        for event in whole_set(0, 100):
            writer.put(event)
        full = writer.flush(2)
        waiting = writer.pending
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        print(full, waiting > 0, len(writer.close(20)), states)
        """,
        tmp_path,
    )
    assert process.communicate(timeout=60)[0].split(maxsplit=3) == [
        "False",
        "True",
        "0",
        "[False, True]\n",
    ]
    assert reps_in(tmp_path) == list(range(1, 101))


@pytest.mark.parametrize("after", [1, 7, 40])
def test_killing_the_process_loses_no_rep_that_was_acknowledged(tmp_path: Path, after: int):
    process = python(
        """
        import sys, time
        from gymbox.workouts.log import TrainingLog
        from gymbox.workouts.writer import LogWriter
        from training import rep, start
        writer = LogWriter(TrainingLog.open(sys.argv[1]))
        writer.put(start(time.monotonic()))
        for number in range(1, 100_000):
            writer.put(rep(time.monotonic(), number))
            writer.flush(10)
            print(number, flush=True)
        """,
        tmp_path,
    )
    acknowledged = 0
    while acknowledged < after:
        acknowledged = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read().split()  # communicate() would lose what readline() has read ahead
    process.communicate(timeout=30)
    acknowledged = int(rest[-1]) if rest else acknowledged
    kept = reps_in(tmp_path)
    assert kept == list(range(1, len(kept) + 1))
    assert acknowledged <= len(kept) <= acknowledged + 1
    with TrainingLog.open(tmp_path) as log:
        assert log.open_set().reps == len(kept)


def test_a_reader_does_not_stop_the_writer(tmp_path: Path):
    writer = LogWriter(TrainingLog.open(tmp_path))
    stop = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not stop.is_set():
            seen.append(len(reps_in(tmp_path)))

    reader = threading.Thread(target=read)
    reader.start()
    for event in whole_set(0, 60):
        writer.put(event)
    assert writer.flush(timeout=30)
    stop.set()
    reader.join()
    assert writer.healthy
    assert seen == sorted(seen)
    assert writer.close() == []
