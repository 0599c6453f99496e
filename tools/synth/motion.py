"""The athlete's posture at every frame, from the script alone."""

from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array, ease, mix, smooth, through
from tools.synth.gait import LEFT, RIGHT, SIGN, foot_at
from tools.synth.script import JOINTS, Script

FINE = 8
"""Samples a frame while low-passing, so that the result hardly depends on the frame rate."""
SOFT = 0.13
"""Seconds, standard deviation: how softly the pelvis follows the feet."""


@dataclass(frozen=True, slots=True)
class Motion:
    """Posture over [n] frames; angles in degrees, lengths in metres.

    Attributes:
        times: [n] seconds.
        depth: [n] 0 standing, 1 the bottom.
        joints: by name of `script.JOINTS`, [n]; one value for both sides.
        walking: [n] 0 in the stance, 1 on the way.
        centre: [n, 2] x and y between the feet, which the pelvis follows while walking.
        heading: [n] of the pelvis.
        feet: [n, 2, 5] as `gait.foot_at`, left first.
        arms: [n, 2, 3] upper arm forward, to the side, elbow flexion.
        twist: [n] the chest against the pelvis while walking, left shoulder forward is positive.
    """

    times: Array
    depth: Array
    joints: dict[str, Array]
    walking: Array
    centre: Array
    heading: Array
    feet: Array
    arms: Array
    twist: Array


def depth_at(script: Script, times: Array) -> Array:
    """How deep the athlete is, 0 standing to 1, at any times (seconds)."""
    depth = np.zeros(len(times))
    for rep in script.reps:
        low, high = rep.turn - rep.bottom / 2, rep.turn + rep.bottom / 2
        down = ease((times - rep.begin) / (low - rep.begin), rep.early)
        up = ease((times - high) / (rep.end - high), 0.48)
        depth = np.maximum(depth, rep.depth * np.minimum(down, 1 - up))
    return depth


def joints_at(script: Script, depth: Array) -> dict[str, Array]:
    """Reads every joint's curve through the key poses at [n] depths."""
    poses = sorted(script.data["poses"], key=lambda pose: pose["depth"])
    stops = [pose["depth"] for pose in poses]
    return {name: through(stops, [pose[name] for pose in poses], depth) for name in JOINTS}


def move(script: Script) -> Motion:
    """Turns a script into postures."""
    rate = script.data["fps"] * FINE
    times = np.arange(script.frames * FINE) / rate
    walk = script.data["walk"]
    feet = np.stack(
        [
            foot_at([s for s in script.steps if s.side == side], walk, times)
            for side in (LEFT, RIGHT)
        ],
        axis=1,
    )
    middle = smooth(feet[:, :, [0, 1, 3]].mean(axis=1), rate, SOFT)
    walking = 1 - ease((times - script.arrived + 0.35) / 0.5)
    walking = np.maximum(walking, ease((times - script.leaves + 0.15) / 0.5))
    depth = depth_at(script, times)
    joints = joints_at(script, depth)
    ahead = _stride(feet, middle, rate)
    arms = _arms(joints, ahead, walking)
    heading = middle[:, 2] - 6.0 * np.clip(ahead / 0.3, -1, 1) * walking
    _breathe(script, joints, times)
    keep = slice(None, None, FINE)
    return Motion(
        times=times[keep],
        depth=depth[keep],
        joints={name: values[keep] for name, values in joints.items()},
        walking=walking[keep],
        centre=middle[keep, :2],
        heading=heading[keep],
        feet=feet[keep],
        arms=arms[keep],
        twist=(14.0 * np.clip(ahead / 0.3, -1, 1) * walking)[keep],
    )


def _stride(feet: Array, middle: Array, rate: int) -> Array:
    """Half the metres by which the left foot is ahead of the right one, softly."""
    turn = np.deg2rad(middle[:, 2])
    apart = feet[:, LEFT, :2] - feet[:, RIGHT, :2]
    return smooth((apart[:, 0] * np.sin(turn) - apart[:, 1] * np.cos(turn)) / 2, rate, 0.08)


def _arms(joints: dict[str, Array], ahead: Array, walking: Array) -> Array:
    """Both arms: with the pose in the stance, against the legs while walking."""
    arms = np.empty((len(ahead), 2, 3))
    for side in (LEFT, RIGHT):
        swing = -SIGN[side] * 85.0 * ahead
        arms[:, side, 0] = mix(joints["arm"], 4.0 + swing, walking)
        arms[:, side, 1] = mix(joints["arm_out"], 9.0, walking)
        arms[:, side, 2] = mix(joints["elbow"], 22.0 + 0.4 * swing, walking)
    return arms


def _breathe(script: Script, joints: dict[str, Array], times: Array) -> None:
    """Adds breath and a little sway to trunk and head, its phase from the seed."""
    phase = np.random.default_rng(script.data["seed"]).uniform(0, 2 * np.pi, 3)
    joints["round"] = joints["round"] + 0.8 * np.sin(2 * np.pi * times / 3.1 + phase[0])
    joints["lean"] = joints["lean"] + 0.5 * np.sin(2 * np.pi * times / 4.7 + phase[1])
    joints["look"] = joints["look"] + 1.2 * np.sin(2 * np.pi * times / 5.9 + phase[2])
