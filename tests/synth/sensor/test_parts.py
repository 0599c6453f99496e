import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.synth.sensor.squatting import Recorded, athlete
from tools.synth.sensor import channels, gaps, kernels, normal, polar, smoothing, twosample
from tools.synth.sensor.features import VIEWS, features, views

seeds = st.integers(0, 2**32 - 1)


@given(seeds)
def test_packing_and_unpacking_gives_it_back(seed: int):
    rng, truth = np.random.default_rng(seed), athlete(5)
    rows = rng.normal(0, 0.1, (5, channels.COUNT))
    made = channels.unpack(truth, rows, np.ones(5, bool))
    assert np.allclose(channels.pack(truth, made), rows, atol=1e-4)


@given(seeds)
def test_two_mirrors_show_the_same(seed: int):
    truth = athlete(5, seed=seed)
    again = channels.mirrored(channels.mirrored(truth))
    assert all(np.allclose(again[key], truth[key], atol=1e-3) for key in truth)


@given(seeds)
def test_size_and_direction_give_the_error_back(seed: int):
    rows = np.random.default_rng(seed).normal(0, 1, (4, channels.COUNT))
    assert np.allclose(polar.together(polar.apart(rows)), rows, atol=1e-4)


@given(seeds, st.sampled_from([8.0, 15.0, 25.0]))
def test_smoothing_can_be_undone(seed: int, fps: float):
    truth = athlete(40, fps, seed)
    rng = np.random.default_rng(seed)
    raw = {key: truth[key].copy() for key in ("points", "world", "visibility", "score")}
    raw["points"] += rng.normal(0, 2, raw["points"].shape).astype(np.float32)
    raw["world"] += rng.normal(0, 0.02, raw["world"].shape).astype(np.float32)
    raw["visibility"] = rng.uniform(0, 1, raw["visibility"].shape).astype(np.float32)
    seen = smoothing.smoothed(truth, raw)
    again = smoothing.undone(truth, seen)
    off = np.abs(again["points"] - raw["points"])[..., :2]
    assert np.median(off) < 0.1 * np.median(np.abs(seen["points"] - raw["points"])[..., :2])
    assert np.abs(again["visibility"] - raw["visibility"]).max() < 1e-3


def test_smoothing_begins_anew_behind_a_gap(truth: Recorded):
    raw = {key: truth[key].copy() for key in ("points", "world", "visibility", "score")}
    raw["points"] += np.random.default_rng(0).normal(0, 3, raw["points"].shape).astype(np.float32)
    for rows in raw.values():
        rows[10:13] = np.nan
    seen = smoothing.smoothed(truth, raw)
    assert np.array_equal(seen["points"][13], raw["points"][13])
    assert not np.array_equal(seen["points"][9], raw["points"][9])


def test_views_are_told_from_the_truth(truth: Recorded):
    width = np.linalg.norm(truth["world"][:, 11] - truth["world"][:, 12], axis=1)
    across = np.abs(truth["world"][:, 11, 0] - truth["world"][:, 12, 0])
    side = views(truth) == VIEWS.index("side")
    assert (across[side] < 0.9 * width[side]).all()
    lying = {**truth, "world": truth["world"][..., [1, 0, 2]]}
    assert (views(lying) == VIEWS.index("lying")).all()


def test_the_clock_stands_nearly_still_with_the_body(truth: Recorded):
    still = {
        key: rows[[0] * 60] if len(np.shape(rows)) > 1 else rows for key, rows in truth.items()
    }
    assert features(still).clock[-1] < 0.2 * features(truth).clock[-1]


def test_processes_fade_as_they_should():
    rng = np.random.default_rng(0)
    clock = np.cumsum(rng.uniform(0.05, 0.2, 30))
    made = kernels.faded(rng.standard_normal((30, 20000)), clock)
    found = made @ made.T / made.shape[1]
    assert np.abs(found - np.exp(-np.abs(clock[:, None] - clock))).max() < 0.04


def test_scores_are_normal_whatever_the_distribution():
    values = np.random.default_rng(0).exponential(1, (5000, 2)) ** 3
    scores = normal.score(values)
    assert np.abs(scores.mean(axis=0)).max() < 0.01
    assert np.abs(scores.std(axis=0) - 1).max() < 0.02


def test_rates_of_losses_are_found_again():
    rng, lying = np.random.default_rng(0), np.zeros(900)
    true = gaps.Gaps(
        np.array([np.log(0.2), 0, 0, 0]),
        np.array([np.log(0.1), 1.0, 0, 0]),
        np.array([np.log(1.0), 0, 0, 0]),
        np.asarray(1.0),
    )
    clips = []
    for k in range(300):
        truth = athlete(900, seed=k)
        if k % 2:
            truth["world"] = truth["world"][..., [1, 0, 2]]
        clips.append((gaps.causes(truth), true.draw(rng, truth), 1 / 15))
        lying = lying + clips[-1][0][:, 1]
    found = gaps.fit(clips)
    assert abs(found.begin[0] - true.begin[0]) < 0.5
    assert abs(found.lose[0] - true.lose[0]) < 0.35
    assert abs(found.lose[1] - true.lose[1]) < 0.35
    assert abs(found.find[0] - true.find[0]) < 0.2
    assert 0.5 <= found.shape <= 2


def test_a_classifier_can_only_guess_what_is_alike_and_sees_what_is_not():
    rng, times = np.random.default_rng(0), np.arange(60) / 15

    def clips(step: float) -> list[np.ndarray]:
        rows = [rng.normal(0, 1, (60, 3)).cumsum(axis=0) * step for _ in range(60)]
        return [twosample.windows(row, times) for row in rows]

    assert 0.4 < twosample.area(clips(1.0), clips(1.0)) < 0.6
    assert twosample.area(clips(1.0), clips(2.0)) > 0.9
