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
        sample: some of them, chosen at random, the same way each time.
        mean: [channels] over everything else.
    """

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
    means: dict[str, list[NDArray[np.float32]]] = {name: [] for name in kept}
    chance = np.random.default_rng(0)
    for crop in crops:
        outputs = runner.run(crop)
        for name, values in zip((source, *labels), (crop, *outputs), strict=True):
            flat = values.reshape(-1)
            kept[name].append(flat[chance.integers(0, flat.size, _SAMPLED)])
            means[name].append(values.reshape(-1, values.shape[-1]).mean(axis=0))
    return {
        name: Seen(
            sample=np.concatenate(kept[name]),
            mean=np.mean(means[name], axis=0, dtype=np.float64),
        )
        for name in kept
    }


def percentile(seen: Seen, share: float) -> Range:
    """The range that leaves out a share of the values at each end."""
    low, high = np.quantile(seen.sample, (share, 1 - share))
    return float(low), float(high)
