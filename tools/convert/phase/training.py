"""The recipe of the phase net, from pictures to weights."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from tools.convert.phase.fit import Recipe, fit
from tools.convert.phase.folds import FOLDS
from tools.convert.phase.material import Sources, gather, learn_from, without
from tools.convert.phase.network import PhaseNetwork, pretrained

RECIPE = Recipe(head_steps=60, steps=340, batch=64, rate=1e-3)
"""More steps learn the scenes by heart: on scenes not seen the loss is lowest about here."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One training.

    Attributes:
        sources: where the pictures are.
        cache: folder for all work files.
        size: of the input, pixels.
        width: of the network.
        seed: of everything that is drawn.
        steps: if not those of the recipe.
    """

    sources: Sources
    cache: Path
    size: int = 160
    width: float = 1.0
    seed: int = 0
    steps: int | None = None

    @property
    def folder(self) -> Path:
        """Where the weights go."""
        return self.cache / "phase" / f"{self.width:g}-{self.size}"


def train(plan: Plan, folds: Sequence[int] | None = None) -> None:
    """Trains the networks of the folds and then the one for the box, unless they are there.

    Args:
        plan: what to train.
        folds: only these, and no network for the box.
    """
    cache = plan.cache / "phase"
    start = pretrained(plan.cache / "originals", plan.width)
    pictures = gather(plan.sources, cache, _tell)
    views = learn_from(
        pictures, start, size=plan.size, cache=cache / f"views-{plan.width:g}", tell=_tell
    )
    plan.folder.mkdir(parents=True, exist_ok=True)
    for fold in range(FOLDS) if folds is None else folds:
        _one(plan, fold, without(views, pictures, fold))
    if folds is None:
        _one(plan, None, without(views, pictures, None))


def weights_of(plan_folder: Path, fold: int | None) -> Path:
    """The file of a network's weights: of a fold, or None for the one that has seen all."""
    return plan_folder / ("all.pt" if fold is None else f"fold-{fold}.pt")


def load(plan_folder: Path, fold: int | None, width: float) -> PhaseNetwork:
    """A trained network."""
    network = PhaseNetwork(width)
    network.load_state_dict(torch.load(weights_of(plan_folder, fold), weights_only=True))
    return network.eval()


def _one(plan: Plan, fold: int | None, material: list[tuple]) -> None:  # type: ignore[type-arg]
    to = weights_of(plan.folder, fold)
    if to.is_file():
        _tell(f"{to.name}: already there")
        return
    recipe = replace(RECIPE, seed=plan.seed + (fold or 0), steps=plan.steps or RECIPE.steps)
    network = fit(
        pretrained(plan.cache / "originals", plan.width),
        material,
        recipe,
        curves=to.with_suffix(".csv"),
        tell=lambda line: _tell(f"{to.stem}: {line}"),
    )
    draft = to.with_suffix(".part")
    torch.save(network.state_dict(), draft)
    draft.rename(to)


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)
