import errno
import os
import resource
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from training import whole_set

from gymbox.errors import DataFolderError, DiskError, InputError
from gymbox.workouts import _file
from gymbox.workouts._schema import MIGRATIONS, migrate, version_of
from gymbox.workouts.log import TrainingLog

NOBODY = 65534
needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="changes to another user, which only root can"
)


@contextmanager
def nobody() -> Iterator[None]:
    """Runs as a user who may write nothing."""
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may read and only root may write."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def fill(folder: Path, reps: int = 2) -> Path:
    with TrainingLog.open(folder) as log:
        for event in whole_set(0, reps):
            log.record(event)
    return folder / "training.db"


def fill_many(folder: Path, reps: int) -> Path:
    """A long log, in one transaction."""
    path = fill(folder, 1)
    with sqlite3.connect(path) as database:
        database.execute(
            """
            INSERT INTO reps (set_id, ended, seconds, number, partial)
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT ?)
            SELECT 1, '2026-11-21T12:00:00.000+00:00', n, n, 0 FROM numbers
            """,
            (reps,),
        )
    database.close()
    return path


def refused(folder: Path) -> str:
    with pytest.raises(DataFolderError) as caught:
        TrainingLog.open(folder)
    assert caught.value.exit_code == 78
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_folder_is_made(tmp_path: Path):
    assert fill(tmp_path / "a" / "b").is_file()


def test_a_file_in_place_of_the_folder(tmp_path: Path):
    (tmp_path / "data").write_text("a note")
    assert "data cannot be made" in refused(tmp_path / "data")
    assert "cannot be made" in refused(tmp_path / "data" / "below")
    assert (tmp_path / "data").read_text() == "a note"


def test_a_folder_in_place_of_the_file(tmp_path: Path):
    (tmp_path / "training.db").mkdir()
    assert "unable to open" in refused(tmp_path)


@needs_root
def test_a_folder_that_may_not_be_written(public: Path):
    with nobody():
        assert "unable to open" in refused(public)
        assert "cannot be made" in refused(public / "data")


@needs_root
def test_a_log_that_may_not_be_written(public: Path):
    fill(public)
    with nobody():
        message = refused(public)
    assert "set log.folder" in message


@needs_root
def test_a_reader_needs_no_write_permission(public: Path):
    fill(public)
    assert not (public / "training.db-wal").exists()
    with nobody(), TrainingLog.open(public, read_only=True) as log:
        assert log.history()[0].reps == 2
        assert len(list(log.export())) == 2


@needs_root
def test_a_reader_beside_the_writer(public: Path):
    with TrainingLog.open(public) as writer:
        for event in whole_set(0, 2):
            writer.record(event)
        with TrainingLog.open(public, read_only=True) as log:
            assert log.history()[0].reps == 2
        with nobody():
            try:
                with TrainingLog.open(public, read_only=True) as log:
                    assert log.history()[0].reps == 2
            except InputError as error:  # where SQLite cannot share memory read-only
                assert "is being written" in str(error)  # noqa: PT017 (either is right)


@needs_root
def test_a_log_that_may_not_be_read(public: Path):
    fill(public).chmod(0)
    with nobody(), pytest.raises(InputError, match="cannot be read"):
        TrainingLog.open(public, read_only=True)


def test_reading_changes_nothing(tmp_path: Path):
    path = fill(tmp_path)
    before = (path.read_bytes(), sorted(tmp_path.iterdir()))
    with TrainingLog.open(tmp_path, read_only=True) as log:
        list(log.export())
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == before


@pytest.mark.parametrize("make", [False, True])
def test_reading_where_nothing_was_trained(tmp_path: Path, make: object):
    folder = tmp_path / "data"
    if make:
        folder.mkdir()
        (folder / "training.db").touch()
    with TrainingLog.open(folder, read_only=True) as log:
        assert log.history() == []
        assert list(log.export()) == []
        assert log.open_set() is None
    assert folder.exists() is make


def test_a_file_that_is_no_database(tmp_path: Path):
    path = tmp_path / "training.db"
    path.write_bytes(b"these are not the reps you are looking for" * 99)
    before = path.read_bytes()
    assert "not a database: the file is damaged and was left as it is" in refused(tmp_path)
    with pytest.raises(DataFolderError, match="damaged"):
        TrainingLog.open(tmp_path, read_only=True)
    assert path.read_bytes() == before


def test_a_damaged_database(tmp_path: Path):
    path = fill_many(tmp_path, reps=500)
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    assert "malformed: the file is damaged" in refused(tmp_path)
    assert path.read_bytes() == bytes(data)


def test_damage_that_is_only_met_while_reading(tmp_path: Path):
    path = fill_many(tmp_path, reps=9000)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 40960] = os.urandom(40960)
    path.write_bytes(data)
    with (
        pytest.raises(DataFolderError, match="damaged"),
        TrainingLog.open(tmp_path, read_only=True) as log,
    ):
        list(log.export())


def test_a_newer_schema(tmp_path: Path):
    path = fill(tmp_path)
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    assert "written by a newer Gymbox" in refused(tmp_path)
    with pytest.raises(DataFolderError, match="newer Gymbox"):
        TrainingLog.open(tmp_path, read_only=True)
    assert path.read_bytes() == before


def test_another_program_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_file, "_BUSY_TIMEOUT", 0.01)
    other = sqlite3.connect(fill(tmp_path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DiskError, match="locked: close the other program") as caught:
        TrainingLog.open(tmp_path)
    assert caught.value.exit_code == 1  # systemd tries again on this one
    other.close()


@pytest.mark.parametrize("begun", [False, True])
def test_a_full_disk_at_the_start_may_pass(tmp_path: Path, begun: object):
    """The limit on a file's size makes the kernel refuse the writes, as a full disk does."""
    if begun:
        fill_many(tmp_path, reps=500)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(DiskError) as caught:
            TrainingLog.open(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.exit_code == 1
    with TrainingLog.open(tmp_path) as log:
        assert len(list(log.export())) == (501 if begun else 0)


@pytest.mark.parametrize(
    ("code", "kind"), [(errno.ENOSPC, DiskError), (errno.EACCES, DataFolderError)]
)
def test_a_folder_that_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, kind: type[Exception]
):
    def mkdir(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(kind, match="cannot be made"):
        TrainingLog.open(tmp_path / "data")


def test_migrations_run_once_each_and_keep_the_rows(tmp_path: Path):
    path = fill(tmp_path)
    newer = (*MIGRATIONS, "ALTER TABLE sets ADD COLUMN weight REAL; UPDATE sets SET weight = 60;")
    with sqlite3.connect(path, isolation_level=None) as database:
        assert version_of(database) == len(MIGRATIONS)
        migrate(database, newer)
        migrate(database, newer)
        assert version_of(database) == len(newer)
        assert database.execute("SELECT weight FROM sets").fetchall() == [(60,)]
        assert database.execute("SELECT count(*) FROM reps").fetchone() == (2,)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path):
    path = fill(tmp_path)
    broken = (*MIGRATIONS, "ALTER TABLE sets ADD COLUMN weight REAL; SELECT * FROM nowhere;")
    database = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(database, broken)
    database.close()
    with TrainingLog.open(tmp_path) as log:
        assert log.history()[0].reps == 2
    with sqlite3.connect(path) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(sets)")]
    assert "weight" not in columns


def test_the_first_version_is_still_read(tmp_path: Path):
    """A file as version 1 made it, written out here so that no later change can bend it."""
    with sqlite3.connect(tmp_path / "training.db") as database:
        database.executescript("""
            CREATE TABLE sessions (id INTEGER PRIMARY KEY, started TEXT NOT NULL,
                seconds REAL NOT NULL);
            CREATE TABLE sets (id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL,
                number INTEGER NOT NULL, exercise TEXT NOT NULL, started TEXT NOT NULL,
                seconds REAL, cut_off INTEGER NOT NULL DEFAULT 0);
            CREATE TABLE reps (id INTEGER PRIMARY KEY, set_id INTEGER NOT NULL,
                ended TEXT NOT NULL, seconds REAL NOT NULL, number INTEGER NOT NULL,
                partial INTEGER NOT NULL, undone INTEGER NOT NULL DEFAULT 0, rom REAL,
                eccentric REAL, bottom_pause REAL, concentric REAL, top_pause REAL, form REAL,
                confidence REAL);
            INSERT INTO sessions VALUES (1, '2026-11-21T12:00:00.000+00:00', 3);
            INSERT INTO sets VALUES (1, 1, 1, 'squat', '2026-11-21T12:00:00.000+00:00', 3, 0);
            INSERT INTO reps VALUES (1, 1, '2026-11-21T12:00:03.000+00:00', 3, 1, 0, 0, 0.9,
                1, 0, 1, 0, NULL, 0.8);
            PRAGMA user_version = 1;
        """)
    before = (tmp_path / "training.db").read_bytes()
    for read_only in (True, False):
        with TrainingLog.open(tmp_path, read_only=read_only) as log:
            (row,) = log.history()
            assert (row.tempo, row.target, row.added, row.best) == ((1, 0, 1, 0), 0, 0, 1)
            (exported,) = log.export()
            assert (exported["confidence"], exported["added"], exported["best"]) == (
                0.8,
                False,
                True,
            )
        if read_only:
            assert (tmp_path / "training.db").read_bytes() == before
    with sqlite3.connect(tmp_path / "training.db") as database:
        assert version_of(database) == len(MIGRATIONS)
