"""The session report: what a mode said, what that comes to, and the page."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gymbox.camera.frame import Frame
from gymbox.events import Event, ExerciseChosen, Rep, RepUndone, SetEnd, SetStart
from gymbox.inference.manifest import find_model
from gymbox.motion.landmarks import Pose
from gymbox.motion.recording import PoseRecorder
from tests.reps.stick_figure import MOVES, pose, wave
from tools.evaluate import _session_report as report
from tools.evaluate import _session_run as run
from tools.evaluate import _session_tables as tables
from tools.evaluate import _session_targets as targets
from tools.evaluate.__main__ import main
from tools.evaluate._count_clips import Clip
from tools.evaluate._session_measure import Idle, Outcomes, _outcome
from tools.evaluate._session_references import ANGLE, NEIGHBOURS_AUTO
from tools.evaluate._session_run import Heard
from tools.evaluate._session_scores import (
    Delay,
    Outcome,
    far_off,
    interval,
    judged_classes,
    matches,
    named_rate,
    of_scene,
    rate,
    recognition,
    within,
)


def clip(name: str = "a", exercise: str = "squat", reps: int = 4, **more: object) -> Clip:
    first = Clip(name, Path(f"{name}.mp4"), exercise, reps, reps, reps, True, name, False)  # noqa: FBT003
    return replace(first, **more)


def rep(t: float, number: int, exercise: str = "squat", *, partial: bool = False) -> Rep:
    return Rep(
        t=t,
        exercise=exercise,
        rep=number,
        partial=partial,
        rom=1.0,
        tempo=(1.0, 0.0, 1.0, 0.0),
        confidence=1.0,
    )


def end(t: float, reps: int, exercise: str = "squat") -> SetEnd:
    return SetEnd(t=t, exercise=exercise, reps=reps, start=0.0, end=t)


class Script:
    """A mode that says what stands in its script."""

    name = "script"

    def __init__(self, lines: Mapping[float, list[Event]]) -> None:
        self._lines = lines

    def update(self, frame: Frame) -> list[Event]:
        return self._lines.get(frame.timestamp, [])

    def leave(self, t: float) -> list[Event]:  # noqa: ARG002 (a mode is told)
        return self._lines.get(-1.0, [])


def heard(lines: Mapping[float, list[Event]]) -> Heard:
    recording: list[tuple[float, Pose | None]] = [(float(t), None) for t in range(11)]
    return run._heard(lambda _: Script(lines), recording)


def test_repetitions_that_were_taken_back_do_not_count():
    said = heard(
        {
            1.0: [SetStart(t=0.5, exercise="squat"), rep(0.9, 1)],
            2.0: [rep(2.0, 2), rep(2.0, 2, partial=True)],
            3.0: [rep(3.0, 3), RepUndone(t=3.0, exercise="squat", rep=2)],
            -1.0: [end(10.0, 2)],
        }
    )
    assert [(t, one.t) for t, one in said.reps] == [(1.0, 0.9), (2.0, 2.0)]
    assert said.told == 3
    assert said.began == 0.5


def test_the_exercise_is_the_one_that_was_counted_most():
    said = heard(
        {
            1.0: [ExerciseChosen(t=1.0, exercise="squat"), rep(1.0, 1), end(1.0, 1)],
            2.0: [ExerciseChosen(t=2.0, exercise="dip")],
            3.0: [rep(3.0, 1, "dip"), rep(3.5, 2, "dip"), end(3.5, 2, "dip")],
        }
    )
    assert said.exercise == "dip"
    assert said.counting("dip") == 3.0


def test_without_a_repetition_it_is_the_one_named_longest_and_else_unknown():
    names = {1.0: "squat", 3.0: "dip", 7.0: "unknown"}
    said = heard({t: [ExerciseChosen(t=t, exercise=name)] for t, name in names.items()})
    assert said.exercise == "dip"
    assert (said.named("dip"), said.named("lunge")) == (3.0, None)
    assert heard({}).exercise == heard({}).ever == "unknown"


def test_a_name_that_was_soon_taken_back_is_not_the_clips():
    names = {1.0: "squat", 2.0: "unknown"}
    said = heard({t: [ExerciseChosen(t=t, exercise=name)] for t, name in names.items()})
    assert (said.exercise, said.ever) == ("unknown", "squat")


def test_how_soon_is_measured_from_the_first_repetition():
    by_button = heard({2.0: [SetStart(t=1.0, exercise="deadlift"), rep(5.0, 1), end(5.0, 1)]})
    by_itself = heard(
        {
            3.0: [ExerciseChosen(t=3.0, exercise="romanian_deadlift")],
            7.0: [rep(5.0, 1, "romanian_deadlift"), end(7.0, 1)],
        }
    )
    found = _outcome(clip(exercise="deadlift"), by_itself, by_button)
    assert found.delay == Delay(named=2.0, counting=6.0, rep=4.0)
    assert found.delay.reps == 1.5
    assert (found.said, found.wrong) == ("romanian_deadlift", 0)
    assert _outcome(clip(exercise="dip"), by_itself, by_button).wrong == 1
    never = _outcome(clip(exercise="dip"), by_itself, by_button).delay
    assert never is not None
    assert never.reps == np.inf


def test_rates_and_what_is_far_off():
    rows = [Outcome(clip("a"), 4), Outcome(clip("b"), 6, wrong=2), Outcome(clip("c", reps=2), 0)]
    assert rate(rows) == 0.4
    assert named_rate(rows) == pytest.approx(0.4)
    assert named_rate([Outcome(clip("d"), 4, wrong=1)]) == 0.5
    assert within(rows) == pytest.approx(1 / 3)
    assert [one.clip.name for one in far_off(rows)] == ["b"]


def test_marks_are_matched_in_seconds():
    marked = clip(marks=(60, 120))
    found = matches([Outcome(marked, 2, ends=(2.1, 6.0), seconds=9.0)], lambda _: 30.0)
    assert (found.both, found.marked, found.counted) == (1, 1, 1)


def test_intervals_draw_scenes_and_not_clips():
    same = [Outcome(replace(clip(str(k)), scene="one"), 4 if k % 2 else 5) for k in range(40)]
    assert interval(same, of_scene, rate) == (rate(same), rate(same))
    apart = [Outcome(clip(str(k)), 4 if k % 2 else 5) for k in range(40)]
    low, high = interval(apart, of_scene, rate)
    assert low < rate(apart) < high
    assert np.isnan(interval([], of_scene, rate)[0])


def test_recognition_knows_variants_and_all_that_is_not_listed():
    rows = [
        Outcome(clip("a", "deadlift"), 1, said="romanian_deadlift"),
        Outcome(clip("b", "plank"), 0, said="unknown"),
        Outcome(clip("c", "plank"), 2, said="squat"),
    ]
    said = recognition(rows)
    assert said.correct.tolist() == [True, True, False]
    assert judged_classes(said) == ()
    assert judged_classes(recognition(rows * 5)) == ("deadlift", "unknown")


def outcomes(count: int) -> Outcomes:
    found = Outcomes()
    delay = Delay(0.0, 1.0, 1.0)
    for fps in (30.0, 8.0, 5.0):
        row = Outcome(clip(), count, said="squat", told=count, delay=delay)
        other = Outcome(clip("p", "plank"), count - 4, told=count - 4)
        found.told[fps] = [row]
        found.auto[fps] = [row] * 5 + [other] * 5
    return found


def test_all_is_reached_or_what_is_not_is_named():
    good = targets.targets(outcomes(4), Idle(3600.0, (), {}))
    assert all(line.reached for line in good)
    idle = Idle(3600.0, (("x", "dip", 2),), {"dip": 3})
    bad = [line.what for line in targets.targets(outcomes(6), idle) if not line.reached]
    assert len(bad) == 8
    assert "| **no** |" in tables.asked(targets.targets(outcomes(6), idle))


def test_growth_at_lower_rates_is_told():
    found = outcomes(4)
    found.told[8.0] = [Outcome(clip(), 3)]
    wrong = [line for line in targets.targets(found, None) if not line.reached]
    assert [line.measured for line in wrong] == ["+0.250"]


def test_tables_have_as_many_cells_as_titles():
    found = outcomes(5)
    idle = Idle(1800.0, (("x", "dip", 2),), {"dip": 3})
    for text in (
        tables.counts([("a", found.told[30.0])], named=True),
        tables.rep_by_rep([("a", found.told[30.0])], lambda _: 30.0),
        tables.outside(found.auto),
        tables.nothing(idle).split("\n\n")[0],
        tables.recognised(found.auto),
        tables.classes(found.auto[30.0]),
        tables.settling(found.auto),
        tables.wrong(found.told[30.0], found.auto[30.0]),
        tables.mistaken(found.auto[30.0]),
    ):
        widths = {line.count("|") for line in text.splitlines()}
        assert len(widths) == 1
    assert "4.00" in tables.nothing(idle)


def test_the_page_shows_all_parts_and_its_pictures(tmp_path: Path):
    found = outcomes(4)
    found.native = {"a": 30.0, "p": 30.0}
    figures = report.Figures(
        outcomes=found,
        slow=found,
        references={ANGLE: found.told, NEIGHBOURS_AUTO: found.auto},
        idle=Idle(3600.0, (), {"squat": 4}),
        runtime="some runtime",
    )
    text = report.render(figures)
    report.write(figures, tmp_path / "session.md", text)
    assert (tmp_path / "session.md").read_text("utf-8") == text
    pictures = {path.name for path in (tmp_path / "session").glob("*.png")}
    assert pictures == {"confusion.png", "rates.png"}
    for title in ("asked", "references", "view", "outside", "Nobody trains", "wrong"):
        assert title in text
    alone = replace(figures, slow=None, references=None, idle=None)
    assert "references" not in report.render(alone)


HEADER = "file,exercise,reps,reps_min,reps_max,strict,scene,rendered,view,people,notes\n"


def test_the_command_drives_the_modes(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    u = wave(3, 2.0)
    recorder = PoseRecorder(20.0, (640, 480))
    for k in range(150):
        recorder.add(k / 20, pose(MOVES["squat"](u(k / 20)), k / 20))
    for folder in ("poses", "idle"):
        (tmp_path / folder).mkdir()
        recorder.save(tmp_path / folder / "a.npz")
    (tmp_path / "a.mp4").touch()
    (tmp_path / "clips.csv").write_text(HEADER + "a.mp4,squat,3,3,3,1,here,0,side,1,\n")
    shutil.copy(find_model("sequence").path, tmp_path / "fold0.int8.tflite")
    (tmp_path / "folds.json").write_text('{"folds": {"here": 0}}')
    options = {"--clips": "", "--csv": "clips.csv", "--landmarks": "poses", "--folds": ""}
    options |= {"--idle": "idle", "--out": "session.md"}
    words = [word for key, value in options.items() for word in (key, str(tmp_path / value))]
    assert main(["session", *words]) == 1  # somebody trains where nobody should
    text = (tmp_path / "session.md").read_text("utf-8")
    assert (
        "| exercise told: rep error rate, 1 strict clips | 0.02 at most | **0.000** | yes |" in text
    )
    assert "told squat | 3 |" in text
    assert "outside the list" in capsys.readouterr().out
    assert main(["session", *words[:6], "--folds", str(tmp_path / "idle")]) == 66
    assert "holds no folds" in capsys.readouterr().err
