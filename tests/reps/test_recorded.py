"""Counting on what the box's own networks see of real people; the recordings stay outside."""

import os
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import pytest

from gymbox.reps.profiles import profile
from tools.evaluate._count_clips import Clip, judged, load_clips
from tools.evaluate._count_run import count, observations, poses
from tools.evaluate._count_scores import Score, summarise

DATA = Path(os.environ.get("GYMBOX_DATA", Path(__file__).parents[3] / "shared" / "data"))


def score(clip: Clip, kept: Path | None) -> Score:
    """Two minutes of networks for all clips, unless `kept` has their landmarks from before."""
    seen = list(observations(poses(clip.file, kept)))
    return Score(clip, len(count(seen, profile(clip.exercise)).reps))


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "clips.csv").is_file(), reason="the clips are not here")
def test_strict_clips_are_counted_well_enough():
    kept = os.environ.get("GYMBOX_LANDMARKS")
    clips = [c for c in judged(load_clips(DATA / "clips.csv", DATA / "clips")) if c.strict]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        scores = list(pool.map(score, clips, repeat(Path(kept) if kept else None)))
    assert len(scores) > 50
    assert summarise(scores).rate <= 0.06
