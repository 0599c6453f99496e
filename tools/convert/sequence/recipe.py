"""The steps of the training: windows, synthetic athletes first, then real ones among them."""

import argparse
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gymbox.errors import InputError
from gymbox.motion import features
from tools.convert.sequence import pools, sources
from tools.convert.sequence.fit import Plan, fit, macro_f1, probabilities, write_curves
from tools.convert.sequence.folds import folds
from tools.convert.sequence.labels import LABELS
from tools.convert.sequence.net import SequenceModel, Shape
from tools.convert.sequence.pools import Pool
from tools.convert.sequence.sampling import Source, View, plain
from tools.convert.sequence.stills import moved
from tools.convert.sequence.store import Store
from tools.convert.sequence.windows import Ends, Variation, ends

LENGTH = 30
"""Rows of a window: three seconds."""
COLUMNS = features.columns("body", "angles", "speeds", "travel", "seen")
SHAPE = Shape(inputs=len(COLUMNS), length=LENGTH)
WINDOWS = {"sequences": 30000, "others": 18000, "rendered": 20000}
PEOPLE = {"real": 16000, "photographs": 8000}
"""How many are drawn for training, by where they come from."""
JUDGED = 12
"""One synthetic performance of so many is kept for validation."""
PRETRAIN = Plan(steps=2400, every=300, patience=3)
FINETUNE = Plan(steps=300, rate=1e-3, every=100, patience=0)
REAL_SHARE, STILL_SHARE = 0.3, 0.12
"""Of a batch in the second training: clips of real people, and photographs of others."""
BLENDS = (0.25, 0.5, 0.75, 1.0)
"""How far the weights may go from those of the first training to those of the second (Wortsman et
al., "Robust fine-tuning of zero-shot models", 2022): few real people must not undo what many
synthetic ones have taught. `blending` chooses for each fold by the others."""
SOURCES = ("sequences", "others")


@dataclass(frozen=True, slots=True)
class Data:
    """What there is to train on.

    Attributes:
        synthetic: windows of it.
        check: some that are never trained on.
        mixed: windows of real people.
        stills: windows of people in photographs, none of whom does anything known.
        real: the tracks that these are from.
        fold: of each scene.
    """

    synthetic: Pool
    check: Pool
    mixed: Pool
    stills: Pool
    real: Store
    fold: dict[str, int]


def gather(args: argparse.Namespace) -> Data:
    """Reads everything and describes its windows."""
    torch.set_num_threads(1)
    view = View(LENGTH, np.arange(features.COUNT))
    real = Store.of(sources.real_tracks(args))
    stores = sources.synthetic_stores(args)
    trained, judged = (
        {folder: ends(store, LENGTH, of=kept(store) == judging) for folder, store in stores.items()}
        for judging in (False, True)
    )
    mixed = [(Source(real, ends(real, LENGTH), view, Variation()), PEOPLE["real"])]
    hold = Store.of(moved(sources.photographs(args), args.seed))
    still = [(Source(hold, ends(hold, LENGTH), view, Variation()), PEOPLE["photographs"])]
    fold = folds(zip(real.group.tolist(), real.label.tolist(), strict=True))
    cache = args.cache
    return Data(
        synthetic=pools.make(cache / "synthetic", counted(stores, trained, view), args.seed),
        check=pools.make(cache / "check", counted(stores, judged, view, 0.06), args.seed + 1),
        mixed=pools.make(cache / "mixed", mixed, args.seed + 2),
        stills=pools.make(cache / "stills", still, args.seed + 4),
        real=real,
        fold=fold,
    )


def kept(store: Store) -> NDArray[np.bool_]:
    """[tracks] which are for validation; all of a performance or none."""
    return np.array([crc32(name.encode()) % JUDGED == 0 for name in store.group.tolist()])


def counted(
    stores: dict[Path, Store], chosen: dict[Path, Ends], view: View, scale: float = 1.0
) -> list[tuple[Source, int]]:
    """How many windows to draw of each: sets of rendered clips share theirs by their size.

    Raises:
        InputError: there are none to draw.
    """
    kinds = {path: path.name if path.name in SOURCES else "rendered" for path in stores}
    clips = sum(len(store) for path, store in stores.items() if kinds[path] == "rendered")
    counts = {
        path: WINDOWS[kind] * (len(stores[path]) / clips if kind == "rendered" else 1.0)
        for path, kind in kinds.items()
    }
    drawn = [
        (Source(store, chosen[path], view, Variation()), round(scale * counts[path]))
        for path, store in stores.items()
        if len(chosen[path])
    ]
    if not drawn:
        raise InputError(
            "there are too few synthetic athletes to keep some for validation",
            "make more, see docs/models/sequence.md",
        )
    return drawn


def pretrain(data: Data, args: argparse.Namespace) -> SequenceModel:
    """The network as synthetic athletes alone make it."""
    path = args.cache / "pretrained.pt"
    torch.manual_seed(args.seed)
    model = SequenceModel(SHAPE)
    model.standardise(*_moments(data.synthetic))
    if path.is_file():
        model.load_state_dict(torch.load(path))
        return model
    rng = np.random.default_rng(args.seed)
    everything = np.arange(len(data.synthetic))
    looks = fit(
        model,
        pools.stream([(data.synthetic, everything, PRETRAIN.size)], COLUMNS, rng),
        PRETRAIN,
        validation=data.check.batch(np.arange(len(data.check)), COLUMNS),
        checkpoint=args.cache / "pretraining.pt",
        label="synthetic athletes",
    )
    write_curves(args.cache / "pretrained.csv", looks)
    torch.save(model.state_dict(), path)
    return model


def finetune(
    data: Data, base: SequenceModel, args: argparse.Namespace, fold: int | None
) -> SequenceModel:
    """The network with real people of all folds but one; with None of all."""
    name = "final" if fold is None else f"fold{fold}"
    path = args.cache / f"{name}.tuned.pt"
    torch.manual_seed(args.seed)
    model = SequenceModel(SHAPE)
    model.load_state_dict(base.state_dict())
    if path.is_file():
        model.load_state_dict(torch.load(path))
        return model
    scenes = np.array([data.fold[scene] for scene in data.mixed.group.tolist()])
    seen = np.flatnonzero(scenes != (-1 if fold is None else fold))
    plan = replace(FINETUNE, seed=args.seed)
    people, still = round(plan.size * REAL_SHARE), round(plan.size * STILL_SHARE)
    rng = np.random.default_rng(args.seed + 3)
    everything = np.arange(len(data.synthetic))
    looks = fit(
        model,
        pools.stream(
            [
                (data.synthetic, everything, plan.size - people - still),
                (data.mixed, seen, people),
                (data.stills, np.arange(len(data.stills)), still),
            ],
            COLUMNS,
            rng,
        ),
        plan,
        checkpoint=args.cache / f"{name}ing.pt",
        label=f"real people, {name}",
    )
    write_curves(args.cache / f"{name}.csv", looks)
    torch.save(model.state_dict(), path)
    return model


def mix(data: Data, base: SequenceModel, args: argparse.Namespace) -> dict[str, Any]:
    """Sets the weights of all folds and of the final model, and calibrates their chances.

    Returns:
        `folds`, the fold of each scene; `blends` that were chosen, by the name of the model;
        `temperature`; `windows`, the share of them that is right out of fold.
    """
    chosen = ends(data.real, LENGTH)
    inputs, truth = plain(data.real, chosen, View(LENGTH, COLUMNS))
    fold = np.array([data.fold[name] for name in data.real.group.tolist()])
    scores = {blend: np.zeros((len(truth), len(LABELS)), np.float32) for blend in BLENDS}
    for number, blend in product(np.unique(fold).tolist(), BLENDS):
        mine = fold[chosen.track] == number
        model = _mixed(base, args.cache / f"fold{number}.tuned.pt", blend)
        scores[blend][mine] = probabilities(model, inputs[mine])
    clips = {blend: _by_clip(part, chosen.track, len(data.real)) for blend, part in scores.items()}
    blends = blending(clips, data.real.label, fold)
    for name, blend in blends.items():
        tuned = args.cache / f"{name}.tuned.pt"
        if tuned.is_file():
            torch.save(_mixed(base, tuned, blend).state_dict(), args.cache / f"{name}.pt")
    taken = np.array([blends[f"fold{number}"] for number in fold[chosen.track].tolist()])
    whole = sum(np.where((taken == blend)[:, None], part, 0.0) for blend, part in scores.items())
    # A long clip must not decide alone.
    weight = 1.0 / np.bincount(chosen.track, minlength=len(data.real))[chosen.track]
    return {
        "folds": data.fold,
        "blends": blends,
        "temperature": fitted_temperature(whole, truth, weight),
        "windows": float((whole.argmax(1) == truth).mean()),
    }


def blending(
    clips: dict[float, NDArray[np.float32]], truth: NDArray[np.intp], fold: NDArray[np.intp]
) -> dict[str, float]:
    """The blend of each fold, by how well the other folds' clips are recognised.

    That of the final model is chosen by all folds. Of equals it is the one that is nearest to the
    first training.

    Args:
        clips: [n, classes] chances out of fold of real clips, by blend.
        truth: [n] class.
        fold: [n] of each clip.
    """

    def best(others: NDArray[np.bool_]) -> float:
        return max(sorted(clips), key=lambda k: macro_f1(truth[others], clips[k][others].argmax(1)))

    return {f"fold{k}": best(fold != k) for k in np.unique(fold).tolist()} | {
        "final": best(fold >= 0)
    }


def _mixed(base: SequenceModel, tuned: Path, blend: float) -> SequenceModel:
    first, second = base.state_dict(), torch.load(tuned)
    model = SequenceModel(SHAPE)
    model.load_state_dict(
        {name: torch.lerp(part, second[name], blend) for name, part in first.items()}
    )
    return model


def _by_clip(
    scores: NDArray[np.float32], track: NDArray[np.intp], count: int
) -> NDArray[np.float32]:
    """[count, classes] the mean of each clip's windows; zeros for one that has none."""
    windows = np.maximum(np.bincount(track, minlength=count), 1)
    sums = [np.bincount(track, column, minlength=count) for column in scores.T]
    return np.asarray(np.stack(sums, axis=1) / windows[:, None], np.float32)


def fitted_temperature(
    scores: NDArray[np.float32], truth: NDArray[np.intp], weight: NDArray[np.float64]
) -> float:
    """The temperature at which the right classes are likeliest, of a grid from 0.5 to 4."""
    logits = np.log(np.clip(scores, 1e-9, 1.0))
    grid = np.exp(np.linspace(np.log(0.5), np.log(4.0), 85))

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        chance = scaled[np.arange(len(truth)), truth] - np.log(np.exp(scaled).sum(1))
        return float(-(weight * chance).sum())

    return round(float(min(grid, key=loss)), 3)


def _moments(pool: Pool) -> tuple[Tensor, Tensor]:
    """Mean and spread of each input over some of the windows."""
    some = np.linspace(0, len(pool) - 1, 4000).astype(int)
    inputs, _ = pool.batch(some, COLUMNS)
    flat = inputs.reshape(-1, inputs.shape[-1])
    return torch.from_numpy(flat.mean(0)), torch.from_numpy(flat.std(0) + 0.02)
