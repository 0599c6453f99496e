"""Refining with heat maps: the vectorised form against the plain one."""

import math
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.inference.heatmap import Refiner, sigmoid
from tests.strategies import floats

SIDE, MAPS, PIXELS = 64, 39, 4


def plain(place: Sequence[float], heat: np.ndarray) -> Sequence[float]:
    """One landmark, written the way that MediaPipe does it."""
    column, row = (int(value / PIXELS) for value in place)
    if not (0 <= column < SIDE and 0 <= row < SIDE):
        return place
    total = across = down = most = 0.0
    for y in range(max(0, row - 4), min(SIDE, row + 5)):
        for x in range(max(0, column - 4), min(SIDE, column + 5)):
            confidence = 1 / (1 + math.exp(-heat[y, x]))
            total += confidence
            across += x * confidence
            down += y * confidence
            most = max(most, confidence)
    return (across / total * PIXELS, down / total * PIXELS) if most >= 0.5 else place


@given(st.integers(0, 2**32 - 1), floats(-8, 4))
@settings(max_examples=40)
def test_it_is_the_same_as_point_by_point(seed: int, level: float):
    rng = np.random.default_rng(seed)
    heat = rng.normal(level, 2, (SIDE, SIDE, MAPS)).astype(np.float32)
    places = rng.uniform(-30, 290, (35, 2)).astype(np.float32)
    expected = [plain(place, heat[:, :, index]) for index, place in enumerate(places.tolist())]
    refined = Refiner(SIDE, MAPS, PIXELS)(places, heat)
    assert refined.dtype == np.float32
    np.testing.assert_allclose(refined, expected, atol=2e-3)


def test_a_landmark_moves_to_the_peak_beside_it():
    heat = np.full((SIDE, SIDE, MAPS), -20, np.float32)
    heat[22, 31, 5] = 20
    places = np.full((6, 2), 100.0, np.float32)
    places[5] = (30 * PIXELS, 20 * PIXELS)
    refined = Refiner(SIDE, MAPS, PIXELS)(places, heat)
    np.testing.assert_allclose(refined[5], (31 * PIXELS, 22 * PIXELS), atol=1e-3)
    np.testing.assert_array_equal(refined[:5], places[:5])


def test_an_unsure_map_moves_nothing():
    heat = np.full((SIDE, SIDE, MAPS), -0.01, np.float32)
    places = np.array([[0, 0], [255, 255], [128, 3]], np.float32)
    np.testing.assert_array_equal(Refiner(SIDE, MAPS, PIXELS)(places, heat), places)


def test_sigmoid():
    np.testing.assert_allclose(sigmoid(np.array([0, 100, -80], np.float32)), [0.5, 1, 0], atol=1e-6)
