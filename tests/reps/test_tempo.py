import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.reps.movement import Sample
from gymbox.reps.tempo import Stroke, Strokes, strokes, tempo
from tests.strategies import floats

SECONDS = floats(0.5, 4.0)


def smooth(t: float, down: float, hold: float, up: float) -> float:
    """Out and back in half cosines, beginning at 1 s."""
    way = min((t - 1) / down, 1, (1 + down + hold + up - t) / up)
    return 0.5 * (1 - math.cos(math.pi * min(1.0, max(0.0, way))))


@given(down=SECONDS, hold=floats(0, 2), up=SECONDS, fps=floats(10, 30))
def test_smooth_strokes_are_measured(down: float, hold: float, up: float, fps: float):
    times = [k / fps for k in range(int((2 + down + hold + up) * fps))]
    rep = [Sample(t, smooth(t, down, hold, up), 1.0) for t in times]
    measured = strokes(rep, 0.0)
    assert measured.out.begin == pytest.approx(1.0, abs=0.1 + 0.05 * down)
    assert measured.out.duration == pytest.approx(down, abs=0.1 + 0.1 * down)
    assert measured.back.duration == pytest.approx(up, abs=0.1 + 0.1 * up)


@given(values=st.lists(floats(-0.3, 1.3), min_size=2, max_size=40))
def test_nothing_is_ever_negative(values: list[float]):
    rep = [Sample(k / 10, value, 1.0) for k, value in enumerate(values)]
    measured = strokes(rep, min(values))
    for first in ("eccentric", "concentric"):
        for before in (None, measured):
            assert min(tempo(measured, before, first)) >= 0.0


def test_a_repetition_cut_at_the_top_lasts_as_long_as_its_first_half():
    rep = [Sample(k / 20, smooth(k / 20, 1.0, 0.0, 1.0), 1.0) for k in range(56)]  # to 2.75 s
    assert strokes(rep, 0.0).back.end == pytest.approx(3.0, abs=0.1)


def test_a_lift_takes_its_eccentric_from_the_one_before():
    one = Strokes(out=Stroke(1.0, 2.0), back=Stroke(2.5, 4.5))
    two = Strokes(out=Stroke(5.0, 6.5), back=Stroke(6.5, 6.5))
    assert tempo(one, None, "concentric") == (0.0, 0.0, 1.0, 0.0)
    assert tempo(two, one, "concentric") == (2.0, 0.5, 1.5, 0.5)


def test_a_squat_has_its_own_and_the_pause_before_it():
    one = Strokes(out=Stroke(1.0, 2.0), back=Stroke(2.5, 4.5))
    two = Strokes(out=Stroke(5.0, 6.5), back=Stroke(6.75, 7.75))
    assert tempo(two, one, "eccentric") == (1.5, 0.25, 1.0, 0.5)
