from dataclasses import replace

import numpy as np

from gymbox.motion.landmarks import Landmark
from tests.reps.stick_figure import MOVES, pose
from tools.convert.phase.shape import JOINTS, posture, shape, swapped

SQUAT = pose(MOVES["squat"](0.5), 0.0)


def test_joints_are_shares_of_the_picture():
    found = shape(SQUAT, 640, 480)
    hip = JOINTS.index(Landmark.LEFT_HIP)
    assert np.allclose(found[hip] * (640, 480), SQUAT.points[Landmark.LEFT_HIP, :2])


def test_what_is_not_seen_is_not_told():
    hidden = SQUAT.visibility.copy()
    hidden[Landmark.LEFT_KNEE] = 0.2
    found = shape(replace(SQUAT, visibility=hidden), 640, 480)
    assert np.isnan(found).any(axis=1).nonzero()[0].tolist() == [JOINTS.index(Landmark.LEFT_KNEE)]


def test_a_doubtful_pose_and_nobody_have_no_shape():
    assert np.isnan(shape(replace(SQUAT, score=0.5), 640, 480)).all()
    assert np.isnan(shape(None, 640, 480)).all()


def test_swapping_twice_changes_nothing_and_once_exchanges_sides():
    joints = np.arange(26, dtype=np.float32).reshape(13, 2)
    assert (swapped(swapped(joints)) == joints).all()
    left, right = JOINTS.index(Landmark.LEFT_KNEE), JOINTS.index(Landmark.RIGHT_KNEE)
    assert (swapped(joints)[left] == joints[right]).all()
    assert (swapped(joints)[0] == joints[0]).all()


def test_posture_does_not_say_where_or_how_large():
    joints = shape(SQUAT, 640, 480)[None]
    assert np.allclose(posture(joints), posture(joints * 0.5 + 0.2), atol=1e-4)
