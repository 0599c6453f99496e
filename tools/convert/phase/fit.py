"""Fitting the upper layers: the head alone first, then all of them, on kept views."""

import copy
import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tools.convert.phase.network import FROZEN, PhaseNetwork

POSTURE_WEIGHT = 2.0
"""Of the joints' distance (in units of the body's size) beside the cross-entropy."""
SHARE = 1 / 3
DECAY = 0.995
"""Of the running mean of the weights that is kept in the end (Polyak averaging)."""


@dataclass(frozen=True, slots=True)
class Views:
    """Views to learn from.

    Attributes:
        deep: [n, c, h, w] what the lower layers make of them, float16.
        targets: [n, 3] shares of the classes; NaN where nobody said what it is.
        posture: [n, 26] of the joints, NaN where they are not seen.
        weights: [n] how often each is drawn, relative to the others.
    """

    deep: NDArray[np.float16]
    targets: NDArray[np.float32]
    posture: NDArray[np.float32]
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to fit.

    Attributes:
        head_steps: steps in which only the head moves.
        steps: steps after that.
        batch: views a step.
        rate: highest learning rate of the head; the layers below get a third of it.
        weight_decay: of AdamW.
        mix: share of the batches whose views are mixed in pairs (mixup, Zhang et al. 2018), here
            of what the lower layers give; it is the cure against learning scenes by heart.
        seed: of the drawing.
        check_every: steps between two looks at the other side.
        patience: looks without a better loss after which it ends.
    """

    head_steps: int = 60
    steps: int = 400
    batch: int = 64
    rate: float = 1.5e-3
    weight_decay: float = 0.02
    mix: float = 0.0
    seed: int = 0
    check_every: int = 100
    patience: int = 4


Check = tuple[NDArray[np.float16], NDArray[np.float32]]
Tell = Callable[[str], None]


def fit(
    network: PhaseNetwork,
    sources: list[tuple[Views, float]],
    recipe: Recipe,
    *,
    check: Check | None = None,
    curves: Path | None = None,
    tell: Tell = print,
) -> PhaseNetwork:
    """Fits a network and returns the running mean of its weights.

    Args:
        network: is changed.
        sources: what to draw from, and the share of every batch that comes from it.
        recipe: how.
        check: views and targets to stop on; None goes on to the end.
        curves: file for the course of the losses.
        tell: is told how it goes.
    """
    rng = np.random.default_rng(recipe.seed)
    torch.manual_seed(recipe.seed)
    mean = copy.deepcopy(network)
    upper = list(network.features[FROZEN:].parameters())
    heads = [*network.head.parameters(), *network.posture.parameters()]
    optimiser = torch.optim.AdamW(
        [
            {"params": heads, "share": 1.0},
            {"params": upper, "share": SHARE},
        ],
        lr=recipe.rate,
        weight_decay=recipe.weight_decay,
    )
    total = recipe.head_steps + recipe.steps
    lines: list[tuple[int, str, float, float, float]] = []
    best, best_loss, tired, running = None, math.inf, 0, 0.0
    for step in range(total):
        warm = step < recipe.head_steps
        for group in optimiser.param_groups:
            group["lr"] = group["share"] * recipe.rate * _rate(step, recipe)
        network.train()
        network.features[:FROZEN].eval()
        drawn = _draw(sources, recipe.batch, rng)
        if rng.random() < recipe.mix:
            drawn = _mixed(*drawn, rng)
        loss = _loss(network, *drawn, warm=warm)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        _follow(mean, network, min(DECAY, (step + 1) / (step + 10)))
        running = loss.item() if step == 0 else 0.97 * running + 0.03 * loss.item()
        if (step + 1) % recipe.check_every == 0 or step + 1 == total:
            lines.append((step + 1, "train", running, math.nan, math.nan))
            line = f"step {step + 1}/{total} loss {running:.3f}"
            if check is not None:
                other, right = evaluate(mean, *check)
                lines.append((step + 1, "check", other, right, math.nan))
                line += f", other scenes {other:.3f}, {right:.1%} right"
                if other < best_loss:
                    best, best_loss, tired = copy.deepcopy(mean.state_dict()), other, 0
                else:
                    tired += 1
            tell(line)
            if tired >= recipe.patience:
                break
    if best is not None:
        mean.load_state_dict(best)
    if curves is not None:
        with curves.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["epoch", "split", "loss", "accuracy", "macro_f1"])
            writer.writerows(lines)
    return mean.eval()


def evaluate(
    network: PhaseNetwork, deep: NDArray[np.float16], targets: NDArray[np.float32]
) -> tuple[float, float]:
    """Cross-entropy, and the share of views whose likeliest class is right."""
    logits = predict(network, deep)
    log = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    loss = float(-(targets * log).sum(axis=1).mean())
    return loss, float((logits.argmax(axis=1) == targets.argmax(axis=1)).mean())


def predict(network: PhaseNetwork, deep: NDArray[np.float16]) -> NDArray[np.float32]:
    """Logits [n, 3]."""
    network.eval()
    with torch.no_grad():
        found = [
            network.upper(_tensor(deep[begin : begin + 64])).numpy()
            for begin in range(0, len(deep), 64)
        ]
    return np.concatenate(found)


def _loss(
    network: PhaseNetwork, deep: Tensor, target: Tensor, posture: Tensor, *, warm: bool
) -> Tensor:
    """Cross-entropy where the class is known, and how far the joints are off where they are."""
    if warm:
        network.features.eval()
        with torch.no_grad():
            features = network.deep(deep)
    else:
        features = network.deep(deep)
    named = torch.isfinite(target[:, 0])
    log = torch.log_softmax(network.head(network.dropout(features)), dim=1)
    loss = -(torch.nan_to_num(target) * log).sum(dim=1).sum() / max(1, int(named.sum()))
    seen = torch.isfinite(posture)
    off = nn.functional.smooth_l1_loss(
        network.posture(features), torch.nan_to_num(posture), reduction="none"
    )
    return loss + POSTURE_WEIGHT * (off * seen).sum() / max(1, int(seen.sum()))


def _rate(step: int, recipe: Recipe) -> float:
    """The head at full rate first; then warm up again and down along a cosine."""
    if step < recipe.head_steps:
        return 1.0
    done = (step - recipe.head_steps) / max(1, recipe.steps)
    return min(1.0, (done + 0.001) / 0.05) * 0.5 * (1 + math.cos(math.pi * done))


def _draw(
    sources: list[tuple[Views, float]], batch: int, rng: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    parts = list(_parts(sources, batch, rng))
    deep, target, posture = (np.concatenate(kind) for kind in zip(*parts, strict=True))
    return _tensor(deep), torch.from_numpy(target), torch.from_numpy(posture)


def _mixed(
    deep: Tensor, target: Tensor, posture: Tensor, rng: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Every view with a little of another one; nobody can say where the joints of both are."""
    order = torch.from_numpy(rng.permutation(len(deep)))
    share = float(rng.beta(0.4, 0.4))
    share = max(share, 1 - share)
    return (
        share * deep + (1 - share) * deep[order],
        share * target + (1 - share) * target[order],
        torch.full_like(posture, torch.nan),
    )


def _parts(
    sources: list[tuple[Views, float]], batch: int, rng: np.random.Generator
) -> Iterator[tuple[NDArray[np.float16], NDArray[np.float32], NDArray[np.float32]]]:
    for views, share in sources:
        chance = views.weights / views.weights.sum()
        rows = np.sort(rng.choice(len(chance), round(batch * share), p=chance))
        yield views.deep[rows], views.targets[rows], views.posture[rows]


def _tensor(deep: NDArray[np.float16]) -> Tensor:
    values = torch.from_numpy(np.ascontiguousarray(deep, dtype=np.float32))
    return values.contiguous(memory_format=torch.channels_last)


def _follow(mean: nn.Module, network: nn.Module, decay: float) -> None:
    with torch.no_grad():
        for kept, now in zip(
            mean.state_dict().values(), network.state_dict().values(), strict=True
        ):
            if kept.dtype.is_floating_point:
                kept.lerp_(now, 1 - decay)
            else:
                kept.copy_(now)
