import numpy as np
import pytest

from tools.synth import motion
from tools.synth.gait import ANKLE, BALL, HEEL
from tools.synth.script import JOINTS, Script


def test_depth_is_reached_at_the_turn_and_left_at_both_ends(plan: Script):
    for rep in plan.reps:
        times = np.array([rep.begin, rep.turn, rep.end])
        assert motion.depth_at(plan, times) == pytest.approx([0.0, rep.depth, 0.0], abs=1e-9)


def test_between_the_repetitions_the_athlete_stands(plan: Script):
    for rep, after in zip(plan.reps, plan.reps[1:], strict=False):
        rest = np.linspace(rep.end, after.begin, 9)
        assert motion.depth_at(plan, rest) == pytest.approx(np.zeros(9), abs=1e-9)


def test_joints_take_their_keys(plan: Script):
    for pose in plan.data["poses"]:
        joints = motion.joints_at(plan, np.array([pose["depth"]]))
        assert {name: joints[name][0] for name in JOINTS} == pytest.approx(
            {name: pose[name] for name in JOINTS}
        )


def test_the_feet_do_not_slide_while_squatting(plan: Script, moves: motion.Motion):
    squats = (moves.times >= plan.reps[0].begin) & (moves.times <= plan.reps[-1].end)
    feet = moves.feet[squats]
    assert np.ptp(feet, axis=0) == pytest.approx(np.zeros((2, 5)), abs=1e-9)


def test_one_foot_is_always_on_the_floor(moves: motion.Motion):
    flat = np.abs(moves.feet[:, :, 4]) < 1e-9
    low = np.abs(moves.feet[:, :, 2]) < 1e-9
    rolling = np.abs(moves.feet[:, :, 4]) > 0
    assert ((flat & low) | rolling).any(axis=1).all()


def test_no_sole_goes_through_the_floor(moves: motion.Motion):
    pitch = np.deg2rad(moves.feet[:, :, 4])
    ankle = ANKLE + moves.feet[:, :, 2]
    for ahead in (BALL, -HEEL):
        sole = ankle - ANKLE * np.cos(pitch) - ahead * np.sin(pitch)
        assert sole.min() > -0.005


def test_the_same_script_gives_the_same_motion(plan: Script, moves: motion.Motion):
    again = motion.move(plan)
    assert np.array_equal(again.feet, moves.feet)
    assert np.array_equal(again.arms, moves.arms)
    assert all(np.array_equal(again.joints[name], moves.joints[name]) for name in JOINTS)


def test_nothing_jumps_from_frame_to_frame(moves: motion.Motion):
    assert np.abs(np.diff(moves.joints["knee"])).max() < 16
    assert np.abs(np.diff(moves.centre, axis=0)).max() < 0.15
    assert np.abs(np.diff(moves.heading)).max() < 15
