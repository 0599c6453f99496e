"""The four buttons on the keyboard of a terminal, for the desktop."""

import atexit
import os
import select
import sys
import termios
import tty

from gymbox.display import Button
from gymbox.errors import ButtonError

KEYS = {
    "m": Button.MODE,
    "s": Button.SELECT,
    " ": Button.SELECT,
    "b": Button.BACK,
    "M": Button.MODE_HELD,
    "S": Button.SELECT_HELD,
    "B": Button.BACK_HELD,
    "q": Button.POWER,
    "Q": Button.POWER,
}
"""What each key does, capitals as if held down; q only ends the program, see `box.powers_off`."""

_MOST = 64


class KeyboardButtons:
    """Reads single keys without waiting, the terminal in cbreak mode until closed.

    Args:
        fd: the terminal, standard input if None.

    Raises:
        ButtonError: it is no terminal.
    """

    def __init__(self, fd: int | None = None) -> None:
        self._fd = sys.stdin.fileno() if fd is None else fd
        if not os.isatty(self._fd):
            raise ButtonError(
                "the keyboard is no terminal", 'start from one, or set buttons.kind = "none"'
            )
        self._before = termios.tcgetattr(self._fd)
        self._open = True
        tty.setcbreak(self._fd)
        atexit.register(self.close)

    def poll(self) -> list[Button]:
        """The keys typed since the last call; others than ours are dropped."""
        if not select.select([self._fd], [], [], 0)[0]:
            return []
        typed = os.read(self._fd, _MOST).decode("ascii", errors="ignore")
        return [KEYS[key] for key in typed if key in KEYS]

    def close(self) -> None:
        """Put the terminal back as it was."""
        if self._open:
            self._open = False
            atexit.unregister(self.close)
            termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)
