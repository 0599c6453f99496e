"""Counting on what the box's own networks saw of real people; the recordings stay outside."""

import os
from pathlib import Path

import pytest

from gymbox.reps.profiles import profile
from tools.evaluate._count_clips import judged, load_clips
from tools.evaluate._count_run import count, observations, poses
from tools.evaluate._count_scores import Score, summarise

DATA = Path(__file__).parents[3] / "shared" / "data"
CACHE = Path(os.environ.get("GYMBOX_LANDMARKS", "out/landmarks"))


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "clips.csv").is_file(), reason="the clips are not here")
def test_strict_clips_are_counted_well_enough():
    clips = [c for c in judged(load_clips(DATA / "clips.csv", DATA / "clips")) if c.strict]
    scores = []
    for clip in clips:
        kept = CACHE / f"{clip.name}.npz"
        if not kept.is_file():
            pytest.skip(
                "no landmarks yet: python -m tools.evaluate counts --landmarks out/landmarks"
            )
        seen = list(observations(poses(clip.file, CACHE)))
        scores.append(Score(clip, len(count(seen, profile(clip.exercise)).reps)))
    assert summarise(scores).rate <= 0.06
