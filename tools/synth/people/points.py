"""The 33 joints of a body as BlazePose names them, from its bones and its skin.

Joints of the skeleton are the anatomical ones: the shoulder is the centre of the ball of the upper
arm, the hip that of the femur head. BlazePose puts its hips some centimetres higher and wider of
the middle in some views; that is the network's affair, and labels stay with the anatomy.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark
from tools.synth.people.body import Body, Floats

BONES = {
    "left_eye": "eye.L", "right_eye": "eye.R",
    "left_shoulder": "upperarm01.L", "right_shoulder": "upperarm01.R",
    "left_elbow": "lowerarm01.L", "right_elbow": "lowerarm01.R",
    "left_wrist": "wrist.L", "right_wrist": "wrist.R",
    "left_pinky": "finger5-1.L", "right_pinky": "finger5-1.R",
    "left_index": "finger2-1.L", "right_index": "finger2-1.R",
    "left_thumb": "finger1-2.L", "right_thumb": "finger1-2.R",
    "left_hip": "upperleg01.L", "right_hip": "upperleg01.R",
    "left_knee": "lowerleg01.L", "right_knee": "lowerleg01.R",
    "left_ankle": "foot.L", "right_ankle": "foot.R",
}  # fmt: skip
"""Joints that are heads of bones. The knuckles of BlazePose are those where the fingers begin;
its thumb point is the joint in the middle of the thumb."""
SKIN = {
    "nose": "nose",
    "left_eye_inner": "lid_in.L", "left_eye_outer": "lid_out.L",
    "right_eye_inner": "lid_in.R", "right_eye_outer": "lid_out.R",
    "left_ear": "ear.L", "right_ear": "ear.R",
    "mouth_left": "mouth.L", "mouth_right": "mouth.R",
    "left_heel": "heel.L", "right_heel": "heel.R",
    "left_foot_index": "big_toe.L", "right_foot_index": "big_toe.R",
}  # fmt: skip
"""Joints that are vertices of the skin."""
EYE_AHEAD = 0.013
"""The eye's bone begins in the middle of the ball; it is seen this many metres further ahead."""


def joints(body: Body, turns: NDArray[Any], heads: NDArray[Any]) -> Floats:
    """Where the joints are in the world.

    Args:
        body: whose.
        turns: [n, b, 3, 3] turns of the rest pose.
        heads: [n, b, 3] where the bones begin.

    Returns:
        [n, 33, 3] float32 in the order of `gymbox.motion.landmarks.Landmark`.
    """
    bone_rows, bones, skin_rows, vertices = _table(body.skeleton.names)
    out = np.empty((len(turns), 33, 3), np.float32)
    out[:, bone_rows] = heads[:, bones]
    eyes = [body.skeleton.names.index(f"eye.{letter}") for letter in "LR"]
    rows = [list(bones).index(k) for k in eyes]
    out[:, bone_rows[rows]] += (turns[:, eyes] @ [0.0, -EYE_AHEAD, 0.0]).astype(np.float32)
    named = np.array([body.topology.named[name] for name in vertices])
    out[:, skin_rows] = body.posed(body.matrices(turns, heads), named)
    return out


@lru_cache(maxsize=4)
def _table(
    names: tuple[str, ...],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], tuple[str, ...]]:
    """Rows of the joints that are bones, the bones, rows of those on the skin, the vertices."""
    row = {landmark.name.lower(): int(landmark) for landmark in Landmark}
    return (
        np.array([row[name] for name in BONES]),
        np.array([names.index(bone) for bone in BONES.values()]),
        np.array([row[name] for name in SKIN]),
        tuple(SKIN.values()),
    )
