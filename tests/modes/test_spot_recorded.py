"""Spot mode with the network of the box on real people; the recordings stay outside."""

import os
from pathlib import Path

import pytest

from gymbox.modes.spot import EXERCISES
from tools.evaluate._count_clips import judged, load_clips
from tools.evaluate._count_run import thinned
from tools.evaluate._spot_run import ask, count, network_for

DATA = Path(os.environ.get("GYMBOX_DATA", Path(__file__).parents[3] / "shared" / "data"))


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "clips.csv").is_file(), reason="the clips are not here")
def test_strict_push_ups_and_squats_are_counted_by_sight():
    every = judged(load_clips(DATA / "clips.csv", DATA / "clips"))
    clips = [clip for clip in every if clip.strict and clip.exercise in EXERCISES][::4]
    network = network_for(None, "frame")
    said = [ask(network, clip.file) for clip in clips]
    assert len(clips) >= 9
    for fps in (30.0, 8.0):
        wrong = sum(
            clip.error(len(count(thinned(one, fps), clip.exercise)))
            for clip, one in zip(clips, said, strict=True)
        )
        assert wrong <= 0.06 * sum(clip.reps or 0 for clip in clips)
