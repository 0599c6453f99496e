"""`gymbox bench`: the figures hold together."""

import json
import sys

import numpy as np
import pytest

from gymbox.__main__ import main
from gymbox.camera.frame import Frame
from gymbox.cli.measures import peak_memory, seconds_since_start
from gymbox.cli.mode_bench import ModeBench
from gymbox.cli.pose_bench import PoseBench
from gymbox.config import defaults
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
    # Stages on half of the frames, whole steps on the others, without the warm-up.
    assert stages["detect_invoke"]["runs"] + stages["invoke"]["runs"] >= 25
    assert figures["step"]["runs"] == 50 - 26 - 5
    assert -0.5 < figures["overhead"] < 2
    mode = figures["mode"]
    assert mode["name"] == "auto"
    assert set(mode["parts"]) == {"pose", "recogniser", "counting"}
    assert mode["parts"]["pose"]["runs"] == mode["parts"]["counting"]["runs"] == 19
    # Four times a second of a clip of 30: every eighth frame, and half of those are timed.
    assert 1 <= mode["parts"]["recogniser"]["runs"] <= 5
    assert mode["step"]["p50_ms"] > figures["step"]["p50_ms"]
    assert 20 < figures["peak_memory_mb"] < 2000


def test_people_get_a_table(capsys: pytest.CaptureFixture[str]):
    assert main(["bench", "--frames", "20"]) == 0
    text = capsys.readouterr().out
    assert "overhead over the bare invokes" in text
    assert "peak memory" in text


def test_count_mode_can_be_measured_too(capsys: pytest.CaptureFixture[str]):
    assert main(["bench", "--frames", "20", "--mode", "count", "--json"]) == 0
    mode = json.loads(capsys.readouterr().out)["mode"]
    assert mode["name"] == "count"
    assert "recogniser" not in mode["parts"]


def nobody(count: int) -> list[Frame]:
    image = np.zeros((64, 64, 3), np.uint8)
    return [Frame(image, index / 30, index) for index in range(count)]


def test_the_step_is_what_the_clock_says():
    ticks = iter(range(10_000))
    bench = PoseBench(model="lite", clock=lambda: float(next(ticks)))
    for frame in nobody(14):
        bench.step(frame)
    figures = bench.figures()
    # Nobody is there: one network a frame, and two readings of the clock around each measure.
    assert figures["step"]["p50_ms"] == 1000
    assert figures["bare_invokes"]["p50_ms"] == 1000
    assert figures["overhead"] == 0
    assert figures["frames_with_athlete"] == 0
    assert figures["startup_s"] is None


def test_measuring_is_no_cost_of_the_mode():
    ticks = iter(range(10_000))
    bench = ModeBench("auto", defaults(), clock=lambda: float(next(ticks)))
    for frame in nobody(40):
        bench.step(frame)
    mode = bench.figures()["mode"]
    parts = mode["parts"]
    assert {name: spread["p95_ms"] for name, spread in parts.items() if name != "counting"} == {
        "pose": 1000,
        "recogniser": 1000,
    }
    # Beside them the clock is read at the begin and the end of the frame and of its two parts.
    assert mode["step"]["p50_ms"] - 1000 == parts["counting"]["p50_ms"] <= 3000
    assert mode["bare_invokes"]["p50_ms"] == 1000


def test_too_few_frames_are_an_error():
    with pytest.raises(InputError, match="0 frames are too few"):
        PoseBench(model="lite").figures()


def test_memory_and_start_up_are_measured_on_linux():
    assert peak_memory() > 10
    seconds = seconds_since_start()
    if sys.platform == "linux":
        assert seconds is not None
        assert 0 < seconds < 24 * 3600
