from pathlib import Path

import numpy as np
import pytest

from gymbox.errors import InputError
from gymbox.motion.recording import load_poses
from tests.synth.sensor.squatting import Recorded, athlete
from tools.synth.sensor import channels, sensor

PARTS = ("points", "visibility", "world", "score")


@pytest.fixture(scope="module")
def box() -> sensor.Sensor:
    return sensor.load()


def test_the_same_seed_gives_the_same_bytes(box: sensor.Sensor, truth: Recorded):
    one, other = (box.observe(truth, np.random.default_rng(3)) for _ in range(2))
    assert all(one[part].tobytes() == other[part].tobytes() for part in PARTS)


def test_another_seed_gives_another_recording(box: sensor.Sensor, truth: Recorded):
    one, other = (box.observe(truth, np.random.default_rng(seed)) for seed in (3, 4))
    assert np.abs(one["points"] - other["points"]).max() > 1


def test_without_noise_everything_is_where_it_is(box: sensor.Sensor, truth: Recorded):
    found = box.observe(truth, np.random.default_rng(0), noise=0)
    assert np.allclose(found["points"], truth["points"], atol=1e-3)
    assert np.allclose(found["world"], truth["world"], atol=1e-5)
    assert not np.isnan(found["score"]).any()


def test_the_box_can_load_what_the_model_makes(box: sensor.Sensor, truth: Recorded, tmp_path: Path):
    found = box.observe(truth, np.random.default_rng(0))
    np.savez(tmp_path / "a.npz", **found)
    recording = load_poses(tmp_path / "a.npz")
    assert len(recording) == len(truth["t"])
    assert recording.size == (640, 480)
    assert np.array_equal(recording.points, found["points"], equal_nan=True)


def test_where_nobody_is_found_there_is_nothing(box: sensor.Sensor):
    outside = athlete(200)
    outside["visibility"][:] = 0
    gone = []
    for seed in range(12):
        found = box.observe(outside, np.random.default_rng(seed))
        lost = np.isnan(found["score"])
        assert all(np.isnan(found[part][lost]).all() for part in PARTS)
        assert not any(np.isnan(found[part][~lost]).any() for part in PARTS)
        gone.append(lost.any())
    assert any(gone)


def test_nobody_is_found_where_a_joint_is_behind_the_camera(box: sensor.Sensor, truth: Recorded):
    truth["points"][20:25, 3] = np.nan
    found = box.observe(truth, np.random.default_rng(1))
    assert np.isnan(found["score"][20:25]).all()
    assert not np.isnan(found["points"][~np.isnan(found["score"])]).any()


def test_errors_are_of_a_size_that_the_box_makes(box: sensor.Sensor, truth: Recorded):
    rows = [
        channels.pack(truth, box.observe(truth, np.random.default_rng(seed))) for seed in range(20)
    ]
    places = np.concatenate(rows)[:, channels.POINTS].reshape(-1, 33, 3)[..., :2]
    apart = np.linalg.norm(places, axis=2)
    assert 0.005 < np.nanmedian(apart) < 0.06
    assert np.nanquantile(apart, 0.99) < 1


def test_errors_do_not_hang_on_the_size_of_the_picture(box: sensor.Sensor, truth: Recorded):
    large = {**truth, "points": 2 * truth["points"], "scale": 2 * truth["scale"]}
    large["size"] = 2 * truth["size"]
    one, other = (box.observe(t, np.random.default_rng(5)) for t in (truth, large))
    off, off_large = one["points"] - truth["points"], other["points"] - large["points"]
    assert np.allclose(2 * off, off_large, atol=0.2, equal_nan=True)


@pytest.mark.parametrize("words", [b"", b"no model"])
def test_a_damaged_model_is_named(words: bytes, tmp_path: Path):
    path = tmp_path / "broken.npz"
    path.write_bytes(words)
    with pytest.raises(InputError, match=r"broken\.npz"):
        sensor.load(path)
