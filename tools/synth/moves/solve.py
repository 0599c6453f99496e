"""Solves key poses: what a scene makes of every key of a movement."""

from collections.abc import Sequence

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves import carry, gear
from tools.synth.moves.carry import Lying
from tools.synth.moves.feet import rolled
from tools.synth.moves.hands import flat
from tools.synth.moves.keys import Key
from tools.synth.moves.plank import WRIST
from tools.synth.moves.rig import ARM, SIDES, SIGN, Figure
from tools.synth.moves.stops import Ground, Scene, Stops, clock, curves

REACH = 0.985
"""Share of its length that an arm is stretched to at most, to reach for something."""


def solve(scene: Scene, keys: Sequence[Key], *, to_goal: bool) -> Stops:
    """Solves the keys one by one.

    Args:
        scene: what they happen in.
        keys: the first and the last name every angle.
        to_goal: whether the last one is the scene's goal.
    """
    keys, at = clock(keys)
    angles = curves(keys, at, at)
    figure = Figure(scene.skeleton, angles)
    m, last = len(keys), len(keys) - 1
    spots, toes, planted = _feet(scene, keys)
    loose = np.zeros((m, 3))
    feet = _root_by_feet(figure, spots, toes, planted)
    # Where one foot is in its place already, the body goes by that one.
    arrived = planted * np.array([key.on_set for key in keys])
    ahead = _root_by_feet(figure, spots, toes, np.where(arrived.any(1)[:, None], arrived, planted))
    root = ahead.copy()
    for k, key in enumerate(keys):
        root[k] = _root(scene, key, ahead[k], planted[k], at_goal=to_goal and k == last)
    standing = planted.sum(axis=1) > 0
    loose[standing] = (root - feet)[standing]
    arms = root[:, None] + figure.wrists()
    free = figure.free_palms()
    hands, palms, fixed = arms.copy(), free.copy(), np.zeros((m, 2), bool)
    lies, take, put = _item(scene, keys, at, figure, root)
    for k, key in enumerate(keys):
        taken = bool(key.take or key.put)
        for s in range(2):
            word = "item" if taken and lies and lies.held[s] else key.hands[s]
            place = _hand(scene, word, s, hands[k, s], lies)
            if place is not None:
                hands[k, s], palms[k, s] = place
                fixed[k, s] = True
    seated = np.array([key.seat is not None for key in keys])
    low = _too_high(figure, root, hands, fixed & (standing & ~seated)[:, None])
    root[:, 2] -= low
    loose[:, 2] -= low
    arms[..., 2] -= low[:, None]
    hands[..., 2] -= np.where(fixed, 0.0, low[:, None])
    outside = (at <= take) | (at >= put)
    bar_off, along = _bars(scene, figure, root, lies, outside)
    return Stops(
        at=at,
        angles=angles,
        root=root,
        loose=loose,
        spots=spots,
        toes=toes,
        planted=planted,
        hands=hands,
        palms=palms,
        off=hands - arms,
        bent=np.swapaxes(free, -1, -2) @ palms,
        fixed=fixed,
        bar_off=bar_off,
        along=along,
        take=take,
        put=put,
        lies=lies,
    )


def _feet(scene: Scene, keys: Sequence[Key]) -> tuple[Array, Array, Array]:
    """Spots [m, 2, 3] of the feet, their toes [m, 2] and whether they stand there [m, 2]."""
    spots, toes, planted = [], [], []
    for key in keys:
        for s in range(2):
            ground: Ground | None = scene.ground
            if key.on_set[s] and scene.goal is not None:
                ground = scene.goal.ground
            planted.append(float(ground is not None and not key.free[s]))
            ground = ground or scene.ground
            step = np.array([SIGN[s] * key.out[s], -key.ahead[s], key.up[s]])
            spots.append(ground.spots[s] + step)
            toes.append(ground.toes[s])
    m = len(keys)
    return (
        np.array(spots).reshape(m, 2, 3),
        np.array(toes).reshape(m, 2),
        np.array(planted).reshape(m, 2),
    )


def _root_by_feet(figure: Figure, spots: Array, toes: Array, planted: Array) -> Array:
    """[m, 3] of the root where the standing feet have it."""
    ankles = np.stack(
        [
            rolled(
                figure.skeleton,
                *(side, spots[:, s], toes[:, s]),
                figure.angle(f"heel_{side.lower()}"),
            )[0]
            for s, side in enumerate(SIDES)
        ],
        axis=1,
    )
    weight = planted[..., None]
    return np.sum(weight * (ankles - figure.ankles()), 1) / np.maximum(weight.sum(1), 1e-9)


def _too_high(figure: Figure, root: Array, hands: Array, fixed: Array) -> Array:
    """Metres [m] that the root has to go down for the arms to reach what holds the hands."""
    longest = REACH * sum(figure.lengths(ARM))
    line = hands - (root[:, None] + figure.shoulders)
    flat = np.minimum(np.linalg.norm(line[..., :2], axis=-1), 0.95 * longest)
    excess = np.where(fixed, -line[..., 2] - np.sqrt(longest**2 - flat**2), 0.0)
    return np.maximum(excess, 0.0).max(axis=1)


def _root(scene: Scene, key: Key, feet: Array, planted: Array, *, at_goal: bool) -> Array:
    goal = scene.goal
    if goal is not None and (at_goal or not planted.any()):
        return goal.root
    if key.seat is None:
        return feet
    if goal is None:
        return np.array([feet[0], feet[1], key.seat])
    return np.array([*goal.root[:2], key.seat or goal.root[2]])


def _item(
    scene: Scene, keys: Sequence[Key], at: Array, figure: Figure, root: Array
) -> tuple[Lying | None, float, float]:
    """The item where it lies, and when it is taken and put back."""
    taking = [k for k, key in enumerate(keys) if key.take]
    if not taking or scene.hold is None:
        return None, np.inf, np.inf
    k = taking[0]
    alone = Figure(scene.skeleton, {name: v[k : k + 1] for name, v in figure.angles.items()})
    lies = carry.lying(alone, root[k : k + 1], scene.hold, keys[k].take, scene.bar)
    if scene.hold.get("fixed"):
        return lies, np.inf, np.inf
    putting = [j for j, key in enumerate(keys) if key.put]
    # A key that lasts stands there twice: the hands close before the item moves.
    take = float(at[[j for j in taking if keys[j] is keys[k]][-1]])
    return lies, take, float(at[putting[0]]) if putting else np.inf


def _hand(
    scene: Scene, word: str, side: int, here: Array, lies: Lying | None
) -> tuple[Array, Array] | None:
    """Wrist [3] and palm [3, 3] of a hand that something holds."""
    if word == "item" and lies is not None:
        return lies.hands[0][0, side], lies.hands[1][0, side]
    if word == "set" and scene.goal is not None and scene.goal.hands is not None:
        return scene.goal.hands[0][side], scene.goal.hands[1][side]
    if word == "floor":
        return np.array([*here[:2], WRIST]), flat(scene.skeleton, SIDES[side])
    return None


def _bars(
    scene: Scene, figure: Figure, root: Array, lies: Lying | None, outside: Array
) -> tuple[Array, Array]:
    """What a barbell is off where the angles have it [m, 3], and its directions [m, 3]."""
    if lies is None or lies.bar is None or scene.hold is None:
        return np.zeros_like(root), np.zeros_like(root)
    centre, along = gear.bar_line(figure, root, scene.hold)
    off, along = np.zeros_like(centre), along.copy()
    off[outside], along[outside] = lies.bar[0] - centre[outside], lies.bar[1]
    if scene.goal is not None and scene.goal.bar is not None and not outside[-1]:
        off[-1], along[-1] = scene.goal.bar[0] - centre[-1], scene.goal.bar[1]
    return off, along
