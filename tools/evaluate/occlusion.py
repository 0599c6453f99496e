"""Occlusion sensitivity: what happens to the answer when a part of the picture is hidden?

Zeiler and Fergus 2014, "Visualizing and Understanding Convolutional Networks".
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gymbox.inference.phase_net import GREY

Classify = Callable[[NDArray[np.uint8]], NDArray[np.float64]]
"""From the picture that a network sees, [side, side, 3] RGB, to the probability of each class."""

PATCH = 1 / 6
"""Side of the grey patch as a share of the picture's."""


def occlusion(
    classify: Classify, picture: NDArray[np.uint8], label: int, patch: float = PATCH
) -> NDArray[np.float64]:
    """How much each place speaks for a class.

    A grey patch slides over the picture by half of its side; the heat of a pixel is the mean drop
    of the probability over the four patches that hide it.

    Args:
        classify: asked once for each place of the patch, (2 / patch + 1) squared times.
        picture: [side, side, 3].
        label: index of the class.
        patch: side of the patch as a share of the picture's.

    Returns:
        [side, side]; negative where hiding makes the class more probable.
    """
    side = picture.shape[0]
    step = max(1, round(side * patch / 2))
    whole = classify(picture)[label]
    heat = np.zeros((side, side))
    for top in range(-step, side, step):
        for left in range(-step, side, step):
            # The patches along the rim hang over, so that every pixel is hidden four times.
            place = np.s_[max(0, top) : top + 2 * step, max(0, left) : left + 2 * step]
            hidden = picture.copy()
            hidden[place] = GREY
            heat[place] += (whole - classify(hidden)[label]) / 4
    return heat
