"""What is told of rendered clips: the figures and the report, on made-up findings."""

import numpy as np
import pytest

from tools.evaluate import renders
from tools.evaluate._render_scores import Seen


def seen(name: str, counted: int | None, **more: object) -> Seen:
    label = {
        "set": "test",
        "exercise": "squat",
        "variant": "plain",
        "faults": {},
        "reps": 3,
        "reps_max": 3,
        "people": 1,
        "fps": 15.0,
        "camera": {"azimuth": 10.0, "height": 1.0},
        **more,
    }
    apart = np.full(4, 0.02, np.float32)
    return Seen(name, label, 10, 9, apart, counted, None if counted is None else 3)


CLIPS = [
    seen("000000", 3),
    seen("000001", 2, people=2, camera={"azimuth": -200.0, "height": 1.0}),
    seen("000002", 4, reps_max=4, exercise="dip", fps=8.0, camera={"azimuth": 300, "height": 1}),
    seen("000003", None, exercise="unknown"),
]


def test_figures_are_shares_of_all_clips():
    found, near, exact = renders.figures(CLIPS)
    assert (found, near, exact) == pytest.approx((0.9, 0.02, 2 / 3))
    assert renders.reached(CLIPS) == (False, True, False)
    assert renders.reached([]) == (False, False, False)


def test_the_report_has_every_part_and_every_error():
    report = renders.render(CLIPS, "full")
    rows = [line for line in report.splitlines() if line.startswith("|")]
    for row in (
        "| clips counted exactly | 97% | 66.7% of 3 |",
        "| dip | 1 | 90.0% | 2.0% | 100% of 1 |",
        "| squat | 2 | 90.0% | 2.0% | 50% of 2 |",
        "| unknown | 1 | 90.0% | 2.0% |  |",
        "| from behind | 1 | 90.0% | 2.0% | 0% of 1 |",
        "| at an angle | 1 | 90.0% | 2.0% | 100% of 1 |",
        "| others about | 1 | 90.0% | 2.0% | 0% of 1 |",
        "| 08 fps | 1 | 90.0% | 2.0% | 100% of 1 |",
        "| 000001 | squat (plain), 15 fps, from -200° at 1.0 m | 2 | 3 | landmarks |",
    ):
        assert row in rows
    assert "make test" in report
    assert not any("000002" in row for row in rows)
