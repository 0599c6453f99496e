"""Exercises that the box does not know: they play, and nobody takes them for those it knows."""

import numpy as np
import pytest

from tools.synth.moves import exercise as exercises
from tools.synth.moves import idle, session, ways
from tools.synth.moves.take import Take, perform
from tools.synth.skeleton import Skeleton

ALL = [(name, v) for name in exercises.extra_names() for v in exercises.variants(name)]


def done(stick: Skeleton, name: str, variant: str) -> Take:
    exercise = exercises.load(name, variant)
    return perform(exercise, stick, np.random.default_rng(3), fps=20, count=3)


def test_the_five_are_there_and_not_among_the_known():
    asked = {"front_raise", "row", "hip_thrust", "crunch", "leg_press"}
    assert asked <= set(exercises.extra_names())
    assert not asked & set(exercises.names())


@pytest.mark.parametrize(("name", "variant"), ALL)
def test_every_variant_plays(stick: Skeleton, name: str, variant: str):
    take = done(stick, name, variant)
    assert np.isfinite(take.placed.heads).all()
    assert take.exercise == name
    assert len(take.reps) == 3
    moved = np.ptp(take.placed.heads, axis=0)
    assert moved.max() > 0.1


@pytest.mark.parametrize(("name", "variant"), ALL)
def test_people_get_in_and_out(stick: Skeleton, name: str, variant: str):
    exercise = exercises.load(name, variant)
    assert exercise.way in ways.names()
    take = session.session(
        exercise,
        stick,
        np.random.default_rng(4),
        fps=15,
        count=2,
        before=idle.names()[:1],
        after=idle.names()[:1],
    )
    assert np.isfinite(take.placed.heads).all()
    step = np.abs(np.diff(take.placed.heads, axis=0)).max()
    assert step < 0.6


def test_hips_go_up_and_shoulders_stay(stick: Skeleton):
    take = done(stick, "hip_thrust", "plain")
    shoulder, root = (take.placed.heads[:, stick.names.index(b)] for b in ("upperarm01.L", "root"))
    assert np.ptp(root[:, 2]) > 0.15
    assert np.ptp(shoulder[:, 2]) < 0.12


def test_the_sled_goes_with_the_feet(stick: Skeleton):
    take = done(stick, "leg_press", "plain")
    sled = take.props[0].poses[:, :3, 3]
    foot = take.placed.heads[:, stick.names.index("foot.L")]
    apart = np.linalg.norm(sled - foot, axis=1)
    assert np.ptp(sled, axis=0).max() > 0.15
    assert np.ptp(apart) < 0.1
