import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import floats
from tools.synth import rig
from tools.synth.gait import ANKLE
from tools.synth.motion import Motion
from tools.synth.script import Script
from tools.synth.skeleton import Skeleton, about, knee_angle, rotate

LEG = ("upperleg01", "lowerleg01", "foot")


def _heads(stick: Skeleton, moves: Motion, i: int, *bones: str) -> list[np.ndarray]:
    placed = rig.place(stick, moves, i)
    return [placed.heads[stick.names.index(bone)] for bone in bones]


def test_the_ankles_are_where_the_feet_stand(stick: Skeleton, moves: Motion):
    for i in range(0, len(moves.times), 7):
        for side, letter in enumerate("LR"):
            (ankle,) = _heads(stick, moves, i, f"foot.{letter}")
            assert ankle[:2] == pytest.approx(moves.feet[i, side, :2], abs=0.004)
            assert ankle[2] == pytest.approx(ANKLE + moves.feet[i, side, 2], abs=0.004)


def test_the_knees_bend_as_the_poses_say(plan: Script, stick: Skeleton, moves: Motion):
    squats = np.flatnonzero(
        (moves.times >= plan.reps[0].begin) & (moves.times <= plan.reps[-1].end)
    )
    for i in squats[::5]:
        for letter in "LR":
            leg = _heads(stick, moves, i, *(f"{b}.{letter}" for b in LEG))
            assert 180 - knee_angle(*leg) == pytest.approx(moves.joints["knee"][i], abs=1.5)


def test_bones_keep_their_lengths(stick: Skeleton, moves: Motion):
    rest = np.linalg.norm(stick.heads[1:] - stick.heads[list(stick.parents)[1:]], axis=1)
    for i in (40, 90, 200, 360):
        heads = rig.place(stick, moves, i).heads
        now = np.linalg.norm(heads[1:] - heads[list(stick.parents)[1:]], axis=1)
        assert now == pytest.approx(rest, abs=0.004)


def test_the_athlete_keeps_the_balance_at_the_bottom(plan: Script, stick: Skeleton, moves: Motion):
    bottom = int(np.argmin(np.abs(moves.times - plan.reps[1].turn)))
    turn = np.deg2rad(moves.heading[bottom])
    ahead = np.array([np.sin(turn), -np.cos(turn)])
    hip, shoulder, ankle = _heads(stick, moves, bottom, "upperleg01.L", "clavicle.L", "foot.L")
    assert (hip - ankle)[:2] @ ahead < -0.1
    assert -0.05 < (shoulder - ankle)[:2] @ ahead < 0.25


@given(axis=st.integers(0, 2), degrees=floats(-180, 180))
def test_both_ways_to_rotate_agree(axis: int, degrees: float):
    assert about(np.eye(3)[axis], degrees) == pytest.approx(rotate(axis, degrees), abs=1e-12)


@given(degrees=floats(1, 179))
def test_the_angle_at_the_knee(degrees: float):
    ankle = rotate(0, degrees) @ np.array([0, 0, 1.0])
    assert knee_angle(np.array([0, 0, 1.0]), np.zeros(3), ankle) == pytest.approx(degrees)
