"""The comparison with MediaPipe: its choice of clips and its measures."""

from pathlib import Path

import numpy as np
import pytest

from gymbox.errors import InputError
from gymbox.motion.landmarks import Landmark
from tools.evaluate.__main__ import main
from tools.evaluate.pose_clips import choose_clips
from tools.evaluate.pose_scores import ClipScore, agreement, speed

HEAD = "file,exercise,scene,rendered\n"


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "clips.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n")
    return path


def test_exercises_take_turns_and_scenes_are_not_repeated(tmp_path: Path):
    path = table(
        tmp_path,
        "c.mp4,squat,3,0",
        "a.mp4,squat,1,0",
        "b.mp4,squat,1,0",
        "z.mp4,squat,9,1",
        "x.mp4,lunge,5,0",
        "d.mp4,dip,4,0",
    )
    order = [("a.mp4", "squat"), ("d.mp4", "dip"), ("x.mp4", "lunge"), ("c.mp4", "squat")]
    assert choose_clips(path, 20) == order
    assert choose_clips(path, 2) == order[:2]


def test_another_table_is_an_error(tmp_path: Path):
    (tmp_path / "clips.csv").write_text("file,who\na,b\n")
    with pytest.raises(InputError, match="no table of clips"):
        choose_clips(tmp_path / "clips.csv", 3)
    with pytest.raises(InputError, match="no table of clips"):
        choose_clips(tmp_path / "missing.csv", 3)


def test_missing_clips_are_told_before_anything_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = table(tmp_path, "c.mp4,squat,3,0", "d.mp4,dip,4,0")
    words = ["--clips", str(tmp_path / "absent"), "--csv", str(path), "--reference-python", "none"]
    assert main(["pose", *words]) == 66
    assert "2 of 2 clips are missing" in capsys.readouterr().err


def standing(tall: float) -> np.ndarray:
    """Landmarks of somebody upright whose chain from nose to heel is so many pixels long."""
    points = np.zeros((33, 3), np.float32)
    for names, share in (
        (("NOSE",), 0.0),
        (("LEFT_SHOULDER", "RIGHT_SHOULDER"), 0.2),
        (("LEFT_HIP", "RIGHT_HIP"), 0.5),
        (("LEFT_KNEE", "RIGHT_KNEE"), 0.75),
        (("LEFT_ANKLE", "RIGHT_ANKLE"), 0.95),
        (("LEFT_HEEL", "RIGHT_HEEL"), 1.0),
    ):
        for name in names:
            points[Landmark[name]] = (100, share * tall, 0)
    return points


def test_distances_are_in_percent_of_the_height():
    score = ClipScore("a", "squat")
    theirs = standing(400)
    ours = theirs + np.array([3, 4, 50], np.float32)
    score.add(ours, theirs)
    assert score.height() == pytest.approx(400)
    np.testing.assert_allclose(score.distances(), 100 * 5 / 400, rtol=1e-5)


def test_frames_that_one_side_missed_are_counted_and_not_measured():
    score = ClipScore("a", "squat")
    someone = standing(300)
    for ours, theirs in ((someone, someone), (someone, None), (None, someone), (None, None)):
        score.add(ours, theirs)
    figures = agreement([score, ClipScore("b", "dip")])
    assert figures["median_percent"] == 0
    assert [
        figures[f"frames_{who}"] for who in ("both", "only_ours", "only_theirs", "neither")
    ] == [
        1,
        1,
        1,
        1,
    ]


def test_speed_is_the_ratio_of_the_medians():
    score = ClipScore("a", "squat", times=[(0.008, 0.010), (0.009, 0.010), (0.100, 0.012)])
    figures = speed([score])
    assert figures["ours_ms"] == 9
    assert figures["ratio"] == pytest.approx(0.9)
    assert figures["ratio_of_sums"] == pytest.approx(117 / 32, abs=1e-3)
