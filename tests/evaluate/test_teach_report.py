"""The evaluation of teach mode, on the stick figure."""

import json
from pathlib import Path

import pytest

from gymbox.motion.recording import PoseRecorder
from gymbox.teaching.taught import Taught
from tests.reps.stick_figure import MOVES, arm_swing
from tests.teaching.shown import shown
from tools.evaluate._taught_clips import REAL, Task, rendered
from tools.evaluate._taught_report import Figures, Ghost, render
from tools.evaluate._taught_run import Looked, crossed, run


def task(name: str = "one", side: float = 60.0, rest: int = 4) -> Task:
    recording = [*shown(arm_swing, 3), *shown(arm_swing, 4, begin=8.0)]
    return Task(name, "front_raise", side, recording, (0.0, 7.5), rest, rest)


def test_a_lesson_counts_the_rest():
    right, wrong = run(task(), None), run(task(rest=5), None)
    assert (right.counted, right.exact) == (4, True)
    assert (wrong.counted, wrong.exact) == (4, False)


def test_without_a_rest_all_is_counted():
    whole = run(Task("one", "row", None, shown(arm_swing, 3), None), None)
    assert whole.counted == 3


def test_nothing_learnt_is_not_exact():
    still = Task("one", "row", None, shown(arm_swing, 3, depth=0.0), (0.0, 4.0), 0, 0)
    assert run(still, None).counted is None
    assert not run(still, None).exact


@pytest.mark.parametrize(("side", "tried"), [(80.0, 2), (-70.0, 2), (120.0, 0)])
def test_others_are_tried_from_a_similar_side(side: float, tried: int):
    results = [run(task(), None), run(task("two", side), None)]
    found = crossed(results)
    assert len(found) == tried
    assert all(said == 4 for _, _, said in found)


def test_a_recording_is_like_its_own_template_only():
    learnt = run(task(), None).learnt
    assert isinstance(learnt, Taught)
    assert min(Looked(task().rest).matches(learnt.template)) > 0.5
    assert max(Looked(shown(MOVES["squat"], 4)).matches(learnt.template)) < 0.1
    assert Looked([]).matches(learnt.template) == []


def test_labels_say_what_is_shown_and_what_is_right(tmp_path: Path):
    def rep(begin: float, depth: float = 1.0) -> dict[str, object]:
        return {"begin": begin, "end": begin + 2, "depth": depth, "partial": depth < 0.8}

    reps = [rep(1), rep(4, 0.3), rep(7), rep(10), rep(13), rep(16, 0.5), rep(19), rep(22, 0.3)]
    label = {"exercise": "row", "camera": {"azimuth": -40}, "repetitions": reps}
    (tmp_path / "000000.json").write_text(json.dumps(label), "utf-8")
    (tmp_path / "seen").mkdir()
    recorder = PoseRecorder(15, (640, 480))
    recorder.add(0.0, None)
    recorder.save(tmp_path / "seen" / "000000.npz")
    (one,) = rendered(tmp_path)
    assert one.shown == pytest.approx((5.5, 15.4))
    assert (one.least, one.most) == (1, 2)
    assert one.side == -40


def test_the_table_of_real_clips_is_whole():
    lines = REAL.read_text("utf-8").splitlines()
    assert lines[0] == "file,third_end,least,most"
    assert len(lines) > 10


def test_the_report_says_it_all():
    results = [run(task(), None), run(task("two"), None)]
    text = render(
        Figures(
            synthetic=results,
            filmed=[run(task("filmed", rest=9), None)],
            known=results,
            crossed=crossed(results),
            own=[1.0, 0.5],
            others=[0.0],
            ghosts=[Ghost("clip", "squat", "front_raise", "one", 0.7)],
        ),
        asked=0.8,
    )
    assert "**66.7%** (2 of 3)" in text
    assert "| filmed | front_raise | 4 | 9 |  |" in text
    assert "1 are ever taken for something else" in text
    assert "75% (median 75% of 2 clips)" in text
