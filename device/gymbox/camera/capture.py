"""The thread that reads a live camera into the slot."""

import threading
import time
from typing import Self

from gymbox.camera.frame import Camera, CameraStuckError, Clock
from gymbox.camera.slot import LatestFrame
from gymbox.errors import CameraError
from gymbox.events import CameraBack, CameraLost


class Capture:
    """Reads frames until it is stopped; a lost camera is opened again, with a growing pause.

    Only a `CameraError` is retried, and only of a camera that has worked before: one that is
    missing from the start is a fault of the set-up. Anything else goes through the slot to the
    main loop, which dies of it and is started again by systemd. A hang raises nothing by itself:
    the main loop asks with `check`.

    Args:
        camera: a live one; a recording is read in step, without a thread.
        slot: where the frames go.
        retry_after: seconds before the first new attempt; they double with each failure.
        retry_limit: the longest pause between attempts, seconds.
        hang_after: seconds without a sign of life after which the thread counts as hung; more than
            opening, a stall, closing and the longest pause take together.
        clock: monotonic seconds, the clock of the frames.

    >>> slot = LatestFrame()
    >>> with Capture(camera, slot):                          # doctest: +SKIP
    ...     frame = slot.get(timeout=0.5)
    """

    def __init__(
        self,
        camera: Camera,
        slot: LatestFrame,
        *,
        retry_after: float = 0.5,
        retry_limit: float = 8.0,
        hang_after: float = 30.0,
        clock: Clock = time.monotonic,
    ) -> None:
        if not camera.live:
            message = "a recording is read in step, not through the slot"
            raise ValueError(message)
        self._camera = camera
        self._slot = slot
        self._retry_after = retry_after
        self._retry_limit = retry_limit
        self._hang_after = hang_after
        self._clock = clock
        self._pause = retry_after
        self._lost = False
        self._worked = False
        self._beat = clock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Begins to capture; the camera is opened by the thread."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """Ends the thread after the read under way; False if it still hangs after `timeout` s."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    @property
    def heartbeat_age(self) -> float:
        """Seconds since the thread last finished a read, an attempt or a pause."""
        return self._clock() - self._beat

    def check(self) -> None:
        """To be called by the main loop now and then.

        Raises:
            CameraStuckError: the thread has hung.
        """
        if (age := self.heartbeat_age) > self._hang_after:
            raise CameraStuckError(
                f"the camera has not answered for {age:.0f} s",
                "start gymbox again; if it happens often, check the camera's cable and power",
            )

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._attempt()
                self._beat = self._clock()
        except BaseException as error:  # noqa: BLE001 (the main loop is to die of it)
            self._slot.fail(error)

    def _attempt(self) -> None:
        try:
            with self._camera as camera:
                self._pump(camera)
        except CameraError as error:
            if not self._worked:
                raise
            self._beat = self._clock()
            self._note_lost(error)
            self._stopping.wait(self._pause)
            self._pause = min(2 * self._pause, self._retry_limit)

    def _pump(self, camera: Camera) -> None:
        while not self._stopping.is_set():
            frame = camera.read()
            self._beat = self._clock()
            if frame is None:
                raise CameraError("the camera has ended its frames", "it is opened again")
            self._note_back()
            self._slot.put(frame)

    def _note_lost(self, error: CameraError) -> None:
        if not self._lost and not self._stopping.is_set():
            self._lost = True
            self._slot.report(CameraLost(t=self._clock(), reason=str(error)))

    def _note_back(self) -> None:
        self._pause = self._retry_after
        self._worked = True
        if self._lost:
            self._lost = False
            self._slot.report(CameraBack(t=self._clock()))
