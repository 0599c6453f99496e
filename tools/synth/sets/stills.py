"""Pictures of a set: some moments of one shoot, with phase, exercise and boxes."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.synth.sets.clips import shot
from tools.synth.sets.recipe import Spec
from tools.synth.sets.shoot import Shoot
from tools.synth.sets.studio import Studio

OUTER = 1 / 3
"""Share of the way at either end that is called up or down."""
LEAST = 12
"""Pixels of somebody that must be seen for a box, each way."""
UNKNOWN = "unknown"

Box = tuple[int, int, int, int]


def make(spec: Spec, index: int, folder: Path) -> dict[str, Any]:
    """Writes the pictures of shoot `index` as NAME_K.jpg, their boxes as NAME_K.txt, and NAME.json.

    The boxes are in the form of YOLO: class, middle and size as shares of the picture; the classes
    are those of `classes`.

    Returns:
        What the label file says.
    """
    name = f"{index:06d}"
    plan = shot(spec, index)
    studio = Studio(plan)
    rng = np.random.default_rng(spec.source(index).spawn(3)[2])
    numbers, told = {kind: k for k, kind in enumerate(classes(spec))}, []
    for k, frame in enumerate(moments(plan, spec.stills, rng)):
        still = describe(plan, frame, boxes(studio.people(frame)))
        still["file"] = f"{name}_{k}.jpg"
        picture = cv2.cvtColor(studio.picture(frame), cv2.COLOR_RGB2BGR)
        cv2.imwrite(str(folder / still["file"]), picture, [cv2.IMWRITE_JPEG_QUALITY, 90])
        rows = [_yolo(numbers[kind], box, plan.camera.size) for kind, box in still["boxes"]]
        (folder / f"{name}_{k}.txt").write_text("".join(rows), encoding="utf-8")
        told.append(still)
    label = {
        "set": spec.name,
        "seed": spec.seed,
        "index": index,
        "exercise": plan.people[0].take.exercise,
        "variant": plan.order.variant,
        "faults": plan.people[0].take.faults,
        "size": list(plan.camera.size),
        "people": len(plan.people),
        "room": plan.world.kind,
        "stills": told,
    }
    draft = folder / f"{name}.json.part"
    draft.write_text(json.dumps(label), encoding="utf-8")
    draft.rename(folder / f"{name}.json")
    return label


def classes(spec: Spec) -> tuple[str, ...]:
    """Names of the classes of the boxes, by number: the exercises in order, and `unknown`."""
    return (*sorted(set(spec.exercises)), UNKNOWN)


def moments(plan: Shoot, count: int, rng: np.random.Generator) -> list[int]:
    """Frames, as evenly over up, down and neither as the shoot has them."""
    words = np.array([phase(plan, frame) for frame in range(plan.frames)])
    kinds = sorted(set(words))
    chosen = [int(rng.choice(np.flatnonzero(words == kinds[k % len(kinds)]))) for k in range(count)]
    return sorted(chosen)


def phase(plan: Shoot, frame: int) -> str:
    """`up` and `down` for the outer thirds of the way, `neither` for all else.

    Up is where the body or the weight is high: the start pose of an exercise that begins with the
    eccentric, the turn of one that begins with the concentric.
    """
    take = plan.people[0].take
    if take.phases[frame] == "idle" or plan.order.exercise is None:
        return "neither"
    depth = float(take.depth[frame])
    if OUTER <= depth <= 1 - OUTER:
        return "neither"
    return "up" if (depth < OUTER) == (plan.first == "eccentric") else "down"


def boxes(people: NDArray[np.uint8]) -> dict[int, Box]:
    """Boxes left, top, right, bottom (pixels, the last ones not inside) of whoever is seen.

    Args:
        people: [h, w] 0 nobody, 1 the athlete, 2 and up the others.
    """
    found = {}
    for person in np.unique(people[people > 0]):
        rows, columns = np.nonzero(people == person)
        box = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        if min(box[2] - box[0], box[3] - box[1]) >= LEAST:
            found[int(person)] = tuple(int(edge) for edge in box)
    return found


def describe(plan: Shoot, frame: int, found: dict[int, Box]) -> dict[str, Any]:
    """What is true of one picture."""
    take = plan.people[0].take
    busy = take.phases[frame] != "idle"
    exercise = take.exercise if busy else UNKNOWN
    return {
        "frame": frame,
        "phase": phase(plan, frame),
        "exercise": exercise,
        "depth": round(float(take.depth[frame]), 3),
        "boxes": [(exercise if who == 1 else UNKNOWN, box) for who, box in found.items()],
    }


def _yolo(number: int, box: Box, size: tuple[int, int]) -> str:
    left, top, right, bottom = box
    width, height = size
    values = ((left + right) / 2 / width, (top + bottom) / 2 / height)
    values += ((right - left) / width, (bottom - top) / height)
    return f"{number} " + " ".join(f"{value:.6f}" for value in values) + "\n"
