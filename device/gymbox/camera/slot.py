"""The slot of one frame between the thread that captures and the loop that thinks."""

import threading
import time

from gymbox.camera.frame import Clock, Frame
from gymbox.events import Event


class LatestFrame:
    """Holds the newest frame only: what was not fetched in time is dropped, never queued.

    Attributes:
        dropped: frames that were replaced before anybody fetched them.

    Args:
        clock: monotonic seconds, the clock of the frames.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self.dropped = 0
        self._clock = clock
        self._changed = threading.Condition()
        self._frame: Frame | None = None
        self._arrived = clock()
        self._events: list[Event] = []
        self._failure: BaseException | None = None

    def put(self, frame: Frame) -> None:
        """Offers a frame, in place of one that still waits."""
        with self._changed:
            if self._frame is not None:
                self.dropped += 1
            self._frame = frame
            self._arrived = self._clock()
            self._changed.notify_all()

    def get(self, timeout: float) -> Frame | None:
        """The newest frame that was not fetched yet; None when none comes in `timeout` seconds.

        Raises:
            BaseException: what ended the capturing thread; it is the caller's to die of.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._frame or self._failure, timeout)
            if self._failure is not None:
                raise self._failure
            frame, self._frame = self._frame, None
            return frame

    def report(self, event: Event) -> None:
        """Leaves word of a lost or returned camera for the main loop."""
        with self._changed:
            self._events.append(event)

    def events(self) -> list[Event]:
        """Takes what was reported since the last call, in order."""
        with self._changed:
            events, self._events = self._events, []
            return events

    def fail(self, error: BaseException) -> None:
        """Hands over an error that nothing here can cure."""
        with self._changed:
            self._failure = error
            self._changed.notify_all()

    @property
    def last_frame_age(self) -> float:
        """Seconds since the last frame arrived, or since the beginning if none ever did."""
        with self._changed:
            return self._clock() - self._arrived
