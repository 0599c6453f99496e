"""The tally adds ended sets, so that undone repetitions are gone."""

from gymbox.events import ExerciseChosen, Rep, SetEnd
from gymbox.tally import Tally


def rep(n: int) -> Rep:
    return Rep(
        t=float(n),
        exercise="squat",
        rep=n,
        partial=False,
        rom=1.0,
        tempo=(1.0, 0.0, 1.0, 0.0),
        confidence=1.0,
    )


def test_reps_of_all_sets_are_added() -> None:
    tally = Tally()
    for event in (
        ExerciseChosen(t=0.0, exercise="squat"),
        rep(1),
        rep(2),
        rep(3),
        SetEnd(t=20.0, exercise="squat", reps=2, start=0.5, end=2.0),
        SetEnd(t=60.0, exercise="squat", reps=5, start=41.0, end=50.0),
        SetEnd(t=70.0, exercise="push_up", reps=0, start=61.0, end=61.0),
    ):
        tally.add(event)
    summary = tally.summary(frames=700, seconds=70.0)
    assert summary.as_dict() == {
        "event": "summary",
        "t": 70.0,
        "exercise": "squat",
        "reps": 7,
        "sets": [
            {"exercise": "squat", "reps": 2, "start": 0.5, "end": 2.0},
            {"exercise": "squat", "reps": 5, "start": 41.0, "end": 50.0},
        ],
        "frames": 700,
        "seconds": 70.0,
    }


def test_a_recording_without_sets_keeps_the_chosen_exercise() -> None:
    tally = Tally()
    tally.add(ExerciseChosen(t=0.0, exercise="pull_up"))
    assert tally.summary(frames=0, seconds=0.0).exercise == "pull_up"
