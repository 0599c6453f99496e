"""Key poses in time: what the files of idle movements and of ways into exercises are made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from gymbox.errors import InputError
from tools.synth.moves.rig import LIMBS, SIDES, TRUNK

MIRRORED = ("roll", "heading", "side", "twist", "turn_head")
"""Angles of the trunk that change their sign in a mirror."""
KEPT = ("fist", "hang", "heel")
"""Angles that stay as they are when a movement is done larger or smaller."""
STEP = ("ahead", "out", "up")
PER_FOOT = (*STEP, "free", "on_set", "hands")
OTHER = ("seconds", "hold", "seat", "take", "put")
TAKES = ("floor", "here")
HANDS = ("free", "floor", "set", "item")

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Key:
    """One pose that a movement goes through. Pairs are left, right.

    Attributes:
        seconds: from the key before.
        hold: seconds that it lasts.
        pose: angles in degrees, by name with side; one that is not named is no key for it.
        ahead, out, up: where the feet are from where they stand at first, metres.
        free: 1 for a foot that nothing holds, it goes with its leg's angles.
        on_set: 1 for a foot that is where the exercise has it.
        hands: `free`, `floor` (flat on it), `set` (where the exercise has them) or `item`.
        seat: height of the root over a seat, metres; none if it does not sit.
        take: the item is taken: from the `floor`, or from where the hands are `here`.
        put: the item is put back to where it was.
    """

    seconds: float = 1.0
    hold: float = 0.0
    pose: dict[str, float] = field(default_factory=dict)
    ahead: Pair = (0.0, 0.0)
    out: Pair = (0.0, 0.0)
    up: Pair = (0.0, 0.0)
    free: Pair = (0.0, 0.0)
    on_set: Pair = (0.0, 0.0)
    hands: tuple[str, str] = ("free", "free")
    seat: float | None = None
    take: str = ""
    put: bool = False

    def mirrored(self) -> "Key":
        """Left for right."""
        pose = {_other(name): value for name, value in self.pose.items()}
        pose = {name: -value if name in MIRRORED else value for name, value in pose.items()}
        swapped: dict[str, Any] = {name: getattr(self, name)[::-1] for name in PER_FOOT}
        return replace(self, pose=pose, **swapped)

    def scaled(self, about: dict[str, float], amount: float) -> "Key":
        """With angles `amount` times as far from those of another pose."""
        pose = {
            name: value
            if name[:4] in {"fist", "hang", "heel"}
            else _far(about, name, value, amount)
            for name, value in self.pose.items()
        }
        return replace(self, pose=pose)

    def timed(self, stretch: float) -> "Key":
        """With times so many times as long."""
        return replace(self, seconds=self.seconds * stretch, hold=self.hold * stretch)


def _far(about: dict[str, float], name: str, value: float, amount: float) -> float:
    start = about.get(name, 0.0)
    return start + amount * (value - start)


def read(tables: Iterable[dict[str, Any]], owner: str) -> tuple[Key, ...]:
    """Keys from the tables of a file.

    Raises:
        InputError: one has a name that is neither an angle nor anything else of a key, or a word
            that is none of those known.
    """
    return tuple(_key(table, owner) for table in tables)


def spread(name: str) -> tuple[str, ...]:
    """An angle's names with sides: `knee` is both knees."""
    return (f"{name}_l", f"{name}_r") if name in LIMBS else (name,)


def _key(table: dict[str, Any], owner: str) -> Key:
    sided = {f"{name}{end}" for name in (*LIMBS, *PER_FOOT) for end in ("", "_l", "_r")}
    unknown = set(table) - sided - set(TRUNK) - set(OTHER)
    if unknown:
        raise InputError(
            f"{owner} has no angle {', '.join(sorted(unknown))}",
            f"angles are {', '.join((*TRUNK, *LIMBS))}; "
            f"a key also has {', '.join((*PER_FOOT, *OTHER))}",
        )
    parts: dict[str, Any] = {name: table[name] for name in OTHER if name in table}
    for name in PER_FOOT:
        default = "free" if name == "hands" else 0.0
        both = table.get(name, default)
        parts[name] = tuple(table.get(f"{name}_{side.lower()}", both) for side in SIDES)
    words = [(parts.get("take", ""), ("", *TAKES)), *((word, HANDS) for word in parts["hands"])]
    for word, known in words:
        if word not in known:
            raise InputError(
                f"{owner} says {word}", f"take one of {', '.join(filter(None, known))}"
            )
    return Key(pose=_pose(table), **parts)


def _pose(table: dict[str, Any]) -> dict[str, float]:
    angles = {name: value for name, value in table.items() if name in TRUNK or _stem(name) in LIMBS}
    both = {key: float(angles[name]) for name in angles for key in spread(name)}
    # A side's own value goes over that of both.
    return both | {name: float(value) for name, value in angles.items() if name not in LIMBS}


def _stem(name: str) -> str:
    return name[:-2] if name.endswith(("_l", "_r")) else name


def _other(name: str) -> str:
    ends = {"_l": "_r", "_r": "_l"}
    return name[:-2] + ends[name[-2:]] if name[-2:] in ends else name
