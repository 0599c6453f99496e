"""Whom the box takes, and when it finds that it took the wrong one."""

from gymbox.inference.choice import YOUNG, Choice, prominence
from gymbox.inference.detector import Detection
from gymbox.inference.roi import Roi
from gymbox.motion.lock import Place

SIZE = (600, 400)
FAR = Place(450, 200, 120, 0)
NEAR = Detection(Roi(280, 200, 240), 0.6)


def better(choice: Choice, here: Place, person: Detection, times: list[float]) -> Place | None:
    for t in times[:-1]:
        assert choice.better(here, [person], SIZE, t) is None
    return choice.better(here, [person], SIZE, times[-1])


def test_of_two_who_are_as_sure_the_larger_and_the_more_central_one_is_taken():
    at_edge, small = Detection(Roi(560, 200, 240), 0.6), Detection(Roi(280, 200, 120), 0.6)
    assert prominence(NEAR, SIZE) > prominence(at_edge, SIZE)
    assert prominence(NEAR, SIZE) > prominence(small, SIZE)


def test_somebody_nearer_must_have_stayed():
    place = better(Choice(FAR, 0.0), FAR, NEAR, [0.5, 1.0, 1.5])
    assert place is not None
    assert place.x == 280


def test_who_crosses_the_picture_is_not_taken():
    choice = Choice(FAR, 0.0)
    for step in range(6):
        passer = Detection(Roi(60 * step, 200, 240), 0.9)
        assert choice.better(FAR, [passer], SIZE, step / 2) is None


def test_who_is_hardly_nearer_is_not_taken():
    alike = Detection(Roi(200, 200, 125), 0.9)
    assert better(Choice(FAR, 0.0), FAR, alike, [0.5, 1.0, 1.5, 2.0]) is None


def test_for_one_who_walked_by_somebody_as_near_is_taken_sooner():
    choice, here = Choice(Place(100, 200, 120, 0), 0.0), Place(520, 200, 120, 0)
    assert choice.walks(here, 1.0)
    assert better(choice, here, Detection(Roi(280, 200, 110), 0.6), [1.0, 1.5]) is not None


def test_the_choice_is_open_for_some_seconds():
    choice = Choice(Place(100, 200, 120, 0), 5.0)
    assert choice.young(5.0 + YOUNG)
    assert not choice.young(5.1 + YOUNG)
    assert not choice.walks(FAR, 5.1 + YOUNG)
