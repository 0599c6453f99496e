"""`gymbox bench`: the figures hold together."""

import json
import sys

import numpy as np
import pytest

from gymbox.__main__ import main
from gymbox.camera.frame import Frame
from gymbox.cli.bench import Bench, peak_memory, seconds_since_start
from gymbox.errors import InputError


def test_the_bundled_clip_is_measured(capsys: pytest.CaptureFixture[str]):
    assert main(["bench", "--frames", "50", "--json", "--set", "pose.model=lite"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["frames"] == 50
    assert 0 < figures["frames_with_athlete"] <= 50
    assert figures["model"] == "lite"
    stages = figures["stages"]
    assert set(stages) >= {"detect_invoke", "crop", "invoke", "decode", "smooth"}
    for spread in (*stages.values(), figures["step"], figures["bare_invokes"]):
        assert 0 < spread["p50_ms"] <= spread["p95_ms"]
    # Stages on every other frame, whole steps on those between, without the warm-up.
    assert stages["detect_invoke"]["runs"] + stages["invoke"]["runs"] >= 25
    assert figures["step"]["runs"] == 20
    assert -0.5 < figures["overhead"] < 2
    assert 20 < figures["peak_memory_mb"] < 2000


def test_people_get_a_table(capsys: pytest.CaptureFixture[str]):
    assert main(["bench", "--frames", "20"]) == 0
    text = capsys.readouterr().out
    assert "overhead over the bare invokes" in text
    assert "peak memory" in text


def test_the_step_is_what_the_clock_says():
    ticks = iter(range(10_000))
    bench = Bench(model="lite", clock=lambda: float(next(ticks)))
    image = np.zeros((64, 64, 3), np.uint8)
    for index in range(14):
        bench.step(Frame(image, index / 30, index))
    figures = bench.figures()
    # Nobody is there: one network a frame, and two readings of the clock around each measure.
    assert figures["step"]["p50_ms"] == 1000
    assert figures["bare_invokes"]["p50_ms"] == 1000
    assert figures["overhead"] == 0
    assert figures["frames_with_athlete"] == 0
    assert figures["startup_s"] is None


def test_too_few_frames_are_an_error():
    with pytest.raises(InputError, match="0 frames are too few"):
        Bench(model="lite").figures()


def test_memory_and_start_up_are_measured_on_linux():
    assert peak_memory() > 10
    seconds = seconds_since_start()
    if sys.platform == "linux":
        assert seconds is not None
        assert 0 < seconds < 24 * 3600
