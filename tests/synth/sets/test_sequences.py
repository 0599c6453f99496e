"""Sequences without pictures; what needs bodies needs the extra synth, but no OpenGL."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gymbox.errors import InputError
from tools.synth.sets import recipe, shards


@dataclass
class One:
    frames: dict[str, Any]
    facts: dict[str, Any] = field(
        default_factory=lambda: {
            "performance": 7,
            "exercise": "squat",
            "faults": {"shallow": 0.5},
            "fps": 10.0,
            "size": (640, 480),
            "view": 2,
            "camera": (30.0, 1.0, 70.0),
            "stature": 1.7,
        }
    )


def one(frames: int) -> One:
    rng = np.random.default_rng(frames)
    return One(
        {
            "points": rng.uniform(0, 600, (frames, 33, 3)).astype(np.float32),
            "visibility": rng.uniform(0, 1, (frames, 33)).astype(np.float32),
            "world": rng.normal(0, 1, (frames, 33, 3)).astype(np.float32),
            "score": np.where(np.arange(frames) == 2, np.nan, 1).astype(np.float32),
            "depth": np.zeros(frames, np.float32),
            "phase": np.zeros(frames, np.uint8),
            "rep": np.zeros(frames, np.uint8),
            "t": np.arange(frames) / 10,
        }
    )


def test_a_shard_gives_its_sequences_back(tmp_path: Path):
    found = [one(5), one(9)]
    np.savez(tmp_path / "s.npz", **shards.packed(found))
    shard = shards.load(tmp_path / "s.npz")
    assert len(shard) == 2
    for recording, kept in zip(shard, found, strict=True):
        assert len(recording) == len(kept.frames["t"])
        assert np.abs(recording.points - kept.frames["points"]).max() <= 0.25
        assert [t for t, pose in recording if pose is None] == [0.2]
    assert shards.names()[shard.arrays["exercise"][0]] == "squat"
    assert shard.arrays["faults"][1, shards.faults().index("shallow")] == 0.5


def test_what_is_no_shard_is_named(tmp_path: Path):
    np.savez(tmp_path / "s.npz", points=np.zeros(3))
    with pytest.raises(InputError, match=r"s\.npz"):
        shards.load(tmp_path / "s.npz")


@pytest.fixture(scope="module")
def spec() -> recipe.Spec:
    pytest.importorskip("anny", reason="the extra synth is not installed")
    return replace(recipe.read()["sequences"], stills=3)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes(
    spec: recipe.Spec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from tools.synth.sets import sequences  # noqa: PLC0415

    shard = sequences.shard
    monkeypatch.setattr(sequences, "shard", lambda spec, index: shard(spec, index, 2))
    for name in "ab":
        (tmp_path / name).mkdir()
        told = sequences.make(spec, 1, tmp_path / name)
    one, other = ((tmp_path / name / "000001.npz").read_bytes() for name in "ab")
    assert one == other
    assert told["sequences"] == 6


@pytest.mark.slow
def test_cameras_see_one_performance_from_several_sides(spec: recipe.Spec):
    from tools.synth.sets import sequences  # noqa: PLC0415

    found = list(sequences.shard(spec, 3, 1))
    assert len({one.facts["exercise"] for one in found}) == 1
    assert len({one.facts["camera"] for one in found}) == 3
    longest = sequences.SECONDS[1]
    assert all(len(one.frames["t"]) <= longest * one.facts["fps"] + 1 for one in found)


@pytest.mark.slow
def test_joints_are_where_clips_have_them(spec: recipe.Spec):
    from tools.synth.sets import clips, labels, sequences  # noqa: PLC0415

    plan = clips.shot(replace(spec, kind="clips", handheld=1.0), 2)
    joints = plan.people[0].joints
    there = labels.project(plan, joints)
    assert np.allclose(sequences.pixels(plan.camera, joints), there, atol=1e-6, equal_nan=True)
