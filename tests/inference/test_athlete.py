import numpy as np
import pytest
from numpy.typing import NDArray

from gymbox.inference.athlete import KNOWN, Athlete, Sight
from gymbox.inference.landmarker import RawPose
from gymbox.inference.roi import Roi
from gymbox.motion.lock import Place

RED, BLUE = (30, 30, 200), (200, 60, 30)
SIDE = 200.0


def seen(x: float, colour: tuple[int, int, int]) -> Sight:
    """Somebody whose hips are x pixels from the left."""
    places = np.zeros((68, 3), np.float32)
    for landmark, (aside, down) in {
        11: (20, -50),
        12: (-20, -50),
        23: (20, 0),
        24: (-20, 0),
    }.items():
        places[landmark, :2] = x + aside, 220 + down
    image: NDArray[np.uint8] = np.zeros((400, 600, 3), np.uint8)
    image[:, int(x) - 30 : int(x) + 30] = colour
    return Sight(RawPose(places, np.ones(33, np.float32), 0.999), Place(x, 220, SIDE, 0), image)


def followed(seconds: float, sway: float = 0.0) -> Athlete:
    """An athlete in red who has swayed to the right now and then."""
    athlete = Athlete.found(seen(200, RED), 0.0)
    for step in range(1, round(seconds * 10) + 1):
        x = 200 + (sway if step % 10 < 5 else 0.0)
        athlete = athlete.at(seen(x, RED), step / 10, sure=True, alone=True)
    return athlete


@pytest.mark.parametrize("way", [-1, 1])
def test_who_slides_aside_in_other_clothes_is_somebody_else(way: int):
    athlete = followed(3.0)
    assert athlete.strays(seen(200 + way * 20, BLUE))
    assert not athlete.strays(seen(200 + way * 20, RED))
    assert not athlete.strays(seen(200 + way * 10, BLUE))


def test_where_the_athlete_moves_now_and_then_he_may_be():
    assert not followed(6.0, sway=30).strays(seen(240, BLUE))
    assert followed(6.0, sway=30).strays(seen(250, BLUE))


def test_who_has_only_just_come_is_not_known_well_enough():
    assert not followed(KNOWN - 0.2).strays(seen(240, BLUE))


@pytest.mark.parametrize(("alone", "learnt"), [(True, True), (False, False)])
def test_with_others_about_no_other_clothes_are_learnt(*, alone: bool, learnt: bool):
    athlete = followed(3.0)
    for step in range(31, 91):
        sight = seen(200, BLUE)
        assert sight.colours is not None
        athlete = athlete.at(sight, step / 10, sure=True, alone=alone)
    assert ((athlete.alike(seen(200, BLUE)) or 0.0) > 0.8) == learnt


def test_the_region_keeps_to_where_the_athlete_has_been():
    athlete = followed(6.0, sway=30)
    assert athlete.at_home(Roi(300, 210, 190)).x == pytest.approx(230, abs=2)
    assert athlete.at_home(Roi(215, 210, 190)) == Roi(215, 210, 190)
