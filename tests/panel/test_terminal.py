import io
import os
import pty
import re
import termios
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gymbox.errors import ScreenError
from gymbox.panel.screens.dots import braille, half_blocks
from gymbox.panel.screens.terminal import TerminalScreen
from gymbox.panel.views import render
from tests.panel.screens import SCREENS

DOTS = [[0, 3], [1, 4], [2, 5], [6, 7]]
"""Unicode, chapter 21.1: dots 1-2-3-7 are the left column, 4-5-6-8 the right one."""


def undo_braille(lines: list[str]) -> np.ndarray:
    pixels = np.zeros((len(lines) * 4, len(lines[0]) * 2), dtype=bool)
    for row, line in enumerate(lines):
        for column, char in enumerate(line):
            for y, bits in enumerate(DOTS):
                for x, bit in enumerate(bits):
                    pixels[4 * row + y, 2 * column + x] = (ord(char) - 0x2800) >> bit & 1
    return pixels


def undo_half_blocks(lines: list[str]) -> np.ndarray:
    upper = np.array([[char in "▀█" for char in line] for line in lines])
    lower = np.array([[char in "▄█" for char in line] for line in lines])
    return np.stack([upper, lower], axis=1).reshape(-1, len(lines[0]))


pictures = st.binary(min_size=1024, max_size=1024).map(
    lambda data: Image.frombytes("1", (128, 64), data)
)


@given(pictures)
def test_braille_holds_every_pixel(picture: Image.Image):
    lines = braille(picture)
    assert (len(lines), {len(line) for line in lines}) == (16, {64})
    assert (undo_braille(lines) == np.asarray(picture)).all()


@given(pictures)
def test_half_blocks_hold_every_pixel(picture: Image.Image):
    lines = half_blocks(picture)
    assert (len(lines), {len(line) for line in lines}) == (32, {128})
    assert (undo_half_blocks(lines) == np.asarray(picture)).all()


class Terminal:
    """A pseudo-terminal; `lines` is what a reader sees, by a small emulation of the cursor."""

    def __init__(self, columns: int, rows: int) -> None:
        self.leader, follower = pty.openpty()
        self.columns, self.rows = columns, rows
        self.stream = os.fdopen(follower, "w", encoding="utf-8")
        self.resize(columns, rows)
        self.text = ""

    def resize(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        termios.tcsetwinsize(self.leader, (rows, columns))

    def read(self) -> str:
        """What was written since, each picture being less than the buffer of a terminal."""
        os.set_blocking(self.leader, False)
        data = b""
        while True:
            try:
                data += os.read(self.leader, 65536)
            except BlockingIOError:
                break
        self.text += data.decode()
        return data.decode()

    def lines(self) -> list[str]:
        shown, y = [""] * 200, 0
        for part in re.findall(r"\x1b\[\??[0-9;]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", self.text):
            if part == "\n":
                y += 1
            elif part == "\x1b[H":
                y = 0
            elif re.fullmatch(r"\x1b\[\d+A", part):
                y -= int(part[2:-1])
            elif part == "\x1b[J":
                shown[y:] = [""] * (200 - y)
            elif not part.startswith(("\x1b", "\r")):
                shown[y] = part
        return [line for line in shown if line]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    made = Terminal(80, 24)
    yield made
    made.stream.close()
    os.close(made.leader)


def draw(screen: TerminalScreen, terminal: Terminal, *names: str) -> None:
    for name in names:
        screen.show(render(SCREENS[name]))
        terminal.read()


def test_a_terminal_of_80_x_24_shows_the_last_picture_in_place(terminal: Terminal):
    screen = TerminalScreen(terminal.stream)
    draw(screen, terminal, "choose", "set", "rest")
    lines = terminal.lines()
    assert len(lines) == 18
    assert all(len(line) == 66 for line in lines)
    inside = undo_braille([line[1:-1] for line in lines[1:-1]])
    assert (inside == np.asarray(render(SCREENS["rest"]))).all()
    screen.close()


def test_a_large_terminal_shows_square_pixels(terminal: Terminal):
    terminal.resize(140, 40)
    screen = TerminalScreen(terminal.stream)
    draw(screen, terminal, "set")
    inside = undo_half_blocks([line[1:-1] for line in terminal.lines()[1:-1]])
    assert (inside == np.asarray(render(SCREENS["set"]))).all()
    screen.close()


def test_a_small_terminal_shows_the_picture_without_edges_or_says_what_it_needs(
    terminal: Terminal,
):
    terminal.resize(64, 17)
    screen = TerminalScreen(terminal.stream)
    draw(screen, terminal, "set")
    assert (undo_braille(terminal.lines()) == np.asarray(render(SCREENS["set"]))).all()
    terminal.resize(40, 10)
    draw(screen, terminal, "set")
    assert terminal.lines() == ["terminal too small: 64 x 17 needed"]
    screen.close()


def test_the_cursor_is_hidden_and_given_back(terminal: Terminal):
    screen = TerminalScreen(terminal.stream)
    screen.show(render(SCREENS["set"]))
    assert terminal.read().count("\x1b[?25l") == 1
    screen.close()
    screen.close()
    assert terminal.read() == "\x1b[?25h"


def test_no_colour_where_none_is_wanted(terminal: Terminal, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    screen = TerminalScreen(terminal.stream)
    screen.show(render(SCREENS["set"]))
    assert "m" not in re.findall(r"\x1b\[[0-9;]*([A-Za-z])", terminal.read())
    screen.close()


class Pipe(io.TextIOWrapper):
    """Standard output that goes into a file or pipe."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self.sink = io.BytesIO()
        super().__init__(self.sink, encoding=encoding)


@pytest.mark.parametrize("dumb", [False, True])
def test_without_a_terminal_only_the_last_picture_is_written(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, *, dumb: bool
):
    monkeypatch.setenv("TERM", "dumb")
    pipe = Pipe()
    screen = TerminalScreen(terminal.stream if dumb else pipe)
    for name in ("choose", "set", "rest"):
        screen.show(render(SCREENS[name]))
    assert (terminal.read() if dumb else pipe.sink.getvalue().decode()) == ""
    screen.close()
    text = terminal.read().replace("\r", "") if dumb else pipe.sink.getvalue().decode()
    assert "\x1b" not in text
    inside = undo_braille([line[1:-1] for line in text.splitlines()[1:-1]])
    assert (inside == np.asarray(render(SCREENS["rest"]))).all()


def test_a_terminal_that_has_no_such_characters_is_refused():
    with pytest.raises(ScreenError, match="UTF-8"):
        TerminalScreen(Pipe("latin-1"))
