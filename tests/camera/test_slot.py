import threading
import time

import numpy as np
import pytest

from gymbox.camera.frame import Frame
from gymbox.camera.slot import LatestFrame
from gymbox.events import CameraBack


def frame(index: int) -> Frame:
    return Frame(np.zeros((2, 2, 3), np.uint8), index / 30, index)


def test_only_the_newest_frame_is_kept():
    slot = LatestFrame()
    for index in range(5):
        slot.put(frame(index))
    assert slot.get(0).index == 4
    assert slot.get(0) is None
    assert slot.dropped == 4


def test_getting_waits_for_a_frame():
    slot = LatestFrame()
    threading.Timer(0.05, slot.put, [frame(7)]).start()
    assert slot.get(timeout=5).index == 7
    assert slot.dropped == 0


def test_getting_gives_up():
    begun = time.monotonic()
    assert LatestFrame().get(timeout=0.05) is None
    assert 0.04 < time.monotonic() - begun < 2


def test_the_age_of_the_last_frame():
    now = [10.0]
    slot = LatestFrame(clock=lambda: now[0])
    now[0] = 12.0
    assert slot.last_frame_age == 2.0
    slot.put(frame(0))
    slot.get(0)
    now[0] = 12.5
    assert slot.last_frame_age == 0.5


def test_events_are_taken_once():
    slot = LatestFrame()
    slot.report(CameraBack(t=1.0))
    assert slot.events() == [CameraBack(t=1.0)]
    assert slot.events() == []


def test_a_failure_reaches_the_main_loop_at_once():
    slot = LatestFrame()
    threading.Timer(0.05, slot.fail, [MemoryError("no buffers")]).start()
    with pytest.raises(MemoryError, match="no buffers"):
        slot.get(timeout=5)
