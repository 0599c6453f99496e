"""What a shoot decides, and what is told about it; needs the extra synth, but no OpenGL."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("anny", reason="the extra synth is not installed")
pytest.importorskip("scipy", reason="the extra synth is not installed")

from gymbox.motion.landmarks import Landmark
from tools.synth.sets import clips, labels, recipe, stills
from tools.synth.sets.shoot import Shoot

pytestmark = pytest.mark.slow
SPEC = replace(
    recipe.read()["test"], exercises=("squat",), unknown=0, crop=0, handheld=1, reps=(2, 2)
)


@pytest.fixture(scope="module")
def plan() -> Shoot:
    return clips.shot(SPEC, 0)


def test_the_same_source_decides_the_same(plan: Shoot):
    again = clips.shot(SPEC, 0)
    assert again.order == plan.order
    assert np.array_equal(again.camera.poses, plan.camera.poses)
    assert np.array_equal(again.people[0].joints, plan.people[0].joints)
    assert again.film == plan.film


def test_items_differ(plan: Shoot):
    assert clips.shot(SPEC, 1).order != plan.order


def test_the_athlete_is_in_the_picture_during_the_set(plan: Shoot):
    found = labels.arrays(plan)
    working = [phase != "idle" for phase in plan.people[0].take.phases]
    assert found["visibility"][working].mean() > 0.99


def test_depth_and_size_agree_with_the_lens(plan: Shoot):
    found = labels.arrays(plan)
    shoulder, ankle = Landmark.LEFT_SHOULDER, Landmark.LEFT_ANKLE
    flat = found["points"][:, shoulder, :2] - found["points"][:, ankle, :2]
    true = found["world"][:, shoulder] - found["world"][:, ankle]
    pixels = np.linalg.norm(flat, axis=1)
    expected = np.linalg.norm(true[:, :2], axis=1) * found["scale"]
    assert np.median(np.abs(pixels / expected - 1)) < 0.25


def test_world_points_begin_between_the_hips(plan: Shoot):
    world = labels.arrays(plan)["world"]
    middle = world[:, Landmark.LEFT_HIP : Landmark.RIGHT_HIP + 1].mean(axis=1)
    assert np.abs(middle).max() < 1e-4


def test_the_label_counts_what_the_motion_holds(plan: Shoot):
    told = labels.describe(plan, labels.arrays(plan))
    assert told["reps"] == sum(not rep["partial"] for rep in told["repetitions"])
    assert told["reps"] + told["partials"] == len(plan.people[0].take.reps)
    assert len(told["phase"]) == told["frames"] == plan.frames


def test_up_is_standing_and_down_is_squatting(plan: Shoot):
    take = plan.people[0].take
    busy = np.array([phase != "idle" for phase in take.phases])
    high = int(np.flatnonzero(busy)[np.argmin(take.depth[busy])])
    low = int(np.argmax(take.depth))
    assert stills.phase(plan, high) == "up"
    assert stills.phase(plan, low) == "down"


def test_boxes_are_drawn_around_whoever_is_seen():
    people = np.zeros((60, 80), np.uint8)
    people[10:40, 20:50] = 1
    people[5:10, 60:64] = 2
    assert stills.boxes(people) == {1: (20, 10, 50, 40)}
