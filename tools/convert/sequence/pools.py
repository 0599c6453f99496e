"""Windows described once and kept: describing them costs more than a step of the training."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.cli.progress import Progress
from tools.convert.sequence.sampling import Batch, Source

CHUNK = 250


@dataclass(frozen=True, slots=True)
class Pool:
    """Described windows.

    Attributes:
        inputs: [n, t, features] half precision, on the disk.
        label: [n] class.
        group: [n] scene or performance.
    """

    inputs: NDArray[np.float16]
    label: NDArray[np.intp]
    group: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.label)

    def batch(self, chosen: NDArray[np.intp], columns: NDArray[np.intp] | slice) -> Batch:
        """Some of the windows."""
        inputs = self.inputs[np.sort(chosen)][..., columns]
        return inputs.astype(np.float32), self.label[np.sort(chosen)]


def make(folder: Path, sources: Sequence[tuple[Source, int]], seed: int) -> Pool:
    """Draws so many windows of each source, or reads those that were drawn before."""
    if not (folder / "group.npy").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        rng = np.random.default_rng(seed)
        total = sum(count for _, count in sources)
        progress = Progress(f"windows of {folder.name}", total // CHUNK)
        inputs, label, group = None, np.empty(total, np.intp), []
        at = 0
        for source, count in sources:
            for begin in range(0, count, CHUNK):
                x, y, names = source.draw(min(CHUNK, count - begin), rng)
                if inputs is None:
                    inputs = np.lib.format.open_memmap(
                        folder / "inputs.npy", "w+", np.float16, (total, *x.shape[1:])
                    )
                inputs[at : at + len(y)], label[at : at + len(y)] = x, y
                group += names.tolist()
                at += len(y)
                progress.step()
        progress.close()
        np.save(folder / "label.npy", label)
        np.save(folder / "group.npy", np.array(group))
    return Pool(
        np.load(folder / "inputs.npy", mmap_mode="r"),
        np.load(folder / "label.npy"),
        np.load(folder / "group.npy"),
    )


def stream(
    parts: Sequence[tuple[Pool, NDArray[np.intp], int]],
    columns: NDArray[np.intp] | slice,
    rng: np.random.Generator,
) -> Iterator[Batch]:
    """For ever: batches with so many windows of each part, each part shuffled anew when used up.

    Args:
        parts: pool, which of its windows, how many of them are in a batch.
        columns: which features.
        rng: source of chance.
    """
    orders = [_endless(chosen, count, rng) for _, chosen, count in parts]
    while True:
        drawn = [
            pool.batch(next(order), columns)
            for (pool, _, _), order in zip(parts, orders, strict=True)
        ]
        yield np.concatenate([x for x, _ in drawn]), np.concatenate([y for _, y in drawn])


def _endless(
    chosen: NDArray[np.intp], count: int, rng: np.random.Generator
) -> Iterator[NDArray[np.intp]]:
    order = rng.permutation(chosen)
    at = 0
    while True:
        if at + count > len(order):
            order, at = rng.permutation(chosen), 0
        yield order[at : at + count]
        at += count
