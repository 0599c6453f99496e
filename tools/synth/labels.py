"""What is true of a clip, taken from its script and motion and never from its pictures."""

from typing import Any

import numpy as np

from tools.synth.curves import Array
from tools.synth.motion import Motion
from tools.synth.script import Script

STILL = 0.03
"""Depth below which the athlete stands."""


def phases(script: Script, motion: Motion, seen: list[str]) -> list[str]:
    """What happens in each frame.

    Args:
        script: the script.
        motion: its postures.
        seen: for each frame `none`, `part` or `whole`: how much of the athlete is in the picture.

    Returns:
        For each frame `empty`, `walk_in`, `stand`, `down`, `bottom`, `up` or `walk_out`.
    """
    out = []
    for time, view in zip(motion.times, seen, strict=True):
        if view == "none":
            out.append("empty")
        elif time < script.arrived:
            out.append("walk_in")
        elif time >= script.leaves:
            out.append("walk_out")
        else:
            out.append(_in_stance(script, float(time)))
    return out


def _in_stance(script: Script, time: float) -> str:
    """Phase of a moment between walking in and walking out."""
    for rep in script.reps:
        if rep.begin <= time < rep.end:
            if time < rep.turn - rep.bottom / 2:
                return "down"
            return "bottom" if time < rep.turn + rep.bottom / 2 else "up"
    return "stand"


def in_view(points: Array, camera: Array, size: tuple[int, int]) -> str:
    """How much of world points [n, 3] a camera [3, 4] has in its picture: none, part, whole."""
    q = np.column_stack([points, np.ones(len(points))]) @ camera.T
    x, y = q[:, 0] / q[:, 2], q[:, 1] / q[:, 2]
    inside = (x >= 0) & (x < size[0]) & (y >= 0) & (y < size[1])
    if inside.all():
        return "whole"
    return "part" if inside.any() else "none"


def describe(script: Script, motion: Motion, seen: list[str], knees: Array) -> dict[str, Any]:
    """The label file without the clip's checksum.

    Args:
        script: the script.
        motion: its postures.
        seen: as for `phases`.
        knees: [frames, 2] knee angle in degrees, left and right; 180 is straight.
    """
    fps = script.data["fps"]
    reps = [
        {
            "begin": round(rep.begin, 3),
            "turn": round(rep.turn, 3),
            "end": round(rep.end, 3),
            "depth": rep.depth,
            "partial": rep.partial,
        }
        for rep in script.reps
    ]
    present = [i for i, view in enumerate(seen) if view != "none"]
    whole = [i for i, view in enumerate(seen) if view == "whole"]
    return {
        "exercise": script.data["exercise"],
        "recipe": {"tool": "tools.synth demo", "version": script.data["version"]},
        "seed": script.data["seed"],
        "fps": fps,
        "size": script.data["size"],
        "frames": len(seen),
        "seconds": round(len(seen) / fps, 3),
        "reps": sum(not rep.partial for rep in script.reps),
        "partials": sum(rep.partial for rep in script.reps),
        "repetitions": reps,
        "athlete": {
            "appears": round(present[0] / fps, 3),
            "wholly_in_view": round(whole[0] / fps, 3),
            "arrives": round(script.arrived, 3),
            "leaves": round(script.leaves, 3),
            "partly_out_of_view": round((whole[-1] + 1) / fps, 3),
            "gone": round((present[-1] + 1) / fps, 3),
        },
        "phase": phases(script, motion, seen),
        "in_view": seen,
        "knee_angle": [[round(float(k), 1) for k in pair] for pair in knees],
    }
