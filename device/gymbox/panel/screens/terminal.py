"""The OLED's picture in a terminal, dot for dot.

A braille character has 2 x 4 dots, so 128 x 64 pixels take 64 x 16 characters and fit an 80 x 24
terminal. Where there is room for 128 x 32, half blocks are used: their pixels are square and solid.
"""

import atexit
import os
import sys
from typing import TextIO

from PIL import Image

from gymbox.errors import ScreenError
from gymbox.panel.screens.dots import braille, half_blocks
from gymbox.panel.views import HEIGHT, WIDTH

_HIDE_CURSOR, _SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"
_WHITE_ON_BLACK, _PLAIN = "\x1b[97;40m", "\x1b[0m"
_CLEAR_LINE, _CLEAR_BELOW = "\x1b[K", "\x1b[J"
_EDGES = 2


class TerminalScreen:
    """Draws in place, the cursor hidden; leaves the last picture standing when closed.

    Where the stream is no terminal, or one that cannot move its cursor, nothing is drawn until
    the end: `close` writes the last picture once.

    Args:
        stream: where to draw, standard output if None.

    Raises:
        ScreenError: the stream cannot carry the characters.
    """

    size = (WIDTH, HEIGHT)

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stdout if stream is None else stream
        try:
            "\u28ff\u2580\u256d".encode(self._stream.encoding or "utf-8")
        except UnicodeEncodeError as error:
            raise ScreenError(
                f"a terminal in {self._stream.encoding} cannot show the screen",
                "use UTF-8, such as LANG=C.UTF-8",
            ) from error
        self._moves = self._stream.isatty() and os.environ.get("TERM", "") not in {"", "dumb"}
        self._colour = "NO_COLOR" not in os.environ
        self._last: Image.Image | None = None
        self._lines = 0
        self._room: tuple[int, ...] = ()
        self._open = True
        atexit.register(self.close)

    def show(self, image: Image.Image) -> None:
        """Draw a picture of 128 x 64 over the last one."""
        self._last = image
        if self._moves:
            self._draw(image)

    def close(self, *, keep: bool = False) -> None:  # noqa: ARG002 (the last picture stays)
        """Give the cursor back."""
        if not self._open:
            return
        self._open = False
        atexit.unregister(self.close)
        if self._moves:
            self._write(_SHOW_CURSOR)
        elif self._last is not None:
            self._write("\n".join(_framed(braille(self._last))) + "\n")

    def _draw(self, image: Image.Image) -> None:
        room = os.get_terminal_size(self._stream.fileno())
        back = f"\x1b[{self._lines}A\r" if self._lines else ""
        if self._lines and tuple(room) != self._room:
            # A changed terminal has wrapped the lines anew, nobody knows where: start at the top.
            back = f"\x1b[H{_CLEAR_BELOW}"
        lines = _layout(image, *room)
        self._room, self._lines = tuple(room), len(lines)
        on, off = (_WHITE_ON_BLACK, _PLAIN) if self._colour else ("", "")
        text = "".join(f"{on}{line}{off}{_CLEAR_LINE}\n" for line in lines)
        self._write(f"{_HIDE_CURSOR}{back}{text}{_CLEAR_BELOW}")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _layout(image: Image.Image, columns: int, rows: int) -> list[str]:
    """The picture in the best way that fits; one row stays free for the cursor."""
    for lines in (half_blocks(image), braille(image)):
        wide, high = len(lines[0]), len(lines)
        if wide + _EDGES <= columns and high + _EDGES < rows:
            return _framed(lines)
    if wide <= columns and high < rows:
        return lines
    return [f"terminal too small: {wide} x {high + 1} needed"[: max(columns - 1, 1)]]


def _framed(lines: list[str]) -> list[str]:
    edge = "\u2500" * len(lines[0])
    inside = (f"\u2502{line}\u2502" for line in lines)
    return [f"\u256d{edge}\u256e", *inside, f"\u2570{edge}\u256f"]
