import math

import numpy as np
import pytest

from gymbox.reps.profiles import profile
from tests.reps.stick_figure import MOVES, pose
from tools.convert.phase.travel import travel, travel_alone


def recording(exercise: str, depth: float):
    """Two repetitions down to a depth, at 20 frames a second."""
    times = np.arange(0, 6, 0.05)
    way = depth * (0.5 - 0.5 * np.cos(2 * math.pi * times / 3))
    return [(t, pose(MOVES[exercise](u), t)) for t, u in zip(times, way, strict=True)], way / depth


@pytest.mark.parametrize("exercise", ["squat", "push_up"])
@pytest.mark.parametrize("depth", [1.0, 0.75])
def test_travel_is_a_share_of_the_own_range(exercise: str, depth: float):
    poses, truth = recording(exercise, depth)
    found = travel(poses, profile(exercise))
    assert np.corrcoef(found, truth)[0, 1] > 0.97
    assert found[truth < 0.05].max() < 0.2
    assert found[truth > 0.97].min() > 0.8


def test_a_frame_without_a_pose_has_no_travel():
    poses, _ = recording("squat", 1.0)
    poses[7] = (poses[7][0], None)
    assert np.flatnonzero(np.isnan(travel(poses, profile("squat")))).tolist() == [7]


def test_nobody_at_all_has_no_travel():
    assert np.isnan(travel([(0.0, None), (0.1, None)], profile("squat"))).all()


def test_one_picture_is_judged_by_the_range_of_most():
    top, bottom = (travel_alone(pose(MOVES["squat"](u), 0.0), profile("squat")) for u in (0.0, 1.0))
    assert top < 0.2
    assert bottom > 0.75
