"""One take of collect mode, from "hold start pose" to its end."""

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gymbox.camera.frame import Frame
from gymbox.collection.recording import Recording, Result
from gymbox.collection.take import Order
from gymbox.events import Countdown, Event, TakeRep
from gymbox.motion.landmarks import Pose
from gymbox.reps.profiles import Profile

HOLD = 1.0
"""Seconds for which the start pose must be held."""
COUNT_IN = 3.0
"""Seconds from then to the go."""
WALK = 6.0
"""Seconds to the go where a button was pressed instead."""
PICTURE_EVERY = 0.2
"""Seconds from one picture to the next."""
LEEWAY = 1e-6
"""Seconds by which the times of frames may be off by rounding."""


class Album(Protocol):
    """Where pictures go."""

    def picture(self, name: str, frame: int, image: NDArray[np.uint8]) -> None:
        """Adds a picture to a take that is being recorded."""
        ...


class TakeUnderWay:
    """Waits for the start pose, counts in and records.

    Args:
        name: of the take.
        order: what is recorded.
        profile: how to count it, None where it cannot be counted.
        album: for the pictures, if the athlete has agreed to some.

    Attributes:
        name: as above.
        step: "ready", "count_in" or "record".
        left: seconds to the go.
        ended: why the recording is over, "" while it is not.
        recording: what was gathered.
    """

    def __init__(self, name: str, order: Order, profile: Profile | None, album: Album) -> None:
        self.name = name
        self.step = "count_in" if order.idle else "ready"
        self.left = 0
        self.ended = ""
        self.recording = Recording(order, profile)
        self._order = order
        self._album = album
        self._due: float | None = None
        self._picture_due = -math.inf

    def hurry(self, t: float) -> None:
        """Counts in without a start pose: the athlete has to walk there yet."""
        if self.step == "ready":
            self.step, self._due = "count_in", t + WALK

    def update(self, frame: Frame, pose: Pose | None) -> Sequence[Event]:
        """Takes one frame."""
        height, width = frame.image.shape[:2]
        counted = self.recording.counted
        if not self.recording.add(frame.timestamp, pose, (width, height)):
            return ()
        if self.step == "record":
            return self._record(frame, counted)
        if self.step == "ready":
            self._wait(frame.timestamp)
        return self._count_in(frame.timestamp) if self.step == "count_in" else ()

    def finish(self, why: str) -> Result:
        """The take as it stands now; there has been a frame since the go."""
        return self.recording.finish(self.name, why)

    def _wait(self, t: float) -> None:
        since = self.recording.ready_since
        if since is not None and t - since >= HOLD - LEEWAY:
            self.step, self._due = "count_in", t + COUNT_IN

    def _count_in(self, t: float) -> Sequence[Event]:
        if self._due is None:
            self._due = t + COUNT_IN
        left = max(0, math.ceil(self._due - t - LEEWAY))
        if left == 0:
            self.recording.go()
            self.step = "record"
        elif left == self.left:
            return ()
        self.left = left
        return (Countdown(t=t, left=left),)

    def _record(self, frame: Frame, counted: int) -> Sequence[Event]:
        t = frame.timestamp
        if self._order.pictures and t >= self._picture_due - LEEWAY:
            self._picture_due = t + PICTURE_EVERY
            self._album.picture(self.name, self.recording.frame, frame.image)
        self.ended = self.recording.over()
        reps = range(counted + 1, self.recording.counted + 1)
        return [TakeRep(t=t, exercise=self._order.exercise, rep=rep) for rep in reps]
