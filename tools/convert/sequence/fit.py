"""One training: a network, where its batches come from, when to stop."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from gymbox.cli.progress import Progress
from tools.convert.sequence.labels import LABELS
from tools.convert.sequence.net import Probabilities, SequenceModel
from tools.convert.sequence.sampling import Batch

SMOOTHING = 0.05
"""What is taken from the right class and given to the others, so that nothing is quite sure."""
DECAY = 0.02
CLIP = 1.0
SLICE = 1024


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train, and how fast.

    Attributes:
        steps: batches at most.
        rate: highest learning rate; it rises for a tenth of the steps and falls to nothing.
        size: windows of a batch.
        every: steps between looks at the validation windows.
        patience: looks without a better one before it ends; 0 to go on to the end.
        seed: of batches and weights.
    """

    steps: int = 2500
    rate: float = 2e-3
    size: int = 192
    every: int = 250
    patience: int = 4
    seed: int = 20261121


@dataclass(frozen=True, slots=True)
class Look:
    """How good the network was at a step."""

    epoch: int
    split: str
    loss: float
    accuracy: float
    macro_f1: float


@dataclass
class State:
    """Where a training stands."""

    model: SequenceModel
    optimiser: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    looks: list[Look]
    best: tuple[float, dict[str, torch.Tensor]]
    since: int = 0
    step: int = 0

    @classmethod
    def begun(cls, model: SequenceModel, plan: Plan) -> "State":
        """Before the first step."""
        optimiser = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=DECAY)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimiser, plan.rate, total_steps=plan.steps, pct_start=0.1
        )
        return cls(model, optimiser, schedule, [], (-1.0, _weights(model)))

    def save(self, path: Path) -> None:
        """Writes everything to go on from, all of it or nothing."""
        draft = path.with_suffix(".part")
        kept = {name: getattr(self, name).state_dict() for name in STATEFUL}
        plain = {name: getattr(self, name) for name in ("looks", "best", "since", "step")}
        torch.save(kept | plain, draft)
        draft.rename(path)

    def restore(self, path: Path) -> None:
        """Goes on from what `save` wrote."""
        kept = torch.load(path, weights_only=False)
        for name, value in kept.items():
            if name in STATEFUL:
                getattr(self, name).load_state_dict(value)
            else:
                setattr(self, name, value)


STATEFUL = ("model", "optimiser", "schedule")


def fit(
    model: SequenceModel,
    stream: Iterator[Batch],
    plan: Plan,
    *,
    validation: Batch | None = None,
    checkpoint: Path | None = None,
    label: str = "training",
    told: Callable[[Look], bool] = lambda _look: False,
) -> list[Look]:
    """Trains in place; with validation the best look's weights are kept.

    Args:
        model: to be trained.
        stream: batches.
        plan: how.
        validation: windows that are never trained on.
        checkpoint: file that keeps the state at each look; if it is there, it goes on from it.
        label: for the progress bar.
        told: told of each look; true stops the training.

    Returns:
        All looks, of training batches and of the validation.
    """
    state = State.begun(model, plan)
    if checkpoint and checkpoint.is_file():
        state.restore(checkpoint)
    progress = Progress(label, plan.steps)
    for _ in range(state.step):
        progress.step()
    while state.step < plan.steps:
        results = []
        for _ in range(min(plan.every, plan.steps - state.step)):
            results.append(_step(state, next(stream)))
            progress.step()
        state.step += len(results)
        loss, right = np.mean(results, axis=0).tolist()
        state.looks.append(Look(state.step, "train", loss, right, float("nan")))
        if validation is not None and _done(state, validation, plan, told):
            break
        if checkpoint:
            state.save(checkpoint)
    progress.close()
    if validation is not None:
        model.load_state_dict(state.best[1])
    return state.looks


def _step(state: State, batch: Batch) -> tuple[float, float]:
    """One batch; returns its loss and the share that was right."""
    inputs, truth = (torch.from_numpy(np.ascontiguousarray(part)) for part in batch)
    state.model.train()
    # Half precision takes 0.6 of the time.
    with torch.autocast("cpu", torch.bfloat16):
        logits = state.model(inputs).float()
    loss = functional.cross_entropy(logits, truth, label_smoothing=SMOOTHING)
    state.optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(state.model.parameters(), CLIP)
    state.optimiser.step()
    state.schedule.step()
    return loss.item(), (logits.argmax(1) == truth).float().mean().item()


def _done(state: State, validation: Batch, plan: Plan, told: Callable[[Look], bool]) -> bool:
    """Looks at the validation; true if it has not become better for too long."""
    look = _look(state.model, validation, state.step)
    state.looks.append(look)
    if look.macro_f1 > state.best[0]:
        state.best, state.since = (look.macro_f1, _weights(state.model)), 0
    else:
        state.since += 1
    return told(look) or bool(plan.patience and state.since >= plan.patience)


def _weights(model: SequenceModel) -> dict[str, torch.Tensor]:
    return {name: part.detach().clone() for name, part in model.state_dict().items()}


def _look(model: SequenceModel, batch: Batch, step: int) -> Look:
    inputs, truth = batch
    scores = probabilities(model, inputs)
    chance = scores[np.arange(len(truth)), truth].clip(1e-9)
    guess = scores.argmax(1)
    return Look(
        step,
        "validation",
        float(-np.log(chance).mean()),
        float((guess == truth).mean()),
        macro_f1(truth, guess),
    )


def probabilities(model: SequenceModel, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """[n, classes] of windows."""
    return chances(Probabilities([model]), inputs)


def chances(whole: Probabilities, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """[n, classes] of windows, by several networks as one."""
    whole.eval()
    with torch.inference_mode():
        parts = [
            whole(torch.from_numpy(np.ascontiguousarray(inputs[k : k + SLICE]))).numpy()
            for k in range(0, len(inputs), SLICE)
        ]
    return np.concatenate(parts) if parts else np.empty((0, len(LABELS)), np.float32)


def macro_f1(truth: NDArray[np.intp], guess: NDArray[np.intp]) -> float:
    """The mean F1 over the classes that the truth has."""
    scores = []
    for label in np.unique(truth):
        hit = ((truth == label) & (guess == label)).sum()
        scores.append(2 * hit / max((truth == label).sum() + (guess == label).sum(), 1))
    return float(np.mean(scores))


def write_curves(path: Path, looks: list[Look]) -> None:
    """The looks as a table."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["epoch", "split", "loss", "accuracy", "macro_f1"])
        table.writeheader()
        for look in looks:
            table.writerow(
                {k: round(v, 5) if isinstance(v, float) else v for k, v in asdict(look).items()}
            )
