"""The data of the sequence net: what windows show, and that no scene is split."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.motion.features import COUNT
from gymbox.motion.recording import PoseRecording
from gymbox.motion.windows import RATE, PoseWindow
from tools.convert.sequence.folds import FOLDS, folds
from tools.convert.sequence.labels import LABELS, label_of
from tools.convert.sequence.sampling import Source, View, plain
from tools.convert.sequence.store import Store, track
from tools.convert.sequence.windows import Ends, Variation, cut, ends

SQUAT, UNKNOWN = LABELS.index("squat"), LABELS.index("unknown")


def recording(seconds: float = 6.0, fps: float = 15.0, seed: int = 0) -> PoseRecording:
    """Somebody whose joints drift about."""
    count = round(seconds * fps)
    rng = np.random.default_rng(seed)
    steps = np.cumsum(rng.normal(0, 0.02, (count, 33, 3)), axis=0) + rng.normal(0, 0.4, (33, 3))
    world = steps.astype(np.float32)
    return PoseRecording(
        points=world * 200 + 300,
        visibility=np.full((count, 33), 0.9, np.float32),
        world=world,
        score=np.ones(count, np.float32),
        times=np.arange(count) / fps,
        fps=fps,
        size=(640, 480),
    )


def squats(active: slice = slice(None), seconds: float = 6.0, seed: int = 0) -> Store:
    one = recording(seconds, seed=seed)
    working = np.zeros(len(one), bool)
    working[active] = True
    depth = np.abs(np.sin(np.arange(len(one)) / 8)) * working
    made = track(one, "squat", group=f"g{seed}", name=f"n{seed}", active=working, depth=depth)
    return Store.of([made])


def test_variants_belong_to_what_they_vary_and_the_rest_is_unknown():
    assert label_of("romanian_deadlift") == "deadlift"
    assert label_of("squat") == "squat"
    assert label_of("crunch") == label_of("unknown") == "unknown"


def test_a_window_of_an_exercise_shows_it_and_a_rest_does_not():
    assert set(ends(squats(), 30).label) == {SQUAT}
    assert set(ends(squats(slice(0, 0)), 30).label) == {UNKNOWN}


def test_windows_that_are_half_and_half_are_left_out():
    labels = ends(squats(slice(45, None)), 30, every=0.2).label
    assert set(labels) == {SQUAT, UNKNOWN}
    assert len(labels) < len(ends(squats(), 30, every=0.2))


def test_standing_still_in_the_start_pose_is_not_an_exercise():
    one = recording()
    still = track(one, "squat", group="g", name="n", depth=np.zeros(len(one)))
    assert not len(ends(Store.of([still]), 30))


def test_what_training_cuts_is_what_the_box_sees():
    one = recording()
    store = Store.of([track(one, "squat", group="g", name="n")])
    memory = PoseWindow(30)
    for t, pose in one:
        memory.add(t, pose)
    last = Ends(np.array([0]), np.array([len(one) - 1.0]), np.array([SQUAT]))
    inputs, _ = plain(store, last, View(30, np.arange(COUNT)))
    # The store keeps half precision.
    np.testing.assert_allclose(inputs[0], memory.sample().features(), atol=0.05)


@settings(deadline=None)
@given(st.integers(1, 3), st.floats(0.7, 1.4))
def test_slower_cameras_and_other_tempos_keep_to_the_recording(thin: int, speed: float):
    one = recording(seconds=8)
    store = Store.of([track(one, "squat", group="g", name="n")])
    chosen = Ends(np.array([0]), np.array([len(one) - 1.0]), np.array([SQUAT]))
    rows, found = cut(store, chosen, 20, speed=speed, thin=thin)
    assert found.all()
    times = one.times[-1] + np.arange(-19, 1) / RATE * speed
    wanted = np.array([np.interp(times, one.times, one.world[:, 0, 0])])
    np.testing.assert_allclose(rows[..., 0, 2], wanted, atol=0.12)


def test_people_who_are_lost_for_a_moment_are_bridged_and_for_long_are_not():
    one = recording()
    one.score[20:24] = np.nan
    one.score[50:75] = np.nan
    seen = track(one, "squat", group="g", name="n")
    assert seen.found[20:24].all()
    assert not seen.found[50:75].any()


def test_a_store_comes_back_from_the_disk(tmp_path: Path):
    store = squats()
    store.save(tmp_path / "kept")
    again = Store.load(tmp_path / "kept")
    np.testing.assert_array_equal(again.rows, store.rows)
    assert again.name.tolist() == ["n0"]


def test_classes_come_as_often_however_many_windows_they_have():
    tracks = [
        track(recording(12, seed=k), ("squat", "lunge", "dip")[k], group=f"g{k}", name=f"n{k}")
        for k in range(3)
    ]
    tracks.append(track(recording(4, seed=9), "unknown", group="g9", name="n9"))
    store = Store.of(tracks)
    source = Source(store, ends(store, 30), View(30, np.arange(COUNT)), Variation())
    inputs, label, group = source.draw(600, np.random.default_rng(0))
    assert inputs.shape == (600, 30, COUNT)
    assert np.isfinite(inputs).all()
    shares = np.bincount(label, minlength=len(LABELS)) / 600
    assert shares[UNKNOWN] == pytest.approx(0.15, abs=0.05)
    assert shares[SQUAT] == pytest.approx(0.283, abs=0.07)
    assert {g for g, k in zip(group.tolist(), label, strict=True) if k == UNKNOWN} == {"g9"}


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdefghijklmnop"), st.integers(0, 5)), min_size=1))
def test_every_scene_has_one_fold(clips: list[tuple[str, int]]):
    dealt = folds(clips)
    assert set(dealt) == {scene for scene, _ in clips}
    assert set(dealt.values()) <= set(range(FOLDS))
    assert dealt == folds(reversed(clips))


def test_each_fold_gets_its_part_of_every_class():
    clips = [(f"scene {k}", k % 3) for k in range(45)]
    dealt = folds(clips)
    for label in range(3):
        counts = np.bincount([dealt[s] for s, k in clips if k == label], minlength=FOLDS)
        assert counts.max() - counts.min() <= 1
