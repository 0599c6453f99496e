"""What is true of a clip: from the motion and the camera, never from the pictures."""

from typing import Any

import numpy as np

from tools.synth.curves import Array
from tools.synth.sets.person import Person
from tools.synth.sets.shoot import Shoot
from tools.synth.world.camera import Camera

AHEAD = 0.05
"""Metres before the lens from which something is seen."""


def project(shoot: Shoot, points: Array) -> Array:
    """Pixels of points [n, k, 3] of each frame, [n, k, 2]; NaN behind the camera."""
    out = np.full((*points.shape[:2], 2), np.nan)
    for frame, frame_points in enumerate(points):
        matrix = shoot.matrix(frame)
        flat = frame_points @ matrix[:, :3].T + matrix[:, 3]
        ahead = flat[:, 2] > AHEAD
        out[frame, ahead] = flat[ahead, :2] / flat[ahead, 2:]
    return out


def arrays(shoot: Shoot) -> dict[str, Array]:
    """What belongs to each frame, see `recorded`; `others` [people, n, 33, 2] pixels as well."""
    athlete, *others = shoot.people
    found = recorded(athlete, shoot.camera, project(shoot, athlete.joints), shoot.order.fps)
    if others:
        seen = [project(shoot, other.joints) for other in others]
        found["others"] = np.stack(seen).astype(np.float32)
    return found


def recorded(athlete: Person, camera: Camera, pixels: Array, fps: float) -> dict[str, Array]:
    """What belongs to each frame, in the form of `gymbox.motion.recording` and more.

    Args:
        athlete: who.
        camera: that looks.
        pixels: [n, 33, 2] where it sees the joints.
        fps: frames a second.

    Returns:
        `points` [n, 33, 3] as BlazePose has them: pixels, and z on their scale from the middle of
        the hips; `visibility` [n, 33], 1 in the picture and 0 outside; `world` [n, 33, 3] metres
        from the middle of the hips, in the camera's axes (x right, y down, z away); `score` [n],
        always 1; `t` [n] seconds; `fps`; `size`. Beyond that form, `depth` [n] of the repetition
        and `scale` [n], pixels that a metre at the hips takes.
    """
    width, height = camera.size
    inside = (pixels >= 0).all(axis=2) & (pixels < [width, height]).all(axis=2)
    middle = athlete.joints[:, 23:25].mean(axis=1, keepdims=True)
    turn = np.diag([1.0, -1.0, -1.0]) @ camera.poses[0, :3, :3].T
    world = (athlete.joints - middle) @ turn.T
    away = ((middle[:, 0] - camera.eye) @ turn.T)[:, 2]
    focal = height / 2 / np.tan(np.deg2rad(camera.view) / 2)
    scale = focal / np.maximum(away, 0.1)
    points = np.concatenate([pixels, world[..., 2:] * scale[:, None, None]], axis=2)
    return {
        "points": points.astype(np.float32),
        "visibility": inside.astype(np.float32),
        "world": world.astype(np.float32),
        "score": np.ones(len(points), np.float32),
        "t": athlete.take.times,
        "fps": np.asarray(fps),
        "size": np.asarray(camera.size),
        "depth": athlete.take.depth.astype(np.float32),
        "scale": scale.astype(np.float32),
    }


def describe(shoot: Shoot, found: dict[str, Array]) -> dict[str, Any]:
    """What belongs to the clip, for a .json file."""
    order, take = shoot.order, shoot.people[0].take
    reps = [
        {
            "begin": round(rep.begin, 3),
            "turn": round(rep.turn, 3),
            "end": round(rep.end, 3),
            "depth": round(rep.depth, 3),
            "partial": rep.partial,
        }
        for rep in take.reps
    ]
    return {
        "exercise": take.exercise,
        "variant": order.variant,
        "reps": sum(not rep.partial for rep in take.reps),
        "reps_max": sum(not rep.partial or rep.doubtful for rep in take.reps),
        "partials": sum(rep.partial for rep in take.reps),
        "repetitions": reps,
        "faults": {name: round(value, 3) for name, value in take.faults.items()},
        "before": list(order.before),
        "after": list(order.after),
        "fps": order.fps,
        "size": list(shoot.camera.size),
        "frames": shoot.frames,
        "phase": take.phases,
        "height": round(shoot.people[0].body.height, 3),
        "camera": {
            "azimuth": round(order.azimuth, 1),
            "height": round(order.height, 2),
            "view": round(order.view, 1),
            "distance": round(float(np.linalg.norm(shoot.camera.eye[:2])), 2),
        },
        "people": len(shoot.people),
        "passers": list(order.passers),
        "room": shoot.world.kind,
        "inside": round(float(found["visibility"].mean()), 3),
    }
