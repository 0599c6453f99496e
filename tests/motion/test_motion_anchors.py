import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.motion import anchors
from gymbox.motion.landmarks import Pose
from gymbox.reps.profiles import profile
from tests.reps.stick_figure import MOVES, pose, wave
from tests.strategies import floats

NAMES = sorted(MOVES)


def shown(name: str, yaw: float = 60.0) -> list[Pose]:
    u = wave(3, 2.0)
    return [pose(MOVES[name](u(t / 10)), t / 10, yaw) for t in range(70)]


def pulldown() -> list[Pose]:
    """The arms of a pull-up on a body that sits still."""
    return [_moved(seen, (0, -_shoulder(seen))) for seen in shown("pull_up")]


def _shoulder(seen: Pose) -> float:
    return float(seen.points[11, 1]) - 300


def _moved(seen: Pose, by: tuple[float, float]) -> Pose:
    return replace(seen, points=seen.points + np.array([*by, 0], np.float32))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("yaw", [30, 60, 90])
def test_every_exercise_fits_itself(name: str, yaw: float):
    assert anchors.fits(profile(name), anchors.travel(shown(name, yaw))) > 0.8


def test_hands_that_go_to_the_body_are_no_pull_up():
    assert anchors.fits(profile("pull_up"), anchors.travel(pulldown())) < 0.1


def test_a_body_that_goes_to_the_hands_is_no_press():
    assert anchors.fits(profile("shoulder_press"), anchors.travel(shown("pull_up"))) < 0.1


def test_legs_that_rise_below_hips_at_rest_are_no_squat():
    assert anchors.fits(profile("squat"), anchors.travel(shown("leg_extension"))) < 0.2


def test_a_body_that_bobs_as_a_whole_does_not_squat():
    bobbing = [_moved(seen, (0, 300 * math.sin(t))) for t, seen in enumerate(shown("squat"))]
    assert anchors.fits(profile("squat"), anchors.travel(bobbing)) < 0.3


def test_a_lunge_may_walk():
    walking = [_moved(seen, (40 * t / 10, 0)) for t, seen in enumerate(shown("lunge"))]
    assert anchors.fits(profile("lunge"), anchors.travel(walking)) > 0.9


def test_what_was_badly_seen_says_little():
    hidden = [replace(seen, visibility=np.full(33, 0.2, np.float32)) for seen in pulldown()]
    assert anchors.fits(profile("pull_up"), anchors.travel(hidden)) > 0.9


@pytest.mark.parametrize("name", NAMES)
def test_a_shaking_camera_changes_nothing(name: str):
    chance = np.random.default_rng(1)
    shaken = [_moved(seen, tuple(chance.normal(0, 5, 2))) for seen in shown(name)]
    assert anchors.fits(profile(name), anchors.travel(shaken)) > 0.8


@given(scale=floats(0.2, 3.0), angle=floats(-0.3, 0.3))
def test_neither_size_nor_tilt_matters(scale: float, angle: float):
    turn = scale * np.array(
        [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]], np.float32
    )
    seen = shown("pull_up")
    turned = [
        replace(p, points=np.concatenate([p.points[:, :2] @ turn, p.points[:, 2:]], axis=1))
        for p in seen
    ]
    plain, other = anchors.travel(seen), anchors.travel(turned)
    assert plain is not None
    assert other is not None
    assert other.between("shoulder", "wrist").share == pytest.approx(
        plain.between("shoulder", "wrist").share, abs=0.02
    )


def test_a_slip_of_the_network_changes_little():
    seen = shown("pull_up")
    points = seen[30].points.copy()
    points[[15, 16]] += 300
    seen[30] = replace(seen[30], points=points)
    assert anchors.fits(profile("pull_up"), anchors.travel(seen)) > 0.9


def test_nothing_seen_speaks_against_nothing():
    assert anchors.travel([]) is None
    assert anchors.fits(profile("squat"), None) == 1.0
    still = [pose(MOVES["squat"](0.0), t / 10) for t in range(30)]
    assert anchors.fits(profile("squat"), anchors.travel(still)) == pytest.approx(1.0, abs=0.01)


def test_an_exercise_of_which_nothing_is_known_always_fits():
    unknown = replace(profile("squat"), moves="", still=())
    assert anchors.fits(unknown, anchors.travel(pulldown())) == 1.0


@given(data=st.data())
def test_broken_poses_are_left_out(data: st.DataObject):
    seen = shown("squat")
    for index in data.draw(st.lists(st.integers(0, 69), max_size=60)):
        broken = data.draw(st.sampled_from([math.nan, math.inf]))
        seen[index] = replace(seen[index], points=np.full((33, 3), broken, np.float32))
    assert 0.0 <= anchors.fits(profile("squat"), anchors.travel(seen)) <= 1.0


def test_how_far_a_part_went():
    found = anchors.travel(shown("squat"))
    assert found is not None
    assert found.far["ankle"] == pytest.approx(0.0, abs=0.01)
    assert found.far["hip"] > 0.5
