"""What each layer costs if it alone is integer, and the table of `quantised_pose`'s report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gymbox.cli.progress import Progress
from tools.convert.blazepose import graph as g
from tools.convert.blazepose.integer import MOVES, VERSIONS, layer
from tools.convert.blazepose.landmarks import Readings, distances, read
from tools.convert.blazepose.make import Prepared, make
from tools.convert.blazepose.run import Runner


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one layer.

    Attributes:
        index: of the layer, as recipes count.
        kind: of operator.
        shape: of what comes out.
        median: pixels of 256.
        percentile95: pixels of 256.
        mean: pixels of 256.
    """

    index: int
    kind: str
    shape: tuple[int, ...]
    median: float
    percentile95: float
    mean: float


def readings(model: bytes, inputs: Iterable[NDArray[np.float32]]) -> Readings:
    """What a landmark network says about crops."""
    runner = Runner(model)
    return read(runner.run(picture) for picture in inputs)


def sensitivity(prepared: Prepared, inputs: Sequence[NDArray[np.float32]]) -> list[Cost]:
    """Makes one layer integer at a time.

    Args:
        prepared: a landmark network.
        inputs: crops that it is judged on.

    Returns:
        The layers that can be integer, in order.
    """
    graph = g.read(prepared.plain)
    operators = graph.subgraphs[0].operators
    truth = readings(prepared.plain, inputs)
    progress = Progress("layers", len(operators))
    costs = []
    for index, op in enumerate(operators):
        kind, name = g.kind(graph, op), layer(graph, op)
        progress.step()
        if kind not in VERSIONS or kind in MOVES or name in prepared.floats:
            continue
        others = [other for other in prepared.layers if other != name]
        apart = distances(readings(make(prepared, others), inputs), truth)
        costs.append(
            Cost(
                index=index,
                kind=kind,
                shape=g.shape(graph, int(op.outputs[0])),
                median=float(np.median(apart)),
                percentile95=float(np.percentile(apart, 95)),
                mean=float(apart.mean()),
            )
        )
    progress.close()
    return costs
