"""Hands: fingers that close, palms that hold a bar or lie on the floor."""

from typing import Protocol

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves.turns import AHEAD, LEFTWARD, across, around, between, turned, unit
from tools.synth.skeleton import Skeleton

OPEN, CLOSED = (8.0, 10.0, 6.0), (62.0, 88.0, 48.0)
"""Degrees that the joints of a finger bend in a flat and in a closed hand."""
THUMB = (34.0, 26.0, 30.0)
"""The same for the thumb of a closed hand; in a flat one it stays as it is at rest."""
PALM = (1.0, 0.028)
"""Middle of what a hand holds: share of the way from the wrist to the knuckles, metres off them."""


class _Angled(Protocol):
    """What has angles and a skeleton: a figure."""

    skeleton: Skeleton

    def angle(self, name: str) -> Array:
        """[n] degrees."""


def knuckles(skeleton: Skeleton, side: str) -> tuple[Array, Array, Array]:
    """Axes of a hand at rest, [3] each: to the fingers, from index to little, off the palm."""
    wrist = skeleton.at(f"wrist.{side}")
    first, last = skeleton.at(f"finger2-1.{side}"), skeleton.at(f"finger5-1.{side}")
    ahead = unit((first + last) / 2 - wrist)
    wide = unit(across(last - first, ahead))
    off = np.cross(ahead, wide) * (1.0 if side == "L" else -1.0)
    return ahead, wide, off


def curl(skeleton: Skeleton, side: str, fist: Array) -> dict[str, Array]:
    """Local turns of the fingers of a hand that is closed by [n] 0..1."""
    ahead, _, off = knuckles(skeleton, side)
    # Bending takes the fingers towards the palm's side.
    axis = np.cross(ahead, off)
    turns = {}
    for finger in range(2, 6):
        for joint, (least, most) in enumerate(zip(OPEN, CLOSED, strict=True), start=1):
            bend = least + (most - least) * fist
            spread = np.broadcast_to(axis, (len(fist), 3))
            turns[f"finger{finger}-{joint}.{side}"] = around(spread, bend)
    return turns | _thumb(skeleton, side, fist)


def _thumb(skeleton: Skeleton, side: str, fist: Array) -> dict[str, Array]:
    """Local turns of a thumb that comes over what the hand holds; none if there is no thumb."""
    if f"finger1-3.{side}" not in skeleton.names:
        return {}
    _, wide, off = knuckles(skeleton, side)
    along = unit(skeleton.at(f"finger1-3.{side}") - skeleton.at(f"finger1-1.{side}"))
    across_palm = np.broadcast_to(np.cross(along, unit(off + wide)), (len(fist), 3))
    return {
        f"finger1-{joint}.{side}": around(across_palm, most * fist)
        for joint, most in enumerate(THUMB, start=1)
    }


def supinated(figure: _Angled, side: str, forearm: Array) -> Array:
    """Turns [n, 3, 3] of a free hand: on the forearm, turned by `hand`, bent by `wrist` degrees."""
    skeleton = figure.skeleton
    sign = 1.0 if side == "L" else -1.0
    along = unit(skeleton.at(f"wrist.{side}") - skeleton.at(f"lowerarm01.{side}"))
    ahead, _, off = knuckles(skeleton, side)
    n = len(forearm)
    roll = around(np.broadcast_to(along, (n, 3)), sign * figure.angle(f"hand_{side.lower()}"))
    bend = around(
        np.broadcast_to(np.cross(ahead, off), (n, 3)), figure.angle(f"wrist_{side.lower()}")
    )
    return forearm @ roll @ bend


def gripping(skeleton: Skeleton, side: str, bar: Array, forearm: Array, palm: Array) -> Array:
    """Turns [n, 3, 3] of a hand around a bar.

    Args:
        skeleton: whose.
        side: "L" or "R".
        bar: [n, 3] the bar's direction, from the hand's index to its little finger.
        forearm: [n, 3] its direction; the hand follows it as far as the bar lets it.
        palm: [n, 3] where the palm looks, where the forearm is along the bar.
    """
    ahead, wide, _ = knuckles(skeleton, side)
    on = unit(bar)
    fingers = across(forearm, on)
    weak = np.linalg.norm(fingers, axis=-1, keepdims=True) < 0.2  # noqa: PLR2004 - nearly along it
    fingers = np.where(weak, across(palm, on), fingers)
    rest_ahead = np.broadcast_to(across(ahead, wide), on.shape)
    return between(np.broadcast_to(wide, on.shape), rest_ahead, on, fingers)


def grip(skeleton: Skeleton, side: str) -> Array:
    """From the wrist to the middle of what the hand holds, at rest, [3]."""
    wrist = skeleton.at(f"wrist.{side}")
    middle = (skeleton.at(f"finger2-1.{side}") + skeleton.at(f"finger5-1.{side}")) / 2
    _, _, off = knuckles(skeleton, side)
    return PALM[0] * (middle - wrist) + PALM[1] * off


def wrist_for(skeleton: Skeleton, side: str, palm: Array, point: Array) -> Array:
    """Where the wrist is, [n, 3], if a hand turned by `palm` holds [n, 3] `point`."""
    return point - turned(palm, grip(skeleton, side))


def flat(skeleton: Skeleton, side: str) -> Array:
    """The turn [3, 3] of a hand that lies on the floor, fingers ahead."""
    ahead, wide, _ = knuckles(skeleton, side)
    sign = 1.0 if side == "L" else -1.0
    return between(ahead, wide, AHEAD, sign * LEFTWARD)
