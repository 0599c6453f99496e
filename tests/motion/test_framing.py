"""Advice on where to stand."""

import numpy as np
import pytest
from hypothesis import given

from gymbox.motion.framing import advise
from gymbox.motion.landmarks import Landmark, Pose
from tests.strategies import floats

SIZE = (640, 480)


def person(centre: float = 0.5, top: float = 0.1, bottom: float = 0.9, width: float = 0.2) -> Pose:
    """Everybody in one box, in shares of the picture."""
    points = np.zeros((33, 3), np.float32)
    points[:, 0] = centre * SIZE[0]
    points[:, 1] = (top + bottom) / 2 * SIZE[1]
    points[Landmark.NOSE, 1] = top * SIZE[1]
    points[[Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE], 1] = bottom * SIZE[1]
    points[Landmark.LEFT_SHOULDER, 0] = (centre + width / 2) * SIZE[0]
    points[Landmark.RIGHT_SHOULDER, 0] = (centre - width / 2) * SIZE[0]
    ones = np.ones(33, np.float32)
    return Pose(0.0, points, ones, np.zeros((33, 3), np.float32), 1.0, SIZE)


@pytest.mark.parametrize(
    ("pose", "advice"),
    [
        (None, "nobody"),
        (person(), "ok"),
        (person(top=0.4, bottom=0.6), "step closer"),
        (person(top=-0.1, bottom=1.1), "step back"),
        (person(top=0.2, bottom=1.1), "step back"),
        (person(centre=0.05), "step left"),
        (person(centre=0.95), "step right"),
        (person(top=0.6, bottom=1.05), "lower camera"),
        (person(top=-0.05, bottom=0.4), "raise camera"),
        (person(top=0.4, bottom=0.6, width=1.2), "step back"),
    ],
)
def test_advice(pose: Pose | None, advice: str) -> None:
    assert advise(pose) == advice


@given(floats(0.15, 0.85), floats(0.03, 0.3), floats(0.7, 0.97))
def test_who_is_wholly_in_the_picture_may_stay(centre: float, top: float, bottom: float) -> None:
    assert advise(person(centre, top, bottom)) == "ok"
