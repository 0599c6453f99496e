from itertools import pairwise
from pathlib import Path

import pytest

from gymbox.motion.recording import PoseRecorder
from gymbox.reps.profiles import profile
from tests.reps.stick_figure import MOVES, pose, walk, wave
from tools.evaluate.__main__ import main
from tools.evaluate._count_clips import DEV, HELD_OUT, Clip, load_clips, split
from tools.evaluate._count_run import TimedPose, count, observations, open_rule, thinned
from tools.evaluate._count_scores import Matches, Score, match, summarise

HEADER = "file,exercise,reps,reps_min,reps_max,strict,scene,rendered,view,people,notes\n"


def clip(name: str = "a", exercise: str = "squat", scene: str = "", **labels: int) -> Clip:
    values = {"reps": 3, "low": 3, "high": 4} | labels
    return Clip(
        name=name,
        file=Path(f"{name}.mp4"),
        exercise=exercise,
        strict=True,
        scene=scene or name,
        rendered=False,
        **values,
    )


def training(name: str, reps: int) -> list[TimedPose]:
    u = wave(reps, 2.0)
    move = walk if name == "walk" else MOVES[name]
    return [(k / 20, pose(move(u(k / 20)), k / 20)) for k in range(40 * reps + 30)]


def test_the_error_is_the_distance_from_what_is_reasonable():
    assert [clip().error(n) for n in (1, 2, 3, 4, 6)] == [2, 1, 0, 0, 2]


def test_scores_add_up():
    total = summarise([Score(clip(), 3), Score(clip(), 4), Score(clip(), 1), Score(clip(), 6)])
    assert (total.clips, total.reps, total.error) == (4, 12, 4)
    assert (total.exact, total.within, total.off_by_one) == (1, 2, 2)
    assert (total.ghosts, total.missed) == (2, 2)
    assert total.rate == pytest.approx(4 / 12)


def test_a_scene_is_never_split_and_exercises_are_spread():
    clips = [clip(f"c{n}", scene=f"s{n // 2}") for n in range(20)]
    parts = split(clips)
    assert sorted(parts.values()) == [DEV] * 5 + [HELD_OUT] * 5
    assert parts == split(reversed(clips))


def test_a_scene_with_several_exercises_is_for_developing():
    clips = [clip("a", "squat", "gym"), clip("b", "push_up", "gym"), clip("c", "squat", "home")]
    assert split(clips)["gym"] == DEV


def test_marks_and_counts_are_paired_once():
    assert match([2.0, 4.0, 6.0], [2.1, 4.2, 6.3], 10.0) == Matches(both=3)
    assert match([2.0, 4.0, 6.0], [2.1, 6.3], 10.0) == Matches(both=2, marked=1)
    assert match([2.0, 6.0], [2.1, 4.0, 6.3], 10.0).counted == 1


def test_marks_may_come_after_a_lift_that_counts_at_its_top():
    assert match([3.0, 5.0], [2.0, 4.0], 10.0) == Matches(both=2)


def test_what_the_clip_cuts_is_left_out():
    assert match([0.2, 5.0], [5.0, 9.5], 10.0) == Matches(both=1)


def test_precision_and_recall():
    matches = Matches(both=8, marked=2, counted=1) + Matches(both=1)
    assert matches.precision == pytest.approx(0.9)
    assert matches.recall == pytest.approx(9 / 11)


def test_counting_and_the_open_rule_on_a_stick_figure():
    seen = list(observations(training("push_up", 4)))
    assert len(count(seen, profile("push_up")).reps) == 4
    assert open_rule(seen, "push_up") == 4
    assert open_rule(list(observations(training("squat", 3))), "squat") == 3


def test_thinning_keeps_the_frame_rate_asked_for():
    recording = training("squat", 2)
    assert thinned(recording, None) == recording
    times = [t for t, _ in thinned(recording, 5)]
    assert len(times) == pytest.approx(len(recording) / 4, abs=1)
    assert min(b - a for a, b in pairwise(times)) > 0.19


def test_frames_without_anybody_are_passed_on():
    assert list(observations([(0.0, None)])) == [(0.0, None)]


def test_a_labelled_folder_gives_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    poses = tmp_path / "poses"
    poses.mkdir()
    rows = HEADER
    for name, exercise, reps in (("a", "squat", 3), ("b", "push_up", 2), ("c", "walk", 4)):
        (tmp_path / f"{name}.mp4").touch()
        recorder = PoseRecorder(20.0, (640, 480))
        for t, seen in training(exercise, reps):
            recorder.add(t, seen)
        recorder.save(poses / f"{name}.npz")
        labels = ",,,0" if exercise == "walk" else f"{reps},{reps},{reps},1"
        rows += f"{name}.mp4,{exercise},{labels},{name},0,side,1,\n"
    (tmp_path / "clips.csv").write_text(rows)
    report, out = tmp_path / "report.md", tmp_path / "out"
    options = {"--clips": tmp_path, "--csv": tmp_path / "clips.csv", "--landmarks": poses}
    options |= {"--out": report, "--plots": out}
    code = main(["counts", *(str(word) for pair in options.items() for word in pair)])
    assert code == 0
    assert "native: error 0 of 5 reps, rate 0.000" in capsys.readouterr().out
    text = report.read_text()
    assert "| all | 2 | 5 | 0 | **0.000** |" in text
    assert str(tmp_path) not in text
    assert (out / "a.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("text", ["nonsense\n1\n", HEADER + "a.mp4,squat,x,1,1,1,a,0,side,1,\n"])
def test_a_table_of_another_form_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    table = tmp_path / "clips.csv"
    table.write_text(text)
    assert main(["counts", "--clips", str(tmp_path), "--csv", str(table)]) == 66
    assert "is no table of clips" in capsys.readouterr().err


def test_a_missing_table_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    table = tmp_path / "none.csv"
    assert main(["counts", "--clips", str(tmp_path), "--csv", str(table)]) == 66
    assert "none.csv" in capsys.readouterr().err


def test_missing_clips_are_no_perfect_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    table = tmp_path / "clips.csv"
    table.write_text(HEADER + "".join(f"{n}.mp4,squat,2,2,3,1,{n},0,side,1,\n" for n in "abc"))
    (tmp_path / "a.mp4").touch()
    command = ["counts", "--csv", str(table), "--clips"]
    assert main([*command, str(tmp_path)]) == 66
    output = capsys.readouterr()
    assert f"2 of 3 clips are missing, the first is {tmp_path / 'b.mp4'}" in output.err
    assert output.out == ""
    assert main([*command, str(tmp_path / "absent")]) == 66
    assert "3 of 3 clips are missing" in capsys.readouterr().err


def test_a_table_without_clips_is_no_perfect_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "clips.csv").write_text(HEADER)
    assert main(["counts", "--csv", str(tmp_path / "clips.csv"), "--clips", str(tmp_path)]) == 66
    assert "no clip" in capsys.readouterr().err


def test_marks_are_read_beside_the_table(tmp_path: Path):
    (tmp_path / "a.txt").write_text("10\n20\n")
    (tmp_path / "clips.csv").write_text(HEADER + "a.mp4,squat,2,2,3,1,a,0,side,1,\n")
    (found,) = load_clips(tmp_path / "clips.csv", tmp_path, tmp_path)
    assert found.marks == (10, 20)
    assert (found.reps, found.low, found.high) == (2, 2, 3)
