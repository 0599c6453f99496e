"""What the sequence net is told: the same wherever the athlete stands, different if he lies."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.motion.features import (
    COUNT,
    JOINTS,
    PARTS,
    columns,
    features,
    image_features,
    mirrored,
    rows,
)
from tests.strategies import floats

SEEDS = st.integers(0, 1000)
SMALL = 2e-3


def window(seed: int, length: int = 12) -> np.ndarray:
    """A moving body of no particular shape: it stands, seen from ahead, limbs at random."""
    rng = np.random.default_rng(seed)
    body = rng.normal(0, 0.15, (len(JOINTS), 3))
    body[:, 1] += np.linspace(-0.6, 0.8, len(JOINTS))
    body[3], body[4] = (0.2, -0.5, 0.02), (-0.2, -0.5, 0.0)
    body[9], body[10] = (0.12, 0.0, 0.01), (-0.12, 0.0, 0.0)
    moves = np.cumsum(rng.normal(0, 0.01, (length, len(JOINTS), 3)), axis=0)
    moves[:, [3, 4, 9, 10]] *= 0.2
    space = body + moves
    out = np.empty((length, len(JOINTS), 6), np.float32)
    out[..., 2:5] = space
    out[..., :2] = 300 * space[..., :2] + 400
    out[..., 5] = rng.uniform(0.2, 1, (length, len(JOINTS)))
    return out


def found(one: np.ndarray) -> np.ndarray:
    return np.ones(len(one), bool)


def part(described: np.ndarray, *names: str) -> np.ndarray:
    return described[..., columns(*names)]


@settings(deadline=None)
@given(SEEDS, floats(0.3, 3), floats(-200, 200))
def test_where_and_how_large_in_the_picture_does_not_matter(seed: int, scale: float, shift: float):
    one = window(seed)
    other = one.copy()
    other[..., :2] = one[..., :2] * scale + shift
    first, second = (features(each, found(each), 10.0) for each in (one, other))
    np.testing.assert_allclose(first, second, atol=SMALL)


@settings(deadline=None)
@given(SEEDS, floats(-3, 3))
def test_which_way_the_athlete_faces_does_not_matter_in_space(seed: int, turn: float):
    one = window(seed)
    other = one.copy()
    x, z = one[..., 2], one[..., 4]
    other[..., 2] = x * np.cos(turn) - z * np.sin(turn)
    other[..., 4] = x * np.sin(turn) + z * np.cos(turn)
    first, second = (part(features(each, found(each), 10.0), "body") for each in (one, other))
    np.testing.assert_allclose(first, second, atol=SMALL)


@settings(deadline=None)
@given(SEEDS, floats(0.7, 1.4))
def test_how_tall_the_athlete_is_does_not_matter(seed: int, scale: float):
    one = window(seed)
    other = one.copy()
    other[..., 2:5] *= scale
    first, second = (features(each, found(each), 10.0) for each in (one, other))
    np.testing.assert_allclose(first, second, atol=SMALL)


def test_lying_is_not_standing():
    one = window(3)
    other = one.copy()
    other[..., 2], other[..., 3] = one[..., 3], one[..., 2]
    first, second = (part(features(each, found(each), 10.0), "angles") for each in (one, other))
    assert np.abs(first - second).max() > 0.3


@settings(deadline=None)
@given(SEEDS)
def test_mirroring_twice_is_nothing_and_once_exchanges_the_sides(seed: int):
    one = window(seed)
    np.testing.assert_array_equal(mirrored(mirrored(one)), one)
    left, right = (part(features(w, found(w), 10.0), "angles") for w in (one, mirrored(one)))
    # Elbow, shoulder, hip, knee, ankle: left and right of each are neighbours.
    np.testing.assert_allclose(left[:, 0:10:2], right[:, 1:10:2], atol=SMALL)


def test_a_limb_at_a_right_angle_is_half_way():
    one = window(0)
    one[:, 3, 2:5], one[:, 5, 2:5], one[:, 7, 2:5] = (0.2, -0.5, 0), (0.2, -0.2, 0), (0.5, -0.2, 0)
    bend = part(features(one, found(one), 10.0), "angles")[:, 0]
    np.testing.assert_allclose(bend, 0.0, atol=1e-5)


def test_speed_is_change_by_time():
    one = window(5)
    slow, fast = (part(features(one, found(one), rate), "speeds") for rate in (5.0, 10.0))
    np.testing.assert_allclose(fast, 2 * slow, atol=1e-5)
    assert not slow[0].any()


def test_rows_without_anybody_are_zero_and_do_not_matter():
    one = window(7)
    there = found(one)
    there[:4] = False
    other = one.copy()
    other[:4] = np.nan
    first, second = (features(each, there, 10.0) for each in (one, other))
    np.testing.assert_array_equal(first, second)
    assert not first[:4].any()
    assert first[4:, -1].all()


def test_many_windows_at_once_are_as_one_by_one():
    many = np.stack([window(seed) for seed in range(3)])
    there = np.stack([found(one) for one in many])
    whole = features(many, there, 10.0)
    assert whole.shape == (3, 12, COUNT)
    for one, described in zip(many, whole, strict=True):
        np.testing.assert_allclose(features(one, found(one), 10.0), described, atol=1e-6)


def test_the_parts_make_up_the_whole():
    assert sum(PARTS.values()) == COUNT
    np.testing.assert_array_equal(columns(*PARTS), np.arange(COUNT))


def test_rows_take_the_joints_of_the_landmarks():
    points = np.arange(99, dtype=np.float32).reshape(33, 3)
    row = rows(points, points + 100, np.arange(33, dtype=np.float32))
    assert row.shape == (len(JOINTS), 6)
    assert row[3].tolist() == [33, 34, 133, 134, 135, 11]


def test_picture_coordinates_are_shares_of_the_picture():
    one = window(1)
    described = image_features(one, found(one), (800.0, 800.0))
    assert described[0, 0] == pytest.approx(one[0, 0, 0] / 800 - 0.5, abs=1e-6)
    assert described.shape == (12, 3 * len(JOINTS) + 1)
