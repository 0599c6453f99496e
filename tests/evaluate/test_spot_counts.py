from pathlib import Path

import numpy as np
import pytest

from tests.reps.phase_scores import clear, repetitions
from tools.evaluate.__main__ import main
from tools.evaluate._count_run import thinned
from tools.evaluate._spot_run import count, load_scores

HEADER = "file,exercise,reps,reps_min,reps_max,strict,scene,rendered,view,people,notes\n"
ROW = "{name}.mp4,{exercise},{reps},{reps},{reps},1,{name},0,side,1,\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Three clips with scores: push-ups counted right, squats labelled one too many, a deadlift."""
    rows = [("a", "push_up", 3, 3), ("b", "squat", 2, 3), ("c", "deadlift", 4, 4)]
    for name, _, done, _ in rows[:2]:
        progress = repetitions(done, 2.0, 1.0)
        times = [k / 30 for k in range(30 * (2 * done + 2))]
        scores = [clear(progress(t)) for t in times]
        np.savez(tmp_path / f"{name}.npz", t=times, scores=scores)
    lines = [ROW.format(name=n, exercise=e, reps=labelled) for n, e, _, labelled in rows]
    (tmp_path / "clips.csv").write_text(HEADER + "".join(lines))
    return tmp_path / "clips.csv"


def test_scores_out_of_fold_are_counted_and_reported(table: Path):
    report = table.parent / "spot.md"
    folder = str(table.parent)
    words = ["spot", "--clips", folder, "--csv", str(table), "--scores", folder]
    assert main([*words, "--out", str(report)]) == 0
    text = report.read_text()
    for fps in (30, 15, 8, 5):
        assert f"| {fps} fps | 2 | 6 | 1 | 0.167 | 50% | 0 | 1 |" in text
    assert "| b | yes | 2 | 3 | 3..3 |" in text
    assert "out of fold" in text
    assert "deadlift" not in text
    assert folder not in text


def test_what_is_counted_in_other_exercises_is_told(table: Path):
    report = table.parent / "spot.md"
    folder = str(table.parent)
    np.savez(table.parent / "c.npz", **np.load(table.parent / "a.npz"))
    words = ["spot", "--clips", folder, "--csv", str(table), "--scores", folder]
    assert main([*words, "--out", str(report)]) == 0
    assert "\n3 repetitions are counted in 8 seconds of clips" in report.read_text()


def test_missing_scores_are_told(table: Path, capsys: pytest.CaptureFixture[str]):
    (table.parent / "b.npz").unlink()
    folder = str(table.parent)
    assert main(["spot", "--clips", folder, "--csv", str(table), "--scores", folder]) == 66
    assert "b.npz" in capsys.readouterr().err


def test_a_file_without_scores_is_told(table: Path, capsys: pytest.CaptureFixture[str]):
    (table.parent / "a.npz").write_bytes(b"no scores")
    folder = str(table.parent)
    assert main(["spot", "--clips", folder, "--csv", str(table), "--scores", folder]) == 66
    assert "a.npz holds no scores" in capsys.readouterr().err


def test_frames_are_left_out_evenly(table: Path):
    said = load_scores(table.parent / "a.npz")
    assert [len(thinned(said, fps)) for fps in (60, 30, 15, 5)] == [240, 240, 120, 40]
    assert len(count(said, "push_up")) == 3
    assert count([], "push_up") == []
