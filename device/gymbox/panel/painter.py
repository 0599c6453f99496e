"""Draws displays on a screen: in a thread of its own when live, at once when in step."""

import threading
import time
from collections.abc import Callable

from gymbox.display import Display
from gymbox.errors import ScreenError
from gymbox.panel.screen import Screen
from gymbox.panel.views import render

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
"""Seconds between attempts on a screen that does not answer; doubled each time."""

HANGS_AFTER = 10.0
"""Seconds that one picture may take; a whole one over slow I2C takes 0.1."""

_CLOSE_WITHIN = 2.0


class DirectPainter:
    """Draws in the caller's thread: for replay, demo and tests.

    Args:
        screen: is closed with the painter.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._display: Display | None = None
        self._picture = b""

    def show(self, display: Display) -> None:
        """Draw a display unless it, or its picture, is on the screen already.

        Raises:
            ScreenError: the screen does not answer; the next call tries anew.
        """
        if display == self._display:
            return
        image = render(display, self._screen.size)
        picture = image.tobytes()
        if picture != self._picture:
            # Forgotten first: after a failure nobody knows what the screen shows.
            self._display, self._picture = None, b""
            self._screen.show(image)
        self._display, self._picture = display, picture

    def close(self) -> None:
        """Close the screen."""
        self._screen.close()


class Painter:
    """Draws in a thread, on change only, so that a slow screen holds nobody up.

    A screen that does not answer is tried again, and drawn anew once it is back. Any other error
    is a bug: the thread ends with it, `alive` turns False, and `check` raises it.

    Args:
        screen: is closed with the painter.
        fps: the most pictures a second.
        on_lost: is called, in the painter's thread, once when the screen stops to answer.
        on_back: is called likewise once when it answers again.
        first_wait: seconds until the first attempt after a failure.
        hangs_after: seconds after which a picture that is not done counts as a hang.
    """

    def __init__(
        self,
        screen: Screen,
        *,
        fps: float = 10.0,
        on_lost: Callable[[ScreenError | OSError], None] = lambda _: None,
        on_back: Callable[[], None] = lambda: None,
        first_wait: float = FIRST_WAIT,
        hangs_after: float = HANGS_AFTER,
    ) -> None:
        self.error: BaseException | None = None
        self._screen = screen
        self._direct = DirectPainter(screen)
        self._period = 1.0 / fps
        self._on_lost = on_lost
        self._on_back = on_back
        self._first_wait = first_wait
        self._hangs_after = hangs_after
        self._wait = 0.0
        self._begun: float | None = None
        self._next: Display | None = None
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="painter", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """The thread is at work."""
        return self._thread.is_alive()

    def show(self, display: Display) -> None:
        """Take note of the newest display; older ones not yet drawn are forgotten."""
        with self._changed:
            self._next = display
            self._changed.notify()

    def check(self) -> None:
        """Raise the error that ended the thread, or a ScreenError if it hangs in the screen."""
        if self.error is not None:
            raise self.error
        begun = self._begun
        if begun is not None and time.monotonic() - begun > self._hangs_after:
            raise ScreenError(
                f"the screen hangs for more than {self._hangs_after:g} s",
                "start the box again, and check the wires of the screen",
            )

    def close(self) -> None:
        """Draw what is waiting, end the thread and close the screen; takes two seconds at most."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(_CLOSE_WITHIN)
        if not self.alive:
            self._screen.close()

    def _run(self) -> None:
        try:
            while (display := self._take()) is not None:
                self._draw(display)
                self._pause(self._wait or self._period)
        except BaseException as error:  # noqa: BLE001 (whatever it is, the main loop must see it)
            self.error = error

    def _take(self) -> Display | None:
        """Wait for a display; None when closing and nothing is left to draw."""
        with self._changed:
            self._changed.wait_for(lambda: self._next is not None or self._closing)
            display, self._next = self._next, None
            return display

    def _draw(self, display: Display) -> None:
        self._begun = time.monotonic()
        try:
            self._direct.show(display)
        except (ScreenError, OSError) as error:
            if not self._wait:
                self._on_lost(error)
            self._wait = min(self._wait * 2 or self._first_wait, LONGEST_WAIT)
            with self._changed:
                if self._next is None and not self._closing:
                    self._next = display
        else:
            if self._wait:
                self._on_back()
            self._wait = 0.0
        finally:
            self._begun = None

    def _pause(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing, timeout=seconds)
