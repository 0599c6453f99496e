"""Framing mode: the stick figure and the advice."""

from gymbox.display import Button, Status
from gymbox.events import Framing
from gymbox.modes.framing import FramingMode, stick_figure
from tests.modes.athlete import Athlete, frames
from tests.reps.stick_figure import wave


def test_advice_is_told_when_it_changes() -> None:
    framing = FramingMode(Athlete("squat", lambda t: 0.0 if t < 1 else None))
    events = [event for frame in frames(2) for event in framing.update(frame)]
    assert [event.advice for event in events if isinstance(event, Framing)] == ["ok", "nobody"]


def test_the_stick_figure_lies_in_the_picture() -> None:
    framing = FramingMode(Athlete("squat", wave(1, 2.0)))
    for frame in frames(1):
        framing.update(frame)
    display = framing.display(1.0, Status())
    assert display.advice == "ok"
    assert len(display.lines) == 14
    assert all(0 <= share <= 1 for line in display.lines for share in line)
    assert display.aspect == 640 / 480


def test_nobody_has_no_lines() -> None:
    assert stick_figure(None) == ()


def test_buttons_do_nothing() -> None:
    framing = FramingMode(Athlete("squat", lambda _t: None))
    assert list(framing.press(Button.SELECT, 0.0)) == []
