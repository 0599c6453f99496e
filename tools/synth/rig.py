"""The rig: postures to bone transforms, with the feet planted by inverse kinematics."""

from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array, mix
from tools.synth.gait import ANKLE, LEFT, RIGHT, SIGN
from tools.synth.limbs import arm, curl, leg
from tools.synth.motion import Motion
from tools.synth.skeleton import FORWARD, Skeleton, lengths, rotate

SIDES = ("L", "R")
SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")
NECK = ("neck01", "neck02", "neck03", "head")
STRAIGHTEST = 5.0
"""Degrees of knee flexion that a walking leg keeps at its longest."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Bones of one frame: [bones, 3, 3] turns of the rest pose, [bones, 3] heads in the world."""

    turns: Array
    heads: Array


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
        turn[name] = rotate(2, -motion.twist[i] / len(SPINE)) @ rotate(
            0, joint["round"] / len(SPINE)
        )
    level = -(lean + joint["round"]) + joint["look"]
    for name in NECK:
        turn[name] = rotate(2, motion.twist[i] / len(NECK)) @ rotate(0, level / len(NECK))
    local = dict(turn)
    fixed: dict[str, Array] = {}
    for side, letter in enumerate(SIDES):
        hip = pelvis + turn["root"] @ (skeleton.at(f"upperleg01.{letter}") - skeleton.at("root"))
        fixed |= leg(skeleton, letter, hip, ankles[side], motion.feet[i, side])
        shrug = SIGN[side] * -0.12 * max(motion.arms[i, side, 0] - 20.0, 0.0)
        local[f"clavicle.{letter}"] = rotate(1, shrug)
        local |= curl(skeleton, letter)
        chest = yaw @ rotate(0, min(lean, 8.0))
        fixed |= arm(skeleton, letter, chest, motion.arms[i, side], SIGN[side])
    world = _chain(skeleton, local, fixed)
    return Placed(world, _heads(skeleton, world, pelvis))


def _chain(skeleton: Skeleton, local: dict[str, Array], fixed: dict[str, Array]) -> Array:
    """World turns from turns against the parent; `fixed` ones are in the world already."""
    turns = np.empty((len(skeleton.names), 3, 3))
    for k, (name, parent) in enumerate(zip(skeleton.names, skeleton.parents, strict=True)):
        if name in fixed:
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


def _reach(thigh: float, shin: float, flexion: float) -> float:
    """From hip to ankle with the knee bent by some degrees (law of cosines)."""
    return float(np.sqrt(thigh**2 + shin**2 + 2 * thigh * shin * np.cos(np.deg2rad(flexion))))


def _pelvis(skeleton: Skeleton, motion: Motion, i: int, root: Array, ankles: Array) -> Array:
    """Where the root goes: as the pose says, or as high as the legs reach while walking."""
    thigh, shin = lengths(skeleton)
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
    return over + np.array([0.0, 0.0, _soft_min(heights, 0.03 * walking)])


def _soft_min(heights: list[float], width: float) -> float:
    """The lower of two heights without a kink where they come within `width` metres."""
    a, b = min(heights), max(heights)
    return a - width / 4 * max(1 - (b - a) / max(width, 1e-9), 0.0) ** 2
