"""The tables of the training log, one script a version.

`PRAGMA user_version` tells how many of the scripts a file has seen. To change the tables, append a
script; never edit one that was released.

Dates are UTC in ISO 8601 with milliseconds, taken from the wall clock once a session; everything
within a session is placed by the clock of the frames, so that a clock that is set while somebody
trains bends no duration. `seconds` are durations on that clock.
"""

import sqlite3
from collections.abc import Sequence

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY,
        started TEXT NOT NULL,
        seconds REAL NOT NULL              -- up to the last thing that happened in it
    );
    CREATE TABLE sets (
        id INTEGER PRIMARY KEY,
        session_id INTEGER NOT NULL REFERENCES sessions (id),
        number INTEGER NOT NULL,           -- within the session, from 1
        exercise TEXT NOT NULL,
        started TEXT NOT NULL,
        seconds REAL,                      -- NULL while the set is under way
        cut_off INTEGER NOT NULL DEFAULT 0 -- it never ended: power cut, or a restart that took long
    );
    CREATE TABLE reps (
        id INTEGER PRIMARY KEY,
        set_id INTEGER NOT NULL REFERENCES sets (id),
        ended TEXT NOT NULL,
        seconds REAL NOT NULL,             -- from the start of the set to the end of the rep
        number INTEGER NOT NULL,           -- complete reps of the set when this one ended
        partial INTEGER NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0, -- the athlete took it back; kept, not counted
        rom REAL,
        eccentric REAL,
        bottom_pause REAL,
        concentric REAL,
        top_pause REAL,
        form REAL,
        confidence REAL
    );
    CREATE INDEX sets_of_session ON sets (session_id);
    CREATE INDEX reps_of_set ON reps (set_id);
    """,
    """
    ALTER TABLE sets ADD COLUMN target INTEGER NOT NULL DEFAULT 0; -- reps set out to do; 0: free
    ALTER TABLE reps ADD COLUMN added INTEGER NOT NULL DEFAULT 0;  -- by hand: nothing was measured
    CREATE TABLE plan (                    -- what the athlete set out to do; one row or none
        id INTEGER PRIMARY KEY CHECK (id = 1),
        reps INTEGER NOT NULL,
        sets INTEGER NOT NULL,
        rest INTEGER NOT NULL,             -- seconds
        changed TEXT NOT NULL
    )
    """,
)


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations the file has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, scripts: Sequence[str] = MIGRATIONS) -> None:
    """Brings the tables up to date, each version in a transaction of its own."""
    for version in range(version_of(connection), len(scripts)):
        connection.executescript(
            f"BEGIN IMMEDIATE; {scripts[version]}; PRAGMA user_version = {version + 1}; COMMIT;"
        )
