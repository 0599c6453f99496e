"""Pictures of collect mode become frames that the phase net learns from."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gymbox.collection.shelf import Shelf
from gymbox.collection.take import Order

cv2 = pytest.importorskip("cv2")

from tests.collection.takes import result  # noqa: E402
from tools.convert.phase.collected import gather_collected  # noqa: E402
from tools.convert.phase.frames import collect, joints_of  # noqa: E402


def test_pictures_are_labelled_by_how_far_down_the_athlete_was(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "collection")
    for name, order in (
        ("trained", Order(athlete=3, exercise="squat", reps=4)),
        ("rested", Order(exercise="none", activity="walking")),
        ("without", Order(exercise="squat", reps=4)),
    ):
        recorded = result(name, order, reps=4)
        if name != "without":
            for frame in range(45, recorded.take.frames, 3):
                picture = np.full((240, 320, 3), frame, np.uint8)
                shelf.add_picture(name, frame, bytes(cv2.imencode(".jpg", picture)[1]))
        taken = replace(recorded.take, box="b0x", reps=0 if order.idle else 4)
        shelf.put(taken, recorded.poses.packed())
    folder = tmp_path / "frames"
    rows = collect(folder, lambda to: gather_collected([shelf.folder], to))
    squats = [row for row in rows if row.clip == "trained"]
    rest = [row for row in rows if row.clip == "rested"]
    assert len(squats) + len(rest) == len(rows)
    assert {row.scene for row in squats} == {"b0x-a3"}
    assert all(math.isnan(row.travel) and row.exercise == "none" for row in rest)
    travel = np.array([row.travel for row in squats])
    assert travel.min() < 0.1
    assert travel.max() > 0.9
    # The athlete squats from 4 to 12 s, at 15 frames a second, and is at the bottom at odd seconds.
    assert min(row.frame for row in squats) >= 50
    assert max(row.frame for row in squats) <= 190
    deep = np.array([row.frame / 15 % 2 for row in squats])[travel > 0.8]
    assert (np.abs(deep - 1) < 0.6).all()
    assert all((folder / row.file).is_file() for row in rows)
    assert np.isfinite(joints_of(folder)[:, 0]).all()
