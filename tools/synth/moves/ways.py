"""Ways into an exercise and out of it: from standing about to the start pose."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from gymbox.errors import InputError
from tools.synth.curves import Array
from tools.synth.moves.anchors import feet_ahead
from tools.synth.moves.exercise import Exercise
from tools.synth.moves.feet import spots
from tools.synth.moves.gear import Prop
from tools.synth.moves.keys import Key, read
from tools.synth.moves.rig import SIGN
from tools.synth.moves.stops import Goal, Ground
from tools.synth.moves.take import Worked

FILE = Path(__file__).parent / "ways.toml"
PARTS = {"near", "ahead", "last", "take", "rack", "keys"}
NEAR = ("feet", "hands", "root")


@dataclass(frozen=True, slots=True)
class Way:
    """A table of `ways.toml`.

    Attributes:
        near: the athlete stands about near his `feet`, `hands` or `root` of the exercise,
        ahead: and so many metres ahead of there.
        last: seconds from the last key to the start pose.
        take: `here` if the item is taken in the start pose.
        rack: whether the barbell lies on a rack.
        keys: key poses from standing about to the start pose.
    """

    near: str
    ahead: float
    last: float
    take: str
    rack: bool
    keys: tuple[Key, ...]


def names() -> tuple[str, ...]:
    """All ways."""
    return tuple(_tables())


def load(name: str) -> Way:
    """Reads a way.

    Raises:
        InputError: there is none of that name, or it is wrong.
    """
    if name not in _tables():
        raise InputError(f"there is no way {name}", f"take one of {', '.join(names())}")
    table = _tables()[name]
    unknown = set(table) - PARTS
    near = table.get("near", "feet")
    if unknown or near not in NEAR:
        words = ", ".join(sorted(unknown)) or near
        raise InputError(f"way {name} of {FILE.name} has {words}", "see its first lines")
    return Way(
        near=near,
        ahead=table.get("ahead", 0.0),
        last=table.get("last", 1.0),
        take=table.get("take", ""),
        rack=table.get("rack", False),
        keys=read(table.get("keys", ()), f"way {name}"),
    )


def goal(worked: Worked, exercise: Exercise, frame: int) -> Goal:
    """A frame of a set as where a movement ends."""
    angles = {name: float(values[frame]) for name, values in worked.figure.angles.items()}
    root, held = worked.root[frame], worked.held
    ground = None
    if held.feet is not None:
        toes = np.array(SIGN) * worked.stand.toes_out
        ground = Ground(_spots(worked, exercise), toes)
    hands = None
    if held.hands is not None and held.palms is not None:
        hands = held.hands[frame], held.palms[frame]
    bar = None
    if exercise.hold.get("kind") == "barbell":
        pose = worked.take.props[0].poses[frame]
        bar = pose[:3, 3], pose[:3, 0]
    return Goal(angles, root, ground, hands, bar)


def _spots(worked: Worked, exercise: Exercise) -> Array:
    return spots(worked.stand, worked.figure.skeleton) - [
        0.0,
        feet_ahead(exercise.place, worked.figure),
        0.0,
    ]


def home(way: Way, begin: Goal) -> Array:
    """Where the athlete stands about, [2] x and y."""
    at = begin.root[:2]
    if way.near == "feet" and begin.ground is not None:
        at = begin.ground.spots[:, :2].mean(axis=0)
    if way.near == "hands" and begin.hands is not None:
        at = begin.hands[0][:, :2].mean(axis=0)
    return at - [0.0, way.ahead]


def rack(bar: Array, *, behind: bool = False) -> Prop:
    """What a bar with its centre at [3] lies on; its posts are ahead of the bar or behind it."""
    pose = np.diag([-1.0, -1.0, 1.0, 1.0]) if behind else np.eye(4)
    pose[:2, 3] = bar[:2]
    return Prop("rack", pose[None], {"height": float(bar[2])})


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))
