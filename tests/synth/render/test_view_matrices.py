import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import floats
from tools.synth.render import paint, views
from tools.synth.world import pinhole


@given(
    seed=st.integers(0, 2**32 - 1),
    view=floats(30, 100),
    height=floats(0.2, 2.0),
    roll=floats(-5, 5),
)
def test_the_lens_agrees_with_the_labels(seed: int, view: float, height: float, roll: float):
    size = (640, 480)
    points = np.array([0, 0, 0.9]) + np.random.default_rng(seed).uniform(-0.8, 0.8, (20, 3))
    pose = pinhole.look_at(np.array([1.0, -3.0, height]), np.array([0, 0, 0.9]), roll)
    clip = np.column_stack([points, np.ones(20)]) @ views.camera(pose, view, size).T
    pixels = (clip[:, :2] / clip[:, 3:] + 1) / 2 * size
    seen = pinhole.seen(points, pinhole.projection(pose, view, size))
    np.testing.assert_allclose(pixels, seen[:, :2], atol=1e-6)
    assert (np.abs(clip[:, 2]) < clip[:, 3]).all()


@given(seed=st.integers(0, 2**32 - 1))
def test_the_sun_sees_all_places_within_its_region(seed: int):
    rng = np.random.default_rng(seed)
    sun = rng.normal((0, 0, 1.5), 1.0)
    sun /= np.linalg.norm(sun)
    places = rng.uniform(-2, 2, (30, 3))
    matrix, region = views.light(sun, places, 0.2, 1024)
    seen = np.column_stack([places, np.ones(30)]) @ (views.TO_TEXTURE @ matrix).T
    assert (seen[:, :3] > 0).all()
    assert (seen[:, :3] < 1).all()
    assert (seen[:, :3] >= region[0]).all()
    assert (seen[:, :3] <= region[1]).all()
    nearer = (np.append(places[0] + 0.1 * sun, 1) @ (views.TO_TEXTURE @ matrix).T)[2]
    assert nearer < seen[0, 2]


def test_small_steps_do_not_shift_the_grid_of_the_shadow():
    sun, places = np.array([0.3, -0.4, 0.866]), np.array([[0, 0, 0], [0.5, 0.4, 1.7]])
    one, _ = views.light(sun, places, 0.2, 1024)
    for step in (0.003, 0.011, 0.02):
        other, _ = views.light(sun, places + np.array([step, 0, 0]), 0.2, 1024)
        shift = (other - one)[:2, 3] / 2 * 1024
        assert shift == pytest.approx(np.round(shift), abs=1e-6)


def test_linear_light_is_that_of_the_standard():
    assert paint.linear((0.0, 0.5, 1.0)) == pytest.approx([0.0, 0.2140, 1.0], abs=1e-4)
