import numpy as np
import pytest

from gymbox.motion.landmarks import Pose
from gymbox.reps.confidence import NAMES
from tests.reps.stick_figure import MOVES, pose, wave
from tools.evaluate import confidence, disturbed
from tools.evaluate._confidence_data import every_rep, matched
from tools.evaluate._disturbances import DISTURBANCES

FRAMES: list[tuple[float, Pose | None]] = [
    (t / 30, pose(MOVES["squat"](wave(3, 2.0)(t / 30)), t / 30)) for t in range(210)
]


def disturb(name: str) -> list[tuple[float, Pose | None]]:
    return DISTURBANCES[name](FRAMES, np.random.default_rng(1))


@pytest.mark.parametrize("name", DISTURBANCES)
def test_every_disturbance_leaves_a_recording_that_can_be_counted(name: str):
    found = disturb(name)
    assert [t for t, _ in found] == sorted(t for t, _ in found)
    assert len(every_rep(found, "squat")) <= 3


def test_disturbances_do_what_they_say():
    assert len(disturb("5 frames a second")) == 35
    lost = sum(seen is None for _, seen in disturb("30 % of the frames lost"))
    assert lost == pytest.approx(63, abs=20)
    hidden = disturb("one side hidden")[0][1]
    assert hidden is not None
    assert (hidden.visibility == 0).sum() == 16


def test_a_mirror_twice_is_none():
    once = disturb("mirrored")
    twice = DISTURBANCES["mirrored"](once, np.random.default_rng(1))
    for (_, before), (_, after) in zip(FRAMES, twice, strict=True):
        assert before is not None
        assert after is not None
        assert np.allclose(before.points, after.points, atol=1e-3)
        assert np.allclose(before.world, after.world)


def test_each_true_repetition_is_found_once():
    assert matched([1.0, 1.1, 5.0], [(0.5, 1.5), (4.0, 6.0)]) == [True, False, True]


def test_a_logistic_model_is_learnt_and_nothing_bad_speaks_for_a_repetition():
    rng = np.random.default_rng(0)
    evidence = rng.uniform(0, 1, (4000, len(NAMES)))
    # The first is bad, the second would be good, the rest says nothing.
    chances = 1 / (1 + np.exp(-(2.0 - 4.0 * evidence[:, 0] + 2.0 * evidence[:, 1])))
    true = (rng.random(4000) < chances).astype(float)
    weights = confidence.fit(evidence, true)
    assert weights[1] == pytest.approx(-4.0, abs=0.5)
    assert weights[2] == 0.0
    assert (weights[1:] <= 0.0).all()


def test_the_report_has_every_table():
    tally = disturbed.Tally()
    tally.add(5, 1, 0)
    page = disturbed.render(*({name: tally} for name in "abcde"))
    assert all(f"| {name} | 1 | 5 | 1 | 0 | 0.200 | 0% |" in page for name in "abcde")
