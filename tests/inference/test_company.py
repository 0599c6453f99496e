"""Whether anybody else is about, and before the athlete."""

import numpy as np
import pytest

from gymbox.inference.athlete import Sight
from gymbox.inference.company import Company
from gymbox.inference.detector import Detection
from gymbox.inference.landmarker import RawPose
from gymbox.inference.roi import Roi
from gymbox.motion.landmarks import Pose
from gymbox.motion.lock import Place

HERE = Place(320, 240, 300, 0)
MINE = Roi(320, 240, 300)


def pose() -> Pose:
    points = np.zeros((33, 3), np.float32)
    points[11:, 0] = np.linspace(260, 380, 22)
    points[:, 1] = 240
    return Pose(
        timestamp=0.0,
        points=points,
        world=np.zeros((33, 3), np.float32),
        visibility=np.ones(33, np.float32),
        score=1.0,
        size=(640, 480),
    )


def sight(visible: float = 0.9, score: float = 1.0, *, head: float = 100.0) -> Sight:
    places, visibility = np.full((68, 3), 100.0, np.float32), np.full(33, visible, np.float32)
    places[0, 1] = head
    return Sight(RawPose(places, visibility, score), HERE, np.zeros((480, 640, 3), np.uint8))


def watched(lefts: list[int], width: int, top: int = 60, here: Place = HERE) -> Company:
    """Ten frames a second, in which somebody of a width and down from a height is at `lefts`."""
    company = Company()
    for step, left in enumerate(lefts):
        image = np.zeros((480, 640, 3), np.uint8)
        image[top:420, max(left, 0) : max(left + width, 0)] = 200
        company.watch(image, step / 10, here)
        company.take(pose(), step / 10)
    return company


def known() -> Company:
    company = watched([0, 25, 50, 75, 100], 100)
    for _ in range(30):
        company.learn_people([Detection(MINE, 0.98)], HERE)
        company.learn_sight(sight())
    return company


def test_nobody_stirs_in_a_still_picture():
    company = watched([500] * 20, 80)
    assert company.alone(2.0)
    assert not company.passing(2.0)


def test_who_comes_from_the_side_is_noticed_and_then_forgotten():
    company = watched([0, 25, 50, 75, 100], 100)
    assert not company.alone(0.4)
    assert company.passing(0.4)
    assert not company.passing(2.0)
    assert company.alone(3.0)


def test_who_walks_far_beside_is_noticed_but_hides_nobody():
    company = watched([-75, -60, -45, -40, -35], 80)
    assert not company.alone(0.4)
    assert not company.passing(0.4)


def test_what_is_lower_than_a_body_is_nobody():
    assert watched([0, 25, 50, 75, 100], 100, top=380).alone(0.5)


def test_what_the_athlete_moves_is_his():
    assert watched([250, 260, 270, 260, 250], 120).alone(0.5)


def test_in_a_close_up_all_that_stirs_is_the_athletes():
    assert watched([0, 25, 50, 75, 100], 100, here=Place(320, 240, 660, 0)).alone(0.5)


def test_whom_the_detector_sees_elsewhere_is_company():
    company = Company()
    company.meet([Detection(MINE, 0.9)], HERE, 1.0)
    assert company.alone(1.0)
    company.meet([Detection(MINE, 0.9), Detection(Roi(550, 240, 200), 0.6)], HERE, 1.0)
    assert not company.alone(4.0)
    assert company.alone(6.0)


@pytest.mark.parametrize(
    ("score", "visible", "hidden"),
    [(0.98, 0.9, 0), (0.6, 0.9, 0), (0.98, 0.6, 0), (0.6, 0.6, 1)],
)
def test_who_is_found_less_surely_and_seen_less_well_is_hidden(
    score: float, visible: float, hidden: int
):
    assert known().hides([Detection(MINE, score)], sight(visible), 1.0, 1.0) == hidden


def test_whose_head_is_out_of_the_picture_is_not_hidden_for_being_found_less_surely():
    people = [Detection(MINE, 0.6)]
    assert known().hides(people, sight(0.6, head=5.0), 1.0, 1.0)
    assert not known().hides(people, sight(0.6, head=-5.0), 1.0, 1.0)


def test_one_detection_does_not_say_how_surely_somebody_is_usually_found():
    company = watched([0, 25, 50, 75, 100], 100)
    company.learn_people([Detection(MINE, 0.98)], HERE)
    company.learn_sight(sight())
    assert not company.hides([Detection(MINE, 0.8)], sight(0.6), 1.0, 1.0)


def test_other_clothes_hide_the_athlete_and_he_is_back_after_a_moment():
    company, people = known(), [Detection(MINE, 0.98)]
    assert company.hides(people, sight(), 0.5, 1.0)
    assert company.hides(people, sight(), 1.0, 1.1)
    assert not company.hides(people, sight(), 1.0, 1.3)


def test_of_an_athlete_who_is_never_seen_well_a_low_score_says_nothing():
    company = Company()
    for _ in range(30):
        company.learn_people([Detection(MINE, 0.4)], HERE)
        company.learn_sight(sight(0.5, 0.8))
    assert not company.hides([], sight(0.3, 0.6), 0.6, 1.0)


def test_who_was_not_seen_while_somebody_passed_is_doubtful_for_a_moment():
    people = [Detection(MINE, 0.98)]
    company = known()
    assert company.passing(1.0)
    company.hide(1.0)
    assert company.hides(people, sight(), 1.0, 1.1)
    assert not company.hides(people, sight(), 1.0, 1.2)
    company.hide(5.0)
    assert not company.hides(people, sight(), 1.0, 5.1)


def test_somebody_who_was_noticed_is_company():
    company = Company()
    assert company.alone(1.0)
    company.notice(1.0)
    assert not company.alone(2.0)
