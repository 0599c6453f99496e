"""People in photographs: which are taken, and how they move."""

from pathlib import Path

import numpy as np
import pytest

from gymbox.motion.features import CHANNELS, JOINTS
from gymbox.motion.recording import load_poses
from tests.convert.athletes import photograph, recorded
from tools.convert.sequence import stills
from tools.convert.sequence.labels import LABELS
from tools.convert.sequence.store import Store, track


def place(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.jpg").touch()


def test_places_and_names_of_what_is_known_are_left_out(tmp_path: Path):
    place(tmp_path / "leg_press", "src__press_1", "src__goblet_squat_0")
    place(tmp_path / "squat_rack", "src__somebody")
    place(tmp_path / "treadmill", "TheAthlete_clips__runner", "other__runner")
    taken = stills.photographs([tmp_path], "theathlete")
    assert [path.name for path in taken] == ["src__press_1.jpg", "other__runner.jpg"]


def test_no_source_gives_more_of_a_place_than_is_good(tmp_path: Path):
    place(tmp_path / "bike", *(f"many__{k:03d}" for k in range(150)))
    place(tmp_path / "bike", *(f"few__{k}" for k in range(3)))
    names = [path.name.partition("__")[0] for path in stills.photographs([tmp_path], "nobody")]
    assert names.count("few") == 3
    assert 30 < names.count("many") <= stills.MOST


def test_what_was_seen_is_kept_and_not_looked_at_again(tmp_path: Path):
    kept = tmp_path / "kept.npz"
    np.savez(kept, **{"place|name": photograph(0)})
    found = stills.look([tmp_path / "is-not-there.jpg"], kept)
    assert found["place|name"].shape == (len(JOINTS), CHANNELS)


def test_a_picture_of_nobody_is_nobody_and_nothing_is_kept(tmp_path: Path):
    cv2 = pytest.importorskip("cv2")
    cv2.imwrite(str(tmp_path / "wall.jpg"), np.full((600, 900, 3), 128, np.uint8))
    assert stills.look([tmp_path / "wall.jpg"], tmp_path / "kept.npz") == {}
    assert not (tmp_path / "kept.npz").exists()


def test_who_is_alone_holds_still_but_for_a_sway():
    pose = photograph(1)
    (track,) = stills.moved({"place|one": pose}, seed=3)
    assert track.label == LABELS.index("unknown")
    assert track.found.all()
    off = track.rows[..., 2:5].astype(float) - pose[:, 2:5]
    assert 0 < np.abs(off).max() < 0.2
    assert np.abs(np.diff(off, axis=0)).max() < 0.05


def test_two_photographs_of_a_movement_are_gone_between():
    first, second = photograph(1), photograph(2)
    found = {"place|crunch_0": first, "place|crunch_1": second}
    tracks = stills.moved(found, seed=3)
    moving = [track for track in tracks if track.name[:-1] == "place|crunch_0 "]
    alone = [track for track in tracks if track.name in found]
    beside = [track for track in tracks if track.name.endswith(" and another")]
    assert (len(moving), len(alone), len(beside), len(tracks)) == (4, 2, 2, 8)
    for one in moving:
        seen = one.rows[..., 2:5].astype(float)
        for pose in (first, second):
            nearest = np.abs(seen - pose[:, 2:5]).max(axis=(1, 2)).min()
            assert nearest < 0.35
        share = np.linalg.norm(seen - first[:, 2:5], axis=(1, 2))
        assert share.max() > 0.9 * np.linalg.norm(second[:, 2:5] - first[:, 2:5])


def test_a_pair_that_shows_what_the_box_knows_is_that_and_each_alone_is_not(tmp_path: Path):
    names = ("src__Machine_Preacher_Curls_0", "src__Machine_Preacher_Curls_1", "src__somebody")
    place(tmp_path / "preacher_curl_bench", *names)
    taken = stills.photographs([tmp_path], "nobody")
    assert [path.stem for path in taken] == list(names[:2])
    found = {f"bench|{path.stem}": photograph(k) for k, path in enumerate(taken)}
    labels = {track.name: LABELS[track.label] for track in stills.moved(found, seed=3)}
    known = {name for name, label in labels.items() if label == "biceps_curl"}
    assert known == {f"bench|{names[0]} {k}" for k in range(4)}
    assert len(labels) == 6


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("src__Wide-Grip_Rear_Pull-Up_0", "pull_up"),
        ("src__Scapular_Pull-Up_0", "unknown"),
        ("src__Seated_Two-Arm_Palms-Up_Low-Pulley_Wrist_Curl_0", "unknown"),
        ("src__V-Bar_Pulldown_0", "unknown"),
        ("curls__Thigh_Abductor_0", "unknown"),
    ],
)
def test_names_tell_what_a_pair_shows(name: str, label: str):
    assert stills.label_of(name) == label


def test_athletes_who_hold_still_do_nothing_known_and_stay_in_their_scene(tmp_path: Path):
    recorded(tmp_path / "one.npz", label=0)
    seen = track(load_poses(tmp_path / "one.npz"), "squat", group="gym", name="one")
    tracks = stills.held(Store.of([seen]), 5, seed=1)
    assert len(tracks) == 5
    assert {one.group for one in tracks} == {"gym"}
    assert {LABELS[one.label] for one in tracks} == {"unknown"}
    for one in tracks:
        nearest = np.abs(seen.rows.astype(float) - one.rows[:1].astype(float))[..., 2:5]
        assert nearest.max(axis=(1, 2)).min() < 0.1
        assert np.abs(np.diff(one.rows[..., 2:5].astype(float), axis=0)).max() < 0.05


def test_the_other_photograph_is_made_as_large_as_the_first():
    pose = photograph(1)
    far = pose.copy()
    far[:, :2] = pose[:, :2] * 0.25 + 100
    np.testing.assert_allclose(stills._fitted(far, pose)[:, :2], pose[:, :2], atol=1e-3)


def test_a_seed_gives_the_same_movements_again():
    found = {"place|one": photograph(1)}
    one, again, other = (stills.moved(found, seed)[0].rows for seed in (1, 1, 2))
    assert (one == again).all()
    assert (one != other).any()
