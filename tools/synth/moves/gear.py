"""What athletes hold, sit on and hang from, and how their hands follow."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tools.synth.curves import Array, ease
from tools.synth.moves import limbs
from tools.synth.moves.exercise import Exercise
from tools.synth.moves.hands import grip, gripping, knuckles, wrist_for
from tools.synth.moves.rig import ARM, LEG, SIDES, SIGN, Figure, Held
from tools.synth.moves.turns import AHEAD, LEFTWARD, across, rotation, turned
from tools.synth.skeleton import Skeleton

PLATE = 0.225
"""Radius of the plates of a barbell that stands on the floor, metres."""
THIGH, ROLLER = 0.075, 0.05
"""Metres from the knee's middle down to the seat, and from the ankle up to a machine's roller."""
SLED, SOLE = (0.6, 0.05, 0.5), 0.14
"""Size of the plate of a leg press, and how far it is from the ankles, metres."""
HANDLE = np.array([0.29, 0.32, 0.005])
"""Metres from a machine's pivot to the middle of its left handle."""
Hands = tuple[Array, Array]
"""Wrists [n, 2, 3], metres, and palms [n, 2, 3, 3]."""


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing that the athlete uses.

    Attributes:
        kind: as `world.props` knows it.
        poses: [n, 4, 4] from the thing to the world.
        options: of the kind.
    """

    kind: str
    poses: Array
    options: dict[str, Any] = field(default_factory=dict)


def take_up(
    figure: Figure, root: Array, held: Held, exercise: Exercise
) -> tuple[Held, tuple[Prop, ...]]:
    """Closes the hands around what the exercise holds.

    The table `hold` of an exercise: `kind` is `barbell`, `dumbbells`, `bar` (a fixed one overhead),
    `dips`, `leg_extension`, `sled` (of a leg press) or nothing; `grip` the hands' distance in
    widths of the shoulders; `under` for palms that look up or ahead; `rest` where a barbell lies:
    `back` or `front` of the shoulders; `floor` if it starts there; `props` what else stands there:
    `kind`, `at` (metres), `options`.
    """
    hold = exercise.hold
    holders = {
        "barbell": _barbell,
        "dumbbells": _dumbbells,
        "bar": _fixed_bar,
        "dips": _dip_bars,
        "leg_extension": _machine,
        "sled": _sled,
    }
    kind = hold.get("kind")
    held, props = holders[kind](figure, root, held, hold) if kind else (held, ())
    standing = tuple(
        Prop(p["kind"], still(figure.n, np.array(p["at"], float)), p.get("options", {}))
        for p in hold.get("props", ())
    )
    return held, (*props, *standing)


def grounded(figure: Figure, root: Array, hold: dict[str, Any], depth: Array) -> Array:
    """The root [n, 3], so low in the start pose that a barbell's plates stand on the floor.

    Legs bend as much more or less as it takes; halfway up nothing is left of it.

    Args:
        figure: whose.
        root: [n, 3] by the angles.
        hold: of the exercise; `floor` if the barbell starts there.
        depth: [n] of the repetitions.
    """
    if not hold.get("floor"):
        return root
    high = float(bar_line(figure, root, hold)[0][np.argmin(depth), 2]) - PLATE
    share = 1 - ease(depth / 0.5)
    return root - high * share[:, None] * np.array([0.0, 0.0, 1.0])


def _half_grip(figure: Figure, hold: dict[str, Any]) -> float:
    return float(abs(figure.shoulders[0, 0, 0])) * float(hold.get("grip", 1.2))


def on_bar(figure: Figure, root: Array, bar: tuple[Array, Array], hold: dict[str, Any]) -> Hands:
    """Wrists [n, 2, 3] and palms [n, 2, 3, 3] of two hands on a bar.

    Args:
        figure: whose.
        root: [n, 3] where.
        bar: its centre [n, 3] and its direction to the athlete's left [n, 3].
        hold: `grip` and `under`.
    """
    centre, along = bar
    half, under = _half_grip(figure, hold), bool(hold.get("under"))
    wrists, palms = [], []
    start = root[:, None] + figure.shoulders
    for k, side in enumerate(SIDES):
        point = centre + SIGN[k] * half * along
        # With the palms down or back the little finger is outside, with the palms up inside.
        little = (-1.0 if under else 1.0) * SIGN[k] * along
        forearm = figure.arms[k].lower if hold.get("rest") else point - start[:, k]
        for _ in range(3):
            palm = gripping(figure.skeleton, side, little, forearm, -start[:, k] + point)
            wrist = wrist_for(figure.skeleton, side, palm, point)
            line = wrist - start[:, k]
            forearm = limbs.reach(line, figure.arms[k], figure.lengths(ARM), knee=False).lower
        wrists.append(wrist)
        palms.append(palm)
    return np.stack(wrists, 1), np.stack(palms, 1)


def bar_line(figure: Figure, root: Array, hold: dict[str, Any]) -> tuple[Array, Array]:
    """Where a barbell is by the angles alone: its centre [n, 3] and its direction [n, 3]."""
    rest = hold.get("rest")
    if rest:
        forward, up = (-0.09, 0.035) if rest == "back" else (0.085, 0.065)
        chest = figure.chest
        middle = root + figure.shoulders.mean(axis=1)
        centre = middle + turned(chest, np.broadcast_to(forward * AHEAD + [0, 0, up], root.shape))
        return centre, turned(chest, np.broadcast_to(LEFTWARD, root.shape))
    points = grips(figure, root)
    centre = points.mean(axis=1)
    # A bar is straight and nearly level, whatever the two arms do.
    tilt = 0.5 * (points[:, 0, 2] - points[:, 1, 2]) / (2 * _half_grip(figure, hold))
    along = np.stack([np.sqrt(1 - tilt**2), np.zeros_like(tilt), tilt], axis=-1)
    centre[:, 0] = root[:, 0]
    return centre, along


def _barbell(
    figure: Figure, root: Array, held: Held, hold: dict[str, Any]
) -> tuple[Held, tuple[Prop, ...]]:
    bar = bar_line(figure, root, hold)
    hands, palms = on_bar(figure, root, bar, hold)
    options = ({"radius": PLATE} if hold.get("floor") else {}) | hold.get("options", {})
    prop = Prop("barbell", posed(bar[1], bar[0]), options)
    return replace(held, hands=hands, palms=palms), (prop,)


def _dumbbells(
    figure: Figure, root: Array, held: Held, hold: dict[str, Any]
) -> tuple[Held, tuple[Prop, ...]]:
    """One in each hand, which turns as the angle `hand` says."""
    wrists, palms = root[:, None] + figure.wrists(), figure.free_palms()
    options = hold.get("options", {})
    return held, tuple(
        Prop("dumbbell", in_hand(figure.skeleton, side, wrists[:, k], palms[:, k]), options)
        for k, side in enumerate(SIDES)
    )


def in_hand(skeleton: Skeleton, side: str, wrist: Array, palm: Array) -> Array:
    """Poses [n, 4, 4] of what a hand at [n, 3], turned by [n, 3, 3], closes around.

    Their x goes from the index to the little finger, their y to the fingers.
    """
    ahead, wide, _ = knuckles(skeleton, side)
    rest = np.stack([wide, across(ahead, wide), np.cross(wide, across(ahead, wide))], axis=-1)
    poses = np.tile(np.eye(4), (len(wrist), 1, 1))
    poses[:, :3, :3] = palm @ (rest / np.linalg.norm(rest, axis=0))
    poses[:, :3, 3] = wrist + turned(palm, grip(skeleton, side))
    return poses


def _fixed_bar(
    figure: Figure, root: Array, held: Held, hold: dict[str, Any]
) -> tuple[Held, tuple[Prop, ...]]:
    centre = np.zeros_like(root)
    centre[:, 2] = (root[:, None] + figure.wrists()).mean(axis=(0, 1))[2] + 0.06
    along = np.broadcast_to(LEFTWARD, root.shape)
    hands, palms = on_bar(figure, root, (centre, along), hold)
    options = {"height": float(centre[0, 2]), **hold.get("options", {})}
    prop = Prop("pull_up_bar", posed(along, centre), options)
    return replace(held, hands=hands, palms=palms), (prop,)


def _dip_bars(
    figure: Figure, root: Array, held: Held, hold: dict[str, Any]
) -> tuple[Held, tuple[Prop, ...]]:
    n, half = len(root), _half_grip(figure, hold)
    height = float((root[:, None] + figure.wrists()).mean(axis=(0, 1))[2]) - 0.05
    held = _on_rails(figure, held, np.array([half, 0.0, height]))
    options = {"apart": 2 * half, "height": height, **hold.get("options", {})}
    return held, (Prop("dip_bars", still(n, np.array([0.0, 0.0, height])), options),)


def _on_rails(figure: Figure, held: Held, point: Array) -> Held:
    """Both hands on rails along y, palms down; `point` [3] is the left one's, metres."""
    n, wrists, palms = figure.n, [], []
    for sign, side in zip(SIGN, SIDES, strict=True):
        back = np.broadcast_to(-AHEAD, (n, 3))
        down = np.broadcast_to([0.0, 0.0, -1.0], (n, 3))
        palm = gripping(figure.skeleton, side, back, down, down)
        there = np.tile(point * [sign, 1.0, 1.0], (n, 1))
        wrists.append(wrist_for(figure.skeleton, side, palm, there))
        palms.append(palm)
    return replace(held, hands=np.stack(wrists, 1), palms=np.stack(palms, 1))


def _machine(
    figure: Figure, root: Array, held: Held, hold: dict[str, Any]
) -> tuple[Held, tuple[Prop, ...]]:
    """A leg extension machine that fits: pivot at the knees, lever along the shins, handles."""
    thigh, shin = figure.lengths(LEG)
    knees = root + figure.hips.mean(1) + thigh * np.mean([leg.upper for leg in figure.legs], 0)
    pivot = np.array([0.0, float(knees[0, 1]), float(knees[0, 2])])
    along = np.mean([leg.lower for leg in figure.legs], axis=0)
    lever = still(figure.n, pivot)
    lever[:, :3, :3] = rotation(0, np.rad2deg(np.arctan2(along[:, 1], -along[:, 2])))
    options = hold.get("options", {})
    return _on_rails(figure, held, pivot + HANDLE), (
        Prop(
            "leg_extension",
            still(figure.n, pivot * [1, 1, 0]),
            {"seat": float(pivot[2]) - THIGH, **options},
        ),
        Prop("leg_extension_lever", lever, {"length": shin - ROLLER}),
    )


def _sled(
    figure: Figure, root: Array, held: Held, _hold: dict[str, Any]
) -> tuple[Held, tuple[Prop, ...]]:
    """The plate that two free feet push away, square to their way."""
    ankles = (root[:, None] + figure.ankles()).mean(axis=1)
    way = ankles[np.argmax(-ankles[:, 1])] - ankles[np.argmin(-ankles[:, 1])]
    slope = np.rad2deg(np.arctan2(way[2], -way[1]))
    poses = still(figure.n, np.zeros(3))
    poses[:, :3, :3] = rotation(0, -slope)
    sole = rotation(0, -slope) @ np.array([0.0, -SOLE, -SLED[2] / 2])
    poses[:, :3, 3] = ankles + sole
    return held, (Prop("box", poses, {"size": SLED}),)


def grips(figure: Figure, root: Array) -> Array:
    """Middles of what the hands would hold by the angles alone, [n, 2, 3]."""
    held = np.stack([grip(figure.skeleton, side) for side in SIDES])
    return root[:, None] + figure.wrists() + turned(figure.free_palms(), held)


def posed(along: Array, centre: Array) -> Array:
    """Poses [n, 4, 4] of a thing whose x goes along [n, 3] and whose z is up as far as it can."""
    up = np.broadcast_to([0.0, 0.0, 1.0], along.shape)
    x = along / np.linalg.norm(along, axis=-1, keepdims=True)
    y = np.cross(up, x)
    flat = np.linalg.norm(y, axis=-1, keepdims=True) < 1e-3  # noqa: PLR2004 - upright
    y = np.where(flat, np.broadcast_to([0.0, 1.0, 0.0], y.shape), y)
    y = y / np.linalg.norm(y, axis=-1, keepdims=True)
    poses = np.tile(np.eye(4), (len(centre), 1, 1))
    poses[:, :3, 0], poses[:, :3, 1], poses[:, :3, 2] = x, y, np.cross(x, y)
    poses[:, :3, 3] = centre
    return poses


def still(n: int, at: Array) -> Array:
    """One pose [n, 4, 4] for something that stands."""
    poses = np.tile(np.eye(4), (n, 1, 1))
    poses[:, :3, 3] = at
    return poses
