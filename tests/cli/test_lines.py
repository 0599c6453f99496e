"""Events in words."""

from typing import Any

import pytest

from gymbox.cli.lines import line_of
from gymbox.events import Summary

SQUATS: dict[str, Any] = {"exercise": "squat", "reps": 5, "start": 1.0, "end": 9.0}


@pytest.mark.parametrize(
    ("exercise", "sets", "words"),
    [
        ("squat", [SQUATS], "squat: 5 in 1 set"),
        ("squat", [SQUATS, SQUATS], "squat: 10 in 2 sets"),
        ("unknown", [], "nothing was counted"),
    ],
)
def test_a_summary_is_a_sentence(exercise: str, sets: list[dict[str, Any]], words: str) -> None:
    summary = Summary(
        t=12.0, exercise=exercise, reps=5 * len(sets), sets=sets, frames=9, seconds=12.0
    )
    assert line_of(summary) == f"  12.00 s  {words}"
