"""The bundled demo clip: the set `demo` of the recipe, with labels for every frame."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from gymbox.errors import GymboxError
from gymbox.motion.landmarks import Landmark
from tools.synth import encode
from tools.synth.curves import Array
from tools.synth.sets import clips, labels, recipe
from tools.synth.sets.shoot import Shoot
from tools.synth.sets.studio import Picture, Studio

NAME = "squats"
LEGS = (
    (Landmark.LEFT_HIP, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE),
    (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE),
)


def make(folder: Path, path: Path = recipe.DEFAULT) -> Path:
    """Renders the clip and writes the labels beside it.

    Args:
        folder: where `squats.mp4` and `squats.json` go; made if absent.
        path: the recipe.

    Returns:
        The clip.

    Raises:
        InputError: the recipe is missing or wrong.
        GymboxError: the extra `synth` or ffmpeg is missing, or the folder is read-only.
    """
    spec = recipe.read(path)["demo"]
    plan = clips.shot(spec, 0)
    clip = folder / f"{NAME}.mp4"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pictures = _pictures(plan, round(spec.tail * plan.order.fps))
        encode.write(clip, pictures, plan.camera.size, plan.order.fps)
        told = describe(plan, spec)
        told["clip"] = {
            "file": clip.name,
            "bytes": clip.stat().st_size,
            "sha256": encode.sha256(clip),
        }
        clip.with_suffix(".json").write_text(_compact(told), encoding="utf-8")
    except OSError as error:
        raise GymboxError(
            f"{folder} cannot be written ({error.strerror})", "name another folder"
        ) from error
    return clip


def _pictures(plan: Shoot, tail: int) -> Iterator[Picture]:
    studio = Studio(plan)
    yield from studio.pictures()
    yield from (studio.empty(plan.frames + k) for k in range(tail))


def describe(plan: Shoot, spec: recipe.Spec) -> dict[str, Any]:
    """The labels: those of any clip, and how much of the athlete is seen, and the knees."""
    found = labels.arrays(plan)
    tail = round(spec.tail * plan.order.fps)
    told = labels.describe(plan, found)
    seen = [_seen(share) for share in found["visibility"].mean(axis=1)] + ["none"] * tail
    knees = [[round(float(a), 1) for a in pair] for pair in _knees(plan)]
    fps = plan.order.fps
    present = [i for i, view in enumerate(seen) if view != "none"]
    whole = [i for i, view in enumerate(seen) if view == "whole"]
    working = [i for i, phase in enumerate(plan.people[0].take.phases) if phase != "idle"]
    times = {
        "appears": present[0],
        "wholly_in_view": whole[0],
        "arrives": working[0],
        "leaves": working[-1] + 1,
        "partly_out_of_view": whole[-1] + 1,
        "gone": present[-1] + 1,
    }
    return told | {
        "recipe": {"tool": "tools.synth demo", "set": spec.name, "first": spec.first},
        "seed": spec.seed,
        "frames": len(seen),
        "seconds": round(len(seen) / fps, 3),
        "athlete": {name: round(frame / fps, 3) for name, frame in times.items()},
        "phase": told["phase"] + ["empty"] * tail,
        "in_view": seen,
        "knee_angle": knees + [knees[-1]] * tail,
    }


def _seen(share: float) -> str:
    if share >= 1:
        return "whole"
    return "part" if share > 0 else "none"


def _knees(plan: Shoot) -> Array:
    """Both knee angles, [n, 2] degrees; 180 is straight."""
    joints = plan.people[0].joints
    angles = []
    for hip, knee, ankle in LEGS:
        a, b = joints[:, hip] - joints[:, knee], joints[:, ankle] - joints[:, knee]
        cosine = (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
        angles.append(np.rad2deg(np.arccos(np.clip(cosine, -1, 1))))
    return np.stack(angles, axis=1)


def _compact(told: dict[str, Any]) -> str:
    """JSON with one line for each entry, lists of frames included."""
    lines = []
    for key, value in told.items():
        if key == "repetitions":
            inner = ",\n    ".join(json.dumps(rep) for rep in value)
            lines.append(f'  "{key}": [\n    {inner}\n  ]')
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
