from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from gymbox.motion.landmarks import Landmark
from gymbox.motion.observe import observe
from gymbox.motion.signals import NAMES
from tests.reps.stick_figure import (
    Joints,
    arm_swing,
    deadlift,
    pose,
    push_up,
    shoulder_press,
    squat,
)
from tests.strategies import floats


def value(name: str, joints: Joints, yaw: float = 90.0) -> float:
    return observe(pose(joints, 0.0, yaw), None)[0].left[name].value


def test_every_signal_is_read_on_both_sides():
    observation, _ = observe(pose(squat(0.3), 1.5), None)
    assert set(observation.left) == set(observation.right) == set(NAMES)
    assert observation.timestamp == 1.5


def test_standing_straight():
    for name in ("knee", "hip"):
        assert value(name, squat(0)) == pytest.approx(180, abs=1)
    for name in ("hip_height", "thigh_height", "uprightness", "stature"):
        assert value(name, squat(0)) == pytest.approx(1.0, abs=0.01)
    assert value("wrist_height", arm_swing(0)) == pytest.approx(-0.98, abs=0.01)
    assert value("wrist_height", shoulder_press(1)) == pytest.approx(1.0, abs=0.03)


def test_bent():
    assert value("knee", squat(1)) == pytest.approx(55, abs=1)
    assert value("uprightness", deadlift(0)) == pytest.approx(np.cos(np.radians(65)), abs=0.01)
    assert value("uprightness_world", push_up(1), yaw=0) == pytest.approx(0.06, abs=0.05)


@given(scale=floats(0.2, 5.0), x=floats(-300, 300), y=floats(-300, 300))
def test_size_and_place_in_the_picture_do_not_matter(scale: float, x: float, y: float):
    seen = pose(squat(0.6), 0.0)
    moved = replace(seen, points=(scale * seen.points + np.array([x, y, 0])).astype(np.float32))
    plain, _ = observe(seen, None)
    other, _ = observe(moved, None)
    for name in NAMES:
        assert other.left[name].value == pytest.approx(plain.left[name].value, abs=0.05)


def test_the_quality_is_that_of_the_worst_landmark():
    seen = pose(squat(0), 0.0)
    visibility = seen.visibility.copy()
    visibility[Landmark.RIGHT_WRIST] = 0.2
    observation, _ = observe(replace(seen, visibility=visibility), None)
    assert observation.right["elbow"].quality == pytest.approx(0.2)
    assert observation.right["knee"].quality == pytest.approx(0.95)
    assert observation.left["elbow"].quality == pytest.approx(0.95)


def test_lengths_grow_quickly_shrink_slowly_and_are_forgotten():
    tall, small = pose(squat(0), 0.0), pose(squat(0), 1.0)
    small = replace(small, points=0.5 * small.points)
    _, body = observe(tall, None)
    _, later = observe(small, body)
    assert later.left.leg > 0.97 * body.left.leg
    _, grown = observe(replace(tall, timestamp=2.0), later)
    assert grown.left.leg == pytest.approx(body.left.leg, rel=0.01)
    _, new = observe(replace(small, timestamp=9.0), grown)
    assert new.left.leg == pytest.approx(0.5 * body.left.leg)


def test_arms_that_point_at_the_camera_say_little():
    """From the front: hanging arms are seen whole, level ones end on."""
    first, body = observe(pose(arm_swing(0), 0.0, 0), None)
    level, _ = observe(pose(arm_swing(1), 0.1, 0), body)
    for name in ("elbow", "elbow_world", "wrist_height_world"):
        assert first.left[name].quality == pytest.approx(0.95)
        assert level.left[name].quality < 0.05
    # How high the wrist is in the picture is seen all the same, and the legs are as they were.
    for name in ("wrist_height", "knee", "knee_world"):
        assert level.left[name].quality == pytest.approx(0.95)
