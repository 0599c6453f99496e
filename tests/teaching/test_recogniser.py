"""Taught exercises among the chances."""

from collections.abc import Callable, Mapping

import pytest

from gymbox.motion.landmarks import Pose
from gymbox.reps.profiles import UNKNOWN, profiles
from gymbox.teaching.lesson import Lesson, teach
from gymbox.teaching.library import Library
from gymbox.teaching.likeness import too_like
from gymbox.teaching.recogniser import TaughtRecogniser
from gymbox.teaching.school import School
from gymbox.teaching.taught import Taught
from tests.reps.stick_figure import MOVES, Joints, arm_swing
from tests.teaching.shown import shown, taught

FRONT_RAISE = taught()


class Base:
    """Says the same whatever it sees."""

    def __init__(self, said: Mapping[str, float]) -> None:
        self.said = said
        self.seen = 0

    def add(self, timestamp: float, pose: Pose | None) -> None:
        assert pose is None or pose.timestamp == timestamp
        self.seen += 1

    def chances(self) -> Mapping[str, float]:
        return self.said


SAID = {"squat": 0.3, UNKNOWN: 0.7}


def after(
    move: Callable[[float], Joints],
    one: Taught,
    *,
    said: Mapping[str, float] = SAID,
    period: float = 2.0,
) -> Mapping[str, float]:
    base = Base(said)
    recogniser = TaughtRecogniser(base, lambda: {one.name: one})
    for t, pose in shown(move, 4, period=period):
        recogniser.add(t, pose)
    assert base.seen > 0
    return recogniser.chances()


def test_without_taught_exercises_nothing_changes():
    assert TaughtRecogniser(Base(SAID), dict).chances() == SAID


@pytest.mark.parametrize("period", [1.6, 2.0, 2.6])
def test_a_taught_exercise_is_recognised(period: float):
    chances = after(arm_swing, FRONT_RAISE, period=period)
    assert chances["front_raise"] > 0.8
    assert sum(chances.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("name", sorted(set(MOVES)))
def test_the_packaged_ones_keep_what_they_had(name: str):
    chances = after(MOVES[name], FRONT_RAISE)
    assert chances["front_raise"] < 0.05
    assert chances["squat"] == pytest.approx(0.3, abs=0.02)


def test_what_was_kept_though_like_another_goes_before_it():
    like = Taught(FRONT_RAISE.profile, FRONT_RAISE.template, 3, like="lateral_raise")
    chances = after(arm_swing, like, said={"lateral_raise": 0.9, UNKNOWN: 0.1})
    assert chances["front_raise"] > 0.8
    assert chances["lateral_raise"] < 0.2


def test_nobody_is_like_nothing():
    recogniser = TaughtRecogniser(Base(SAID), lambda: {"front_raise": FRONT_RAISE})
    assert recogniser.chances()["front_raise"] == 0.0
    for t in range(100):
        recogniser.add(t / 10, None)
    assert recogniser.chances()["front_raise"] == 0.0


def test_a_known_exercise_is_named():
    recording = shown(MOVES["squat"], 3)
    lesson = teach(recording)
    assert isinstance(lesson, Lesson)

    def like(said: Mapping[str, float], one: Taught | None = None) -> str:
        return too_like(
            recording,
            lesson.cycles,
            known=profiles(),
            taught=[one] if one else [],
            recogniser=lambda: Base(said),
        )

    assert like({"squat": 0.8, UNKNOWN: 0.2}) == "squat"
    assert like({"squat": 0.3, UNKNOWN: 0.7}) == ""
    # Named by the recogniser, but its counter counts nothing of the kind.
    assert like({"pull_up": 0.8, UNKNOWN: 0.2}) == ""
    assert like({UNKNOWN: 1.0}, taught("deep_bend", MOVES["squat"])) == "deep_bend"
    assert like({UNKNOWN: 1.0}, FRONT_RAISE) == ""


def test_a_school_teaches_the_whole_of_it():
    school = School(Library(), lambda: Base({"squat": 0.9, UNKNOWN: 0.1}))
    learnt = school.learn(shown(MOVES["squat"], 4))
    assert isinstance(learnt, Taught)
    assert learnt.like == "squat"
    assert learnt.reps == 4
    assert learnt.template.seconds == pytest.approx(1.7, abs=0.4)
