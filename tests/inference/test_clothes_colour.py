"""Clothes are told apart by their colours, wherever and however large they are seen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.inference.clothes import blended, colours, likeness
from gymbox.motion.landmarks import Landmark

RED, BLUE, GREY = (40, 40, 180), (170, 60, 40), (90, 90, 90)


def body(x: float = 60, y: float = 20, wide: float = 40, tall: float = 60) -> np.ndarray:
    points = np.zeros((33, 3), np.float32)
    corners = {
        Landmark.LEFT_SHOULDER: (x + wide, y),
        Landmark.RIGHT_SHOULDER: (x, y),
        Landmark.LEFT_HIP: (x + wide, y + tall),
        Landmark.RIGHT_HIP: (x, y + tall),
    }
    for landmark, place in corners.items():
        points[landmark, :2] = place
    return points


def shirt(colour: tuple[int, int, int], seed: int = 0) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, 6, (120, 160, 3))
    return np.clip(np.array(colour) + noise, 0, 255).astype(np.uint8)


def test_the_same_shirt_is_the_same_and_another_one_is_not():
    red, again = colours(shirt(RED), body()), colours(shirt(RED, 1), body(80, 30, 20, 40))
    assert likeness(red, again) > 0.95
    assert likeness(red, colours(shirt(BLUE), body())) < 0.1
    assert likeness(red, colours(shirt(GREY), body())) < 0.3


def test_a_little_less_light_makes_nobody_else():
    dim = (shirt(RED) * 0.85).astype(np.uint8)
    assert likeness(colours(shirt(RED), body()), colours(dim, body())) > 0.7


def test_from_the_side_there_is_still_a_trunk():
    assert likeness(colours(shirt(RED), body(wide=0)), colours(shirt(RED), body())) > 0.95


def test_a_trunk_outside_of_the_picture_says_nothing():
    assert colours(shirt(RED), body(x=500)) is None
    assert likeness(None, colours(shirt(RED), body())) is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-300, 300), min_size=8, max_size=8), st.integers(0, 5))
def test_any_trunk_is_a_histogram_and_like_itself(places: list[float], seed: int):
    points = body()
    points[[11, 12, 23, 24], :2] = np.reshape(places, (4, 2))
    found = colours(np.random.default_rng(seed).integers(0, 256, (120, 160, 3), np.uint8), points)
    if found is not None:
        assert np.isfinite(found).all()
        assert likeness(found, found) == pytest.approx(1, abs=1e-3)


@settings(deadline=None)
@given(st.floats(0, 1))
def test_what_is_known_changes_towards_what_is_seen(share: float):
    red, blue = colours(shirt(RED), body()), colours(shirt(BLUE), body())
    mixed = blended(red, blue, share)
    assert likeness(mixed, mixed) == pytest.approx(1, abs=1e-3)
    assert likeness(mixed, red) ** 2 == pytest.approx(1 - share, abs=0.03)
    assert blended(None, blue, share) is blue
    assert blended(red, None, share) is red
