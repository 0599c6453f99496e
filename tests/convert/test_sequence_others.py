"""Movements that the box does not know: what is drawn, and that it is nothing known."""

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.convert.sequence import others
from tools.convert.sequence.labels import LABELS
from tools.synth.moves.exercise import ANCHORS

TABLE = tomllib.loads(others.TABLE.read_text("utf-8"))


def test_every_movement_is_in_postures_that_there_are():
    for movement in TABLE["movements"].values():
        assert set(movement["in"]) - {"all", "stand_free"} <= TABLE["postures"].keys()


def test_movements_that_the_box_knows_bear_its_names():
    movements = TABLE["movements"]
    assert {one["is"] for one in movements.values() if "is" in one} <= set(LABELS[:-1])
    assert not {name for name, one in movements.items() if "is" not in one} & set(LABELS)
    drawn = [others._movement(movements, np.random.default_rng(k)) for k in range(300)]
    known = [(name, one) for name, one in drawn if "is" in one]
    assert all(name == one["is"] for name, one in known)
    assert 0.5 < len(known) / (others.KNOWN * len(drawn)) < 1.5


@settings(deadline=None)
@given(st.integers(0, 10**6))
def test_a_movement_goes_from_one_pose_to_another(seed: int):
    found = others.invent(TABLE, np.random.default_rng(seed))
    start, turn = found.poses
    assert (start["depth"], turn["depth"]) == (0.0, 1.0)
    assert set(start) <= set(turn)
    assert any(turn[key] != start.get(key, 0.0) for key in turn if key != "depth")
    assert found.anchor in ANCHORS
    assert all(low <= high for low, high in found.pace.values())


def test_a_seed_gives_the_same_movement_again_and_another_gives_another():
    one, again, other = (others.invent(TABLE, np.random.default_rng(k)) for k in (4, 4, 5))
    assert one == again
    assert one != other


@pytest.mark.parametrize(
    ("start", "turn"),
    [
        ({"elbow": 10, "arm": 5}, {"elbow": 120}),
        ({"arm": 8}, {"arm": 90, "arm_plane": 90}),
        ({"arm": 120, "elbow": 100}, {"arm": 170, "elbow": 5}),
        ({"knee": 90}, {"knee": 5}),
    ],
    ids=["curl", "lateral raise", "press", "leg extension"],
)
def test_what_is_much_like_something_known_is_not_taken(
    start: dict[str, float], turn: dict[str, float]
):
    assert others._known(start, turn)
    assert not others._known({"twist": 0}, {"twist": 60})


@given(st.integers(0, 1000))
def test_one_side_alone_leaves_the_other(seed: int):
    rng = np.random.default_rng(seed)
    _, turn = others._one_side({"arm": 10.0}, {"arm": 90.0, "twist": 20.0}, rng)
    assert turn in ({"arm_l": 90.0, "twist": 20.0}, {"arm_r": 90.0, "twist": 20.0})


def test_left_for_right_and_back():
    pose = {"arm_l": 10.0, "knee_r": 20.0, "twist": 5.0, "pitch": 3.0}
    swapped = others._swapped(pose)
    assert swapped == {"arm_r": 10.0, "knee_l": 20.0, "twist": -5.0, "pitch": 3.0}
    assert others._swapped(swapped) == pose


@pytest.mark.slow
def test_a_shard_is_read_as_what_its_table_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("anny", reason="the extra synth is not installed")
    from tools.convert.sequence.store import shards  # noqa: PLC0415

    monkeypatch.setattr(others, "PERFORMANCES", 2)
    monkeypatch.setattr(others, "CAMERAS", 2)
    monkeypatch.setattr("sys.argv", ["others", "--out", str(tmp_path), "--count", "1"])
    others.main()
    tracks = shards(tmp_path.glob("*.npz"))
    assert len(tracks) == 4
    does = json.loads((tmp_path / "000000.json").read_text("utf-8"))
    known = [LABELS.index(name if name in LABELS else "unknown") for name in does.values()]
    assert [track.label for track in tracks] == [label for label in known for _ in range(2)]
    assert len({track.group for track in tracks}) == 2
    assert all(track.found.any() for track in tracks)
    written = (tmp_path / "000000.npz").stat().st_mtime_ns
    others.main()
    assert (tmp_path / "000000.npz").stat().st_mtime_ns == written
