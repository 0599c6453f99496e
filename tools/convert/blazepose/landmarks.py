"""What the box reads out of the landmark network, and how far two readings are apart."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gymbox.inference.heatmap import Refiner, sigmoid
from gymbox.inference.landmarker import SIDE
from gymbox.motion.landmarks import Landmark

_MADE, _CELLS = 39, 64
_POINTS = len(Landmark)
OUTPUTS = ("Identity", "Identity_1", "Identity_3", "Identity_4")
"""Landmarks, chance of a person, heat maps, world landmarks; all but the mask."""

_refine = Refiner(_CELLS, _MADE, SIDE // _CELLS)


@dataclass(frozen=True, slots=True)
class Readings:
    """What a network says about n crops.

    Attributes:
        places: [n, 33, 2] pixels of the crop, refined by the heat maps as the box does it.
        anchors: [n, 2, 2] the two points that span the next region, likewise.
        visibility: [n, 33] 0..1.
        score: [n] 0..1, the chance of a person.
        world: [n, 33, 3] metres.
    """

    places: NDArray[np.float32]
    anchors: NDArray[np.float32]
    visibility: NDArray[np.float32]
    score: NDArray[np.float32]
    world: NDArray[np.float32]


def read(outputs: Iterable[list[NDArray[np.float32]]]) -> Readings:
    """Reads outputs, whatever their order: each is known by its size."""
    places, visibility, score, world = [], [], [], []
    for tensors in outputs:
        by_size = {tensor.size: tensor for tensor in tensors}
        made = by_size[_MADE * 5].reshape(_MADE, 5)
        heat = np.ascontiguousarray(by_size[_CELLS * _CELLS * _MADE].reshape(_CELLS, _CELLS, _MADE))
        places.append(_refine(made[: _POINTS + 2, :2], heat))
        visibility.append(sigmoid(made[:_POINTS, 3]))
        score.append(float(by_size[1].reshape(())))
        world.append(by_size[_MADE * 3].reshape(_MADE, 3)[:_POINTS])
    all_places = np.stack(places)
    return Readings(
        all_places[:, :_POINTS],
        all_places[:, _POINTS:],
        np.stack(visibility),
        np.array(score, np.float32),
        np.stack(world),
    )


def distances(ours: Readings, theirs: Readings) -> NDArray[np.float32]:
    """[n, 33] pixels between the places of two readings."""
    apart: NDArray[np.float32] = np.linalg.norm(ours.places - theirs.places, axis=2)
    return apart
