import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.synth.world import camera, pinhole

BODY = np.array([[x, y, z] for x in (-0.6, 0.6) for y in (-0.4, 0.4) for z in (0.0, 2.1)])


def shares(seen_by: camera.Camera, frame: int = 0) -> np.ndarray:
    seen = seen_by.project(BODY, frame)
    assert (seen[:, 2] > 0).all()
    return seen[:, :2] / seen_by.size


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_whole_target_is_seen_with_a_margin(seed: int):
    seen_by = camera.sample(np.random.default_rng(seed), BODY, handheld=0)
    inside = shares(seen_by)
    assert inside.min() >= 0.039
    assert inside.max() <= 0.961
    assert 0.2 <= seen_by.eye[2] <= 2.0


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_hand_shakes_a_little_and_smoothly(seed: int):
    seen_by = camera.sample(np.random.default_rng(seed), BODY, frames=60, fps=30, handheld=1)
    tracks = np.stack([shares(seen_by, i) for i in range(60)])
    assert np.ptp(tracks, axis=0).max() < 0.12
    assert np.ptp(tracks, axis=0).max() > 1e-4
    assert np.abs(np.diff(tracks, axis=0)).max() < 0.03
    turns = seen_by.poses[:, :3, :3]
    np.testing.assert_allclose(
        turns @ turns.transpose(0, 2, 1), np.eye(3)[None].repeat(60, 0), atol=1e-9
    )


def test_only_a_hand_smears():
    middle = np.array([0.0, 0, 1])
    for handheld in (0, 1):
        rng = np.random.default_rng(1)
        seen_by = camera.sample(rng, BODY, frames=9, fps=30, handheld=handheld)
        smears = np.array([seen_by.smear(middle, i, 0.5) for i in range(9)])
        track = np.array([seen_by.project(middle[None], i)[0, :2] for i in range(9)])
        np.testing.assert_allclose(smears[:-1], np.diff(track, axis=0) / 2, atol=1e-9)
        assert (np.abs(smears).max() > 0.01) == bool(handheld)
    assert camera.sample(np.random.default_rng(1), BODY).smear(middle, 0, 1.0) == (0, 0)


def test_cropping_lets_the_target_stick_out():
    outside = 0
    for seed in range(30):
        rng = np.random.default_rng(seed)
        seen_by = camera.sample(rng, BODY, crop=0.15, slack=(1.0, 1.0), handheld=0)
        inside = shares(seen_by)
        outside += inside.min() < 0 or inside.max() > 1
        assert inside.min() > -0.16
        assert inside.max() < 1.16
    assert outside > 20


@pytest.mark.parametrize(
    ("azimuth", "side"), [(0, (0, -1)), (90, (1, 0)), (180, (0, 1)), (270, (-1, 0))]
)
def test_azimuth_names_the_side_seen(azimuth: float, side: tuple[int, int]):
    seen_by = camera.sample(np.random.default_rng(0), BODY, azimuth=azimuth)
    place = seen_by.eye[:2] / np.linalg.norm(seen_by.eye[:2])
    assert place @ np.array(side) > 0.97


def test_projection_agrees_with_hand_geometry():
    pose = pinhole.look_at(np.array([0.0, -4, 1]), np.array([0.0, 0, 1]))
    matrix = pinhole.projection(pose, 90, (640, 480))
    seen = pinhole.seen(np.array([[0.0, 0, 1], [1, 0, 1], [0, 0, 2]]), matrix)
    np.testing.assert_allclose(seen, [(320, 240, 4), (380, 240, 4), (320, 180, 4)], atol=1e-9)


def test_a_roll_turns_the_picture():
    straight, rolled = (
        pinhole.look_at(np.array([0.0, -4, 1]), np.array([0.0, 0, 1]), roll) for roll in (0, 10)
    )
    assert np.rad2deg(np.arccos(straight[:3, 0] @ rolled[:3, 0])) == pytest.approx(10)
    np.testing.assert_allclose(straight[:3, 2], rolled[:3, 2])


def test_the_diagonal_angle_becomes_the_vertical_one():
    assert pinhole.vertical(90, (300, 400)) == pytest.approx(2 * np.rad2deg(np.arctan(0.8)))
    wide = camera.sample(np.random.default_rng(0), BODY, size=(640, 480), diagonal=110)
    close = camera.sample(np.random.default_rng(0), BODY, size=(640, 480), diagonal=50)
    assert np.linalg.norm(wide.eye[:2]) < np.linalg.norm(close.eye[:2])


def test_what_is_too_large_is_told():
    with pytest.raises(ValueError, match="seen whole"):
        camera.sample(np.random.default_rng(0), BODY * 40, diagonal=50)


def test_the_same_seed_gives_the_same_camera():
    first, again, other = (
        camera.sample(np.random.default_rng(s), BODY, frames=5) for s in (7, 7, 8)
    )
    assert first.poses.tobytes() == again.poses.tobytes()
    assert first.poses.tobytes() != other.poses.tobytes()


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 2**32 - 1), nearest=st.floats(0.5, 4.0))
def test_it_keeps_its_distance(seed: int, nearest: float):
    """Whatever hand or head comes nearest, and never nearer than it has to be."""
    seen_by = camera.sample(
        np.random.default_rng(seed), BODY, slack=(1.0, 1.0), nearest=nearest, handheld=0
    )
    gap = np.linalg.norm(BODY - seen_by.eye, axis=1).min()
    assert gap >= nearest - 1e-6
    free = camera.sample(np.random.default_rng(seed), BODY, slack=(1.0, 1.0), handheld=0)
    if np.linalg.norm(BODY - free.eye, axis=1).min() > nearest:
        np.testing.assert_allclose(seen_by.eye, free.eye)
    else:
        assert gap == pytest.approx(nearest, abs=1e-6)
