"""The loop: modes, presses, camera loss, and how it ends."""

from collections.abc import Iterator, Sequence

import pytest

from gymbox.camera.frame import Frame
from gymbox.display import Button, CountDisplay, Display, MessageDisplay, Status
from gymbox.events import CameraBack, CameraLost, Event, ModeChanged, SetEnd
from gymbox.loop import Arrival, Loop
from tests.modes.athlete import frames


class Recorder:
    """A mode, screen and output that remember."""

    def __init__(self, name: str = "one", *, resumes: bool = True) -> None:
        self.name = name
        self.resumes = resumes
        self.taken: list[float] = []
        self.pressed: list[Button] = []
        self.shown: list[Display] = []

    def update(self, frame: Frame) -> Sequence[Event]:
        self.taken.append(frame.timestamp)
        return ()

    def press(self, button: Button, t: float) -> Sequence[Event]:
        del t
        self.pressed.append(button)
        return ()

    def leave(self, t: float) -> Sequence[Event]:
        return (SetEnd(t=t, exercise=self.name, reps=1, start=0.0, end=t),)

    def display(self, t: float, status: Status) -> Display:
        del t
        return CountDisplay(exercise=self.name, status=status)

    def show(self, display: Display) -> None:
        self.shown.append(display)


class Script:
    """Presses at given turns of the loop."""

    def __init__(self, presses: dict[int, Button]) -> None:
        self._presses = presses
        self._turn = -1

    def poll(self) -> list[Button]:
        self._turn += 1
        return [self._presses[self._turn]] if self._turn in self._presses else []


class Stage:
    """A loop with two recorded modes."""

    def __init__(self, arrivals: Iterator[Arrival], presses: dict[int, Button]) -> None:
        self.one, self.two, self.screen = Recorder("one"), Recorder("two"), Recorder()
        self.events: list[Event] = []
        self.turns = 0
        self.loop = Loop(
            arrivals=arrivals,
            modes=[self.one, self.two],
            buttons=Script(presses),
            screen=self.screen,
            outputs=[self.events.append],
            alive=self.count,
        )

    def count(self) -> None:
        self.turns += 1


def test_frames_go_to_the_mode_that_is_on() -> None:
    stage = Stage(frames(1), {4: Button.MODE, 6: Button.SELECT, 9: Button.MODE})
    stage.loop.run()
    assert (len(stage.one.taken), len(stage.two.taken)) == (10, 5)
    assert stage.two.pressed == [Button.SELECT]
    assert [e.mode for e in stage.events if isinstance(e, ModeChanged)] == ["two", "one"]
    assert stage.turns == stage.loop.frames == 15


def test_leaving_a_mode_ends_what_is_under_way() -> None:
    stage = Stage(frames(1), {4: Button.MODE})
    stage.loop.run()
    assert [e.exercise for e in stage.events if isinstance(e, SetEnd)] == ["one", "two"]


def test_a_stop_leaves_the_set_open_and_power_ends_it() -> None:
    stage = Stage(frames(1), {})
    stage.loop.run(stop=lambda: stage.turns == 5)
    assert stage.events == []
    stage = Stage(frames(1), {})
    stage.one.resumes = False
    stage.loop.run(stop=lambda: stage.turns == 5)
    assert [event.name for event in stage.events] == ["set_end"]
    stage = Stage(frames(1), {5: Button.POWER})
    stage.loop.run()
    assert stage.loop.power_off
    assert [event.name for event in stage.events] == ["set_end"]
    assert stage.turns == 6


def test_a_lost_camera_is_shown_until_it_is_back() -> None:
    def arrivals() -> Iterator[Arrival]:
        yield from frames(0.2)
        yield CameraLost(t=0.2, reason="gone")
        yield 0.5
        yield CameraBack(t=1.0)
        yield from frames(0.2, begin=1.0)

    stage = Stage(arrivals(), {})
    stage.loop.run()
    lost = [isinstance(display, MessageDisplay) for display in stage.screen.shown]
    assert lost == [False] * 3 + [True] * 2 + [False] * 5


def test_a_held_mode_button_is_the_modes_own_business() -> None:
    stage = Stage(frames(1), {4: Button.MODE_HELD, 6: Button.BACK_HELD})
    stage.loop.run()
    assert stage.one.pressed == [Button.MODE_HELD, Button.BACK_HELD]
    assert len(stage.one.taken) == 15


def test_the_status_tells_the_frame_rate() -> None:
    stage = Stage(frames(2), {})
    stage.loop.run()
    display = stage.screen.shown[-1]
    assert isinstance(display, CountDisplay)
    assert display.status.fps == pytest.approx(15)
