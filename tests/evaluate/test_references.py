"""The references: other people's ways to count, on made-up landmarks."""

from pathlib import Path

import numpy as np
import pytest

from gymbox.errors import InputError
from gymbox.motion.landmarks import Landmark
from tools.evaluate import _mediapipe, _neighbour_samples, reference_angle, reference_neighbours
from tools.evaluate._count_clips import Clip
from tools.evaluate._mediapipe import Landmarks
from tools.evaluate.reference_neighbours import BENT, STRAIGHT, Samples

FPS = 20.0


def squats(reps: int, *, scale: float = 1.0, seconds: float = 2.0) -> np.ndarray:
    """[n, 33, 4] of somebody who squats, seen from the side."""
    n = int(reps * seconds * FPS) + 1
    depth = (1 - np.cos(np.linspace(0, 2 * np.pi * reps, n))) / 2
    points = np.zeros((n, 33, 4))
    points[..., 3] = 1.0
    for side, away in ((0, -3.0), (1, 3.0)):
        knee, ankle = np.array([0.0, -40.0]), np.array([0.0, 0.0])
        turn = np.deg2rad(100 * depth)
        hip = knee + 40 * np.stack([-np.sin(turn), -np.cos(turn)], axis=1)
        shoulder = hip + np.array([5.0, -50.0])
        for joint, place in (
            (Landmark.LEFT_ANKLE, ankle),
            (Landmark.LEFT_KNEE, knee),
            (Landmark.LEFT_HIP, hip),
            (Landmark.LEFT_SHOULDER, shoulder),
            (Landmark.LEFT_ELBOW, shoulder + np.array([10.0, 15.0])),
            (Landmark.LEFT_WRIST, shoulder + np.array([20.0, 0.0])),
            (Landmark.LEFT_INDEX, shoulder + np.array([22.0, 0.0])),
        ):
            points[:, joint + side, :2] = place
            points[:, joint + side, 2] = away
    points[..., :3] *= scale
    return points + np.array([200.0, 300.0, 0.0, 0.0])


def clip(name: str, scene: str, exercise: str = "squat") -> Clip:
    return Clip(name, Path(f"{name}.mp4"), exercise, 3, 3, 3, True, scene, False)  # noqa: FBT003


def kept(folder: Path, name: str, points: np.ndarray) -> Path:
    np.savez(folder / f"{name}.npz", landmarks=points.astype(np.float32), fps=np.float32(FPS))
    return folder


def test_two_angles_count_squats_on_the_better_seen_side():
    points = squats(3)
    assert len(reference_angle.count(points, "squat")) == 3
    points[:, Landmark.RIGHT_KNEE] = np.nan
    points[:, Landmark.RIGHT_KNEE, 3] = 0.0
    assert len(reference_angle.count(points, "squat")) == 3
    assert reference_angle.count(points, "biceps_curl") == []


def test_angles_are_those_of_the_picture():
    points = squats(1)
    points[0, Landmark.LEFT_ANKLE, :2] = points[0, Landmark.LEFT_KNEE, :2] + [10.0, 0.0]
    points[0, Landmark.RIGHT_ANKLE, 3] = 0.0
    assert reference_angle.angles(points, "squat")[0] == pytest.approx(90.0)


def test_an_embedding_is_free_of_place_and_size():
    small, large = squats(1), squats(1, scale=2.5)
    ours, theirs = (reference_neighbours.embed(p[..., :3]) for p in (small, large + 7.0))
    assert ours.shape == (len(small), 23, 3)
    assert np.allclose(ours, theirs)


def test_neighbours_count_squats_from_another_squatter(tmp_path: Path):
    others = {"small": 0.7, "large": 1.4, "larger": 1.8}  # far more samples than have a vote
    for name, scale in others.items():
        kept(tmp_path, name, squats(4, scale=scale))
    clips = [clip(name, "elsewhere") for name in others]
    samples = _neighbour_samples.of_clips(clips, tmp_path)
    assert set(samples.classes.tolist()) == {f"squat {BENT}", f"squat {STRAIGHT}"}
    embedded = reference_neighbours.embed(squats(3)[..., :3])
    rows = reference_neighbours.votes(embedded, samples)
    assert all(sum(row.values()) == pytest.approx(10.0) for row in rows)
    assert len(reference_neighbours.count(rows, "squat")) == 3


def test_who_is_not_found_holds_still():
    up, down = {"squat bent": 10.0}, {"squat straight": 10.0}
    rows = [*[down] * 12, *[up] * 12, *[{}] * 40, *[down] * 12]
    assert len(reference_neighbours.count(rows, "squat")) == 1
    assert reference_neighbours.count(rows[:-12], "squat") == []


def test_the_moving_average_follows_slowly():
    mean = reference_neighbours.smoothed([{"a": 0.0}, {"a": 10.0}])
    assert mean[1]["a"] == pytest.approx(10.0 / 1.8)


def test_no_sample_is_of_the_clips_own_scene_if_another_shows_the_exercise():
    rows = np.zeros((4, 23, 3))
    samples = Samples(
        rows,
        np.array(["squat bent", "squat bent", "dip bent", "dip bent"]),
        np.array(["mine", "yours", "mine too", "mine three"]),
        np.array(["here", "there", "here", "here"]),
    )
    chosen = _neighbour_samples.for_clip(samples, clip("mine too", "here", "dip"))
    assert chosen.clips.tolist() == ["yours", "mine three"]
    assert _neighbour_samples.only(chosen, "dip").clips.tolist() == ["mine three"]


def test_published_poses_are_read(tmp_path: Path):
    values = ",".join(str(v) for v in squats(1)[0, :, :3].ravel())
    table = tmp_path / "poses.csv"
    names = "".join(f",x{k},y{k},z{k}" for k in range(33))
    lines = [f"{k},{name},{values}" for k, name in enumerate(("squats_down", "pullups_up"))]
    table.write_text("\n".join([f"pose_id,pose{names}", *lines, f"3,jumping_jacks_up,{values}"]))
    found = _neighbour_samples.published(table)
    assert found.classes.tolist() == [f"squat {BENT}", f"pull_up {BENT}"]
    table.write_text("pose_id,pose\n1,squats_up,words\n")
    with pytest.raises(InputError, match="no poses"):
        _neighbour_samples.published(table)


def test_landmarks_are_read_and_thinned(tmp_path: Path):
    seen = _mediapipe.load(kept(tmp_path, "a", squats(2)) / "a.npz")
    assert len(seen.points) == len(squats(2))
    slow = seen.thinned(5.0)
    assert np.diff(slow.times) == pytest.approx(0.2, abs=0.06)
    assert slow.seconds(len(slow.times) - 1) == pytest.approx(4.0, abs=0.2)
    assert isinstance(seen.thinned(None), Landmarks)
    (tmp_path / "b.npz").write_bytes(b"no")
    with pytest.raises(InputError, match="no landmarks"):
        _mediapipe.load(tmp_path / "b.npz")
