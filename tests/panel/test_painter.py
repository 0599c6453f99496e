import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PIL import Image

from gymbox.display import CountDisplay, Display, MessageDisplay
from gymbox.errors import ScreenError
from gymbox.panel.painter import DirectPainter, Painter
from gymbox.panel.screens.picture import PictureScreen
from gymbox.panel.views import render


def count(reps: int) -> Display:
    return CountDisplay("squat", phase="set", reps=reps)


def until(condition: Callable[[], object]) -> None:
    """Waits for another thread, five seconds at most."""
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


class SlowScreen(PictureScreen):
    """Takes a picture only when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = threading.Semaphore(0)
        self.may_go_on = threading.Semaphore(0)

    def show(self, image: Image.Image) -> None:
        self.begun.release()
        assert self.may_go_on.acquire(timeout=5)
        super().show(image)


class FailingScreen(PictureScreen):
    """Does not answer while `fault` is set."""

    def __init__(self, fault: Exception | None = None) -> None:
        super().__init__()
        self.fault = fault
        self.attempts = 0
        self.closed = False

    def show(self, image: Image.Image) -> None:
        self.attempts += 1
        if self.fault is not None:
            raise self.fault
        super().show(image)

    def close(self) -> None:
        self.closed = True


@contextmanager
def painting(screen: PictureScreen, **settings: object) -> Iterator[Painter]:
    painter = Painter(screen, **settings)
    try:
        yield painter
    finally:
        painter.close()


def shows(screen: PictureScreen, display: Display) -> bool:
    return screen.image is not None and screen.image.tobytes() == render(display).tobytes()


def test_equal_displays_are_drawn_once():
    screen = PictureScreen()
    with painting(screen, fps=1000) as painter:
        for reps in (1, 1, 1):
            painter.show(count(reps))
            until(lambda: screen.draws == 1)
        painter.show(count(2))
        until(lambda: shows(screen, count(2)))
    assert screen.draws == 2


def test_displays_with_the_same_picture_are_drawn_once():
    screen = PictureScreen()
    painter = DirectPainter(screen)
    painter.show(CountDisplay("squat", phase="set", reps=1, progress=0.5))
    painter.show(CountDisplay("squat", phase="set", reps=1, progress=0.5001))
    assert screen.draws == 1


def test_a_slow_screen_holds_nobody_up_and_gets_the_newest_only():
    screen = SlowScreen()
    with painting(screen, fps=1000) as painter:
        painter.show(count(0))
        assert screen.begun.acquire(timeout=5)
        for reps in range(1, 100):
            painter.show(count(reps))
        screen.may_go_on.release(2)
        until(lambda: screen.draws == 2)
        assert shows(screen, count(99))


def test_the_rate_is_kept():
    screen = PictureScreen()
    with painting(screen, fps=20) as painter:
        end = time.monotonic() + 0.5
        reps = 0
        while time.monotonic() < end:
            painter.show(count(reps := reps + 1))
            time.sleep(0.002)
        draws = screen.draws
    assert 2 <= draws <= 11


def test_a_failing_screen_is_reported_once_and_drawn_anew_when_back():
    screen = FailingScreen(OSError(121, "no acknowledge"))
    said: list[str] = []
    with painting(
        screen,
        fps=1000,
        first_wait=0.01,
        on_lost=lambda error: said.append(str(error)),
        on_back=lambda: said.append("back"),
    ) as painter:
        painter.show(count(3))
        until(lambda: screen.attempts >= 3)
        assert painter.alive
        screen.fault = None
        until(lambda: shows(screen, count(3)) and len(said) == 2)
        assert said == ["[Errno 121] no acknowledge", "back"]
        screen.fault = ScreenError("gone again", "wait")
        painter.show(count(4))
        until(lambda: len(said) == 3)
        painter.show(count(3))
        screen.fault = None
        until(lambda: said[-1] == "back")
        until(lambda: shows(screen, count(3)))
    assert screen.closed


def test_attempts_get_rarer():
    screen = FailingScreen(OSError("gone"))
    with painting(screen, fps=1000, first_wait=0.05) as painter:
        painter.show(count(1))
        time.sleep(0.5)
        assert 2 <= screen.attempts <= 5
        painter.check()


def test_a_bug_ends_the_thread_and_is_seen():
    screen = FailingScreen(ZeroDivisionError("bug"))
    with painting(screen) as painter:
        painter.check()
        painter.show(count(1))
        until(lambda: not painter.alive)
        with pytest.raises(ZeroDivisionError):
            painter.check()


def test_a_hang_is_seen():
    screen = SlowScreen()
    with painting(screen, hangs_after=0.05) as painter:
        painter.show(count(1))
        assert screen.begun.acquire(timeout=5)
        painter.check()
        time.sleep(0.1)
        assert painter.alive
        with pytest.raises(ScreenError, match="hangs"):
            painter.check()
        screen.may_go_on.release()
        until(lambda: screen.draws == 1)


def test_closing_draws_what_is_waiting_and_closes_the_screen():
    screen = FailingScreen()
    painter = Painter(screen, fps=0.5)
    painter.show(count(1))
    until(lambda: screen.draws == 1)
    painter.show(MessageDisplay("Goodbye"))
    begun = time.monotonic()
    painter.close()
    assert time.monotonic() - begun < 1
    assert shows(screen, MessageDisplay("Goodbye"))
    assert screen.closed
    assert not painter.alive
    painter.close()


def test_closing_does_not_wait_for_a_screen_that_is_gone():
    screen = FailingScreen(OSError("gone"))
    painter = Painter(screen, first_wait=60)
    painter.show(count(1))
    until(lambda: screen.attempts == 1)
    begun = time.monotonic()
    painter.close()
    assert time.monotonic() - begun < 1
    assert screen.closed


def test_in_step_every_display_is_drawn_before_show_returns():
    screen = FailingScreen()
    painter = DirectPainter(screen)
    for reps in range(5):
        painter.show(count(reps))
        assert shows(screen, count(reps))
    screen.fault = ScreenError("gone", "wait")
    with pytest.raises(ScreenError):
        painter.show(count(7))
    screen.fault = None
    painter.show(count(4))
    assert screen.draws == 6, "not drawn anew after the failure"
    painter.close()
    assert screen.closed
