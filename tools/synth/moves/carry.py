"""Things that are taken and put back: where they lie, how hands hold and move them."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves import gear
from tools.synth.moves.gear import Hands, Prop
from tools.synth.moves.hands import gripping, knuckles, wrist_for
from tools.synth.moves.rig import SIDES, Figure
from tools.synth.moves.turns import LEFTWARD, turned

DUMBBELL_LIES = 0.06
"""Height of the middle of a dumbbell over the floor that it lies on, metres."""
UP = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True, slots=True)
class Lying:
    """Where what a movement takes lies, and how it is held there.

    Attributes:
        hands: wrists [1, 2, 3] and palms [1, 2, 3, 3].
        held: whether the left and the right hand are at it.
        poses: [4, 4] of each thing.
        bar: centre [3] and direction [3] of a barbell.
        turns: [4, 4] each: from a thing to the frame of the hand that holds it.
    """

    hands: Hands
    held: tuple[bool, bool]
    poses: tuple[Array, ...]
    bar: tuple[Array, Array] | None = None
    turns: tuple[Array, ...] = field(default=())


def lying(
    figure: Figure, root: Array, hold: dict[str, Any], place: str, bar: Array | None = None
) -> Lying:
    """Where things lie that an athlete in one pose has at hand.

    Args:
        figure: in that pose, n = 1.
        root: [1, 3].
        hold: as `gear.take_up` has it, or `kind` "thing": one `prop` in the `hand` l or r that it
            is gripped at `high` metres over the floor, upright unless it lies `flat`.
        place: `floor` or `here`.
        bar: [3] the centre of a bar that lies already.
    """
    if hold["kind"] == "barbell":
        return _bar(figure, root, hold, place, bar)
    fk = root[:, None] + figure.wrists()
    points, palms = gear.grips(figure, root), figure.free_palms()
    wrists, palms = fk.copy(), palms.copy()
    sides = SIDES if hold["kind"] == "dumbbells" else (hold["hand"].upper(),)
    poses, turns = [], []
    for side in sides:
        k = SIDES.index(side)
        wide = turned(palms[:, k], knuckles(figure.skeleton, side)[1][None])
        if hold["kind"] == "dumbbells" or hold.get("flat"):
            line = wide * [1.0, 1.0, 0.0]
        else:
            line = -UP[None]
        point = points[:, k].copy()
        if place == "floor":
            point[:, 2] = hold.get("high", DUMBBELL_LIES)
        shoulder = root + figure.shoulders[:, k]
        palms[:, k] = gripping(figure.skeleton, side, line, point - shoulder, point - shoulder)
        wrists[:, k] = wrist_for(figure.skeleton, side, palms[:, k], point)
        frame = gear.in_hand(figure.skeleton, side, wrists[:, k], palms[:, k])[0]
        pose = frame if hold["kind"] == "dumbbells" else _stands(point[0], line[0], hold)
        poses.append(pose)
        turns.append(np.linalg.inv(frame) @ pose)
    held = (SIDES[0] in sides, SIDES[1] in sides)
    return Lying((wrists, palms), held, tuple(poses), turns=tuple(turns))


def _bar(figure: Figure, root: Array, hold: dict[str, Any], place: str, at: Array | None) -> Lying:
    centre, _ = gear.bar_line(figure, root, hold)
    if place == "floor":
        centre[:, 2] = radius(hold)
    centre = centre if at is None else at[None]
    along = np.broadcast_to(LEFTWARD, (1, 3))
    hands = gear.on_bar(figure, root, (centre, along), hold)
    pose = gear.posed(along, centre)[0]
    return Lying(hands, (True, True), (pose,), bar=(centre[0], along[0]))


def _stands(point: Array, line: Array, hold: dict[str, Any]) -> Array:
    """The pose of a thing that stands below or lies about the middle of the grip."""
    pose = np.eye(4)
    if hold.get("flat"):
        pose[:3, 0] = line / np.linalg.norm(line)
        pose[:3, 1], pose[:3, 2] = np.cross(UP, pose[:3, 0]), UP
    pose[:2, 3] = point[:2]
    pose[2, 3] = point[2] - hold.get("high", 0.0)
    return pose


def carried(figure: Figure, hands: Hands, hold: dict[str, Any], lies: Lying) -> tuple[Array, ...]:
    """Poses [n, 4, 4] of the things that the hands hold, but for a barbell."""
    sides = [side for side, held in zip(SIDES, lies.held, strict=True) if held]
    frames = [
        gear.in_hand(figure.skeleton, side, *(h[:, SIDES.index(side)] for h in hands))
        for side in sides
    ]
    if hold["kind"] == "dumbbells":
        return tuple(frames)
    return tuple(frame @ turn for frame, turn in zip(frames, lies.turns, strict=True))


def props(hold: dict[str, Any], poses: tuple[Array, ...], *, floor: bool) -> tuple[Prop, ...]:
    """Things by what the hands hold; plates are as large as the bar lies high over the floor."""
    options = dict(hold.get("options", {}))
    if floor and hold["kind"] == "barbell":
        options["radius"] = radius(hold)
    kind = {"barbell": "barbell", "dumbbells": "dumbbell"}.get(hold["kind"], hold.get("prop", ""))
    return tuple(Prop(kind, pose, options) for pose in poses)


def radius(hold: dict[str, Any]) -> float:
    """How high the middle of a barbell is that lies on the floor, metres."""
    return float(hold.get("options", {}).get("radius", gear.PLATE))
