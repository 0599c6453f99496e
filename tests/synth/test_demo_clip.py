"""The bundled clip and its labels belong together."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import gymbox
from tools.synth.sets import recipe

FOLDER = Path(gymbox.__file__).parent / "demo"


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return json.loads((FOLDER / "squats.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def clip(told: dict[str, Any]) -> Path:
    return FOLDER / told["clip"]["file"]


def test_the_clip_is_the_one_that_was_labelled(clip: Path, told: dict[str, Any]):
    assert hashlib.sha256(clip.read_bytes()).hexdigest() == told["clip"]["sha256"]
    assert clip.stat().st_size == told["clip"]["bytes"]


def test_the_clip_is_small(clip: Path):
    assert clip.stat().st_size < 1_000_000


def test_the_clip_can_start_before_it_is_whole(clip: Path):
    head = clip.read_bytes()[:4096]
    assert b"moov" in head


def test_every_frame_decodes_at_the_labelled_size(clip: Path, told: dict[str, Any]):
    capture = cv2.VideoCapture(str(clip))
    assert capture.get(cv2.CAP_PROP_FPS) == pytest.approx(told["fps"])
    frames, sizes = 0, set()
    while True:
        read, frame = capture.read()
        if not read:
            break
        frames += 1
        sizes.add((frame.shape[1], frame.shape[0]))
    assert frames == told["frames"]
    assert sizes == {tuple(told["size"])}


def test_the_counts_are_those_of_the_repetitions(told: dict[str, Any]):
    partial = [rep["partial"] for rep in told["repetitions"]]
    assert told["reps"] == partial.count(False) == 5
    assert told["partials"] == partial.count(True) == 1


def test_times_are_in_order(told: dict[str, Any]):
    where = told["athlete"]
    clock = [where["appears"], where["wholly_in_view"], where["arrives"]]
    for rep in told["repetitions"]:
        clock += [rep["begin"], rep["turn"], rep["end"]]
    clock += [where["leaves"], where["partly_out_of_view"], where["gone"], told["seconds"]]
    assert all(a < b for a, b in pairwise(clock))


def test_there_is_an_entry_for_each_frame(told: dict[str, Any]):
    assert len(told["phase"]) == len(told["in_view"]) == len(told["knee_angle"]) == told["frames"]


def test_the_knees_are_straight_at_both_ends_and_bent_at_the_turn(told: dict[str, Any]):
    knees = np.array(told["knee_angle"]).min(axis=1)
    for rep in told["repetitions"]:
        begin, turn, end = (round(rep[key] * told["fps"]) for key in ("begin", "turn", "end"))
        assert knees[begin] > 160
        assert knees[end] > 160
        assert knees[turn] == pytest.approx(knees[begin:end].min(), abs=2.0)
        assert (knees[turn] > 90) == rep["partial"]


def test_the_last_two_seconds_show_the_empty_room(told: dict[str, Any]):
    assert set(told["phase"][-2 * round(told["fps"]) :]) == {"empty"}


def test_the_labels_are_those_of_the_recipe(told: dict[str, Any]):
    spec = recipe.read()["demo"]
    assert told["recipe"] == {"tool": "tools.synth demo", "set": "demo", "first": spec.first}
    assert told["seed"] == spec.seed
