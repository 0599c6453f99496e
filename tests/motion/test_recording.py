"""Recordings of poses: what is written is what is read."""

from pathlib import Path

import numpy as np
import pytest

from gymbox.errors import InputError
from gymbox.motion.landmarks import Pose
from gymbox.motion.recording import PoseRecorder, load_poses


def pose(time: float) -> Pose:
    rng = np.random.default_rng(int(1000 * time))
    return Pose(
        timestamp=time,
        points=rng.normal(size=(33, 3)).astype(np.float32),
        visibility=rng.uniform(size=33).astype(np.float32),
        world=rng.normal(size=(33, 3)).astype(np.float32),
        score=0.75,
        size=(640, 480),
    )


def test_poses_come_back_as_they_were(tmp_path: Path):
    recorder = PoseRecorder(12.5, (640, 480))
    poses = [pose(0.0), None, pose(0.16)]
    for index, each in enumerate(poses):
        recorder.add(index * 0.08, each)
    recorder.save(tmp_path / "clip.npz")
    recording = load_poses(tmp_path / "clip.npz")
    assert (recording.fps, recording.size, len(recording)) == (12.5, (640, 480), 3)
    for (time, read), index in zip(recording, range(3), strict=True):
        assert time == pytest.approx(index * 0.08)
        wanted = poses[index]
        if wanted is None:
            assert read is None
            continue
        np.testing.assert_array_equal(read.points, wanted.points)
        np.testing.assert_array_equal(read.visibility, wanted.visibility)
        np.testing.assert_array_equal(read.world, wanted.world)
        assert (read.score, read.size) == (wanted.score, wanted.size)
    assert np.isnan(recording.points[1]).all()


def test_an_empty_recording_is_one_too(tmp_path: Path):
    PoseRecorder(30, (64, 48)).save(tmp_path / "clip.npz")
    recording = load_poses(tmp_path / "clip.npz")
    assert list(recording) == []
    assert recording.points.shape == (0, 33, 3)


def test_a_recording_without_anybody_keeps_its_shape(tmp_path: Path):
    recorder = PoseRecorder(30, (64, 48))
    recorder.add(0.0, None)
    recorder.save(tmp_path / "clip.npz")
    recording = load_poses(tmp_path / "clip.npz")
    assert recording.world.shape == (1, 33, 3)
    assert list(recording) == [(0.0, None)]


@pytest.mark.parametrize("content", [None, b"", b"text", b"PK\x03\x04 cut off"])
def test_what_is_no_recording_is_an_error(tmp_path: Path, content: bytes | None):
    path = tmp_path / "clip.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match="holds no landmarks"):
        load_poses(path)


def test_other_arrays_are_an_error(tmp_path: Path):
    np.savez(tmp_path / "clip.npz", points=np.zeros(3))
    with pytest.raises(InputError, match="holds no landmarks"):
        load_poses(tmp_path / "clip.npz")


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be written"):
        PoseRecorder(30, (64, 48)).save(tmp_path / "missing" / "clip.npz")


def test_the_name_is_taken_as_it_is(tmp_path: Path):
    PoseRecorder(30, (64, 48)).save(tmp_path / "clip")
    assert [path.name for path in tmp_path.iterdir()] == ["clip"]
    assert len(load_poses(tmp_path / "clip")) == 0
