"""Opening the file of the training log, with every way it can fail put into words."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gymbox.errors import DataFolderError, DiskError, InputError
from gymbox.workouts._schema import MIGRATIONS, migrate, version_of

FILE_NAME = "training.db"
"""The log within the data folder."""

_BUSY_TIMEOUT = 5.0
"""Seconds to wait for another program that writes."""

_FREE, _CLOSE = "free some space on the disk", "close the other program that uses it"

_PASSING = {
    sqlite3.SQLITE_FULL: _FREE,
    sqlite3.SQLITE_BUSY: _CLOSE,
    sqlite3.SQLITE_LOCKED: _CLOSE,
    sqlite3.SQLITE_IOERR: "check the disk, and free some space on it",
}
"""What to do about errors that another attempt may not meet; the box is started again on them."""

_DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EIO}
"""Those that the system says when a folder is to be made."""


def open_to_write(folder: Path) -> sqlite3.Connection:
    """The log, made if there is none, its tables up to date.

    Every commit is on the disk before it returns (`synchronous=FULL`): with less, a power cut in
    WAL mode was seen to take every row of the last seconds.

    Raises:
        DataFolderError: it may not be made or written, is damaged, or comes from a newer Gymbox.
        DiskError: the disk is full, has an error, or another program writes.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno in _DISK_ERRORS:
            raise DiskError(f"{folder} cannot be made ({error.strerror})", _FREE) from None
        raise DataFolderError(
            f"the data folder {folder} cannot be made ({error.strerror})",
            "set log.folder to a folder that this user may write",
        ) from None
    path = folder / FILE_NAME
    with explained(path):
        connection = _connect(str(path))
        try:
            # Before anything is changed, WAL included: a newer Gymbox may have other ideas.
            _refuse_newer(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection)
            # SQLite opens a file it may not write without a word; a write lock tells.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except BaseException:
            connection.close()
            raise
    return connection


def open_to_read(folder: Path) -> sqlite3.Connection | None:
    """The log, left as it is; None where nothing was trained yet.

    Raises:
        InputError: it may not be read.
        DataFolderError: it is damaged or comes from a newer Gymbox.
        DiskError: the disk has an error.
    """
    path = folder / FILE_NAME
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror})", "check the path and its permissions"
        ) from None
    # Reading WAL makes helper files beside the log, which a reader may not be able to make, or to
    # take away again. They are there while somebody writes; else the file alone is the whole truth.
    written = path.with_name(f"{FILE_NAME}-wal").exists()
    with explained(path):
        connection = _connect(
            f"{path.absolute().as_uri()}?mode=ro{'' if written else '&immutable=1'}"
        )
        try:
            _refuse_newer(connection, path)
            fresh = version_of(connection) == 0
            if not fresh:
                connection = _up_to_date(connection)
        except sqlite3.OperationalError as error:
            connection.close()
            raise InputError(
                f"{path} cannot be read ({error})",
                "use sudo: it is being written by another user",
            ) from error
        except BaseException:
            connection.close()
            raise
    if fresh:
        connection.close()
        return None
    return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Puts SQLite's errors about the file at `path` into words.

    Raises:
        DiskError: instead of a `sqlite3.DatabaseError` that may pass.
        DataFolderError: instead of any other.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code in _PASSING:
            raise DiskError(f"{path}: {error}", _PASSING[code]) from error
        raise DataFolderError(f"{path}: {error}", _advice(code)) from error


def _connect(name: str) -> sqlite3.Connection:
    return sqlite3.connect(
        name,
        uri=name.startswith("file:"),
        timeout=_BUSY_TIMEOUT,
        isolation_level=None,  # transactions are written out
        check_same_thread=False,  # opened by the main thread, then used by the writer alone
    )


def _up_to_date(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The log with the tables of today: a copy in memory of one that an older Gymbox wrote."""
    if version_of(connection) == len(MIGRATIONS):
        return connection
    copy = _connect(":memory:")
    connection.backup(copy)
    connection.close()
    migrate(copy)
    return copy


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    version = version_of(connection)
    if version > len(MIGRATIONS):
        raise DataFolderError(
            f"{path} was written by a newer Gymbox (version {version} of its tables, this one"
            f" knows {len(MIGRATIONS)})",
            "update Gymbox, or set log.folder to another folder",
        )


def _advice(code: int) -> str:
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return (
            "the file is damaged and was left as it is; move it away to begin a new log,"
            " `sqlite3 FILE .recover` may save what is in it"
        )
    return "set log.folder to a folder that this user may write"
