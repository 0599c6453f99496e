"""The detector's decoding, on outputs made by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from gymbox.inference.anchors import SIDE, anchor_centres
from gymbox.inference.detector import MOST, PoseDetector
from gymbox.inference.roi import Roi

ANCHORS = anchor_centres()
IDENTITY = Roi.of_frame(SIDE, SIDE).to_frame(SIDE)


class Outputs:
    """A network that has already run."""

    card = SimpleNamespace(input_range=(-1.0, 1.0))

    def __init__(self) -> None:
        self.logits = np.full((1, 2254, 1), -10, np.float32)
        self.boxes = np.zeros((1, 2254, 12), np.float32)

    def person(self, row: int, *, logit: float, hips: tuple, rim: tuple, box: tuple) -> None:
        """A detection: hips, rim and the middle of its box in pixels, and the box's size."""
        anchor = ANCHORS[row] * SIDE
        self.logits[0, row, 0] = logit
        self.boxes[0, row, 0:2] = np.subtract(box[:2], anchor)
        self.boxes[0, row, 2:4] = box[2:]
        self.boxes[0, row, 4:6] = np.subtract(hips, anchor)
        self.boxes[0, row, 6:8] = np.subtract(rim, anchor)

    def output(self, *shape: int) -> np.ndarray:
        return {1: self.logits, 12: self.boxes}[shape[-1]]


def test_an_empty_gym_holds_nobody():
    assert PoseDetector(Outputs()).decode(IDENTITY) == []


def test_one_person():
    network = Outputs()
    network.person(700, logit=3, hips=(100, 120), rim=(100, 40), box=(100, 60, 30, 30))
    (person,) = PoseDetector(network).decode(IDENTITY)
    roi = person.roi
    assert person.score == pytest.approx(1 / (1 + np.exp(-3)))
    assert (roi.x, roi.y) == pytest.approx((100, 120), abs=1e-3)
    assert roi.side == pytest.approx(200, abs=1e-2)
    assert roi.rotation == pytest.approx(0, abs=1e-4)


def test_overlapping_detections_are_averaged_by_score_and_others_left_alone():
    network = Outputs()
    network.person(700, logit=0, hips=(100, 120), rim=(100, 40), box=(100, 60, 30, 30))
    network.person(1900, logit=50, hips=(106, 120), rim=(106, 40), box=(102, 60, 30, 30))
    network.person(5, logit=2, hips=(20, 20), rim=(20, 5), box=(20, 15, 10, 10))
    athlete, other = PoseDetector(network).decode(IDENTITY)
    assert athlete.roi.x == pytest.approx(104, abs=1e-3)
    assert (other.roi.x, other.roi.y) == pytest.approx((20, 20), abs=1e-3)
    assert athlete.score > other.score


def test_a_crowd_is_not_counted_for_ever():
    network = Outputs()
    for row in range(0, 700, 28):
        place = tuple(ANCHORS[row] * SIDE)
        network.person(row, logit=2, hips=place, rim=(place[0], place[1] - 3), box=(*place, 2, 2))
    assert len(PoseDetector(network).decode(IDENTITY)) == MOST


def test_a_higher_threshold_drops_an_unsure_person():
    network = Outputs()
    network.person(700, logit=1, hips=(100, 120), rim=(100, 40), box=(100, 60, 30, 30))
    assert PoseDetector(network, min_score=0.7).decode(IDENTITY)
    assert PoseDetector(network, min_score=0.8).decode(IDENTITY) == []


def test_a_box_of_no_size_does_no_harm():
    network = Outputs()
    network.person(700, logit=9, hips=(100, 120), rim=(100, 40), box=(100, 60, 0, 0))
    (person,) = PoseDetector(network).decode(IDENTITY)
    assert person.roi.x == pytest.approx(100, abs=1e-3)
