"""The search for the network's shape: `python -m tools.convert.sequence.study`.

Every trial trains briefly on synthetic athletes alone and is judged by synthetic performances that
it has not seen and by real clips of the scenes that `tools.evaluate counts` develops on, but for
those of the athlete who alone shows what is unknown: his scene and the held-out ones stay unseen by
the choice. The first trials change one thing at a time; the others are Optuna's. Runs go on where
they were stopped, and several may run at once.
"""

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import optuna
import torch
from numpy.typing import NDArray

from gymbox.motion import features
from tools.convert.sequence import pools, recipe, sources
from tools.convert.sequence.fit import Look, Plan, fit, macro_f1, probabilities
from tools.convert.sequence.labels import LABELS, UNKNOWN
from tools.convert.sequence.net import SequenceModel, Shape
from tools.convert.sequence.sampling import Batch, Source, View, plain
from tools.convert.sequence.windows import Variation, ends
from tools.evaluate._count_clips import DEV, split

NAME = "sequence"
FEATURES: dict[str, tuple[str, ...]] = {
    "image": (),
    "body": ("body", "seen"),
    "angles": ("angles", "speeds", "seen"),
    "body+angles": ("body", "angles", "seen"),
    "all": tuple(features.PARTS),
}
PLAN = Plan(steps=240, every=80, patience=0)
WINDOWS = 16000
"""Of the synthetic ones."""
BASE: dict[str, Any] = {
    "features": "all",
    "length": 30,
    "front": 64,
    "kernel": 3,
    "hidden": 48,
    "attention": True,
    "both": False,
    "rate": 2e-3,
}
ONE_BY_ONE: tuple[dict[str, Any], ...] = (
    {},
    *({"features": name} for name in ("image", "body", "angles", "body+angles")),
    {"front": 0},
    {"attention": False},
    {"front": 0, "attention": False},
    {"length": 20},
    {"hidden": 24, "front": 32},
    {"hidden": 96, "front": 96},
    {"both": True},
)


@dataclass(frozen=True, slots=True)
class Material:
    """What the trials share: windows of all features, and picture coordinates of others."""

    made: dict[bool, pools.Pool]
    check: dict[bool, Batch]
    real: dict[bool, Batch]
    told: NDArray[np.bool_]
    track: NDArray[np.intp]


def main() -> None:
    """Runs so many trials and writes the table of all."""
    parser = argparse.ArgumentParser(description="Search for the shape of the sequence net.")
    sources.add_arguments(parser)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--trials", type=int, default=12)
    parser.add_argument("--out", type=Path, default=Path("docs/reports/sequence/study.csv"))
    args = parser.parse_args()
    material = gather(args)
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(
        study_name=NAME,
        storage=f"sqlite:///{args.cache / 'study.sqlite'}",
        direction="maximize",
        load_if_exists=True,
        sampler=optuna.samplers.TPESampler(),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=len(ONE_BY_ONE)),
    )
    if not study.trials:
        for change in ONE_BY_ONE:
            study.enqueue_trial(BASE | change)
    study.optimize(lambda trial: judge(trial, material), n_trials=args.trials)
    write(study, args.out)


def gather(args: argparse.Namespace) -> Material:
    """Windows for all trials, kept in the cache."""
    data = recipe.gather(args)
    parts = split(sources.real_clips(args))
    chosen = ends(data.real, recipe.LENGTH)
    scene = data.real.group[chosen.track]
    alone = {str(s) for s in data.real.group[data.real.label == LABELS.index(UNKNOWN)]}
    told = np.array([parts[s] == DEV and s not in alone for s in scene.tolist()])
    views = {False: View(recipe.LENGTH, np.arange(features.COUNT)), True: View(recipe.LENGTH, None)}
    made, check = {False: data.synthetic}, {False: data.check}
    trained, judged = [], []
    for folder, store in sources.synthetic_stores(args).items():
        if folder.name not in recipe.SOURCES:
            continue
        windows = ends(store, recipe.LENGTH)
        kept = recipe.kept(store)[windows.track]
        trained.append(
            (Source(store, windows.where(~kept), views[True], Variation()), WINDOWS // 2)
        )
        judged.append((Source(store, windows.where(kept), views[True], Variation()), 1000))
    made[True] = pools.make(args.cache / "image", trained, args.seed)
    check[True] = pools.make(args.cache / "image-check", judged, args.seed + 1)
    every = slice(None)
    return Material(
        made=made,
        check={image: pool.batch(np.arange(len(pool)), every) for image, pool in check.items()},
        real={image: plain(data.real, chosen, view) for image, view in views.items()},
        told=told,
        track=chosen.track,
    )


def judge(trial: optuna.Trial, material: Material) -> float:
    """Trains one network briefly; the mean of both macro F1."""
    name = trial.suggest_categorical("features", list(FEATURES))
    length = trial.suggest_categorical("length", [20, 30])
    shape = {
        "front": trial.suggest_categorical("front", [0, 32, 64, 96]),
        "kernel": trial.suggest_categorical("kernel", [3, 5]),
        "hidden": trial.suggest_categorical("hidden", [24, 48, 64, 96]),
        "attention": trial.suggest_categorical("attention", [True, False]),
        "both": trial.suggest_categorical("both", [False, True]),
    }
    rate = trial.suggest_float("rate", 8e-4, 5e-3, log=True)
    image = name == "image"
    pool = material.made[image]
    columns = np.arange(pool.inputs.shape[2]) if image else features.columns(*FEATURES[name])
    some = np.linspace(0, len(pool) - 1, WINDOWS).astype(int)

    def cut(batch: Batch) -> Batch:
        return batch[0][:, -length:][..., columns], batch[1]

    torch.manual_seed(trial.number)
    torch.set_num_threads(1)
    model = SequenceModel(Shape(inputs=len(columns), length=length, **shape))
    first, _ = cut(pool.batch(some[::8], slice(None)))
    flat = torch.from_numpy(first.reshape(-1, len(columns)))
    model.standardise(flat.mean(0), flat.std(0) + 0.02)
    rng = np.random.default_rng(trial.number)
    plan = Plan(PLAN.steps, rate, PLAN.size, PLAN.every, PLAN.patience)
    stream = pools.stream([(pool, some, plan.size)], slice(None), rng)
    check, real = cut(material.check[image]), cut(material.real[image])

    def told(look: Look) -> bool:
        trial.report(look.macro_f1, look.epoch)
        return trial.should_prune()

    looks = fit(model, map(cut, stream), plan, validation=check, told=told)
    scores = probabilities(model, real[0]).argmax(1)
    synthetic = max(look.macro_f1 for look in looks if look.split == "validation")
    people = macro_f1(real[1][material.told], scores[material.told])
    trial.set_user_attr("synthetic", round(synthetic, 4))
    trial.set_user_attr("real, developed on", round(people, 4))
    trial.set_user_attr("multiply-adds", model.shape.multiplies)
    if looks[-1].epoch < plan.steps:
        raise optuna.TrialPruned
    return (synthetic + people) / 2


def write(study: optuna.Study, path: Path) -> None:
    """The table of all trials, the best first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    done = [trial for trial in study.trials if trial.user_attrs]
    done.sort(key=lambda trial: -(trial.value or 0.0))
    keys = ["value", "synthetic", "real, developed on", "multiply-adds", *BASE, "state", "number"]
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, keys)
        table.writeheader()
        for trial in done:
            row = {**trial.user_attrs, **trial.params, "state": trial.state.name.lower()}
            row["rate"] = f"{row['rate']:.5f}"
            value = "" if trial.value is None else f"{trial.value:.4f}"
            table.writerow(row | {"value": value, "number": trial.number})


if __name__ == "__main__":
    main()
