"""Arms, legs and fingers: world turns of their bones from joint angles or from planted feet."""

import numpy as np

from tools.synth.curves import Array
from tools.synth.skeleton import FORWARD, Skeleton, about, lengths, rotate

CURL = (18.0, 22.0, 14.0)
"""Degrees that the joints of a relaxed finger bend; a little more towards the small finger."""
SUPINE = 50.0
"""Degrees that the forearms of hanging arms turn the thumbs forward."""


def leg(skeleton: Skeleton, letter: str, hip: Array, ankle: Array, foot: Array) -> dict[str, Array]:
    """World turns of thigh, shin and foot for planted feet; the knee bends towards the toes."""
    rest = [skeleton.at(f"{b}.{letter}") for b in ("upperleg01", "lowerleg01", "foot")]
    toe = skeleton.at(f"toe3-1.{letter}") - rest[2]
    toe_out = np.rad2deg(np.arctan2(toe[0], -toe[1]))
    ahead = rotate(2, foot[3]) @ FORWARD
    thigh, shin = lengths(skeleton)
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


def arm(skeleton: Skeleton, letter: str, chest: Array, arm: Array, sign: float) -> dict[str, Array]:
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
    inwards = sign * SUPINE * max(1.0 - forward / 70.0, 0.0)
    for k in (1, 2):
        turns[f"lowerarm0{k}.{letter}"] = about(fore, inwards * k / 2) @ lower
    return turns


def curl(skeleton: Skeleton, letter: str) -> dict[str, Array]:
    """Relaxed fingers: every joint bent a little about the line across the knuckles."""
    across = skeleton.at(f"finger5-1.{letter}") - skeleton.at(f"finger2-1.{letter}")
    sign = 1.0 if letter == "L" else -1.0
    turns = {}
    for finger in range(2, 6):
        for joint, bend in enumerate(CURL, start=1):
            turns[f"finger{finger}-{joint}.{letter}"] = about(across, sign * (bend + 3.0 * finger))
    return turns


def _basis(along: Array, normal: Array) -> Array:
    """Right-handed axes from a bone's direction and the normal of the plane it bends in, [3, 3]."""
    a = along / np.linalg.norm(along)
    n = normal - np.dot(normal, a) * a
    n /= np.linalg.norm(n)
    return np.stack([a, n, np.cross(a, n)], axis=1)
