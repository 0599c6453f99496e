"""The same recipe with more and with fewer layers in float: error against time."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.cli.progress import Progress
from tools.convert.blazepose.integer import to_integer
from tools.convert.blazepose.landmarks import distances
from tools.convert.blazepose.make import Prepared, make
from tools.convert.blazepose.recipe import Recipe
from tools.convert.blazepose.sensitivity import readings
from tools.evaluate._quantised_pose_scores import speed

_FIRST = (0, 2, 4, 8, 16, 23, 36)
"""How many of the first layers stay float, in turn; the heads do in all of these."""


def frontier(
    published: bytes,
    prepared: Prepared,
    recipe: Recipe,
    inputs: Sequence[NDArray[np.float32]],
    rounds: int,
) -> list[dict[str, Any]]:
    """Points of the frontier.

    Args:
        published: the network as fetched, which the times are compared with.
        prepared: the same, ready to become integer.
        recipe: what ships.
        inputs: crops that it is judged on.
        rounds: of timing.

    Returns:
        For each its name, median and 95th percentile in pixels, the ratio of time, and the bytes.
    """
    layers = prepared.layers
    shipped = recipe.float_layers(layers)
    first = recipe.floats[0][1] + 1
    behind = shipped - set(layers[:first])
    files = {
        "published, without the mask": prepared.plain,
        "all in int8, means left in": to_integer(
            prepared.plain, prepared.plain_ranges, set(), prepared.plain_means
        ),
        "all in int8": make(prepared, ()),
    }
    for count in sorted({*_FIRST, first}):
        label = f"heads and the first {count} in float" + (" (shipped)" if count == first else "")
        files[label] = make(prepared, behind | set(layers[:count]))
    truth = readings(published, inputs)
    progress = Progress("frontier", len(files))
    points = []
    for label, data in files.items():
        apart = distances(readings(data, inputs), truth)
        middle, high = np.percentile(apart, (50, 95))
        points.append(
            {
                "name": label,
                "median": float(middle),
                "percentile95": float(high),
                "bytes": len(data),
            }
        )
        progress.step()
    progress.close()
    timed = speed([published, *files.values()], inputs[0], rounds)
    for point, ratio in zip(points, timed["ratio"][1:], strict=True):
        point["ratio"] = ratio
    return points
