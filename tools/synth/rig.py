"""The skeleton: postures to bone transforms, with the feet planted by inverse kinematics (pure numpy)."""

from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array, mix
from tools.synth.gait import ANKLE, LEFT, RIGHT, SIGN
from tools.synth.motion import Motion

SIDES = ("L", "R")
SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")
NECK = ("neck01", "neck02", "neck03", "head")
FORWARD = np.array([0.0, -1.0, 0.0])
STRAIGHTEST = 5.0
"""Degrees of knee flexion that a walking leg keeps at its longest."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A body at rest: z up, looking along -y, left at +x, metres.

    Attributes:
        names: of the bones, parents before children.
        parents: index of each bone's parent, -1 for the root.
        heads: [bones, 3] where each bone begins.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    heads: Array

    def at(self, name: str) -> Array:
        """Head of a bone at rest, [3]."""
        return self.heads[self.names.index(name)]


@dataclass(frozen=True, slots=True)
class Placed:
    """Bone transforms of one frame: [bones, 3, 3] turns of the rest pose and [bones, 3] heads in the world."""

    turns: Array
    heads: Array


def rotate(axis: int, degrees: float) -> Array:
    """Right-handed rotation about a world axis (0 x, 1 y, 2 z), [3, 3]."""
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    i, j = (axis + 1) % 3, (axis + 2) % 3
    m = np.eye(3)
    m[i, i], m[i, j], m[j, i], m[j, j] = c, -s, s, c
    return m


def knee_angle(hip: Array, knee: Array, ankle: Array) -> float:
    """Angle at the knee in degrees; 180 is a straight leg."""
    a, b = hip - knee, ankle - knee
    cosine = np.dot(a, b) / np.linalg.norm(a) / np.linalg.norm(b)
    return float(np.rad2deg(np.arccos(np.clip(cosine, -1, 1))))


def place(skeleton: Skeleton, motion: Motion, i: int) -> Placed:
    """Bone transforms of frame i."""
    yaw = rotate(2, motion.heading[i])
    joint = {name: float(values[i]) for name, values in motion.joints.items()}
    walking = float(motion.walking[i])
    lean = float(mix(joint["lean"], 4.0, walking))
    turn: dict[str, Array] = {"root": yaw @ rotate(0, lean)}
    ankles = np.stack([_ankle(motion.feet[i, side]) for side in (LEFT, RIGHT)])
    pelvis = _pelvis(skeleton, motion, i, turn["root"], ankles)
    for name in SPINE:
        turn[name] = rotate(2, -motion.twist[i] / len(SPINE)) @ rotate(0, joint["round"] / len(SPINE))
    level = -(lean + joint["round"]) + joint["look"]
    for name in NECK:
        turn[name] = rotate(2, motion.twist[i] / len(NECK)) @ rotate(0, level / len(NECK))
    local = dict(turn)
    world = _chain(skeleton, local)
    fixed: dict[str, Array] = {}
    for side, letter in enumerate(SIDES):
        hip = pelvis + turn["root"] @ (skeleton.at(f"upperleg01.{letter}") - skeleton.at("root"))
        fixed |= _leg(skeleton, letter, hip, ankles[side], motion.feet[i, side])
        shrug = SIGN[side] * -0.12 * max(motion.arms[i, side, 0] - 20.0, 0.0)
        local[f"clavicle.{letter}"] = rotate(1, shrug)
        chest = yaw @ rotate(0, min(lean, 8.0))
        fixed |= _arm(skeleton, letter, chest, motion.arms[i, side], SIGN[side])
    world = _chain(skeleton, local, fixed)
    return Placed(world, _heads(skeleton, world, pelvis))


def _chain(
    skeleton: Skeleton, local: dict[str, Array], fixed: dict[str, Array] | None = None
) -> Array:
    """World turn of every bone from turns against the parent; `fixed` ones are in the world already."""
    turns = np.empty((len(skeleton.names), 3, 3))
    for k, (name, parent) in enumerate(zip(skeleton.names, skeleton.parents, strict=True)):
        if fixed and name in fixed:
            turns[k] = fixed[name]
        else:
            above = turns[parent] if parent >= 0 else np.eye(3)
            turns[k] = above @ local[name] if name in local else above
    return turns


def _heads(skeleton: Skeleton, turns: Array, root: Array) -> Array:
    """Where every bone begins in the world, [bones, 3]."""
    heads = np.empty_like(skeleton.heads)
    heads[0] = root
    for k, parent in enumerate(skeleton.parents):
        if parent >= 0:
            along = skeleton.heads[k] - skeleton.heads[parent]
            heads[k] = heads[parent] + turns[parent] @ along
    return heads


def _ankle(foot: Array) -> Array:
    """Place of the ankle, [3]."""
    return np.array([foot[0], foot[1], ANKLE + foot[2]])


def _lengths(skeleton: Skeleton) -> tuple[float, float]:
    """Thigh and shin, metres."""
    hip, knee, ankle = (skeleton.at(f"{b}.L") for b in ("upperleg01", "lowerleg01", "foot"))
    return float(np.linalg.norm(knee - hip)), float(np.linalg.norm(ankle - knee))


def _reach(thigh: float, shin: float, flexion: float) -> float:
    """From hip to ankle with the knee bent by some degrees (law of cosines)."""
    return float(np.sqrt(thigh**2 + shin**2 + 2 * thigh * shin * np.cos(np.deg2rad(flexion))))


def _pelvis(skeleton: Skeleton, motion: Motion, i: int, root: Array, ankles: Array) -> Array:
    """Where the root goes: over the feet as the pose says, or as high as the legs reach while walking."""
    thigh, shin = _lengths(skeleton)
    forward = rotate(2, motion.heading[i]) @ FORWARD
    knee, tilt = float(motion.joints["knee"][i]), float(motion.joints["shin"][i])
    back = shin * np.sin(np.deg2rad(tilt)) - thigh * np.sin(np.deg2rad(knee - tilt))
    walking = float(motion.walking[i])
    over = np.array([*motion.centre[i], 0.0]) + forward * mix(back, 0.0, walking)
    hips = [root @ (skeleton.at(f"upperleg01.{s}") - skeleton.at("root")) for s in SIDES]
    middle = (hips[LEFT] + hips[RIGHT]) / 2
    over = over - middle * [1, 1, 0]
    reach = _reach(thigh, shin, float(mix(knee, STRAIGHTEST, walking)))
    heights = []
    for hip, ankle in zip(hips, ankles, strict=True):
        flat = float(np.linalg.norm((over + hip - ankle)[:2]))
        heights.append(ankle[2] + np.sqrt(max(reach**2 - flat**2, 0.0)) - hip[2])
    return over + [0.0, 0.0, _soft_min(heights)]


def _soft_min(heights: list[float]) -> float:
    """The lower of two heights without a kink where they cross (within 3 cm)."""
    a, b = min(heights), max(heights)
    width = 0.03
    return a - width / 4 * max(1 - (b - a) / width, 0.0) ** 2 if b - a > 1e-6 else a


def _basis(along: Array, normal: Array) -> Array:
    """Right-handed axes from a bone's direction and the normal of the plane it bends in, [3, 3]."""
    a = along / np.linalg.norm(along)
    n = normal - np.dot(normal, a) * a
    n /= np.linalg.norm(n)
    return np.stack([a, n, np.cross(a, n)], axis=1)


def _leg(
    skeleton: Skeleton, letter: str, hip: Array, ankle: Array, foot: Array
) -> dict[str, Array]:
    """World turns of thigh, shin and foot for planted feet; the knee bends towards the toes."""
    rest = [skeleton.at(f"{b}.{letter}") for b in ("upperleg01", "lowerleg01", "foot")]
    toe = skeleton.at(f"toe3-1.{letter}") - rest[2]
    toe_out = np.rad2deg(np.arctan2(toe[0], -toe[1]))
    ahead = rotate(2, foot[3]) @ FORWARD
    thigh, shin = _lengths(skeleton)
    line = ankle - hip
    far = min(float(np.linalg.norm(line)), thigh + shin - 1e-4)
    line = line / np.linalg.norm(line)
    along = (thigh**2 - shin**2 + far**2) / (2 * far)
    pole = ahead - np.dot(ahead, line) * line
    pole /= np.linalg.norm(pole)
    knee = hip + along * line + np.sqrt(max(thigh**2 - along**2, 0.0)) * pole
    normal, rest_normal = np.cross(line, pole), np.cross(rest[2] - rest[0], toe)
    upper = _basis(knee - hip, normal) @ _basis(rest[1] - rest[0], rest_normal).T
    lower = _basis(ankle - knee, normal) @ _basis(rest[2] - rest[1], rest_normal).T
    sole = rotate(2, foot[3]) @ rotate(0, foot[4]) @ rotate(2, -toe_out)
    turns = {f"upperleg0{k}.{letter}": upper for k in (1, 2)}
    turns |= {f"lowerleg0{k}.{letter}": lower for k in (1, 2)}
    return turns | {f"foot.{letter}": sole}


def _arm(
    skeleton: Skeleton, letter: str, chest: Array, arm: Array, sign: float
) -> dict[str, Array]:
    """World turns of upper arm and forearm from shoulder and elbow angles (degrees)."""
    forward, out, elbow = arm
    rest = [skeleton.at(f"{b}.{letter}") for b in ("upperarm01", "lowerarm01", "wrist")]
    swing = chest @ rotate(0, -forward) @ rotate(1, -sign * out)
    along = swing @ np.array([0.0, 0.0, -1.0])
    inward = swing @ np.array([-sign * 0.5, 0.0, 0.0])
    pole = swing @ FORWARD + inward
    pole = pole - np.dot(pole, along) * along
    pole /= np.linalg.norm(pole)
    bend = np.deg2rad(elbow)
    fore = np.cos(bend) * along + np.sin(bend) * pole
    normal = np.cross(along, pole)
    rest_normal = np.cross(rest[1] - rest[0], rest[2] - rest[1])
    upper = _basis(along, normal) @ _basis(rest[1] - rest[0], rest_normal).T
    lower = _basis(fore, normal) @ _basis(rest[2] - rest[1], rest_normal).T
    turns = {f"upperarm0{k}.{letter}": upper for k in (1, 2)}
    return turns | {f"lowerarm0{k}.{letter}": lower for k in (1, 2)}
