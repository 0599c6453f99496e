import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.errors import InputError
from tools.synth.moves import idle, ways
from tools.synth.moves import manner as manners
from tools.synth.moves.keys import read
from tools.synth.moves.turns import around, blend
from tools.synth.skeleton import Skeleton

angles = st.floats(-179, 179)
vectors = st.tuples(*[st.floats(-1, 1)] * 3).filter(lambda v: np.linalg.norm(v) > 0.1)


def test_every_file_is_read() -> None:
    for name in idle.names():
        movement = idle.load(name)
        assert movement.walk or movement.enter or movement.cycle
    for name in ways.names():
        assert ways.load(name).last > 0


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"tail": 3}, "no angle tail"),
        ({"take": "sky"}, "says sky"),
        ({"hands_l": "nose"}, "says nose"),
    ],
)
def test_wrong_keys_are_refused(table: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        read([table], "file")


def test_wrong_names_are_refused() -> None:
    with pytest.raises(InputError, match="no idle movement"):
        idle.load("sleep")
    with pytest.raises(InputError, match="no way"):
        ways.load("swim")


def test_a_mirrored_key_has_left_for_right() -> None:
    table = {"knee_l": 40, "hip": 10, "side": 12, "pitch": 5, "ahead_r": 0.3, "hands_l": "floor"}
    (key,) = read([table], "file")
    other = key.mirrored()
    assert other.pose["knee_r"] == 40
    assert "knee_l" not in other.pose
    assert other.pose["side"] == -12
    assert other.pose["pitch"] == 5
    assert other.ahead == (0.3, 0.0)
    assert other.hands == ("free", "floor")
    assert other.mirrored() == key


def test_amounts_count_from_standing_about(stick: Skeleton) -> None:
    neutral = manners.sample(stick, np.random.default_rng(0)).neutral
    (key,) = read([{"hip_l": 60, "fist": 1}], "file")
    small = key.scaled(neutral, 0.5)
    assert small.pose["hip_l"] == pytest.approx((60 + neutral["hip_l"]) / 2)
    assert small.pose["fist_r"] == 1


def test_athletes_differ(stick: Skeleton) -> None:
    movement = idle.load("drink")
    neutral = manners.sample(stick, np.random.default_rng(0)).neutral
    ways_ = [idle.sample(movement, neutral, np.random.default_rng(k)) for k in range(8)]
    hands = {way.hold["hand"] for way in ways_ if way.hold}
    assert hands == {"l", "r"}
    assert len({way.keys[0].seconds for way in ways_}) == 8


@given(axis=vectors, degrees=angles, other=vectors, more=angles, share=st.floats(0, 1))
def test_blended_turns_go_the_shortest_way(
    axis: tuple[float, ...], degrees: float, other: tuple[float, ...], more: float, share: float
) -> None:
    start = around(np.array(axis), degrees)
    end = start @ around(np.array(other), more)
    here = blend(start, end, np.array(share))
    np.testing.assert_allclose(here @ here.T, np.eye(3), atol=1e-9)
    np.testing.assert_allclose(here, start @ around(np.array(other), more * share), atol=1e-6)
