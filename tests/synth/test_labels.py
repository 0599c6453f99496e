import itertools

import numpy as np
import pytest

from tools.synth import labels
from tools.synth.camera import camera_pose, projection
from tools.synth.motion import Motion
from tools.synth.script import Script

SIZE = (640, 480)


@pytest.fixture
def camera() -> np.ndarray:
    pose = camera_pose(np.array([0.0, -4.0, 1.0]), np.array([0.0, 0.0, 1.0]))
    return projection(pose, 40.0, SIZE)


def test_what_the_camera_looks_at_is_in_the_middle(camera: np.ndarray):
    x, y, w = camera @ [0.0, 0.0, 1.0, 1.0]
    assert (x / w, y / w) == pytest.approx((320, 240))


def test_right_is_right_and_up_is_up(camera: np.ndarray):
    x, y, w = camera @ [0.3, 0.0, 1.3, 1.0]
    assert x / w > 320
    assert y / w < 240


@pytest.mark.parametrize(
    ("offset", "view"), [(0.0, "whole"), (1.95, "part"), (4.0, "none"), (-4.0, "none")]
)
def test_how_much_is_in_view(camera: np.ndarray, offset: float, view: str):
    points = np.array([[x + offset, 0.0, z] for x in (-0.2, 0.2) for z in (0.2, 1.8)])
    assert labels.in_view(points, camera, SIZE) == view


def test_phases_follow_the_script(plan: Script, moves: Motion):
    seen = ["whole"] * len(moves.times)
    phase = np.array(labels.phases(plan, moves, seen))
    assert set(phase) == {"walk_in", "stand", "down", "bottom", "up", "walk_out"}
    for rep in plan.reps:
        inside = phase[(moves.times >= rep.begin) & (moves.times < rep.end)]
        runs = [inside[0], *(b for a, b in itertools.pairwise(inside) if a != b)]
        assert runs in (["down", "bottom", "up"], ["down", "up"])


def test_an_unseen_athlete_leaves_the_room_empty(plan: Script, moves: Motion):
    assert set(labels.phases(plan, moves, ["none"] * len(moves.times))) == {"empty"}
