"""History mode: rows of the log, read anew each time it is entered."""

import numpy as np

from gymbox.camera.frame import Frame
from gymbox.display import Button, MessageDisplay, Status
from gymbox.modes.history import HistoryMode, Rows

ROWS: Rows = (("squat", 5, "Mon 14:05"), ("push_up", 12, "Mon 13:50"), ("squat", 6, "Sun 18:00"))
FRAME = Frame(np.zeros((4, 4, 3), np.uint8), 0.0, 0)


def test_rows_are_read_once_an_entry() -> None:
    reads = []

    def read() -> Rows:
        reads.append(1)
        return ROWS

    history = HistoryMode(read)
    history.update(FRAME)
    history.update(FRAME)
    assert len(reads) == 1
    history.leave(0.0)
    history.update(FRAME)
    assert len(reads) == 2


def test_select_and_back_scroll_within_the_rows() -> None:
    history = HistoryMode(lambda: ROWS)
    history.update(FRAME)
    for _ in range(5):
        history.press(Button.SELECT, 0.0)
    assert history.display(0.0, Status()).sets == ROWS[2:]
    for _ in range(5):
        history.press(Button.BACK, 0.0)
    assert history.display(0.0, Status()).sets == ROWS


def test_a_log_that_cannot_be_read_is_told_and_tried_at_the_next_entry() -> None:
    answers = iter([None, ROWS])
    history = HistoryMode(lambda: next(answers))
    history.update(FRAME)
    history.press(Button.SELECT, 0.0)
    history.update(FRAME)
    told = history.display(0.0, Status())
    assert isinstance(told, MessageDisplay)
    assert told.title == "History"
    history.leave(0.0)
    history.update(FRAME)
    assert history.display(0.0, Status()).sets == ROWS
