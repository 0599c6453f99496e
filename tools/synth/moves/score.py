"""A movement through key poses: every frame between solved stops."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array, ease, mix
from tools.synth.moves import carry, gear
from tools.synth.moves.anchors import SLACK
from tools.synth.moves.feet import rolled
from tools.synth.moves.gear import Hands, Prop
from tools.synth.moves.keys import Key
from tools.synth.moves.rig import LEG, SIDES, Figure, Held, Placed
from tools.synth.moves.solve import solve
from tools.synth.moves.stops import Scene, Stops, clock, curves
from tools.synth.moves.turns import blend, unit

LIFT = 0.07
"""Metres that a foot is lifted in a step of a quarter of a metre or more."""
FINGERS = 0.19
"""Metres over the floor that the wrist of a free hand is at least."""
Sway = Callable[[str], Array]
"""Degrees [n] that an angle sways by, by its name."""


@dataclass(frozen=True, slots=True)
class Played:
    """Frames of a movement: the bones, the things used, and where things lie meanwhile."""

    placed: Placed
    props: tuple[Prop, ...]
    stops: Stops


@dataclass(frozen=True, slots=True)
class _Between:
    """Where [n] frames are between stops: the one before, and the eased share of the way."""

    before: Array
    share: Array
    eased: Array

    def mix(self, values: Array) -> Array:
        """[n, ...] of [m, ...], eased from stop to stop."""
        share = self.eased.reshape(-1, *(1,) * (values.ndim - 1))
        return mix(values[self.before], values[self.before + 1], share)

    def turn(self, turns: Array) -> Array:
        """Rotations [n, 2, 3, 3] of [m, 2, 3, 3]."""
        share = np.repeat(self.eased[:, None], 2, axis=1)
        return blend(turns[self.before], turns[self.before + 1], share)


def play(scene: Scene, keys: Sequence[Key], times: Array, sway: Sway, *, to_goal: bool) -> Played:
    """Plays key poses.

    Args:
        scene: who, where, to which moment of a set.
        keys: the first and the last one name every angle.
        times: [n] seconds from the first key.
        sway: what is added to the angles.
        to_goal: whether the last key is the scene's goal.
    """
    stops = solve(scene, keys, to_goal=to_goal)
    angles = curves(*clock(keys), times)
    between = _between(stops, times)
    # Nobody sways where something holds the hands, nor where a set goes on.
    arrived = to_goal & (np.arange(len(stops.at)) == len(stops.at) - 1)
    calm = stops.fixed.any(axis=1) | arrived
    freely = between.mix(1.0 - calm)
    figure = Figure(scene.skeleton, {k: v + freely * sway(k) for k, v in angles.items()})
    root, feet, soles = _stand(figure, stops, between)
    loose = 1.0 - between.mix((stops.fixed | arrived[:, None]).astype(float))
    hands = _hands(figure, root, stops, between, loose)
    inside = (times > stops.take) & (times < stops.put)
    carrying = _Carrying(scene, figure, root, stops, between)
    hands, poses = _carry(carrying, hands, inside)
    placed = figure.place(root, Held(feet, soles, *hands))
    floor = any(key.take == "floor" for key in keys)
    props = carry.props(scene.hold, poses, floor=floor) if scene.hold and poses else ()
    return Played(placed, props, stops)


def _between(stops: Stops, times: Array) -> _Between:
    before = np.clip(np.searchsorted(stops.at, times, "right") - 1, 0, len(stops.at) - 2)
    span = np.maximum(np.diff(stops.at), 1e-6)[before]
    share = np.clip((times - stops.at[before]) / span, 0, 1)
    return _Between(before, share, ease(share))


def _stand(figure: Figure, stops: Stops, between: _Between) -> tuple[Array, Array, Array]:
    """Root [n, 3], ankles [n, 2, 3] and soles [n, 2, 3, 3]."""
    weight = between.mix(stops.planted)
    ground, lifted, soles = [], [], []
    for s, side in enumerate(SIDES):
        spot, toes, lift = _foot(stops, between, s)
        heel = figure.angle(f"heel_{side.lower()}")
        ankle, sole = rolled(figure.skeleton, side, spot, toes, heel)
        ground.append(ankle)
        # A foot that comes loose leaves the floor at once, and comes down late.
        lift = lift + LIFT * np.sin(np.pi * weight[:, s])
        lifted.append(ankle + lift[:, None] * np.array([0.0, 0.0, 1.0]))
        soles.append(sole)
    ankles, free = np.stack(ground, 1), figure.ankles()
    share = weight[..., None]
    by_feet = np.sum(share * (ankles - free), 1) / np.maximum(share.sum(1), 1e-9)
    # Held by hands and feet the body goes straight from pose to pose, whatever the steps do.
    propped = (stops.fixed[between.before] & stops.fixed[between.before + 1]).all(axis=1)
    firm = np.where(propped, 0.0, np.minimum(weight.sum(1), 1.0))[:, None]
    root = mix(between.mix(stops.root), by_feet + between.mix(stops.loose), firm)
    root = within_reach(figure, root, ankles, weight)
    hanging = root[:, None] + free
    feet = mix(hanging, np.stack(lifted, 1), share)
    return root, feet, blend(figure.free_soles(), np.stack(soles, 1), weight)


def _foot(stops: Stops, between: _Between, side: int) -> tuple[Array, Array, Array]:
    """Where a foot stands [n, 3], its toes [n] and how far it is lifted in a step [n]."""
    k = between.before
    start, end = stops.spots[k, side], stops.spots[k + 1, side]
    here, there = stops.planted[k, side], stops.planted[k + 1, side]
    start = np.where((here == 0)[:, None], end, start)
    end = np.where((there == 0)[:, None], start, end)
    far = np.linalg.norm(np.diff(stops.spots, axis=0), axis=-1) > 1e-6  # noqa: PLR2004
    both = (far & (stops.planted[1:] * stops.planted[:-1] > 0)).all(axis=1)[k]
    hop = np.abs(end[:, 2] - start[:, 2]) > 1e-6  # noqa: PLR2004
    # Two feet that change their places step one after the other; those that hop do not.
    begin = np.where(both & ~hop, 0.46 * side, 0.02)
    length = np.where(both & ~hop, 0.52, 0.96)
    u = np.clip((between.share - begin) / length, 0, 1)
    e = ease(u)
    far_now = np.linalg.norm(end - start, axis=-1)
    lift = np.where(hop, 0.0, LIFT * np.minimum(far_now / 0.25, 1.0)) * np.sin(np.pi * u) ** 1.5
    return (
        mix(start, end, e[:, None]),
        mix(stops.toes[k, side], stops.toes[k + 1, side], e),
        lift,
    )


def within_reach(figure: Figure, root: Array, ankles: Array, weight: Array) -> Array:
    """Lowers the root until no planted leg is longer than it is."""
    longest = SLACK * sum(figure.lengths(LEG))
    line = ankles - (root[:, None] + figure.hips)
    flat = np.linalg.norm(line[..., :2], axis=-1)
    tall = np.sqrt(np.maximum(longest**2 - flat**2, 0.0))
    excess = (np.maximum(-line[..., 2] - tall, 0.0) * weight**2).max(axis=1)
    return root - excess[:, None] * np.array([0.0, 0.0, 1.0])


def _hands(figure: Figure, root: Array, stops: Stops, between: _Between, loose: Array) -> Hands:
    """Wrists [n, 2, 3] and palms [n, 2, 3, 3]: with the arms, and to what holds them.

    `loose` [n, 2] is 1 for a hand that nothing holds.
    """
    k = between.before
    kept = stops.fixed[k] & stops.fixed[k + 1]
    arms = root[:, None] + figure.wrists() + between.mix(stops.off)
    # Fingers that nothing holds stay above the floor.
    arms[..., 2] += loose * np.maximum(FINGERS - arms[..., 2], 0.0)
    wrists = np.where(kept[..., None], between.mix(stops.hands), arms)
    bent = figure.free_palms() @ between.turn(stops.bent)
    palms = np.where(kept[..., None, None], between.turn(stops.palms), bent)
    return wrists, palms


@dataclass(frozen=True, slots=True)
class _Carrying:
    """Who carries, between which stops."""

    scene: Scene
    figure: Figure
    root: Array
    stops: Stops
    between: _Between


def _carry(moving: _Carrying, hands: Hands, inside: Array) -> tuple[Hands, tuple[Array, ...]]:
    """Hands that carry something, and the poses [n, 4, 4] of what they carry."""
    figure, root, stops, between = moving.figure, moving.root, moving.stops, moving.between
    lies, hold = stops.lies, moving.scene.hold
    if lies is None or hold is None:
        return hands, ()
    if lies.bar is None:
        carried = carry.carried(figure, hands, hold, lies)
    else:
        centre = gear.bar_line(figure, root, hold)[0] + between.mix(stops.bar_off)
        bar = (centre, unit(between.mix(stops.along)))
        on_it = gear.on_bar(figure, root, bar, hold)
        hands = (
            np.where(inside[:, None, None], on_it[0], hands[0]),
            np.where(inside[:, None, None, None], on_it[1], hands[1]),
        )
        carried = (gear.posed(bar[1], bar[0]),)
    poses = tuple(
        np.where(inside[:, None, None], pose, still)
        for pose, still in zip(carried, lies.poses, strict=True)
    )
    return hands, poses
