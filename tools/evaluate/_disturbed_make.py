"""Landmarks of hard sets as the box would see them, with what is true of each.

Motion, cameras and the model of the network's errors are those of `tools.synth`, and so are the
packages that it takes.
"""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from gymbox.cli.progress import Progress
from tools.evaluate._disturbed_made import VISIT
from tools.evaluate._disturbed_plans import HALF, PLANS, Plan
from tools.synth.moves import exercise as exercises
from tools.synth.moves import take
from tools.synth.sensor import sensor
from tools.synth.sensor.features import VIEWS, views
from tools.synth.sets import labels, recipe, sequences, shoot
from tools.synth.sets.order import Order, draw, moved
from tools.synth.sets.person import Person, person
from tools.synth.sets.recipe import Spec

CAMERAS = 3
"""That look at each performance."""
TALL = 0.9
"""Depth from which a deadlift is stood up with."""
FPS = (30.0, 15.0)
"""Of steady sets, so that frames can be dropped, and of the others."""


def make(folder: Path, seed: int, performances: int) -> None:
    """Writes NAME.npz and NAME.json of every kind, exercise, performance and camera."""
    folder.mkdir(parents=True, exist_ok=True)
    model = sensor.load()
    spec = replace(recipe.read()["test"], seed=seed, faults=0.0, others=0.0)
    steady = next(iter(PLANS))
    jobs = [
        (kind, name, again)
        for kind in (*PLANS, VISIT)
        for name in exercises.names()
        for again in range(performances)
    ]
    progress = Progress("making", len(jobs))
    for number, (kind, name, again) in enumerate(jobs):
        acting, *looking = np.random.SeedSequence((seed, number)).spawn(1 + CAMERAS)
        fps = FPS[kind != steady]
        order, athlete = _perform(spec, kind, name, fps, np.random.default_rng(acting))
        for camera, source in enumerate(looking):
            rng = np.random.default_rng(source)
            seen, facts = _look(spec, moved(order, spec, rng), athlete, model, rng)
            facts |= {"exercise": name, **_truth(athlete, kind)}
            stem = f"{number:05d}_{again}_{camera}"
            (folder / f"{stem}.npz").write_bytes(_packed(seen))
            (folder / f"{stem}.json").write_text(json.dumps(facts), encoding="utf-8")
        progress.step()
    progress.close()


def _perform(
    spec: Spec, kind: str, name: str, fps: float, rng: np.random.Generator
) -> tuple[Order, Person]:
    spec = replace(spec, exercises=(name,), unknown=0.0, fps=(fps,), partial=0.0, reps=(3, 5))
    if kind == VISIT:
        spec = replace(spec, before=None, after=None, idle=1.0)
    order = replace(draw(spec, 0, rng), fps=fps)
    if kind == VISIT:
        return order, shoot.perform(order, rng)
    return order, person(rng, lambda body, chance: _planned(PLANS[kind], order, body, chance))


def _planned(plan: Plan, order: Order, body: Any, rng: np.random.Generator) -> take.Take:  # noqa: ANN401 (a body of anny)
    exercise = exercises.load(order.exercise or "", order.variant)
    pause = rng.uniform(0.6, 1.4, 2)
    return take.work(
        exercise,
        body.skeleton,
        rng,
        fps=order.fps,
        before=float(pause[0]),
        after=float(pause[1]),
        plan=plan(exercise, rng),
    ).take


def _look(
    spec: Spec, order: Order, athlete: Person, model: sensor.Sensor, rng: np.random.Generator
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What one camera sees of it."""
    every = max(len(athlete.take.times) // sequences.ENOUGH, 1)
    camera = shoot.place(order, athlete, rng, handheld=spec.handheld, every=every)
    pixels = sequences.pixels(camera, athlete.joints)
    truth = labels.recorded(athlete, camera, pixels, order.fps)
    view = int(np.bincount(views(truth), minlength=len(VIEWS)).argmax())
    seen = model.observe(truth, rng)
    return {**seen, "t": truth["t"], "fps": order.fps, "size": order.size}, {"view": VIEWS[view]}


def _truth(athlete: Person, kind: str) -> dict[str, Any]:
    reps = athlete.take.reps
    whole = [rep for rep in reps if rep.depth > HALF]
    # A deadlift that is not stood up with is none: there a shorter one may count or not.
    full = [rep for rep in whole if rep.depth > TALL or athlete.take.exercise != "deadlift"]
    return {
        "kind": kind,
        "low": len(full),
        "high": len(whole),
        "reps": [(round(rep.begin, 3), round(rep.end, 3)) for rep in whole],
    }


def _packed(seen: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **{k: np.asarray(v) for k, v in seen.items()})
    return file.getvalue()
