"""Walking: footfalls along a path, feet that roll over them, and a body that follows."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tools.synth.curves import Array, ease, mix, smooth
from tools.synth.moves.feet import rolled
from tools.synth.moves.manner import Manner
from tools.synth.moves.rig import LEG, SIDES, SIGN, Figure, Held, Placed
from tools.synth.moves.score import within_reach
from tools.synth.moves.stops import Ground
from tools.synth.skeleton import Skeleton

RATE = 120
"""Samples a second while low-passing, so that the result hardly depends on the frame rate."""
SOFT = 0.13
"""Seconds, standard deviation: how softly the pelvis follows the feet."""
ROLL_ON, ROLL_OFF = 0.12, 0.22
"""Seconds that the sole takes to come down after heel strike and to peel off before toe-off."""
TURN = 70.0
"""Degrees that one footfall turns at most."""
SETTLE = 0.5
"""Seconds from the last footfall to standing about."""


@dataclass(frozen=True, slots=True)
class Gait:
    """How somebody walks: metres, seconds and degrees.

    Attributes:
        step: from footfall to footfall; every: seconds between them; swing: in the air.
        apart: between the lines of the feet.
        lift: of the foot; heel_up: at toe-off; toe_up: at heel strike.
        arms: what the arms swing by.
    """

    step: float
    every: float
    swing: float
    apart: float
    lift: float
    heel_up: float
    toe_up: float
    arms: float


@dataclass(frozen=True, slots=True)
class Fall:
    """One footfall: side, place of the ankle [2], heading of the toes, how brisk its step is."""

    side: int
    at: Array
    heading: float
    brisk: float


def sample(skeleton: Skeleton, rng: np.random.Generator) -> Gait:
    """Draws a gait that suits the legs."""
    leg = float(np.ptp([skeleton.at(f"{bone}.L")[2] for bone in LEG]))
    every = float(rng.uniform(0.54, 0.68))
    return Gait(
        step=float(rng.uniform(0.6, 0.76)) * leg,
        every=every,
        swing=0.84 * every,
        apart=float(rng.uniform(0.1, 0.18)),
        lift=float(rng.uniform(0.04, 0.07)),
        heel_up=float(rng.uniform(32, 44)),
        toe_up=float(rng.uniform(12, 20)),
        arms=float(rng.uniform(0.6, 1.2)),
    )


def footfalls(points: Array, gait: Gait, start: Ground | None, end: Ground | None) -> list[Fall]:
    """Where the feet come down along a path.

    Args:
        points: [p, 2] metres, the path is rounded between them.
        gait: of whom.
        start: where the feet stand first, if they do; the heading there is 0.
        end: where they stand at last.

    Returns:
        Alternating feet; the first two are where they are at the beginning.
    """
    path, far = _rounded(points)
    heading = np.rad2deg(np.unwrap(np.arctan2(*np.gradient(path, axis=0).T * [[1], [-1]])))
    length = far[-1]
    margin = 0.6 * gait.step
    first, last = (margin if start else 0.0), length - (margin if end else 0.0)
    count = max(round((last - first) / gait.step), 1)
    places: list[tuple[Array, float, float]] = []
    if start is not None:
        places += [(path[0], h, 0.4) for h in _turns(0.0, heading[0])]
    for s in np.linspace(first, last, count + 1):
        at = np.array([np.interp(s, far, path[:, k]) for k in range(2)])
        places.append((at, float(np.interp(s, far, heading)), 1.0))
    if end is not None:
        places += [(path[-1], h, 0.4) for h in _turns(places[-1][1], 0.0)]
    side = 0 if heading[0] > 0 else 1
    falls = _standing(start, 1 - side) if start is not None else []
    for at, h, brisk in places:
        across = np.array([np.cos(np.deg2rad(h)), np.sin(np.deg2rad(h))])
        falls.append(Fall(side, at + SIGN[side] * gait.apart / 2 * across, h, brisk))
        side = 1 - side
    return falls + (_standing(end, side) if end is not None else [])


def _standing(ground: Ground, first: int) -> list[Fall]:
    return [Fall(s, ground.spots[s, :2], float(ground.toes[s]), 0.4) for s in (first, 1 - first)]


def _turns(start: float, end: float) -> list[float]:
    """Headings between two that are further apart than one footfall turns."""
    count = int(np.ceil(abs(end - start) / TURN))
    return [float(h) for h in np.linspace(start, end, count + 1)[1:-1]]


def _rounded(points: Array) -> tuple[Array, Array]:
    """A dense path [q, 2] with its corners cut (Chaikin 1974), and how far along [q] each is."""
    path = np.asarray(points, float)
    for _ in range(4):
        near, next_ = 0.75 * path[:-1] + 0.25 * path[1:], 0.25 * path[:-1] + 0.75 * path[1:]
        inner = np.stack([near, next_], 1).reshape(-1, 2)
        path = np.concatenate([path[:1], inner[1:-1], path[-1:]])
    far = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    fine = np.linspace(0, far[-1], max(int(far[-1] / 0.02), 8))
    return np.stack([np.interp(fine, far, path[:, k]) for k in range(2)], 1), fine


def seconds(falls: list[Fall], gait: Gait) -> float:
    """How long the footfalls take, standing about at the end included."""
    return (len(falls) - 2) * gait.every + gait.swing - gait.every + ROLL_ON + SETTLE


def tracks(falls: list[Fall], gait: Gait, times: Array) -> Array:
    """Both feet at [n] times, [n, 2, 5].

    x, y and height over where it is flat (metres), heading and pitch (degrees, heel up is
    positive) of the ankle of a foot that would not roll.
    """
    starts = [0.0, 0.0, *(gait.every * k for k in range(len(falls) - 2))]
    return np.stack(
        [
            _track([(f, t) for f, t in zip(falls, starts, strict=True) if f.side == s], gait, times)
            for s in range(2)
        ],
        axis=1,
    )


def _track(falls: list[tuple[Fall, float]], gait: Gait, times: Array) -> Array:
    foot = np.tile([*falls[0][0].at, 0.0, falls[0][0].heading, 0.0], (len(times), 1))
    for (last, _), (fall, start) in pairwise(falls):
        u = (times - start) / gait.swing
        e, air, gone = ease(u), (u > 0) & (u < 1), u > 0
        foot[gone, 0:2] = mix(last.at, fall.at, e[gone, None])
        foot[gone, 3] = mix(last.heading, fall.heading, e[gone])
        foot[air, 2] = gait.lift * max(fall.brisk, 0.6) * np.sin(np.pi * u[air]) ** 1.5
        off, on = gait.heel_up * fall.brisk, -gait.toe_up * fall.brisk
        peel = (times > start - ROLL_OFF) & (u <= 0)
        foot[peel, 4] = off * ease((times[peel] - start + ROLL_OFF) / ROLL_OFF, 0.6)
        foot[air, 4] = mix(off, on, ease(u[air], 0.45))
        land = (u >= 1) & (times < start + gait.swing + ROLL_ON)
        foot[land, 4] = on * (1 - ease((times[land] - start - gait.swing) / ROLL_ON))
    return foot


@dataclass(frozen=True, slots=True)
class Walk:
    """Somebody on the way.

    Attributes:
        skeleton: whose.
        manner: of standing about.
        gait: of walking.
        falls: footfalls.
        start, end: whether he stands about first and last.
    """

    skeleton: Skeleton
    manner: Manner
    gait: Gait
    falls: list[Fall]
    start: bool
    end: bool

    def play(self, times: Array, clip: Array) -> Placed:
        """Bones at [n] seconds of the walk, which are [n] seconds of the clip."""
        fine = np.arange(int(seconds(self.falls, self.gait) * RATE) + 2) / RATE
        raw = tracks(self.falls, self.gait, fine)
        middle = smooth(raw[:, :, [0, 1, 3]].mean(axis=1), RATE, SOFT)
        ahead = _stride(raw, middle)
        walking = self._walking(fine)
        signals = np.column_stack([middle, ahead, walking, *raw.reshape(len(fine), -1).T])
        now = np.stack([np.interp(times, fine, column) for column in signals.T], axis=1)
        middle, ahead, walking = now[:, :3], now[:, 3], now[:, 4]
        feet = tracks(self.falls, self.gait, times)
        figure = Figure(self.skeleton, self._angles(middle[:, 2], ahead, walking, clip))
        pairs = [
            rolled(
                self.skeleton,
                *(side, _spot(feet[:, s], self.manner.ankle), feet[:, s, 3], feet[:, s, 4]),
            )
            for s, side in enumerate(SIDES)
        ]
        ankles, soles = (np.stack(part, axis=1) for part in zip(*pairs, strict=True))
        root = self._root(figure, ankles, middle, walking)
        return figure.place(root, Held(ankles, soles))

    def _walking(self, fine: Array) -> Array:
        """[n] 0 standing about, 1 on the way."""
        walking = np.ones(len(fine))
        if self.start:
            walking = np.minimum(walking, ease((fine + 0.1) / 0.6))
        if self.end:
            stands = fine[-1] - SETTLE - 0.1
            walking = np.minimum(walking, 1 - ease((fine - stands + 0.3) / (SETTLE + 0.3)))
        return walking

    def _angles(
        self, heading: Array, ahead: Array, walking: Array, clip: Array
    ) -> dict[str, Array]:
        angles = {
            name: np.full(len(clip), value) + self.manner.sway(name, clip)
            for name, value in self.manner.neutral.items()
        }
        stride = np.clip(ahead / 0.3, -1, 1)
        angles["heading"] = heading - 5.0 * stride * walking
        angles["twist"] = angles["twist"] + 13.0 * stride * walking
        angles["pitch"] = angles["pitch"] + 3.0 * walking
        for sign, side in zip(SIGN, "lr", strict=True):
            arm, plane = angles[f"arm_{side}"], np.deg2rad(angles[f"arm_plane_{side}"])
            swing = -sign * 85.0 * self.gait.arms * ahead
            forward = mix(arm * np.cos(plane), 3.0 + swing, walking)
            out = mix(arm * np.sin(plane), 9.0, walking)
            angles[f"arm_{side}"] = np.hypot(forward, out)
            angles[f"arm_plane_{side}"] = np.rad2deg(np.arctan2(out, forward))
            angles[f"elbow_{side}"] = angles[f"elbow_{side}"] + walking * (6 + 0.4 * swing)
        return angles

    def _root(self, figure: Figure, ankles: Array, middle: Array, walking: Array) -> Array:
        standing = (ankles - figure.ankles()).mean(axis=1)
        offset = -figure.ankles().mean(axis=1)
        on_way = np.column_stack([middle[:, :2] + offset[:, :2], standing[:, 2]])
        on_way[:, 2] = offset[:, 2] + self.manner.ankle - 0.025
        root = mix(standing, on_way, walking[:, None])
        return within_reach(figure, root, ankles, np.ones((len(root), 2)))


def _spot(foot: Array, ankle: float) -> Array:
    """Where the ankle of a flat foot would be, [n, 3]."""
    return np.column_stack([foot[:, :2], foot[:, 2] + ankle])


def _stride(feet: Array, middle: Array) -> Array:
    """Half the metres by which the left foot is ahead of the right one, softly."""
    turn = np.deg2rad(middle[:, 2])
    apart = feet[:, 0, :2] - feet[:, 1, :2]
    return smooth((apart[:, 0] * np.sin(turn) - apart[:, 1] * np.cos(turn)) / 2, RATE, 0.08)
