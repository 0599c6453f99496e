"""History mode: the last sets on the screen; the camera rests."""

from collections.abc import Callable, Sequence

from gymbox.camera.frame import Frame
from gymbox.display import Button, Display, HistoryDisplay, MessageDisplay, Status
from gymbox.events import Event

Rows = tuple[tuple[str, int, str], ...]

UNREADABLE = ("cannot be read,", "the journal says why")


class HistoryMode:
    """Shows the last sets of the training log.

    Args:
        read: gives the rows, newest first, each (exercise, reps, when); None if the log cannot be
            read.
    """

    name = "history"
    resumes = False

    def __init__(self, read: Callable[[], Rows | None]) -> None:
        self._read = read
        self._entered = False
        self._rows: Rows | None = ()
        self._first = 0

    def update(self, frame: Frame) -> Sequence[Event]:  # noqa: ARG002 (nobody is watched)
        """Reads the log once each time the mode is entered."""
        if not self._entered:
            self._entered = True
            self._rows = self._read()
        return ()

    def press(self, button: Button, t: float) -> Sequence[Event]:  # noqa: ARG002 (no event)
        """SELECT scrolls to older sets, BACK to newer ones."""
        last = max(0, len(self._rows or ()) - 1)
        step = {Button.SELECT: 1, Button.BACK: -1}.get(button, 0)
        self._first = min(last, max(0, self._first + step))
        return ()

    def leave(self, t: float) -> Sequence[Event]:  # noqa: ARG002 (nothing is under way)
        """Forgets the rows: they are read anew next time."""
        self._entered, self._rows, self._first = False, (), 0
        return ()

    def display(self, t: float, status: Status) -> Display:  # noqa: ARG002 (no time in it)
        """The rows from the first one shown, or that there are none to be had."""
        if self._rows is None:
            return MessageDisplay("History", UNREADABLE, status)
        return HistoryDisplay(sets=self._rows[self._first :], status=status)
