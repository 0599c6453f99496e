"""What values the tensors of a network take on real crops."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.convert.blazepose import graph as g
from tools.convert.blazepose.integer import Range
from tools.convert.blazepose.run import Runner

_SAMPLED = 512  # values a tensor and crop; with 300 crops 150,000


@dataclass(frozen=True, slots=True)
class Seen:
    """The values of one tensor.

    Attributes:
        low: the least of all.
        high: the greatest of all.
        sample: some of them, chosen at random, the same way each time.
        mean: [channels] over everything else.
    """

    low: float
    high: float
    sample: NDArray[np.float32]
    mean: NDArray[np.float64]


def observe(data: bytes, crops: Iterable[NDArray[np.float32]]) -> dict[str, Seen]:
    """Runs a plain float32 network and looks at every computed tensor.

    Args:
        data: a file that `fold` made.
        crops: [1, side, side, 3] inputs.
    """
    graph = g.read(data)
    tensors = [int(op.outputs[0]) for op in graph.subgraphs[0].operators]
    labels = [g.name(graph, index) for index in tensors]
    source = g.name(graph, int(graph.subgraphs[0].inputs[0]))
    graph.subgraphs[0].outputs = np.array(tensors, np.int32)
    graph.signatureDefs = None
    runner = Runner(g.write(graph))
    kept: dict[str, list[NDArray[np.float32]]] = {name: [] for name in (source, *labels)}
    ends: dict[str, list[tuple[float, float]]] = {name: [] for name in kept}
    means: dict[str, list[NDArray[np.float32]]] = {name: [] for name in kept}
    chance = np.random.default_rng(0)
    for crop in crops:
        outputs = runner.run(crop)
        for name, values in zip((source, *labels), (crop, *outputs), strict=True):
            flat = values.reshape(-1)
            ends[name].append((float(flat.min()), float(flat.max())))
            kept[name].append(flat[chance.integers(0, flat.size, _SAMPLED)])
            means[name].append(values.reshape(-1, values.shape[-1]).mean(axis=0))
    return {
        name: Seen(
            low=min(low for low, _ in ends[name]),
            high=max(high for _, high in ends[name]),
            sample=np.concatenate(kept[name]),
            mean=np.mean(means[name], axis=0, dtype=np.float64),
        )
        for name in kept
    }


def widest(seen: Seen) -> Range:
    """The range that holds every value."""
    return seen.low, seen.high


def percentile(seen: Seen, share: float) -> Range:
    """The range that leaves out a share of the values at each end."""
    low, high = np.quantile(seen.sample, (share, 1 - share))
    return float(low), float(high)


def least_squares(seen: Seen, steps: int = 40) -> Range:
    """The part of the widest range whose 256 levels are nearest to the values in squares."""
    best, least = widest(seen), np.inf
    for part in np.linspace(0.2, 1.0, steps):
        low, high = min(seen.low * part, 0.0), max(seen.high * part, 0.0)
        scale = max((high - low) / 255, 1e-9)
        held = np.clip(np.round((seen.sample - low) / scale), 0, 255) * scale + low
        error = float(np.square(held - seen.sample).sum())
        if error < least:
            best, least = (low, high), error
    return best
