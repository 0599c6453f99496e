"""Landmark sequences without pictures: motion, camera, joints, and what the box makes of them.

A motion costs far more than a look at it, so several cameras look at each performance. Where the
rooms, clothes and props of clips are not needed, they are not made.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tools.synth import encode
from tools.synth.curves import Array
from tools.synth.sensor import sensor
from tools.synth.sensor.features import VIEWS, views
from tools.synth.sets import labels, shoot
from tools.synth.sets.order import Order, draw, moved
from tools.synth.sets.person import Person
from tools.synth.sets.recipe import Spec
from tools.synth.sets.shards import PHASES, packed
from tools.synth.world.camera import Camera
from tools.synth.world.pinhole import projection

PERFORMANCES = 125
"""In a shard."""
SECONDS = (4.0, 12.0)
"""How long a camera looks, from and to; less if the performance is shorter."""
ENOUGH = 48
"""Frames that tell how far away a camera has to stand."""
COMPLETE, PARTIAL = 1, 2


@dataclass(frozen=True, slots=True)
class Sequence:
    """What the box saw of one stretch of a performance through one camera.

    Attributes:
        frames: arrays of each frame, see `shards`.
        facts: what holds for all of them.
    """

    frames: dict[str, Array]
    facts: dict[str, Any]


def make(spec: Spec, index: int, folder: Path) -> dict[str, Any]:
    """Writes shard `index` as NAME.npz (`shards.packed`) and NAME.json.

    Returns:
        What the label file says.
    """
    found = list(shard(spec, index))
    name = f"{index:06d}"
    path = folder / f"{name}.npz"
    np.savez(path, **packed(found))
    told = {
        "shard": path.name,
        "set": spec.name,
        "seed": spec.seed,
        "index": index,
        "sequences": len(found),
        "frames": sum(len(one.frames["t"]) for one in found),
        "seconds": round(sum(len(one.frames["t"]) / one.facts["fps"] for one in found), 1),
        "exercise": _counts(one.facts["exercise"] for one in found),
        "view": _counts(VIEWS[one.facts["view"]] for one in found),
        "fps": _counts(f"{one.facts['fps']:g}" for one in found),
        "fault": _counts(name for one in found for name in one.facts["faults"]),
        "repetitions": int(sum((one.frames["rep"] == COMPLETE).sum() for one in found)),
        "lost": int(sum(np.isnan(one.frames["score"]).sum() for one in found)),
        "sha256": encode.sha256(path),
    }
    draft = folder / f"{name}.json.part"
    draft.write_text(json.dumps(told), encoding="utf-8")
    draft.rename(folder / f"{name}.json")
    return told


def shard(spec: Spec, index: int, performances: int = PERFORMANCES) -> Iterator[Sequence]:
    """All sequences of a shard; `spec.stills` cameras look at each of its performances."""
    first = index * performances
    for number in range(first, first + performances):
        ordering, acting, *looking = spec.source(number).spawn(2 + spec.stills)
        order = draw(spec, number, np.random.default_rng(ordering))
        athlete = shoot.perform(order, np.random.default_rng(acting))
        for source in looking:
            yield _looked(spec, number, order, athlete, np.random.default_rng(source))


def _looked(
    spec: Spec, number: int, order: Order, athlete: Person, rng: np.random.Generator
) -> Sequence:
    """What one camera makes of a performance."""
    take = athlete.take
    order = moved(order, spec, rng)
    every = max(len(take.times) // ENOUGH, 1)
    camera = shoot.place(order, athlete, rng, handheld=spec.handheld, every=every)
    count = min(round(rng.uniform(*SECONDS) * order.fps), len(take.times))
    begin = int(rng.integers(len(take.times) - count + 1))
    chosen = slice(begin, begin + count)
    whole = labels.recorded(athlete, camera, pixels(camera, athlete.joints), order.fps)
    truth = {key: rows if key in {"fps", "size"} else rows[chosen] for key, rows in whole.items()}
    truth["t"] = truth["t"] - truth["t"][0]
    seen = _box().observe(truth, rng)
    phase = np.array([PHASES.index(name) for name in take.phases[chosen]], np.uint8)
    frames = {**seen, "depth": truth["depth"], "phase": phase, "rep": _ends(athlete)[chosen]}
    facts = {
        "performance": number,
        "exercise": take.exercise,
        "faults": take.faults,
        "fps": order.fps,
        "size": order.size,
        "view": int(np.bincount(views(truth), minlength=len(VIEWS)).argmax()),
        "camera": (order.azimuth, order.height, order.view),
        "stature": athlete.body.height,
    }
    return Sequence(frames, facts)


def pixels(camera: Camera, joints: Array) -> Array:
    """Pixels of joints [n, 33, 3] as `labels.project` has them, all frames at once."""
    width, height = camera.size
    still = projection(camera.poses[0], camera.view, camera.size)
    flat = joints @ still[:, :3].T + still[:, 3]
    focal = height / 2 / np.tan(np.deg2rad(camera.view) / 2)
    inside = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1.0]])
    flip = np.diag([1.0, -1.0, -1.0])
    turns = camera.poses[:, :3, :3].transpose(0, 2, 1) @ camera.poses[0, :3, :3]
    shake = inside @ flip @ turns @ flip @ np.linalg.inv(inside)
    flat = flat @ shake.transpose(0, 2, 1)
    ahead = flat[..., 2] > labels.AHEAD
    out = flat[..., :2] / np.where(ahead, flat[..., 2], 1.0)[..., None]
    return np.where(ahead[..., None], out, np.nan)


def _ends(athlete: Person) -> Array:
    """Which repetition ends in each frame, [n]: none, a complete or a partial one."""
    times = athlete.take.times
    out = np.zeros(len(times), np.uint8)
    for rep in athlete.take.reps:
        frame = min(int(np.searchsorted(times, rep.end)), len(times) - 1)
        out[frame] = PARTIAL if rep.partial else COMPLETE
    return out


@cache
def _box() -> sensor.Sensor:
    """The model of the box's pose step; read once a process."""
    return sensor.load()


def _counts(values: Iterable[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for value in values:
        out[value] = out.get(value, 0) + 1
    return dict(sorted(out.items()))
