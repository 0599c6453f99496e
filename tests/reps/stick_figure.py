"""A stick figure that trains: exact poses for tests, no recording of anyone.

The athlete faces x, y points up, z to their left; metres. The camera looks level from `yaw` degrees
(0: from the front, 90: from their left) without perspective, 200 pixels to the metre.
"""

import math
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark, Pose
from gymbox.motion.observe import Body, Observation, observe

Vector = NDArray[np.float64]
Joints = dict[str, Vector]
UPPER, FORE, TORSO, THIGH, SHANK = 0.30, 0.26, 0.50, 0.43, 0.42
HALF_SHOULDERS, HALF_HIPS = 0.19, 0.10


def _at(*xyz: float) -> Vector:
    return np.array(xyz)


def _turned(length: float, degrees: float) -> Vector:
    """A bone that points up and is tipped forward by an angle."""
    return length * _at(math.sin(math.radians(degrees)), math.cos(math.radians(degrees)), 0)


def _elbow(shoulder: Vector, wrist: Vector, bend: Vector) -> Vector:
    """Where the elbow is when it bends towards `bend`."""
    line = wrist - shoulder
    reach = min(float(np.linalg.norm(line)), UPPER + FORE - 1e-6)
    line = line / np.linalg.norm(line)
    cosine = (UPPER**2 + reach**2 - FORE**2) / (2 * UPPER * reach)
    sine = math.sqrt(max(0.0, 1 - cosine**2))
    side = bend - line * float(bend @ line)
    side = side / max(1e-9, float(np.linalg.norm(side)))
    return shoulder + UPPER * (cosine * line + sine * side)


def _standing(knee: float = 0, shank: float = 0, lean: float = 0) -> Joints:
    """Ankle to shoulder: thigh tipped back by `knee`, shank and torso forward, in degrees."""
    ankle = _at(0, 0.08, 0)
    knees = ankle + _turned(SHANK, shank)
    hip = knees + _turned(THIGH, -knee)
    return {"ankle": ankle, "knee": knees, "hip": hip, "shoulder": hip + _turned(TORSO, lean)}


def _arms(body: Joints, wrist: Vector, bend: Vector) -> Joints:
    """Adds arms with the wrist at a place seen from the shoulder."""
    shoulder = body["shoulder"]
    return body | {"elbow": _elbow(shoulder, shoulder + wrist, bend), "wrist": shoulder + wrist}


def _between(u: float, start: float, turn: float) -> float:
    return start + u * (turn - start)


def squat(u: float) -> Joints:
    body = _standing(knee=100 * u, shank=25 * u, lean=40 * u)
    return _arms(body, _at(0.3, -0.1, 0), _at(0, -1, 0))


def push_up(u: float) -> Joints:
    shoulder = _at(0, _between(u, 0.55, 0.16), 0)
    ankle = _at(-math.sqrt((TORSO + THIGH + SHANK) ** 2 - (shoulder[1] - 0.08) ** 2), 0.08, 0)
    line = (ankle - shoulder) / np.linalg.norm(ankle - shoulder)
    hip = shoulder + TORSO * line
    body = {"shoulder": shoulder, "hip": hip, "knee": hip + THIGH * line, "ankle": ankle}
    return _arms(body, _at(0, -shoulder[1], 0), _at(-1, 0.2, 0.5))


def pull_up(u: float) -> Joints:
    body = {name: joint + _at(0, 0.6 + 0.4 * u, 0) for name, joint in _standing().items()}
    return _arms(body, _at(0, _between(u, 0.555, 0.10), 0), _at(0.2, -0.1, 1))


def shoulder_press(u: float) -> Joints:
    return _arms(_standing(), _at(0.05, _between(u, 0.04, 0.55), 0), _at(0.5, 0, 1))


def biceps_curl(u: float) -> Joints:
    body = _standing()
    elbow = body["shoulder"] - _at(0, UPPER, 0)
    wrist = elbow - _turned(FORE, -_between(u, 12, 140))
    return body | {"elbow": elbow, "wrist": wrist}


def deadlift(u: float) -> Joints:
    body = _standing(knee=_between(u, 55, 0), shank=_between(u, 15, 0), lean=_between(u, 65, 0))
    return _arms(body, _at(0.02, -0.555, 0), _at(-1, 0, 0))


def bench_press(u: float) -> Joints:
    shoulder = _at(0, 0.5, 0)
    hip = shoulder - _at(TORSO, 0, 0)
    knee = hip - _at(THIGH, 0, 0)
    body = {"shoulder": shoulder, "hip": hip, "knee": knee, "ankle": knee - _at(0.1, 0.42, 0)}
    return _arms(body, _at(-0.05, _between(u, 0.55, 0.14), 0), _at(-0.3, -0.3, 1))


def arm_swing(u: float) -> Joints:
    """Straight arms that swing from hanging to level."""
    body = _standing()
    return _arms(body, -_turned(UPPER + FORE - 0.01, -90 * u), _at(-1, 0, 0))


def walk(u: float) -> Joints:
    """One leg's stride on the spot, knee lifted by up to 60 degrees, elbow bent by up to 30."""
    body = _standing(knee=25 * u, shank=35 * u)
    return _arms(body, -_turned(UPPER + FORE - 0.03, -30 * u), _at(-1, 0, 0))


def dip(u: float) -> Joints:
    body = {name: joint + _at(0, 0.5 - 0.3 * u, 0) for name, joint in _standing(lean=10).items()}
    return _arms(body, _at(0.05, _between(u, -0.55, -0.26), 0), _at(-1, 0.3, 0.2))


def lunge(u: float) -> Joints:
    """The leg ahead: thigh towards level, shank upright; the other one comes down with the hip."""
    body = _standing(knee=_between(u, 10, 80), shank=_between(u, 8, 5), lean=5)
    return _arms(body, _at(0, -0.555, 0), _at(-1, 0, 0))


def leg_extension(u: float) -> Joints:
    hip = _at(0, 0.6, 0)
    knee = hip + _at(THIGH, 0, 0)
    ankle = knee - _turned(SHANK, _between(u, 5, -80))
    body = {"ankle": ankle, "knee": knee, "hip": hip, "shoulder": hip + _turned(TORSO, -15)}
    return _arms(body, _at(0.05, -0.54, 0), _at(-1, 0, 0))


def sit_up(u: float) -> Joints:
    hip, ankle = _at(0, 0.1, 0), _at(0.45, 0.08, 0)
    knee = _at(0.25, 0.45, 0)
    body = {"ankle": ankle, "knee": knee, "hip": hip}
    body["shoulder"] = hip + _turned(TORSO, _between(u, -85, 15))
    return _arms(body, _at(0.15, 0.15, 0), _at(0.3, 0, 1))


def lateral_raise(u: float) -> Joints:
    angle = math.radians(_between(u, 8, 92))
    away = (UPPER + FORE - 0.01) * _at(0, -math.cos(angle), math.sin(angle))
    return _arms(_standing(), away, _at(-1, 0, 0))


MOVES: dict[str, Callable[[float], Joints]] = {
    "squat": squat,
    "push_up": push_up,
    "pull_up": pull_up,
    "shoulder_press": shoulder_press,
    "biceps_curl": biceps_curl,
    "deadlift": deadlift,
    "bench_press": bench_press,
    "dip": dip,
    "lunge": lunge,
    "leg_extension": leg_extension,
    "sit_up": sit_up,
    "lateral_raise": lateral_raise,
}
"""Every exercise as a function of the progress, 0 in the start pose and 1 at the turn."""


def pose(joints: Joints, t: float, yaw: float = 60.0, visibility: float = 0.95) -> Pose:
    """What a perfect network would see of a symmetric body."""
    body = np.zeros((33, 3))
    for side, sign in (("LEFT", 1.0), ("RIGHT", -1.0)):
        for name, joint in joints.items():
            half = HALF_HIPS if name in {"hip", "knee", "ankle"} else HALF_SHOULDERS
            offset = joint * (1, 1, sign) + (0, 0, sign * half)
            body[Landmark[f"{side}_{name.upper()}"]] = offset
    angle = math.radians(yaw)
    right = math.sin(angle) * body[:, 0] + math.cos(angle) * body[:, 2]
    depth = -math.cos(angle) * body[:, 0] + math.sin(angle) * body[:, 2]
    seen = np.stack([right, -body[:, 1], depth], axis=1).astype(np.float32)
    return Pose(
        timestamp=t,
        points=200 * seen + np.array([320, 450, 0], np.float32),
        visibility=np.full(33, visibility, np.float32),
        world=seen,
        score=0.99,
        size=(640, 480),
    )


def observations(
    move: Callable[[float], Joints], samples: Iterable[tuple[float, float]], yaw: float = 60.0
) -> list[Observation]:
    """A movement as the counter sees it, from (time, progress) pairs."""
    body: Body | None = None
    seen = []
    for t, u in samples:
        observation, body = observe(pose(move(u), t, yaw), body)
        seen.append(observation)
    return seen


def wave(
    reps: int, period: float, *, hold: float = 0.5, depth: float = 1.0
) -> Callable[[float], float]:
    """Progress over time: the start pose for `hold` seconds, then smooth repetitions."""

    def progress(t: float) -> float:
        phase = (t - hold) / period
        if not 0 <= phase < reps:
            return 0.0
        return depth * 0.5 * (1 - math.cos(2 * math.pi * phase))

    return progress
