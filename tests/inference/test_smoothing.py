"""Smoothing a pose: each kind of row with its own constants."""

import numpy as np
import pytest

from gymbox.inference.landmarker import ANCHORS, BODY, WORLD, RawPose
from gymbox.inference.smoothing import PoseSmoother
from gymbox.motion.one_euro import OneEuro


def raw(rng: np.random.Generator, scale: float = 1.0) -> RawPose:
    places = rng.normal(size=(WORLD.stop, 3)).astype(np.float32)
    places[: WORLD.start] = 200 + 10 * scale * places[: WORLD.start]
    places[ANCHORS, :2] = [[200, 300], [200, 100]]
    return RawPose(places, rng.uniform(size=33).astype(np.float32), 0.9)


def test_it_is_one_filter_for_each_kind_of_place():
    rng = np.random.default_rng(1)
    smoother = PoseSmoother()
    body = OneEuro(min_cutoff=0.05, beta=80.0)
    anchors = OneEuro(min_cutoff=0.01, beta=10.0)
    world = OneEuro(min_cutoff=0.1, beta=40.0)
    visibility = None
    for index in range(20):
        time = index / 25
        pose_raw = raw(rng)
        pose, next_anchors = smoother(pose_raw, time, (640, 480))
        seen = pose_raw.visibility
        visibility = seen if visibility is None else 0.1 * seen + 0.9 * visibility
        np.testing.assert_allclose(pose.points, body(pose_raw.places[BODY], time, 400), rtol=1e-4)
        np.testing.assert_allclose(
            next_anchors, anchors(pose_raw.places[ANCHORS], time, 400)[:, :2], rtol=1e-4
        )
        np.testing.assert_allclose(
            pose.world, world(pose_raw.places[WORLD], time), rtol=1e-3, atol=1e-4
        )
        np.testing.assert_allclose(pose.visibility, visibility, rtol=1e-4)
        assert (pose.timestamp, pose.size, pose.score) == (time, (640, 480), pytest.approx(0.9))


def test_after_a_reset_nothing_is_left_of_the_athlete():
    rng = np.random.default_rng(2)
    smoother = PoseSmoother()
    smoother(raw(rng), 0.0, (640, 480))
    smoother.reset()
    fresh = raw(rng)
    pose, _ = smoother(fresh, 0.1, (640, 480))
    np.testing.assert_array_equal(pose.points, fresh.places[BODY])
    np.testing.assert_array_equal(pose.visibility, fresh.visibility)
