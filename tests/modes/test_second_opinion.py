import math
from collections.abc import Callable

import numpy as np
import pytest

from gymbox.camera.frame import Frame
from gymbox.modes._second_opinion import SEEN, SecondOpinion
from gymbox.motion.landmarks import Pose
from gymbox.motion.observe import Body, Observation, observe
from gymbox.motion.phase import PhaseScores
from gymbox.reps.counter import Counter, RepDone
from gymbox.reps.profiles import Profile, profile
from tests.reps.stick_figure import MOVES, pose, wave

PICTURE = np.zeros((4, 4, 3), np.uint8)
FPS = 15


class Sees:
    """A network that sees how far down somebody is, and remembers how often it was asked."""

    def __init__(self, move: Callable[[float], float]) -> None:
        self.move = move
        self.asked = 0

    def classify(self, frame: Frame) -> PhaseScores:
        self.asked += 1
        down = 1 / (1 + math.exp(-12 * (self.move(frame.timestamp) - 0.5)))
        return PhaseScores(0.98 * (1 - down), 0.98 * down, 0.02)


def counted(name: str, gone: tuple[float, float], sees: Sees | None, *, told: str = "") -> int:
    """Six repetitions of two seconds; nobody is found from `gone` to `gone`."""
    of: Profile = profile(told or name)
    opinion, state, body, reps = SecondOpinion(sees), Counter(), None, 0
    u = wave(6, 2.0)
    for k in range(14 * FPS):
        t = k / FPS
        seen = None if gone[0] <= t < gone[1] else pose(MOVES[name](u(t)), t)
        observation, body = _observed(seen, body)
        state, news = opinion.step(state, observation, Frame(PICTURE, t, k), of)
        reps += sum(isinstance(event, RepDone) and not event.partial for event in news)
    return reps


def _observed(seen: Pose | None, body: Body | None) -> tuple[Observation | None, Body | None]:
    return (None, body) if seen is None else observe(seen, body)


@pytest.mark.parametrize("name", ["push_up", "squat"])
def test_sight_counts_on_where_the_pose_is_lost(name: str):
    sees = Sees(wave(6, 2.0))
    assert counted(name, (5.0, 9.0), None) < 6
    assert counted(name, (5.0, 9.0), sees) == 6
    assert sees.asked == 4 * FPS


def test_a_sure_pose_asks_nobody():
    sees = Sees(wave(6, 2.0))
    assert counted("push_up", (99, 99), sees) == 6
    assert sees.asked == 0


def test_other_exercises_are_not_the_networks_business():
    sees = Sees(wave(6, 2.0))
    assert counted("pull_up", (5.0, 9.0), sees) == counted("pull_up", (5.0, 9.0), None)
    assert sees.asked == 0


def test_who_shows_another_posture_is_not_asked_about():
    sees = Sees(wave(6, 2.0))
    assert counted("squat", (99, 99), sees, told="push_up") == 0
    assert sees.asked == 0


def test_nobody_is_looked_for_long_after_they_went():
    sees = Sees(wave(0, 2.0))
    counted("squat", (1.0, 99), sees)
    assert sees.asked <= SEEN * FPS + 1
