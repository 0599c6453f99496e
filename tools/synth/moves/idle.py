"""Idle movements as data: what athletes do before and after, and people who do not train."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from gymbox.errors import InputError
from tools.synth.moves.keys import Key, read

FOLDER = Path(__file__).parent / "idle"
PARTS = {
    *("tempo", "amount", "repeat", "alternate", "mirror", "back"),
    *("item", "seat", "walk", "enter", "cycle", "leave"),
}
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Idle:
    """What a file in `idle/` says; it begins and ends standing about.

    Attributes:
        name: of the file.
        tempo: range of what durations are divided by.
        amount: range of what angles are multiplied with, counted from standing about.
        repeat: range of how often the cycle is gone through.
        alternate: whether every other cycle is mirrored.
        mirror: whether left and right may change places.
        back: seconds from the last key to standing about.
        item: what is taken, see `carry.lying`; empty for nothing.
        seat: what is sat on: `kind`, `options`; it stands below the root of the first seated key.
        walk: path instead of keys: `points` (metres, the athlete stands at 0, 0), and whether he
            stands there at the `start` or at the `end`.
        enter, cycle, leave: key poses.
    """

    name: str
    tempo: Range
    amount: Range
    repeat: Range
    alternate: bool
    mirror: bool
    back: float
    item: dict[str, Any]
    seat: dict[str, Any]
    walk: dict[str, Any]
    enter: tuple[Key, ...]
    cycle: tuple[Key, ...]
    leave: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One athlete's way of doing an idle movement once.

    Attributes:
        keys: between standing about and standing about, as this athlete does it.
        back: seconds from the last of them.
        hold: what is taken, in the hand that takes it; none for nothing.
        mirrored: left for right.
    """

    keys: tuple[Key, ...]
    back: float
    hold: dict[str, Any] | None
    mirrored: bool


def names() -> tuple[str, ...]:
    """All idle movements that have a file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def load(name: str) -> Idle:
    """Reads an idle movement.

    Raises:
        InputError: there is none of that name, or the file is wrong.
    """
    path = FOLDER / f"{name}.toml"
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        known = ", ".join(names())
        raise InputError(f"there is no idle movement {name}", f"take one of {known}") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path.name} is not TOML ({error})", "correct that line") from error
    unknown = set(table) - PARTS
    if unknown or not {"walk", "enter", "cycle"} & set(table):
        words = f"has {', '.join(sorted(unknown))}" if unknown else "has no key"
        raise InputError(f"{path.name} {words}", "see stand.toml for what belongs there")
    return Idle(
        name=name,
        tempo=table.get("tempo", (0.85, 1.2)),
        amount=table.get("amount", (0.85, 1.1)),
        repeat=table.get("repeat", (1, 1)),
        alternate=table.get("alternate", False),
        mirror=table.get("mirror", True),
        back=table.get("back", 0.9),
        item=table.get("item", {}),
        seat=table.get("seat", {}),
        walk=table.get("walk", {}),
        **{part: read(table.get(part, ()), path.name) for part in ("enter", "cycle", "leave")},
    )


def sample(idle: Idle, neutral: dict[str, float], rng: np.random.Generator) -> Way:
    """Draws one athlete's way of doing an idle movement.

    Args:
        idle: which.
        neutral: angles of standing about.
        rng: of the athlete.
    """
    tempo, amount = rng.uniform(*idle.tempo), rng.uniform(*idle.amount)
    mirrored = bool(idle.mirror and rng.random() < 0.5)  # noqa: PLR2004
    rounds = [
        key.mirrored() if idle.alternate and turn % 2 else key
        for turn in range(int(rng.integers(idle.repeat[0], idle.repeat[1] + 1)))
        for key in idle.cycle
    ]
    keys = []
    for key in (*idle.enter, *rounds, *idle.leave):
        own = key.mirrored() if mirrored else key
        stretch = float(rng.lognormal(0, 0.1)) / tempo
        keys.append(own.scaled(neutral, amount).timed(stretch))
    return Way(tuple(keys), idle.back / tempo, _hold(idle, mirrored=mirrored), mirrored)


def _hold(idle: Idle, *, mirrored: bool) -> dict[str, Any] | None:
    if not idle.item:
        return None
    hold = dict(idle.item)
    if mirrored and "hand" in hold:
        hold["hand"] = {"l": "r", "r": "l"}[hold["hand"]]
    return hold
