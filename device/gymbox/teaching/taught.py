"""A taught exercise, and the file that it is kept in: TOML that people can read.

    format = 1
    name = "front_raise"
    reps = 3                 how many were shown
    like = ""                a known exercise that the box took it for

    [profile]                as in reps/exercises.toml
    [template]               see template.py: reach, seconds, and a row for each moment

The file says everything there is to know of the exercise, so a copy of it is an export.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gymbox.errors import ConfigError, InputError, UsageError
from gymbox.reps.profiles import UNKNOWN, Bound, Profile, Signal, profiles, read
from gymbox.teaching.template import COUNT, PHASES, Template

FORMAT = 1
KEYS = {"format", "name", "reps", "like", "profile", "template"}
NAME = re.compile(r"[a-z][a-z0-9_]{0,23}")
RESERVED = {UNKNOWN, "auto"}
TITLE = 24
"""Characters of a title at most: what a screen can show."""


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """An exercise that was taught.

    Attributes:
        profile: counts it.
        template: recognises it.
        reps: how many were shown.
        like: a known exercise that the box took it for, "" if none; it was kept all the same.
    """

    profile: Profile
    template: Template
    reps: int
    like: str = ""

    @property
    def name(self) -> str:
        """Such as "front_raise"."""
        return self.profile.name

    def named(self, name: str, title: str = "") -> "Taught":
        """The same under another name.

        Raises:
            UsageError: the name will not do.
        """
        check_name(name)
        title = title or title_of(name)
        if not title.isprintable() or len(title) > TITLE:
            raise UsageError(f"{title[:40]!a} is no title", f"use up to {TITLE} plain characters")
        return replace(self, profile=replace(self.profile, name=name, title=title))


def check_name(name: str) -> None:
    """Refuses a name that no taught exercise can have.

    Raises:
        UsageError: it is malformed or has a meaning already.
    """
    if not NAME.fullmatch(name):
        raise UsageError(
            f"{name[:40]!r} is no name for an exercise",
            "up to 24 of a to z, 0 to 9 and _, a letter first, such as front_raise",
        )
    if name in RESERVED or name in profiles():
        raise UsageError(f"{name} is an exercise of the box", "take another name")


def title_of(name: str) -> str:
    """Such as "Front raise"."""
    return name.replace("_", " ").capitalize()


def written(taught: Taught) -> str:
    """The text of the file."""
    template = taught.template
    rows = ",\n".join(
        "  [" + ", ".join(f"{value:.4f}" for value in row) + "]" for row in template.rows
    )
    return (
        "# An exercise that a Gymbox was taught; docs/teach.md explains the keys.\n"
        f"format = {FORMAT}\nname = {_text(taught.name)}\nreps = {taught.reps}\n"
        f"like = {_text(taught.like)}\n\n{_profile(taught.profile)}\n"
        f"[template]\nreach = {template.reach:.4f}\nseconds = {template.seconds:.3f}\n"
        f"rows = [\n{rows},\n]\n"
    )


def parsed(text: str, source: str) -> Taught:
    """The exercise that a file's text holds.

    Args:
        text: of the file.
        source: what to call the file in messages.

    Raises:
        InputError: it is no such file, damaged, or of a newer Gymbox.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _damaged(source, f"no TOML, {error}") from error
    version = table.get("format")
    if not isinstance(version, int) or isinstance(version, bool):
        raise _damaged(source, "it has no format")
    if version != FORMAT:
        raise InputError(f"{source} has format {version}, not {FORMAT}", "update gymbox")
    try:
        return _taught(table)
    except (ConfigError, UsageError) as error:
        raise _damaged(source, error.problem) from error
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _damaged(source, f"{type(error).__name__}: {error}") from error


def _taught(table: Mapping[str, Any]) -> Taught:
    if set(table) != KEYS:
        odd = ", ".join(sorted(set(table) ^ KEYS))
        raise ConfigError(f"missing or unknown: {odd}", "")
    name, reps, like = table["name"], table["reps"], table["like"]
    if not (isinstance(name, str) and isinstance(like, str) and type(reps) is int and reps > 0):
        raise ConfigError("name, reps or like is of the wrong kind", "")
    check_name(name)
    profile = read(name, {name: table["profile"]})
    numbers = [
        *(number for s in profile.signals for number in (s.start, s.turn, s.weight)),
        *(profile.range, profile.hold, profile.min_rep, profile.max_rep, profile.start_within),
        profile.turn_beyond,
    ]
    if not all(map(math.isfinite, numbers)) or len(profile.title) > TITLE or profile.variant_of:
        raise ConfigError("the profile is not that of a taught exercise", "")
    return Taught(profile, _template(table["template"]), reps, like)


def _template(table: Mapping[str, Any]) -> Template:
    if set(table) != {"reach", "seconds", "rows"}:
        raise ConfigError("the template lacks something", "")
    rows = np.array(table["rows"], np.float64)
    reach, seconds = float(table["reach"]), float(table["seconds"])
    good = np.isfinite(rows).all() and rows.shape == (PHASES, COUNT)
    if not (good and 0 < reach < 1 and 0 < seconds < 60):  # noqa: PLR2004 (a minute)
        raise ConfigError("the template is out of bounds", "")
    return Template(rows, reach, seconds)


def _damaged(source: str, why: str) -> InputError:
    words = " ".join(why.split())[:120]
    return InputError(f"{source} is no taught exercise ({words})", "export it again")


def _profile(profile: Profile) -> str:
    """The table of a profile."""
    figures = ("start_within", "turn_beyond", "range", "hold", "min_rep", "max_rep")
    return "\n".join(
        [
            "[profile]",
            f"title = {_text(profile.title)}",
            *(f"{key} = {_text(getattr(profile, key))}" for key in ("first", "counts_at", "sides")),
            "signals = [",
            *(f"  {_signal(signal)}," for signal in profile.signals),
            "]",
            "posture = [",
            *(f"  {_bound(bound)}," for bound in profile.posture),
            "]",
            *(f"{key} = {getattr(profile, key):g}" for key in figures),
            f"moves = {_text(profile.moves)}",
            f"still = [{', '.join(map(_text, profile.still))}]",
            "",
        ]
    )


def _signal(signal: Signal) -> str:
    return (
        f"{{ name = {_text(signal.name)}, start = {signal.start:g}, turn = {signal.turn:g},"
        f" weight = {signal.weight:g} }}"
    )


def _bound(bound: Bound) -> str:
    ends = {"min": bound.min, "max": bound.max}
    kept = "".join(f", {key} = {value:g}" for key, value in ends.items() if math.isfinite(value))
    return f"{{ signal = {_text(bound.signal)}{kept} }}"


def _text(value: str) -> str:
    """A TOML basic string of printable characters."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
