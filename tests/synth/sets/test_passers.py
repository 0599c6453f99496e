"""People who pass: at the right time, before or behind, through nobody."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("anny", reason="the extra synth is not installed")
pytest.importorskip("scipy", reason="the extra synth is not installed")

from tools.synth.sets import clips, labels, recipe
from tools.synth.sets.order import draw
from tools.synth.sets.shoot import Shoot

pytestmark = pytest.mark.slow
SPEC = replace(
    recipe.read()["passers"], exercises=("squat",), variants=("arms_out",), handheld=0, reps=(2, 2)
)


def shoot(*kinds: str, people: int = 1, alone: bool = False) -> Shoot:
    """The first clip of these passers with so many of them."""
    spec = replace(SPEC, passers=kinds, alone=alone)
    for index in range(50):
        ordering, _ = spec.source(index).spawn(2)
        if len(draw(spec, index, np.random.default_rng(ordering)).passers) == people:
            return clips.shot(spec, index)
    raise AssertionError


def away(plan: Shoot, person: int) -> np.ndarray:
    """Metres from the lens along the floor, [n, 33]."""
    ahead = -plan.camera.poses[0, :2, 2]
    off = plan.people[person].joints[..., :2] - plan.camera.eye[:2]
    return off @ (ahead / np.linalg.norm(ahead))


@pytest.mark.parametrize("kind", ["front", "behind", "stop", "train"])
def test_nobody_walks_through_the_athlete(kind: str):
    plan = shoot(kind)
    athlete, passer = away(plan, 0), away(plan, 1)
    if kind == "front":
        assert passer.min() > 0.3
        assert passer.max() < athlete.min()
    else:
        assert passer.min() > athlete.max()


@pytest.mark.parametrize("kind", ["front", "behind"])
def test_who_passes_does_so_during_the_set(kind: str):
    plan = shoot(kind)
    other = np.nanmean(labels.arrays(plan)["others"][0, :, 23:25, 0], axis=1)
    athlete = labels.arrays(plan)["points"][:, 23:25, 0].mean(axis=1)
    (crossing,) = np.flatnonzero(np.diff(np.sign(other - athlete)))
    reps = plan.people[0].take.reps
    # The gait is not quite even: the athlete's column is reached within a step of the moment.
    assert reps[0].begin - 0.7 < crossing / plan.order.fps < reps[-1].end + 0.7
    width = plan.camera.size[0]
    assert (np.array([other[0], other[-1]]) < 0).any()
    assert (np.array([other[0], other[-1]]) > width).any()


def test_who_stops_stays_in_the_picture():
    plan = shoot("stop")
    other = labels.arrays(plan)["others"][0, -1, 23:25, 0].mean()
    assert 0 < other < plan.camera.size[0]


def test_two_who_pass_behind_keep_apart():
    plan = shoot("behind", people=2)
    gap = away(plan, 1), away(plan, 2)
    assert max(gap, key=np.min).min() > min(gap, key=np.min).max()


def test_alone_all_else_is_the_same():
    plan, alone = shoot("train"), shoot("train", alone=True)
    assert (len(plan.people), len(alone.people)) == (2, 1)
    assert np.array_equal(plan.people[0].joints, alone.people[0].joints)
    assert np.array_equal(plan.camera.poses, alone.camera.poses)
    assert plan.film == alone.film
    assert plan.world.kind == alone.world.kind
    assert "others" not in labels.arrays(alone)
