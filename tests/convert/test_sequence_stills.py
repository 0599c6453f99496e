"""People in photographs: which are taken, and how they move."""

from pathlib import Path

import numpy as np
import pytest

from gymbox.motion.features import CHANNELS, JOINTS
from tests.convert.athletes import photograph
from tools.convert.sequence import stills
from tools.convert.sequence.labels import LABELS


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
    moving = [track for track in tracks if track.name.startswith("place|crunch_0 ")]
    assert (len(tracks), len(moving)) == (6, 4)
    for track in moving:
        seen = track.rows[..., 2:5].astype(float)
        for pose in (first, second):
            nearest = np.abs(seen - pose[:, 2:5]).max(axis=(1, 2)).min()
            assert nearest < 0.35
        share = np.linalg.norm(seen - first[:, 2:5], axis=(1, 2))
        assert share.max() > 0.9 * np.linalg.norm(second[:, 2:5] - first[:, 2:5])


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
