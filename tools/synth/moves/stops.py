"""Key poses of one movement solved one by one: root, feet and hands at each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.synth.curves import Array, through
from tools.synth.moves.carry import Lying
from tools.synth.moves.gear import Hands
from tools.synth.moves.keys import Key
from tools.synth.skeleton import Skeleton


@dataclass(frozen=True, slots=True)
class Ground:
    """Where two feet stand: [2, 3] ankles of flat feet, [2] degrees of the toes to the left."""

    spots: Array
    toes: Array


@dataclass(frozen=True, slots=True)
class Goal:
    """One moment of a set that a movement begins or ends with.

    Attributes:
        angles: by name, degrees.
        root: [3].
        ground: of its feet; none if they hang.
        hands: wrists [2, 3] and palms [2, 3, 3]; none if they go with the arms' angles.
        bar: centre [3] and direction [3] of the barbell in the hands.
    """

    angles: dict[str, float]
    root: Array
    ground: Ground | None
    hands: Hands | None
    bar: tuple[Array, Array] | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What a movement happens in.

    Attributes:
        skeleton: whose.
        ground: where he stands about.
        goal: the moment of a set that it leads to, if it does.
        hold: what is taken, see `carry.lying`.
        bar: [3] centre of a barbell that has its place already.
    """

    skeleton: Skeleton
    ground: Ground
    goal: Goal | None = None
    hold: dict[str, Any] | None = None
    bar: Array | None = None


@dataclass(frozen=True, slots=True)
class Stops:
    """The solved key poses of a movement, m of them.

    Attributes:
        at: [m] seconds.
        angles: by name, [m] degrees.
        root: [m, 3].
        loose: [m, 3] what the root is off where planted feet would have it.
        spots: [m, 2, 3] of the feet; toes: [m, 2].
        planted: [m, 2] 0 or 1.
        hands: [m, 2, 3] wrists; palms: [m, 2, 3, 3].
        off: [m, 2, 3] what wrists are off their arms' angles; bent: [m, 2, 3, 3] the palms.
        fixed: [m, 2] whether something holds the hand.
        bar_off: [m, 3] what the bar is off where the angles would have it.
        along: [m, 3] its direction.
        take, put: seconds between which the item is in the hands; infinite for never.
        lies: the item where it lies.
    """

    at: Array
    angles: dict[str, Array]
    root: Array
    loose: Array
    spots: Array
    toes: Array
    planted: Array
    hands: Array
    palms: Array
    off: Array
    bent: Array
    fixed: Array
    bar_off: Array
    along: Array
    take: float
    put: float
    lies: Lying | None


def curve(at: Array, values: Sequence[float], times: Array) -> Array:
    """A monotone cubic through keys that begins and ends at rest."""
    stops = np.concatenate([[at[0] - 1], at, [at[-1] + 1]])
    return through(stops, [values[0], *values, values[-1]], np.clip(times, at[0], at[-1]))


def clock(keys: Sequence[Key]) -> tuple[list[Key], Array]:
    """Keys in time, those that last twice, and their [m] seconds from the first."""
    out, at, now = [], [], 0.0
    for k, key in enumerate(keys):
        now += key.seconds if k else 0.0
        moments = (0.0, key.hold) if key.hold else (0.0,)
        for wait in moments:
            out.append(key)
            at.append(now + wait)
        now += key.hold
    return out, np.array(at)


def curves(keys: Sequence[Key], at: Array, times: Array) -> dict[str, Array]:
    """Every angle of the keys at [n] times; the first and the last key name all of them."""
    names = {name for key in keys for name in key.pose}
    out = {}
    for name in sorted(names):
        known = [k for k, key in enumerate(keys) if name in key.pose or k in {0, len(keys) - 1}]
        out[name] = curve(at[known], [keys[k].pose.get(name, 0.0) for k in known], times)
    return out
