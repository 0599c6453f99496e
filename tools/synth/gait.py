"""Where the feet go: footfalls to the stance and away from it, and the feet between them."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from tools.synth.curves import Array, ease, mix

LEFT, RIGHT = 0, 1
SIGN = (1.0, -1.0)
WALK_HEADING = 90.0
BALL, HEEL, ANKLE = 0.13, 0.05, 0.08
"""Metres from the ankle forward to the ball, back to the heel and down to the floor."""
ROLL_ON, ROLL_OFF = 0.12, 0.22
"""Seconds that the sole takes to come down after heel strike and to peel off before toe-off."""


@dataclass(frozen=True, slots=True)
class Step:
    """One footfall: the foot leaves at `start` and stands at `end` (seconds) on `at`."""

    side: int
    start: float
    end: float
    at: tuple[float, float]
    heading: float
    brisk: float


def stance_feet(data: dict[str, Any]) -> Array:
    """Places of the left and the right ankle in the stance, [2, 2] metres."""
    stance = data["stance"]
    turn = np.deg2rad(stance["heading"])
    across = np.array([np.cos(turn), np.sin(turn)]) * stance["width"] / 2
    centre = np.array(stance["at"], dtype=float)
    return np.stack([centre + across, centre - across])


def walk_in(data: dict[str, Any], start: float) -> tuple[Step, ...]:
    """Footfalls from outside the picture into the stance; the first two are where it begins."""
    walk, stance, feet = data["walk"], data["stance"], stance_feet(data)
    count = int(np.ceil((feet[RIGHT, 0] - walk["enter_from"]) / walk["step"]))
    places = [feet[RIGHT, 0] - walk["step"] * k for k in range(count, 0, -1)]
    sides = [(LEFT if (count - k) % 2 else RIGHT) for k in range(count)]
    sides = [1 - s for s in sides] if sides[-1] == RIGHT else sides
    steps = [
        Step(s, start, start, (x, _line(walk, s)), WALK_HEADING, 1.0)
        for s, x in zip(sides[:2], places[:2], strict=True)
    ]
    now = start
    for s, x in zip(sides[2:], places[2:], strict=True):
        steps.append(Step(s, now, now + walk["swing"], (x, _line(walk, s)), WALK_HEADING, 1.0))
        now += walk["every"]
    for s in (RIGHT, LEFT):
        at = (float(feet[s, 0]), float(feet[s, 1]))
        heading = stance["heading"] + SIGN[s] * stance["toes_out"]
        steps.append(Step(s, now, now + walk["swing"] * 1.1, at, heading, 0.4))
        now += walk["every"] * 1.1
    return tuple(steps)


def walk_out(data: dict[str, Any], start: float) -> tuple[Step, ...]:
    """Footfalls from the stance to the right, out of the picture."""
    walk, feet = data["walk"], stance_feet(data)
    steps, now, side, x = [], start, LEFT, float(feet[LEFT, 0]) + walk["step"] * 0.55
    while x < -walk["enter_from"] + walk["step"]:
        brisk = 1.0 if len(steps) > 1 else 0.6
        at = (x, _line(walk, side))
        steps.append(Step(side, now, now + walk["swing"], at, WALK_HEADING, brisk))
        now, side, x = now + walk["every"], 1 - side, x + walk["step"]
    return tuple(steps)


def _line(walk: dict[str, Any], side: int) -> float:
    """The y of the line that one foot walks on, heading right."""
    return SIGN[side] * walk["apart"] / 2


def foot_at(steps: list[Step], walk: dict[str, Any], times: Array) -> Array:
    """One foot through the whole clip.

    Args:
        steps: the footfalls of this foot, in order; the first is where it begins.
        walk: the table `walk` of the script.
        times: [n] seconds.

    Returns:
        [n, 5]: x and y of the ankle, its height above where it is when the sole is flat (metres),
        heading and pitch (degrees; heel up is positive).
    """
    foot = np.tile([*steps[0].at, 0.0, steps[0].heading, 0.0], (len(times), 1))
    for last, step in pairwise(steps):
        u = (times - step.start) / (step.end - step.start)
        e = ease(u, 0.5)
        air = (u > 0) & (u < 1)
        gone = u > 0
        foot[gone, 0:2] = mix(last.at, step.at, e[gone, None])
        foot[gone, 3] = mix(last.heading, step.heading, e[gone])
        foot[air, 2] = walk["lift"] * step.brisk * np.sin(np.pi * u[air]) ** 1.5
        off, on = walk["heel_up"] * step.brisk, -walk["toe_up"] * step.brisk
        peel = (times > step.start - ROLL_OFF) & (u <= 0)
        foot[peel, 4] = off * ease((times[peel] - step.start + ROLL_OFF) / ROLL_OFF, 0.6)
        foot[air, 4] = mix(off, on, ease(u[air], 0.45))
        land = (u >= 1) & (times < step.end + ROLL_ON)
        foot[land, 4] = on * (1 - ease((times[land] - step.end) / ROLL_ON))
    return _rolled(foot)


def _rolled(foot: Array) -> Array:
    """Moves the ankle as the sole turns about the ball (heel up) or the heel (toe up)."""
    pitch, heading = np.deg2rad(foot[:, 4]), np.deg2rad(foot[:, 3])
    pivot = np.where(pitch > 0, BALL, -HEEL)
    forward = pivot * (1 - np.cos(pitch)) + ANKLE * np.sin(pitch)
    foot[:, 0] += forward * np.sin(heading)
    foot[:, 1] -= forward * np.cos(heading)
    foot[:, 2] += pivot * np.sin(pitch) - ANKLE * (1 - np.cos(pitch))
    return foot
