"""The report on recognised exercises: windows as the box makes them, clips as their means."""

import numpy as np
import pytest

from gymbox.motion.features import COUNT
from gymbox.motion.landmarks import Pose
from tools.convert.sequence.labels import LABELS
from tools.evaluate import _sequence_details as details
from tools.evaluate import _sequence_report as report
from tools.evaluate._sequence_windows import Seen, by_clip, by_window, decided, windows
from tools.evaluate.predictions import Predictions

SQUAT, UNKNOWN = LABELS.index("squat"), LABELS.index("unknown")


def recording(seconds: float, fps: float = 30.0) -> list[tuple[float, Pose | None]]:
    rng = np.random.default_rng(0)
    world = rng.normal(0, 0.4, (33, 3)).astype(np.float32)
    return [
        (
            t,
            Pose(t, world * 200, np.ones(33, np.float32), world, 0.9, (640, 480)),
        )
        for t in (np.arange(round(seconds * fps)) / fps + 7.0).tolist()
    ]


def chances(label: int, sure: float) -> np.ndarray:
    scores = np.full(len(LABELS), (1 - sure) / (len(LABELS) - 1), np.float32)
    scores[label] = sure
    return scores


@pytest.mark.parametrize("fps", [None, 15.0, 5.0])
def test_windows_come_twice_a_second_after_the_first(fps: float | None):
    times, inputs = windows(recording(4.0), 30, fps)
    assert inputs.shape == (len(times), 30, COUNT)
    assert len(times) in {6, 7}
    assert times[0] == pytest.approx(1.0, abs=0.2)
    assert np.diff(times) == pytest.approx(0.5, abs=0.21)


def test_a_clip_shorter_than_a_second_has_one_window_and_nothing_has_none():
    times, _ = windows(recording(0.5), 30)
    assert len(times) == 1
    assert not len(windows([], 30)[0])


def test_a_clip_is_the_mean_of_its_windows_and_unknown_without_any():
    inputs = np.zeros((3, 30, COUNT), np.float32)
    seen = [
        Seen("a", "s", SQUAT, np.arange(3.0), inputs),
        Seen("b", "s", UNKNOWN, np.empty(0), inputs[:0]),
    ]
    scores = [
        np.stack([chances(SQUAT, 0.9), chances(SQUAT, 0.6), chances(UNKNOWN, 0.9)]),
        np.empty((0, len(LABELS)), np.float32),
    ]
    clips = by_clip(seen, scores)
    assert clips.predicted.tolist() == [SQUAT, UNKNOWN]
    assert clips.scores[0, SQUAT] == pytest.approx((0.9 + 0.6 + 0.1 / 12) / 3, abs=1e-5)
    assert by_window(seen, scores).samples.tolist() == ["a@0.0", "a@1.0", "a@2.0"]


def test_the_box_decides_when_it_is_sure_of_something_known():
    scores = np.stack([chances(UNKNOWN, 0.9), chances(SQUAT, 0.5), chances(SQUAT, 0.7)])
    assert decided(np.array([1.0, 1.5, 2.0]), scores, 0.6) == (2.0, SQUAT)
    assert decided(np.array([1.0, 1.5, 2.0]), scores, 0.8) is None


def predictions(right: int, count: int = 10) -> Predictions:
    truth = np.array([SQUAT, UNKNOWN] * (count // 2))
    said = np.where(np.arange(count) < right, truth, LABELS.index("dip"))
    scores = np.stack([chances(label, 0.8) for label in said.tolist()])
    names = [f"c{k}@{1 + 0.5 * k:.1f}" for k in range(count)]
    return Predictions.of(LABELS, truth, scores, names, names)


def figures(real: int, made: int) -> report.Figures:
    return report.Figures(
        runtime="some runtime",
        real={"int8, 30 fps": (predictions(real), predictions(real))},
        synthetic={"held": (predictions(made), predictions(made))},
        over=("squat", "unknown"),
        delays=np.array([[1.0, 1.0], [np.nan, 0.0]]),
    )


@pytest.mark.parametrize(
    ("real", "made", "wanted"), [(10, 10, True), (8, 10, False), (10, 8, False)]
)
def test_both_targets_have_to_be_met(real: int, made: int, *, wanted: bool):
    assert report.reached(figures(real, made)) is wanted


def test_the_page_names_what_is_wrong():
    page = report.render(figures(8, 10))
    assert "| c9@5.5 | unknown | dip | 0.80 |" in page
    assert "macro F1 0.889" in page
    assert "comes in 1, after 1.0 s" in page


def test_windows_are_judged_by_how_early_they_end():
    rows = details.ages(predictions(8))
    assert [(row.count, row.right) for row in rows] == [(1, 1), (1, 1), (1, 1), (2, 1), (5, 0.6)]
    assert (rows[0].found, rows[-1].found, rows[-1].wrong) == (1.0, 0.5, pytest.approx(1 / 3))
    assert np.isnan(rows[0].wrong)


def test_the_chance_of_unknown_is_judged_alone():
    # Of ten windows five are unknown: these are said to be so with 0.8, the others with 0.2 / 12.
    assert details.unknown_error(predictions(10)) == pytest.approx((0.2 + 0.2 / 12) / 2, abs=1e-6)
    assert details.unknown_error(predictions(0)) > 0.4
