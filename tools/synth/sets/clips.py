"""One clip of a set: the recording, its labels and its joints, written whole or not at all."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from tools.synth import encode
from tools.synth.sets import labels, shoot
from tools.synth.sets.order import draw
from tools.synth.sets.recipe import Spec
from tools.synth.sets.shoot import Shoot
from tools.synth.sets.studio import Studio


def shot(spec: Spec, index: int) -> Shoot:
    """Clip `index` of a set, decided but not drawn."""
    source = spec.source(index)
    ordering, making = source.spawn(2)
    order = draw(spec, index, np.random.default_rng(ordering))
    plan = shoot.plan(
        order,
        making,
        handheld=spec.handheld,
        film=spec.film,
        blur=spec.blur,
        hidden=spec.hidden,
        room=spec.room,
    )
    return shoot.alone(plan) if spec.alone else plan


def make(spec: Spec, index: int, folder: Path) -> dict[str, Any]:
    """Writes clip `index` as NAME.mp4, NAME.npz (`labels.arrays`) and NAME.json.

    The label file comes last and by renaming, so that where it is the clip is whole.

    Returns:
        What the label file says.
    """
    name = f"{index:06d}"
    plan = shot(spec, index)
    studio = Studio(plan)
    clip, part = folder / f"{name}.mp4", folder / f"{name}.part.mp4"
    encode.write(
        part, studio.pictures(), plan.camera.size, fps=plan.order.fps, quality=23, preset="veryfast"
    )
    found = labels.arrays(plan)
    told = {"clip": clip.name, "set": spec.name, "seed": spec.seed, "index": index}
    told |= labels.describe(plan, found)
    told["sha256"] = encode.sha256(part)
    part.rename(clip)
    np.savez_compressed(folder / f"{name}.npz", **found)
    draft = folder / f"{name}.json.part"
    draft.write_text(json.dumps(told), encoding="utf-8")
    draft.rename(folder / f"{name}.json")
    return told
