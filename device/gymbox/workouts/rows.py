"""What the training log gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from gymbox.reps.effort import Effort, quality
from gymbox.reps.plan import Plan

Tempo = tuple[float, float, float, float]
"""Seconds of (eccentric, pause, concentric, pause)."""


@dataclass(frozen=True, slots=True)
class OpenSet:
    """A set that a restart cut off and that may go on.

    Attributes:
        exercise: name as in the profiles.
        number: of the set, from 1, among those of its exercise in the session.
        reps: complete repetitions that count.
        started: when it began, UTC.
        elapsed: seconds since then.
        age: seconds since the last repetition, or since the start if there is none.
        efforts: those repetitions, in seconds from the start of the set.
        done: how many sets of the other exercises the session had.
        plan: what the athlete had set out to do, None if they said nothing.
    """

    exercise: str
    number: int
    reps: int
    started: datetime
    elapsed: float
    age: float
    efforts: tuple[Effort, ...] = ()
    done: Mapping[str, int] = field(default_factory=dict)
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class NextSet:
    """The set that comes next where a restart fell into the rest after another.

    Attributes:
        exercise: of the set that ended.
        number: of the next one, counted as in `OpenSet`.
        elapsed: seconds since the start of the set that ended.
        efforts: its repetitions, as in `OpenSet`.
        done: as in `OpenSet`.
        plan: as in `OpenSet`.
    """

    exercise: str
    number: int
    elapsed: float = 0.0
    efforts: tuple[Effort, ...] = ()
    done: Mapping[str, int] = field(default_factory=dict)
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class SetRow:
    """One set of the history.

    Attributes:
        session: number of the session it belongs to.
        number: of the set within the session, from 1.
        exercise: name as in the profiles.
        started: when it began, UTC.
        seconds: how long it took, None while it is under way.
        cut_off: it was never ended: the power or the program failed.
        reps: complete repetitions that count.
        partial: repetitions that turned back early.
        rom: mean range of motion of the complete ones, 0..1, None without any.
        tempo: their mean tempo, None without any.
        form: their mean form score, 0..1, None where none was scored.
        target: repetitions that the athlete had set out to do, 0 if that was left open.
        added: how many of the complete ones were added by hand.
        best: number of the best repetition, from 1, None where nothing was measured.
        fading: numbers of those that were slower or shorter, see `gymbox.reps.effort`.
    """

    session: int
    number: int
    exercise: str
    started: datetime
    seconds: float | None
    cut_off: bool
    reps: int
    partial: int
    rom: float | None
    tempo: Tempo | None
    form: float | None
    target: int = 0
    added: int = 0
    best: int | None = None
    fading: tuple[int, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The set as `gymbox history --json` prints it."""
        return {**asdict(self), "started": iso(self.started)}


EXPORT_COLUMNS = (
    "session",
    "session_started",
    "set",
    "exercise",
    "set_started",
    "set_seconds",
    "cut_off",
    "rep",
    "ended",
    "seconds",
    "partial",
    "undone",
    "rom",
    "eccentric",
    "bottom_pause",
    "concentric",
    "top_pause",
    "form",
    "confidence",
    "added",
    "target",
    "best",
    "fading",
)
"""The columns of `gymbox export`, one row a repetition; docs/log.md says what each holds."""


def set_row(row: Mapping[str, Any], efforts: Sequence[Effort]) -> SetRow:
    """A set from its row in the database and its complete repetitions."""
    came_to = quality(efforts)
    tempo = (row["eccentric"], row["bottom_pause"], row["concentric"], row["top_pause"])
    return SetRow(
        session=row["session"],
        number=row["number"],
        exercise=row["exercise"],
        started=parse(row["started"]),
        seconds=row["seconds"],
        cut_off=bool(row["cut_off"]),
        reps=row["reps"],
        partial=row["partial"],
        rom=row["rom"],
        tempo=None if None in tempo else tempo,
        form=row["form"],
        target=row["target"],
        added=row["added"],
        best=came_to.best,
        fading=came_to.fading,
    )


def effort(row: Mapping[str, Any]) -> Effort:
    """A complete repetition from its row in the database, on the clock of its set."""
    tempo = (row["eccentric"], row["bottom_pause"], row["concentric"], row["top_pause"])
    return Effort(
        start=row["seconds"],
        end=row["seconds"],
        rom=row["rom"],
        tempo=None if None in tempo else tempo,
    )


def export_rows(of_set: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of one set as `gymbox export` gives them, with what comes of comparing them."""
    counted = [place for place, row in enumerate(of_set) if not (row["partial"] or row["undone"])]
    came_to = quality([effort(of_set[place]) for place in counted])
    best = {counted[came_to.best - 1]} if came_to.best else set()
    fading = {counted[number - 1] for number in came_to.fading}
    flags = ("cut_off", "partial", "undone", "added")
    return [
        {column: row[column] for column in EXPORT_COLUMNS if column not in {"best", "fading"}}
        | {flag: bool(row[flag]) for flag in flags}
        | {"best": place in best, "fading": place in fading}
        for place, row in enumerate(of_set)
    ]


def iso(moment: datetime) -> str:
    """UTC, ISO 8601 with milliseconds: such texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def parse(text: str) -> datetime:
    """The moment that `iso` wrote."""
    return datetime.fromisoformat(text)


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)
