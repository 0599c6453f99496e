import math
from pathlib import Path

import cv2
import numpy as np
import pytest

from gymbox.errors import InputError
from tools.convert.phase.frames import Row, collect, joints_of, load, looked_at
from tools.convert.phase.gathering import LONGEST, gather_empty


def test_pictures_are_kept_small_with_an_index(tmp_path: Path):
    source = tmp_path / "rooms"
    source.mkdir()
    cv2.imwrite(str(source / "hall.jpg"), np.full((480, 960, 3), 90, np.uint8))
    (source / "broken.jpg").write_bytes(b"no picture")
    rows = collect(tmp_path / "kept", lambda to: gather_empty(source, to))
    assert [(row.kind, row.clip, math.isnan(row.travel)) for row in rows] == [
        ("empty", "hall", True)
    ]
    assert cv2.imread(str(tmp_path / "kept" / rows[0].file)).shape == (LONGEST // 2, LONGEST, 3)
    assert joints_of(tmp_path / "kept").shape == (1, 13, 2)


def test_what_is_there_is_not_gathered_again(tmp_path: Path):
    row = Row("a.jpg", "real", "s", "c", 3, "squat", 0.25, 0.1, 0.2, 0.3, 0.4)
    joints = np.zeros((13, 2), np.float32)
    collect(tmp_path, lambda _: iter([(row, joints)]))
    assert collect(tmp_path, lambda _: pytest.fail("gathered again")) == [row]
    assert row.box == (0.1, 0.2, 0.3, 0.4)


def test_a_folder_without_an_index_is_told(tmp_path: Path):
    with pytest.raises(InputError, match="no index of frames"):
        load(tmp_path)


def test_the_frames_that_were_looked_at_are_labelled():
    table = Path(__file__).parents[3] / "tools" / "convert" / "phase" / "looked_at.csv"
    labels = [label for _, _, label in looked_at(table)]
    assert set(labels) == {"u", "d", "n", "u?", "d?", "n?"}
    assert sum(not label.endswith("?") for label in labels) > 1000
