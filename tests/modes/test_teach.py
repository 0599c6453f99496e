"""Teach mode from the first press to the file, with a stick figure before the camera."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from gymbox.display import Button, Status
from gymbox.errors import DiskError
from gymbox.events import AthleteFound, Event, ExerciseChosen, ExerciseTaught, RepShown
from gymbox.modes.count import CountMode
from gymbox.modes.teach import Step, TeachMode
from gymbox.motion.landmarks import Pose
from gymbox.reps.counter import Counter
from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.sets import SetRules, SetState
from gymbox.teaching.kept import Kept
from gymbox.teaching.lesson import Problem, TimedPose
from gymbox.teaching.library import FOLDER, Library
from gymbox.teaching.school import School
from gymbox.teaching.taught import Taught
from tests.modes.athlete import Athlete, frames
from tests.reps.stick_figure import wave
from tests.teaching.shown import taught


def seconds(mode: TeachMode, count: float, begin: float = 0.0) -> list[Event]:
    return [event for frame in frames(count, begin) for event in mode.update(frame)]


def made(
    folder: Path,
    progress: Callable[[float], float | None],
    *,
    exercise: str = "squat",
    like: str = UNKNOWN,
) -> TeachMode:
    class Says:
        def add(self, timestamp: float, pose: Pose | None) -> None:
            pass

        def chances(self) -> dict[str, float]:
            return {like: 0.9, "dip": 0.1}

    library = Library.open(folder)
    return TeachMode(
        Athlete(exercise, progress), School(library, Says), library, Kept(folder / FOLDER)
    )


def after(start: float, reps: int) -> Callable[[float], float]:
    moving = wave(reps, 2.0)
    return lambda t: moving(t - start)


def test_three_repetitions_become_a_file(tmp_path: Path):
    mode = made(tmp_path, after(2, 3))
    assert isinstance(seconds(mode, 0.5)[0], AthleteFound)
    mode.press(Button.SELECT, 0.5)
    assert mode.step is Step.HOLD
    events = seconds(mode, 9.0, 0.5)
    assert mode.step is Step.SHOW
    assert [event.rep for event in events if isinstance(event, RepShown)] == [1, 2, 3]
    assert mode.display(9.5, Status()).enough
    mode.press(Button.SELECT, 9.5)
    assert mode.step is Step.LEARNING
    seconds(mode, 0.1, 9.5)
    assert mode.step is Step.NAME
    assert mode.display(9.6, Status()).name == "front_raise"
    mode.press(Button.BACK, 9.6)
    events = list(mode.press(Button.SELECT, 9.7))
    assert events == [ExerciseTaught(t=9.7, exercise="row", reps=3)]
    assert mode.display(9.7, Status()).words == "row"
    assert list(Library.open(tmp_path).taught()) == ["row"]
    seconds(mode, 4.0, 9.8)
    assert mode.step is Step.START


def test_five_repetitions_are_enough(tmp_path: Path):
    mode = made(tmp_path, after(2, 8))
    mode.press(Button.SELECT, 0.0)
    seconds(mode, 16.0)
    assert mode.step is Step.NAME


def test_too_few_are_told_and_shown_again(tmp_path: Path):
    mode = made(tmp_path, after(2, 2))
    mode.press(Button.SELECT, 0.0)
    seconds(mode, 7.0)
    mode.press(Button.SELECT, 7.0)
    seconds(mode, 0.1, 7.0)
    assert mode.step is Step.PROBLEM
    assert mode.display(7.1, Status()).words == "3 reps needed, saw 2"
    mode.press(Button.SELECT, 7.1)
    assert mode.step is Step.HOLD
    assert mode.display(7.1, Status()).reps == 0


def test_what_is_like_another_may_be_kept(tmp_path: Path):
    mode = made(tmp_path, after(2, 3), like="squat")
    mode.press(Button.SELECT, 0.0)
    seconds(mode, 9.0)
    mode.press(Button.SELECT, 9.0)
    seconds(mode, 0.1, 9.0)
    assert mode.step is Step.LIKE
    assert mode.display(9.1, Status()).words == "squat"
    mode.press(Button.SELECT, 9.1)
    mode.press(Button.SELECT, 9.2)
    assert Library.open(tmp_path).taught()["front_raise"].like == "squat"


@pytest.mark.parametrize("button", [Button.BACK, Button.BACK_HELD])
def test_going_back_forgets_what_was_shown(tmp_path: Path, button: Button):
    mode = made(tmp_path, after(2, 3))
    mode.press(Button.SELECT, 0.0)
    seconds(mode, 6.0)
    assert mode.display(6.0, Status()).reps > 0
    mode.press(button, 6.0)
    assert mode.step is (Step.HOLD if button is Button.BACK else Step.START)
    assert mode.display(6.0, Status()).reps == 0


def test_whoever_goes_away_begins_anew(tmp_path: Path):
    moving = after(2, 3)
    mode = made(tmp_path, lambda t: moving(t) if t < 6 else None)
    mode.press(Button.SELECT, 0.0)
    seconds(mode, 12.0)
    assert mode.step is Step.HOLD
    assert not Library.open(tmp_path).taught()


def test_whoever_walks_to_the_button_after_three_is_done(tmp_path: Path):
    moving = after(2, 3)
    mode = made(tmp_path, lambda t: moving(t) if t < 9 else None)
    mode.press(Button.SELECT, 0.0)
    seconds(mode, 15.0)
    assert mode.step is Step.NAME


@pytest.mark.parametrize("named", [False, True])
def test_a_lesson_goes_on_where_it_was_left(tmp_path: Path, named: bool):  # noqa: FBT001
    """After another mode, or after the box was stopped and started again."""
    mode = made(tmp_path, after(2, 3))
    mode.press(Button.SELECT, 0.0)
    seconds(mode, 9.0)
    if named:
        mode.press(Button.SELECT, 9.0)
        seconds(mode, 0.1, 9.0)
        assert mode.step is Step.NAME
    mode.leave(9.1)
    assert mode.step is Step.START
    for again in (mode, made(tmp_path, lambda _: None)):
        seconds(again, 0.1, 100.0)
        assert again.step is Step.NAME
        again.leave(100.1)
    last = made(tmp_path, lambda _: None)
    seconds(last, 0.1)
    assert [event.name for event in last.press(Button.SELECT, 0.2)] == ["exercise_taught"]
    last.leave(0.3)
    seconds(last, 0.1, 1.0)
    assert last.step is Step.START
    assert [path.name for path in tmp_path.glob("exercises/*")] == ["front_raise.toml"]


def test_too_few_repetitions_are_told_when_the_mode_is_on_again(tmp_path: Path):
    mode = made(tmp_path, after(2, 2))
    mode.press(Button.SELECT, 0.0)
    seconds(mode, 7.0)
    mode.leave(7.0)
    seconds(mode, 0.1, 8.0)
    assert mode.display(8.1, Status()).words == "3 reps needed, saw 2"
    mode.leave(8.2)
    seconds(mode, 0.1, 9.0)
    assert mode.step is Step.START


def test_what_was_thrown_away_does_not_come_back(tmp_path: Path):
    mode = made(tmp_path, after(2, 3))
    mode.press(Button.SELECT, 0.0)
    seconds(mode, 9.0)
    mode.leave(9.0)
    seconds(mode, 0.1, 10.0)
    mode.press(Button.BACK_HELD, 10.2)
    mode.leave(10.3)
    seconds(mode, 0.1, 11.0)
    assert mode.step is Step.START


def test_a_disk_that_takes_no_demonstration_is_in_the_journal(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    (tmp_path / FOLDER).write_text("no folder")
    mode = made(tmp_path, after(2, 3))
    mode.press(Button.SELECT, 0.0)
    seconds(mode, 9.0)
    mode.leave(9.0)
    assert "a demonstration is lost" in caplog.text


def test_a_damaged_demonstration_is_none(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "shown.npz").write_bytes(b"PK no")
    mode = made(tmp_path, lambda _: None)
    seconds(mode, 0.1)
    assert mode.step is Step.START
    assert "a demonstration is lost" in caplog.text


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    mode = made(tmp_path, after(2, 3))
    mode.press(Button.SELECT, 0.0)
    seconds(mode, 9.0)
    mode.press(Button.SELECT, 9.0)
    seconds(mode, 0.1, 9.0)

    def full(_library: Library, taught: Taught) -> None:
        raise DiskError(f"{taught.name} cannot be written", "make room")

    monkeypatch.setattr(Library, "save", full)
    assert mode.press(Button.SELECT, 9.2) == ()
    assert mode.step is Step.PROBLEM
    assert mode.display(9.2, Status()).words == "make room"


def test_any_order_of_presses_is_survived(tmp_path: Path):
    class Never:
        def learn(self, recording: Sequence[TimedPose]) -> Problem:
            assert recording is not None
            return Problem("move more")

    library = Library.open(tmp_path)
    mode = TeachMode(Athlete("squat", after(1, 9)), Never(), library, Kept(tmp_path / FOLDER))
    t = 0.0
    for turn in range(60):
        button = (Button.SELECT, Button.BACK, Button.BACK_HELD, Button.SELECT_HELD)[turn * 7 % 4]
        seconds(mode, 0.4, t)
        t += 0.4
        mode.press(button, t)
        assert mode.display(t, Status()).step == mode.step.value


def test_what_was_taught_can_be_chosen_at_once(tmp_path: Path):
    library = Library.open(tmp_path)
    state = SetState(exercise="squat", counter=Counter())
    count = CountMode(Athlete("squat", lambda _: 0.0), state, SetRules(), library.known)

    def offered() -> set[str]:
        seen = set()
        for turn in range(30):
            for event in count.press(Button.SELECT, turn):
                seen |= {event.exercise} if isinstance(event, ExerciseChosen) else set()
        return seen

    assert "front_raise" not in offered()
    library.save(taught())
    assert "front_raise" in offered()
