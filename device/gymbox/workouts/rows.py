"""What the training log gives back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

Tempo = tuple[float, float, float, float]
"""Seconds of (eccentric, pause, concentric, pause)."""


@dataclass(frozen=True, slots=True)
class OpenSet:
    """A set that a restart cut off and that may go on.

    Attributes:
        exercise: name as in the profiles.
        number: of the set, from 1, among those of its exercise one after the other.
        reps: complete repetitions that count.
        started: when it began, UTC.
        elapsed: seconds since then.
        age: seconds since the last repetition, or since the start if there is none.
    """

    exercise: str
    number: int
    reps: int
    started: datetime
    elapsed: float
    age: float


@dataclass(frozen=True, slots=True)
class NextSet:
    """The set that comes next where a restart fell into the rest after another.

    Attributes:
        exercise: of the set that ended.
        number: of the next one, counted as in `OpenSet`.
    """

    exercise: str
    number: int


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
)
"""The columns of `gymbox export`, one row a repetition; docs/log.md says what each holds."""


def set_row(row: Mapping[str, Any]) -> SetRow:
    """A set from its row in the database."""
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
    )


def iso(moment: datetime) -> str:
    """UTC, ISO 8601 with milliseconds: such texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def parse(text: str) -> datetime:
    """The moment that `iso` wrote."""
    return datetime.fromisoformat(text)


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)
