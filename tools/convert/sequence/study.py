"""The search for the network's shape: `python -m tools.convert.sequence.study`.

Every trial trains briefly on synthetic athletes alone, and is judged by synthetic performances and
real clips that it has not seen; see `study_data` for which. The first trials change one thing at a
time, each several times with other weights to begin with: that tells chance from merit. The others
are Optuna's. Runs go on where they were stopped.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import optuna
import torch
from optuna.trial import TrialState

from gymbox.errors import GymboxError
from gymbox.motion import features
from tools.convert.sequence import pools, sources, study_page
from tools.convert.sequence.fit import Look, Plan, fit, macro_f1, probabilities
from tools.convert.sequence.net import SequenceModel, Shape
from tools.convert.sequence.sampling import Batch
from tools.convert.sequence.study_data import LENGTHS, Material

NAME = "sequence"
IMAGE = "image"
FEATURES: dict[str, tuple[str, ...]] = {
    IMAGE: (),
    "body": ("body", "seen"),
    "angles": ("angles", "speeds", "seen"),
    "body+angles": ("body", "angles", "speeds", "seen"),
    "all": tuple(features.PARTS),
}
PLAN = Plan(steps=300, every=100, patience=0)
BASE: dict[str, Any] = {
    "features": "all",
    "length": 30,
    "front": 64,
    "kernel": 3,
    "hidden": 48,
    "attention": True,
    "both": False,
    "rate": PLAN.rate,
}
"""The shape that was shipped first, with which all are compared."""
ROUNDS = 3
"""How often each of the first trials is made, with other weights to begin with."""
ONE_BY_ONE: tuple[dict[str, Any], ...] = (
    {},
    *({"features": name} for name in FEATURES if name != BASE["features"]),
    {"attention": False},
    {"front": 0},
    *({"length": length} for length in LENGTHS if length != BASE["length"]),
    {"front": 0, "attention": False},
    {"hidden": 24, "front": 32},
    {"hidden": 96, "front": 96},
    {"both": True},
)
"""What the first trials change of it."""


def main(arguments: list[str] | None = None) -> None:
    """Runs so many trials and writes the tables of all."""
    parser = argparse.ArgumentParser(description="Search for the shape of the sequence net.")
    sources.add_arguments(parser)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--trials", type=int, default=24, help="how many more; default: 24")
    parser.add_argument("--minutes", type=float, help="begin no trial after so long")
    parser.add_argument("--out", type=Path, default=Path("docs/reports/sequence"), help="folder")
    args = parser.parse_args(arguments)
    try:
        search(args)
    except GymboxError as error:
        parser.exit(error.exit_code, f"error: {error}\n")


def search(args: argparse.Namespace) -> None:
    """Goes on with the search in the cache."""
    torch.set_num_threads(1)
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = begun(args.cache, args.seed)
    if args.trials:
        material = Material.gathered(args)
        study.optimize(
            lambda trial: judge(trial, material),
            n_trials=args.trials,
            timeout=args.minutes and 60 * args.minutes,
            callbacks=[lambda study, _trial: study_page.write_table(study, list(BASE), args.out)],
        )
    study_page.write_table(study, list(BASE), args.out)
    study_page.write_page(study, BASE, [BASE | change for change in ONE_BY_ONE], args.out)


def begun(cache: Path, seed: int) -> optuna.Study:
    """The study in the cache, or a new one with its first trials waiting.

    Only one process may search at a time: a trial that seems to run was stopped, and is done again.
    """
    cache.mkdir(parents=True, exist_ok=True)
    study = optuna.create_study(
        study_name=NAME,
        storage=f"sqlite:///{cache / 'study.sqlite'}",
        direction="maximize",
        load_if_exists=True,
        pruner=optuna.pruners.MedianPruner(n_startup_trials=ROUNDS * len(ONE_BY_ONE)),
    )
    study.sampler = optuna.samplers.TPESampler(seed=seed + len(study.trials))
    for trial in study.get_trials(states=[TrialState.RUNNING]):
        study.tell(trial.number, state=TrialState.FAIL)
        study.enqueue_trial(trial.params | trial.system_attrs.get("fixed_params", {}))
    if not study.trials:
        for change in ONE_BY_ONE * ROUNDS:
            study.enqueue_trial(BASE | change)
    return study


def judge(trial: optuna.Trial, material: Material) -> float:
    """Trains one network briefly; the mean of both macro F1."""
    name = trial.suggest_categorical("features", list(FEATURES))
    length = trial.suggest_categorical("length", list(LENGTHS))
    described = material.described(length, image=name == IMAGE)
    width = described.pool.inputs.shape[2]
    columns = np.arange(width) if name == IMAGE else features.columns(*FEATURES[name])
    model = _model(trial, Shape(inputs=len(columns), length=length, **_sizes(trial)))
    everything = np.arange(len(described.pool))
    some, _ = described.pool.batch(everything[::8], columns)
    flat = torch.from_numpy(some.reshape(-1, len(columns)))
    model.standardise(flat.mean(0), flat.std(0) + 0.02)
    rng = np.random.default_rng(trial.number)
    plan = Plan(PLAN.steps, _rate(trial), PLAN.size, PLAN.every, PLAN.patience)
    stream = pools.stream([(described.pool, everything, plan.size)], columns, rng)

    def cut(batch: Batch) -> Batch:
        return batch[0][..., columns], batch[1]

    def told(look: Look) -> bool:
        trial.report(look.macro_f1, look.epoch)
        return trial.should_prune()

    looks = fit(model, stream, plan, validation=cut(described.check), told=told)
    inputs, truth = cut(described.real)
    synthetic = max(look.macro_f1 for look in looks if look.split == "validation")
    people = macro_f1(truth, probabilities(model, inputs).argmax(1))
    trial.set_user_attr(study_page.SYNTHETIC, round(synthetic, 4))
    trial.set_user_attr(study_page.REAL, round(people, 4))
    if looks[-1].epoch < plan.steps:
        raise optuna.TrialPruned
    return (synthetic + people) / 2


def _sizes(trial: optuna.Trial) -> dict[str, Any]:
    return {
        "front": trial.suggest_categorical("front", [0, 32, 64, 96]),
        "kernel": trial.suggest_categorical("kernel", [3, 5]),
        "hidden": trial.suggest_categorical("hidden", [24, 48, 64, 96]),
        "attention": trial.suggest_categorical("attention", [True, False]),
        "both": trial.suggest_categorical("both", [False, True]),
    }


def _rate(trial: optuna.Trial) -> float:
    return trial.suggest_float("rate", 8e-4, 5e-3, log=True)


def _model(trial: optuna.Trial, shape: Shape) -> SequenceModel:
    """A network with weights of the trial's own, what it costs told."""
    torch.manual_seed(trial.number)
    model = SequenceModel(shape)
    trial.set_user_attr(study_page.MULTIPLIES, shape.multiplies)
    trial.set_user_attr(study_page.WEIGHTS, sum(part.numel() for part in model.parameters()))
    trial.set_user_attr(study_page.INPUTS, shape.inputs)
    return model


if __name__ == "__main__":
    main()
