"""An exercise as data: key poses, pace, faults, what stands and what is held."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from gymbox.errors import InputError
from tools.synth.moves.rig import LIMBS, TRUNK

FOLDER = Path(__file__).parent / "exercises"
EXTRA = Path(__file__).parent / "extra"
"""Exercises that the box does not know, to teach it."""
ANCHORS = ("feet", "hands", "plank", "seat", "shoulders")
PARTS = {
    *("exercise", "first", "anchor", "hold", "pace", "stance", "place", "vary", "way"),
    *("poses", "variants", "faults"),
}

Pose = dict[str, float]
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Fault:
    """A way to do it wrong; everything counts in full at strength 1.

    Attributes:
        name: such as `knees_in`.
        reach: what the depth of a repetition is multiplied with.
        split: what the step from foot to foot is multiplied with.
        poses: changes of angles by depth.
        on: the way on which these apply: `out`, `back` or `both`.
    """

    name: str
    reach: float = 1.0
    poses: tuple[Pose, ...] = ()
    on: str = "both"
    split: float = 1.0


@dataclass(frozen=True, slots=True)
class Exercise:
    """What a file in `exercises/` says; angles in degrees, lengths in metres, times in seconds.

    Attributes:
        name: as the device has it.
        first: phase from the start pose to the turn, `eccentric` or `concentric`.
        anchor: what stays in its place: `feet`, `hands`, `plank` (toes and hands), `seat`, or
            `shoulders` (and feet).
        hold: what the hands hold and what else stands there, see `gear`.
        pace: ranges of `out`, `turn`, `back` and `rest`.
        stance: ranges of `width` between the ankles, `toes_out`, `split` (left foot ahead).
        place: figures of the anchor, see `anchors`.
        vary: how much an angle differs between athletes, (start, turn), standard deviation.
        way: how the athlete comes to the start pose, a name of `ways.toml`.
        poses: key poses by `depth`, 0 the start pose, 1 the turn.
        faults: by name.
    """

    name: str
    first: str
    anchor: str
    hold: dict[str, Any]
    pace: dict[str, Range]
    stance: dict[str, Range]
    place: dict[str, Any]
    vary: dict[str, Range]
    way: str
    poses: tuple[Pose, ...]
    faults: dict[str, Fault] = field(default_factory=dict)


def names() -> tuple[str, ...]:
    """All exercises that the box knows."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def extra_names() -> tuple[str, ...]:
    """Those it can be taught."""
    return tuple(sorted(path.stem for path in EXTRA.glob("*.toml")))


def variants(name: str) -> tuple[str, ...]:
    """The variants of an exercise, the plain one first."""
    return tuple(v["name"] for v in _table(name).get("variants", [{"name": "plain"}]))


def load(name: str, variant: str | None = None) -> Exercise:
    """Reads an exercise.

    A variant's tables go over those of the file, key by key; its poses are changes by depth that
    set angles, not add to them.

    Raises:
        InputError: there is none of that name, or the file is wrong.
    """
    table = _table(name)
    chosen = _variant(table, name, variant)
    merged = {
        part: {**table.get(part, {}), **chosen.get(part, {})}
        for part in ("hold", "pace", "stance", "place", "vary")
    }
    poses = _overlaid(table["poses"], chosen.get("poses", []))
    for pose in poses:
        _check(pose, name)
    faults = {key: _fault(key, value, name) for key, value in table.get("faults", {}).items()}
    return Exercise(
        name=table["exercise"],
        first=table["first"],
        anchor=chosen.get("anchor", table["anchor"]),
        way=chosen.get("way", table.get("way", "step")),
        poses=tuple(poses),
        faults=faults,
        **merged,
    )


@cache
def _table(name: str) -> dict[str, Any]:
    path = (EXTRA if name in extra_names() else FOLDER) / f"{name}.toml"
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(
            f"there is no exercise {name}", f"take one of {', '.join(names())}"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path.name} is not TOML ({error})", "correct that line") from error
    missing = {"exercise", "first", "anchor", "poses"} - set(table)
    unknown = set(table) - PARTS
    if missing or unknown:
        words = f"lacks {', '.join(sorted(missing))}" if missing else f"has {', '.join(unknown)}"
        raise InputError(f"{path.name} {words}", "see squat.toml for what belongs there")
    return table


def _variant(table: dict[str, Any], name: str, variant: str | None) -> dict[str, Any]:
    known = {v["name"]: v for v in table.get("variants", [])}
    if variant is None or (variant == "plain" and "plain" not in known):
        return {}
    if variant not in known:
        raise InputError(f"{name} has no variant {variant}", f"take one of {', '.join(known)}")
    chosen: dict[str, Any] = known[variant]
    return chosen


def _overlaid(poses: list[Pose], changes: list[Pose]) -> list[Pose]:
    """Key poses with those of a variant over them, by depth."""
    merged = {pose["depth"]: dict(pose) for pose in poses}
    for change in changes:
        merged[change["depth"]] = merged.get(change["depth"], {}) | change
    return [merged[depth] for depth in sorted(merged)]


def _fault(name: str, table: dict[str, Any], owner: str) -> Fault:
    poses = tuple(table.get("poses", ()))
    for pose in poses:
        _check(pose, owner)
    return Fault(
        name, table.get("reach", 1.0), poses, table.get("on", "both"), table.get("split", 1.0)
    )


def _check(pose: Pose, name: str) -> None:
    """Refuses an angle that no joint has.

    Raises:
        InputError: it is named.
    """
    sided = {f"{limb}{end}" for limb in LIMBS for end in ("", "_l", "_r")}
    unknown = set(pose) - {"depth", *TRUNK, *sided}
    if unknown or "depth" not in pose:
        words = (
            f"has no angle {', '.join(sorted(unknown))}" if unknown else "has a pose without depth"
        )
        raise InputError(f"{name}.toml {words}", f"angles are {', '.join((*TRUNK, *LIMBS))}")
