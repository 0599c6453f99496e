"""What each event does to the rows of the training log, once its set is known."""

import sqlite3
from dataclasses import replace
from datetime import datetime

from gymbox.events import PlanChanged, Rep, RepAdded, SetCorrected, SetEnd
from gymbox.workouts import _queries as sql
from gymbox.workouts._place import Place
from gymbox.workouts.rows import iso


def add_rep(database: sqlite3.Connection, place: Place, rep: Rep, now: datetime) -> None:
    """One repetition that was seen."""
    database.execute(
        sql.NEW_REP,
        (
            place.set_id,
            iso(now),
            _within(place, now),
            rep.rep,
            rep.partial,
            rep.rom,
            *rep.tempo,
            rep.form,
            rep.confidence,
        ),
    )


def add_by_hand(database: sqlite3.Connection, place: Place, rep: RepAdded, now: datetime) -> None:
    """One repetition that was missed."""
    database.execute(sql.ADDED_REP, (place.set_id, iso(now), _within(place, now), rep.rep))


def end_set(database: sqlite3.Connection, place: Place, event: SetEnd) -> Place:
    """The set under way ends at its last repetition."""
    seconds = _within(place, place.moment(event.end))
    database.execute(sql.END_SET, (seconds, place.set_id))
    return replace(place, under_way=False)


def correct_set(database: sqlite3.Connection, place: Place, event: SetCorrected) -> None:
    """The set that ended last keeps only so many repetitions, the first ones."""
    (counted,) = database.execute(sql.COUNTED_REPS, (place.set_id,)).fetchone()
    for _ in range(counted - event.reps):
        database.execute(sql.UNDO_REP, (place.set_id,))
    seconds = _within(place, place.moment(event.end))
    database.execute(sql.END_SET, (seconds, place.set_id))


def reopen_set(database: sqlite3.Connection, place: Place) -> Place:
    """The set that ended last is under way again."""
    database.execute(sql.REOPEN_SET, (place.set_id,))
    return replace(place, under_way=True)


def keep_plan(database: sqlite3.Connection, plan: PlanChanged, now: datetime) -> None:
    """What the athlete has set out to do, for a restart."""
    database.execute(sql.NEW_PLAN, (plan.reps, plan.sets, plan.rest, iso(now)))


def _within(place: Place, moment: datetime) -> float:
    """Seconds from the start of the set."""
    return max(0.0, (moment - place.set_started).total_seconds())
