"""The steps of the training: windows, synthetic athletes first, then real ones among them."""

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
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
from tools.convert.sequence.fit import Plan, chances, fit, write_curves
from tools.convert.sequence.folds import folds
from tools.convert.sequence.grafts import grafted, hosts
from tools.convert.sequence.labels import LABELS, UNKNOWN
from tools.convert.sequence.net import Probabilities, SequenceModel, Shape
from tools.convert.sequence.pools import Pool
from tools.convert.sequence.sampling import UNKNOWN_SHARE, Source, View, plain
from tools.convert.sequence.stills import held, moved
from tools.convert.sequence.store import Store
from tools.convert.sequence.windows import Ends, Variation, ends

LENGTH = 30
"""Rows of a window: three seconds."""
COLUMNS = features.columns("body", "angles", "speeds", "travel", "seen")
SHAPE = Shape(inputs=len(COLUMNS), length=LENGTH)
MEMBERS = 3
"""Networks of other weights to begin with, whose logits are averaged."""
WINDOWS = {"sequences": 30000, "others": 36000, "rendered": 20000}
PEOPLE = {"real": 16000, "photographs": 10000, "holds": 4000, "grafts": 10000}
"""How many are drawn for training, by where they come from."""
KNOWN_STILLS = 0.2
"""Of the windows of photographs: pairs that show what the box knows."""
JUDGED = 12
"""One synthetic performance of so many is kept for validation."""
PRETRAIN = Plan(steps=1500, every=300, patience=0)
FINETUNE = Plan(steps=300, rate=1e-3, every=100, patience=0)
SHARES = {"real": 0.3, "photographs": 0.1, "holds": 0.02, "grafts": 0.12}
"""Of a batch in the second training: clips of real people, photographs of others, and athletes of
both who hold still or lend a body; the rest is synthetic."""
FEWER = {"others": 20000}
"""What counts instead of `WINDOWS` then: the people show enough that is unknown."""
HOLDS, HOSTS, GRAFTS = 1500, 3000, 4000
"""How many of these there are, and of how many moments of clips grafts are made."""
GRAFTED_UNKNOWN = 0.5
"""Of the windows of grafts: those that show nothing known."""
SOURCES = ("sequences", "others")
Parts = dict[str, Pool]


@dataclass(frozen=True, slots=True)
class Data:
    """What there is to train on.

    Attributes:
        synthetic: windows of it, by kind.
        check: some that are never trained on.
        people: windows of real people, as in `PEOPLE`.
        real: the tracks of clips.
        fold: of each scene.
    """

    synthetic: Parts
    check: Pool
    people: Parts
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
    cache = args.cache
    drawn = counted(stores, trained, view)
    check = [part for parts in counted(stores, judged, view, 0.06).values() for part in parts]
    return Data(
        synthetic={kind: pools.make(cache / kind, drawn[kind], args.seed) for kind in drawn},
        check=pools.make(cache / "check", check, args.seed + 1),
        people=_people(real, stores, view, args),
        real=real,
        fold=folds(zip(real.group.tolist(), real.label.tolist(), strict=True)),
    )


def _people(
    real: Store, synthetic: dict[Path, Store], view: View, args: argparse.Namespace
) -> Parts:
    """Windows of clips, of photographs, and of athletes of both who hold still or lend a body."""
    seen = sources.photographs(args)
    rng = np.random.default_rng(args.seed + 5)
    donors = [store for path, store in synthetic.items() if path.name.startswith(SOURCES)]
    people = hosts(real, seen, HOSTS, rng)
    made = {
        "photographs": (moved(seen, args.seed), 1 - KNOWN_STILLS),
        "holds": (held(real, HOLDS, args.seed), 1.0),
        "grafts": (grafted(people, donors, GRAFTS, rng), GRAFTED_UNKNOWN),
    }
    stores = {"real": (real, UNKNOWN_SHARE)} | {
        name: (Store.of(tracks), share) for name, (tracks, share) in made.items() if tracks
    }
    return {
        name: pools.make(
            args.cache / name,
            [(Source(store, ends(store, LENGTH), view, Variation(), share), PEOPLE[name])],
            args.seed + 2,
        )
        for name, (store, share) in stores.items()
    }


def kept(store: Store) -> NDArray[np.bool_]:
    """[tracks] which are for validation; all of a performance or none."""
    return np.array([crc32(name.encode()) % JUDGED == 0 for name in store.group.tolist()])


def counted(
    stores: dict[Path, Store], chosen: dict[Path, Ends], view: View, scale: float = 1.0
) -> dict[str, list[tuple[Source, int]]]:
    """How many windows to draw of each, by kind: sets of a kind share its windows by their size.

    Raises:
        InputError: there are none to draw.
    """
    unknown = LABELS.index(UNKNOWN)
    kinds = {
        path: next((kind for kind in SOURCES if path.name.startswith(kind)), "rendered")
        for path in stores
    }
    size = Counter[str]()
    for path, kind in kinds.items():
        size[kind] += len(stores[path])
    drawn = defaultdict(list)
    for path, kind in kinds.items():
        if not len(chosen[path]):
            continue
        # Other movements keep what they have: hardly any of them is known.
        some = float((chosen[path].label == unknown).mean())
        share = some if kind == "others" else UNKNOWN_SHARE
        source = Source(stores[path], chosen[path], view, Variation(), share)
        drawn[kind].append((source, round(scale * WINDOWS[kind] * len(stores[path]) / size[kind])))
    if not drawn:
        raise InputError(
            "there are too few synthetic athletes to keep some for validation",
            "make more, see docs/models/sequence.md",
        )
    return dict(drawn)


def pretrain(data: Data, args: argparse.Namespace, member: int) -> SequenceModel:
    """A network as synthetic athletes alone make it."""
    path = args.cache / f"pretrained.{member}.pt"
    plan = replace(PRETRAIN, seed=args.seed + 100 * member)
    torch.manual_seed(plan.seed)
    model = SequenceModel(SHAPE)
    model.standardise(*_moments(data.synthetic))
    if path.is_file():
        model.load_state_dict(torch.load(path))
        return model
    looks = fit(
        model,
        pools.stream(_dealt(data.synthetic, plan.size), COLUMNS, np.random.default_rng(plan.seed)),
        plan,
        validation=data.check.batch(np.arange(len(data.check)), COLUMNS),
        checkpoint=args.cache / f"pretraining.{member}.pt",
        label=f"synthetic athletes {member}",
    )
    write_curves(args.cache / f"pretrained.{member}.csv", looks)
    torch.save(model.state_dict(), path)
    return model


def finetune(
    data: Data, base: SequenceModel, args: argparse.Namespace, member: int, fold: int | None
) -> SequenceModel:
    """The network with real people of all folds but one; with None of all."""
    name = f"{name_of(fold)}.{member}"
    path = args.cache / f"{name}.pt"
    plan = replace(FINETUNE, seed=args.seed + 100 * member)
    torch.manual_seed(plan.seed)
    model = SequenceModel(SHAPE)
    model.load_state_dict(base.state_dict())
    if path.is_file():
        model.load_state_dict(torch.load(path))
        return model
    people = [
        (pool, _without(pool, data.fold, fold), round(plan.size * SHARES[kind]))
        for kind, pool in data.people.items()
    ]
    rest = plan.size - sum(count for _, _, count in people)
    looks = fit(
        model,
        pools.stream(
            [*_dealt(data.synthetic, rest, WINDOWS | FEWER), *people],
            COLUMNS,
            np.random.default_rng(plan.seed + 3),
        ),
        plan,
        checkpoint=args.cache / f"{name}.part.pt",
        label=f"real people, {name}",
    )
    write_curves(args.cache / f"{name}.csv", looks)
    torch.save(model.state_dict(), path)
    return model


def name_of(fold: int | None) -> str:
    """What the files of a fold begin with."""
    return "final" if fold is None else f"fold{fold}"


def _dealt(
    parts: Parts, count: int, shares: dict[str, int] = WINDOWS
) -> list[tuple[Pool, NDArray[np.intp], int]]:
    """So many of each kind that a batch has them in these shares."""
    total = sum(shares[kind] for kind in parts)
    counts = {kind: round(count * shares[kind] / total) for kind in parts}
    counts[next(iter(parts))] += count - sum(counts.values())
    return [(pool, np.arange(len(pool)), counts[kind]) for kind, pool in parts.items()]


def _without(pool: Pool, fold: dict[str, int], judged: int | None) -> NDArray[np.intp]:
    """Windows of scenes that are not of the fold; whoever is in no scene is in no fold."""
    scenes = np.array([fold.get(scene, -1) for scene in pool.group.tolist()])
    return np.flatnonzero(scenes != judged) if judged is not None else np.arange(len(pool))


def members(cache: Path, fold: int | None, temperature: float = 1.0) -> list[SequenceModel]:
    """The networks of a fold, or with None of all, that were trained."""
    found = []
    for path in sorted(cache.glob(f"{name_of(fold)}.[0-9].pt")):
        model = SequenceModel(SHAPE)
        model.load_state_dict(torch.load(path))
        model.calibrate(temperature)
        found.append(model.eval())
    return found


def judged(data: Data, args: argparse.Namespace) -> dict[str, Any]:
    """What the folds say about clips that they have not seen, and how sure they may be.

    Returns:
        `folds`, the fold of each scene; `temperature`; `windows`, the share that is right.
    """
    chosen = ends(data.real, LENGTH)
    inputs, truth = plain(data.real, chosen, View(LENGTH, COLUMNS))
    fold = np.array([data.fold[name] for name in data.real.group.tolist()])[chosen.track]
    scores = np.zeros((len(truth), len(LABELS)), np.float32)
    for number in np.unique(fold).tolist():
        whole = Probabilities(members(args.cache, number))
        scores[fold == number] = chances(whole, inputs[fold == number])
    # A long clip must not decide alone.
    weight = 1.0 / np.bincount(chosen.track, minlength=len(data.real))[chosen.track]
    return {
        "folds": data.fold,
        "temperature": fitted_temperature(scores, truth, weight),
        "windows": float((scores.argmax(1) == truth).mean()),
    }


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


def _moments(parts: Parts) -> tuple[Tensor, Tensor]:
    """Mean and spread of each input over some of the windows."""
    rng = np.random.default_rng(0)
    inputs, _ = next(pools.stream(_dealt(parts, 4000), COLUMNS, rng))
    flat = inputs.reshape(-1, inputs.shape[-1])
    return torch.from_numpy(flat.mean(0)), torch.from_numpy(flat.std(0) + 0.02)
