"""One published network, made integer by its recipe."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.convert.blazepose import graph as g
from tools.convert.blazepose.centre import centre
from tools.convert.blazepose.fold import fold
from tools.convert.blazepose.integer import Range, layer, to_integer
from tools.convert.blazepose.ranges import Seen, observe, percentile
from tools.convert.blazepose.recipe import Recipe

Inputs = Callable[[], Iterable[NDArray[np.float32]]]
"""The calibration inputs, as often as they are asked for."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A network ready to become integer.

    Attributes:
        plain: the file with constants unpacked and unused outputs cut; computes what was published.
        layers: names of its layers, which recipes count.
        centred: the file with the means of the bottlenecks taken out; computes the same.
        floats: the layers of it that have to stay float.
        ranges: of each tensor's values.
        means: [channels] of each tensor's values.
        plain_ranges: those of the plain network.
        plain_means: likewise.
    """

    plain: bytes
    layers: tuple[str, ...]
    centred: bytes
    floats: frozenset[str]
    ranges: dict[str, Range]
    means: dict[str, NDArray[np.float64]]
    plain_ranges: dict[str, Range]
    plain_means: dict[str, NDArray[np.float64]]


def prepare(published: bytes, recipe: Recipe, inputs: Inputs) -> Prepared:
    """Does all that comes before the choice of the layers.

    Args:
        published: the .tflite file as fetched.
        recipe: of this network.
        inputs: calibration, in the form that the network takes.
    """
    graph = fold(published, recipe.outputs)
    layers = tuple(layer(graph, op) for op in graph.subgraphs[0].operators)
    plain = g.write(graph)
    before = observe(plain, inputs())
    floats = centre(graph, _means(before))
    g.prune(graph)
    centred = g.write(graph)
    after = observe(centred, inputs())
    return Prepared(
        plain=plain,
        layers=layers,
        centred=centred,
        floats=frozenset(floats),
        ranges=_ranges(after, recipe),
        means=_means(after),
        plain_ranges=_ranges(before, recipe),
        plain_means=_means(before),
    )


def _ranges(observed: dict[str, Seen], recipe: Recipe) -> dict[str, Range]:
    return {name: percentile(seen, recipe.leave_out) for name, seen in observed.items()}


def _means(observed: dict[str, Seen]) -> dict[str, NDArray[np.float64]]:
    return {name: seen.mean for name, seen in observed.items()}


def make(prepared: Prepared, floats: Iterable[str]) -> bytes:
    """The integer twin of a network; the same inputs gave it, so they give the same bytes.

    Args:
        prepared: the network.
        floats: names of the layers that stay float beside those that have to.
    """
    kept = prepared.floats | set(floats)
    return to_integer(prepared.centred, prepared.ranges, kept, prepared.means)
