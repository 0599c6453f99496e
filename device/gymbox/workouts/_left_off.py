"""Where the program before this one left off, read back from the training log."""

import sqlite3
from datetime import datetime, timedelta

from gymbox.reps.effort import Effort
from gymbox.reps.plan import Plan
from gymbox.workouts import _queries as sql
from gymbox.workouts._place import Place
from gymbox.workouts.rows import NextSet, OpenSet, effort, parse


def set_under_way(
    rows: sqlite3.Connection, place: Place, now: datetime, plan: Plan | None
) -> OpenSet:
    """The set that was under way."""
    done, efforts = _sets_before(rows, place), _efforts(rows, place)
    return OpenSet(
        exercise=place.exercise,
        number=done.pop(place.exercise, 0) + 1,
        reps=len(efforts),
        started=place.set_started,
        elapsed=max(0.0, (now - place.set_started).total_seconds()),
        age=max(0.0, (now - place.latest).total_seconds()),
        efforts=efforts,
        done=done,
        plan=plan,
    )


def set_to_come(
    rows: sqlite3.Connection, place: Place, now: datetime, plan: Plan | None
) -> NextSet:
    """The one after the set that ended last."""
    done, efforts = _sets_before(rows, place), _efforts(rows, place)
    number = done.pop(place.exercise, 0) + (2 if efforts else 1)
    elapsed = max(0.0, (now - place.set_started).total_seconds())
    return NextSet(place.exercise, number, elapsed, efforts=efforts, done=done, plan=plan)


def kept_plan(
    rows: sqlite3.Connection, place: Place, now: datetime, within: timedelta
) -> Plan | None:
    """The plan of this session, or one that was made a moment ago for the next."""
    row = rows.execute(sql.PLAN).fetchone()
    if row is None:
        return None
    changed = parse(row["changed"])
    in_session = place.session is not None and changed >= place.session_started - within
    if not in_session and not timedelta() <= now - changed <= within:
        return None
    return Plan(reps=row["reps"], sets=row["sets"], rest=row["rest"])


def _efforts(rows: sqlite3.Connection, place: Place) -> tuple[Effort, ...]:
    """The repetitions of the set, on its own clock."""
    return tuple(effort(row) for row in rows.execute(sql.EFFORTS, (place.set_id, place.set_id)))


def _sets_before(rows: sqlite3.Connection, place: Place) -> dict[str, int]:
    """How many sets of each exercise the session had before this one."""
    found = rows.execute(sql.SETS_BEFORE, (place.session, place.set_id))
    return {row["exercise"]: row["sets"] for row in found}
