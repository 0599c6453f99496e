"""The curve of the joint that drives a movement."""

import math
from dataclasses import replace

from gymbox.modes._curve import COLUMNS, NOTHING, Curve, driving
from gymbox.motion.observe import Observation
from gymbox.motion.signals import ANGLES, Reading
from gymbox.reps.profiles import profile, profiles
from tests.reps.stick_figure import MOVES, observations, wave


def seen(t: float, knee: float, *, other: float = 170.0, quality: float = 0.9) -> Observation:
    left = {joint: Reading(other, quality) for joint in ANGLES} | {"knee": Reading(knee, quality)}
    right = {joint: Reading(10.0, 0.2) for joint in ANGLES}
    return Observation(t, left, right)


def test_every_profile_has_a_driving_joint() -> None:
    joints = {name: driving(one) for name, one in profiles().items()}
    assert set(joints.values()) <= set(ANGLES)
    assert {name: joints[name] for name in ("squat", "biceps_curl", "sit_up", "lateral_raise")} == {
        "squat": "knee",
        "biceps_curl": "elbow",
        "sit_up": "hip",
        "lateral_raise": "shoulder",
    }


def test_the_newest_is_at_the_end_and_the_better_side_is_taken() -> None:
    curve = Curve()
    for k in range(100):
        curve.add(k / 10, seen(k / 10, 100.0 + (40.0 if k >= 95 else 0.0)))
    shown = curve.shown(profile("squat"))
    assert shown.joint == "knee"
    assert shown.points == (100,) * 55 + (140,) * 5
    assert len(shown.points) == COLUMNS


def test_a_still_athlete_redraws_nothing() -> None:
    curve = Curve()
    for k in range(300):
        curve.add(k / 30, seen(k / 30, 171.0 + 1.4 * math.sin(k)))
    before = curve.shown(profile("squat"))
    for k in range(300, 500):
        curve.add(k / 30, seen(k / 30, 171.0 + 1.4 * math.sin(k)))
        assert curve.shown(profile("squat")) == before


def test_a_slow_box_draws_no_holes_and_an_absence_is_one() -> None:
    curve = Curve()
    for k in range(40):
        there = not 20 <= k < 28
        curve.add(k / 5, seen(k / 5, 90.0) if there else None)
    points = curve.shown(profile("squat")).points
    assert [point is None for point in points].count(True) in range(10, 14)
    assert points[-1] == 90


def test_nobody_and_no_number_make_no_curve() -> None:
    curve = Curve()
    assert curve.shown(None) == NOTHING
    curve.add(0.0, None)
    curve.add(0.1, seen(0.1, math.nan, other=math.nan))
    assert curve.shown(profile("squat")) == NOTHING
    assert curve.shown(None) == NOTHING


def test_a_clock_that_is_set_back_begins_anew() -> None:
    curve = Curve()
    for k in range(30):
        curve.add(100.0 + k / 10, seen(100.0 + k / 10, 90.0))
    curve.add(5.0, seen(5.0, 120.0))
    points = curve.shown(profile("squat")).points
    assert points == (None,) * (COLUMNS - 1) + (120,)


def test_without_an_exercise_the_joint_that_moves_most_is_shown() -> None:
    u = wave(3, 2.0)
    samples = [(k / 15, u(k / 15)) for k in range(90)]
    curve = Curve()
    for one in observations(MOVES["biceps_curl"], samples):
        curve.add(one.timestamp, replace(one))
    assert curve.shown(None).joint == "elbow"
