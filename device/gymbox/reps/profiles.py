"""Exercise profiles: what counts as a repetition of what, read from exercises.toml."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, overload

from gymbox.errors import ConfigError, UsageError
from gymbox.motion.anchors import PARTS
from gymbox.reps._tables import Table, nearest

Extreme = Literal["start", "turn"]
Phase = Literal["eccentric", "concentric"]
Sides = Literal["visible", "both", "any"]

UNKNOWN = "unknown"
"""The name of everything that is none of the exercises; never counted."""

BEYOND = 0.25
"""Progress that a signal may show beyond start and turn."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One reading that tells how far a repetition is.

    Attributes:
        name: of a signal, see `gymbox.motion.signals`.
        start: its value in the start pose.
        turn: its value where the movement turns back.
        weight: its share in the progress.
    """

    name: str
    start: float
    turn: float
    weight: float

    def progress(self, value: float) -> float:
        """0 at the start, 1 at the turn, a little less and more beyond them.

        A signal far out of its range says no more than one at its end, and must not outvote the
        others.
        """
        return min(max((value - self.start) / (self.turn - self.start), -BEYOND), 1.0 + BEYOND)


@dataclass(frozen=True, slots=True)
class Bound:
    """A posture without which nothing counts: a signal (mean of the sides) within min and max."""

    signal: str
    min: float
    max: float


@dataclass(frozen=True, slots=True)
class Profile:
    """How to count one exercise.

    Attributes:
        name: such as "push_up".
        title: such as "Push-up".
        variant_of: the exercise of which this is a variant, "" for none.
        first: the phase from the start pose to the turn.
        counts_at: the extreme at which a repetition is complete: "start", back in the start pose,
            or "turn", at the top of a lift.
        sides: "visible" weighs left and right by how well they are seen, "both" evenly, "any" takes
            the side that is further in the movement, for one arm at a time.
        signals: what makes up the progress.
        posture: the bounds that must hold.
        start_within: progress up to which the athlete is in the start pose.
        turn_beyond: progress that the turn of a complete repetition must reach, such as standing
            tall in a deadlift; 0 where every athlete has a turn of their own.
        range: progress between start and turn from which a repetition is complete; a smaller one is
            partial.
        hold: seconds for which the start pose must be held before anything counts.
        min_rep: seconds that a repetition takes at least, up to where it counts.
        max_rep: seconds that it takes at most.
        moves: the part of the body that moves (see `gymbox.motion.anchors`), "" if not known.
        still: the parts that stay where they are meanwhile.
    """

    name: str
    title: str
    variant_of: str
    first: Phase
    counts_at: Extreme
    sides: Sides
    signals: tuple[Signal, ...]
    posture: tuple[Bound, ...]
    start_within: float
    turn_beyond: float
    range: float
    hold: float
    min_rep: float
    max_rep: float
    moves: str = ""
    still: tuple[str, ...] = ()


class Names(Sequence[str]):
    """The names of exercises as they are now: one that is taught joins them at once.

    Args:
        known: the profiles by name.
        before: names that go before them.
    """

    def __init__(self, known: Mapping[str, Profile], before: Sequence[str] = ()) -> None:
        self._known = known
        self._before = tuple(before)

    def __len__(self) -> int:
        return len(self._before) + len(self._known)

    def __iter__(self) -> Iterator[str]:
        yield from self._before
        yield from self._known

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return tuple(self)[place]


@cache
def profiles() -> Mapping[str, Profile]:
    """The packaged profiles by name, in the order of the file.

    Raises:
        ConfigError: the file is wrong.
    """
    return parse(resources.files(__package__).joinpath("exercises.toml").read_text("utf-8"))


def profile(name: str) -> Profile:
    """The profile of one exercise.

    Raises:
        UsageError: there is no such exercise.
    """
    known = profiles()
    if name not in known:
        raise UsageError(f"no exercise {name!r}", nearest(name, known))
    return known[name]


def parse(text: str) -> Mapping[str, Profile]:
    """Profiles from the text of a TOML file.

    Raises:
        ConfigError: it is no TOML, or a key is unknown, missing or of the wrong kind.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("the exercises are not TOML", str(error)) from error
    return {name: read(name, tables) for name in tables}


def read(name: str, tables: Mapping[str, object]) -> Profile:
    """One profile out of TOML tables by name.

    Raises:
        ConfigError: a key is unknown, missing or of the wrong kind.
    """
    table = Table.at(name, tables[name])
    variant_of = table.text("variant_of", "")
    if variant_of:
        if variant_of not in tables:
            raise ConfigError(
                f"{name} is a variant of unknown {variant_of!r}", nearest(variant_of, tables)
            )
        table = table.over(Table.at(variant_of, tables[variant_of]))
    found = Profile(
        name=name,
        title=table.text("title"),
        variant_of=variant_of,
        first=table.choice("first", ("eccentric", "concentric")),
        counts_at=table.choice("counts_at", ("start", "turn")),
        sides=table.choice("sides", ("visible", "both", "any")),
        signals=tuple(map(_signal, table.tables("signals"))),
        posture=tuple(map(_bound, table.tables("posture", optional=True))),
        start_within=table.number("start_within", 0.35),
        turn_beyond=table.number("turn_beyond", 0.0),
        range=table.number("range"),
        hold=table.number("hold", 0.2),
        min_rep=table.number("min_rep"),
        max_rep=table.number("max_rep", 15.0),
        moves=_moves(table),
        still=table.names("still", PARTS),
    )
    table.finish()
    if not found.signals:
        raise ConfigError(f"{name} has no signals", "name at least one")
    return found


def _moves(table: Table) -> str:
    name = table.text("moves", "")
    if name and name not in PARTS:
        raise ConfigError(f"{table.name} moves unknown {name!r}", nearest(name, PARTS))
    return name


def _signal(table: Table) -> Signal:
    found = Signal(
        table.signal("name"), table.number("start"), table.number("turn"), table.number("weight", 1)
    )
    table.finish()
    if found.start == found.turn or found.weight <= 0:
        raise ConfigError(
            f"{table.name} can show no progress", "start and turn must differ, weight be positive"
        )
    return found


def _bound(table: Table) -> Bound:
    infinity = float("inf")
    found = Bound(
        table.signal("signal"), table.number("min", -infinity), table.number("max", infinity)
    )
    table.finish()
    return found
