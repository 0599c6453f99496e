"""Makes the bundled demo clip and its labels."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import GymboxError
from tools.synth import body, encode, labels, motion, rig, script
from tools.synth.curves import Array
from tools.synth.skeleton import Skeleton, knee_angle

RECIPE = Path(__file__).with_name("demo.toml")
NAME = "squats"
LEGS = tuple((f"upperleg01.{s}", f"lowerleg01.{s}", f"foot.{s}") for s in "LR")


def make(folder: Path, recipe: Path = RECIPE) -> Path:
    """Renders the clip, encodes it and writes the labels beside it.

    Args:
        folder: where `squats.mp4` and `squats.json` go; made if absent.
        recipe: the script.

    Returns:
        The clip.

    Raises:
        InputError: the recipe is missing or wrong.
        GymboxError: the extra `synth`, OSMesa or ffmpeg is missing, or the folder is read-only.
    """
    plan = script.read(recipe)
    moves = motion.move(plan)
    athlete = body.load(plan.data["athlete"])
    placed = [rig.place(athlete.skeleton, moves, i) for i in range(len(moves.times))]
    from tools.synth import dress, render, room  # noqa: PLC0415 - these need the extra `synth`

    outfit = dress.dress(athlete, plan.data["seed"])
    size = (int(plan.data["size"][0]), int(plan.data["size"][1]))
    studio = render.Studio(room.build(plan.data["seed"]), plan.data["camera"], size)
    seen: list[str] = []

    def pictures() -> Iterator[NDArray[np.uint8]]:
        for i, pose in enumerate(placed):
            seen.append(labels.in_view(athlete.posed(pose, outfit.skin), studio.camera, size))
            yield studio.empty() if seen[-1] == "none" else studio.picture(athlete, outfit, pose)
            _progress(i + 1, len(placed))

    clip = folder / f"{NAME}.mp4"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        encode.write(clip, pictures(), size, plan.data["fps"])
        told = labels.describe(plan, moves, seen, _knees(athlete.skeleton, placed))
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


def _knees(skeleton: Skeleton, placed: list[rig.Placed]) -> Array:
    """Both knee angles in every frame, [frames, 2] degrees."""
    bones = [[skeleton.names.index(name) for name in leg] for leg in LEGS]
    return np.array([[knee_angle(*p.heads[leg]) for leg in bones] for p in placed])


def _compact(told: dict[str, object]) -> str:
    """JSON with one line for each entry, lists of frames included."""
    lines = []
    for key, value in told.items():
        if key == "repetitions":
            inner = ",\n    ".join(json.dumps(rep) for rep in value)  # type: ignore[attr-defined]
            lines.append(f'  "{key}": [\n    {inner}\n  ]')
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _progress(done: int, total: int) -> None:
    """A bar on a terminal, nothing elsewhere."""
    if sys.stderr.isatty():
        filled = 40 * done // total
        end = "\n" if done == total else ""
        print(f"\r[{'#' * filled:<40}] {done}/{total} frames", end=end, file=sys.stderr, flush=True)
