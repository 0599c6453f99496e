"""Where in the training log the next event goes: which session, which set, and when.

The clocks decide. The frames' clock places everything within a session; the wall clock is asked
when a session begins and after a restart.
"""

import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from gymbox.events import Event
from gymbox.workouts import _queries as sql
from gymbox.workouts.rows import iso, parse

_BACKWARDS = 60.0
"""Seconds by which an event may be older than the one before. More, and the frames have a new
clock."""

AHEAD = timedelta(seconds=_BACKWARDS)
"""By how much the last event may seem to lie in the future: an event is told after the moment it
is about, a set even as late as its first repetition ends, so its wall clock is a guess."""

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
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

    def moment(self, t: float) -> datetime:
        """The wall clock at `t` seconds on the clock of the frames."""
        if self.epoch is None:
            raise ValueError("the frames have no place on the wall clock yet")
        return self.epoch + timedelta(seconds=t)

    def continues(self, event: Event, session_gap: timedelta) -> bool:
        """The event is of the same session, on the same clock of the frames."""
        if self.epoch is None:
            return False
        gap = self.moment(event.t) - self.latest
        return -timedelta(seconds=_BACKWARDS) <= gap <= session_gap


def last_place(session: sqlite3.Row | None, last_set: sqlite3.Row | None) -> Place:
    """Where the program before this one left off."""
    if session is None:
        return Place()
    started = parse(session["started"])
    place = Place(
        session=session["id"],
        session_started=started,
        latest=started + timedelta(seconds=session["seconds"]),
    )
    if last_set is None:
        return place
    return replace(
        place,
        set_id=last_set["id"],
        set_started=parse(last_set["started"]),
        exercise=last_set["exercise"],
        under_way=last_set["seconds"] is None,
    )


def moved_to(
    place: Place,
    database: sqlite3.Connection,
    event: Event,
    at: datetime,
    *,
    session_gap: timedelta,
    resume_within: timedelta,
    heard: datetime | None = None,
) -> Place:
    """The place on the clock of the event, without a session if the last one is over.

    Args:
        place: of the event before.
        database: the log.
        event: what happened.
        at: the wall clock when it was told.
        session_gap: without training, after which a new session begins.
        resume_within: time in which a set that was cut off may go on.
        heard: the wall clock at 0 of the frames' clock, as the last other event had it.
    """
    if place.continues(event, session_gap):
        return place
    # A new program, another recording or a long rest: look at the wall clock anew.
    epoch = at - timedelta(seconds=event.t)
    if heard is not None and timedelta() <= epoch - heard <= AHEAD:
        epoch = heard  # this event is told late, that one was not
    gap = at - place.latest
    if place.under_way and not -AHEAD <= gap <= resume_within:
        database.execute(sql.END_SETS_AT_LAST_REP)
        place = replace(place, under_way=False)
    if place.session is None or not -AHEAD <= gap <= session_gap:
        place = Place()
    return replace(place, epoch=epoch)


def in_session(place: Place, database: sqlite3.Connection, now: datetime) -> Place:
    """The place in its session, a new one if it has none."""
    if place.session is not None:
        return place
    session = database.execute(sql.NEW_SESSION, (iso(now),)).lastrowid
    return replace(place, session=session, session_started=now, latest=now)


def in_new_set(
    place: Place, database: sqlite3.Connection, exercise: str, now: datetime, *, target: int
) -> Place:
    """The place in a new set; one under way ends at its last repetition."""
    if place.under_way:
        database.execute(sql.END_SETS_AT_LAST_REP)
    started = database.execute(sql.NEW_SET, (place.session, exercise, iso(now), target))
    return replace(
        place, set_id=started.lastrowid, set_started=now, exercise=exercise, under_way=True
    )
