"""The loop of the box: frames and presses in, events and displays out.

camera -> latest frame -> mode.update(frame) -> events -> screen, buzzer, log, journal
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from gymbox.camera.frame import Frame
from gymbox.display import Button, Display, MessageDisplay, Status
from gymbox.events import AthleteFound, AthleteLost, CameraBack, CameraLost, Event, ModeChanged
from gymbox.modes import Mode

FPS_FRAMES = 30
"""The frame rate on the screen is that of the last so many frames."""


class Presses(Protocol):
    """Where button presses come from."""

    def poll(self) -> list[Button]:
        """The presses since the last call."""
        ...


class Screen(Protocol):
    """Where displays go."""

    def show(self, display: Display) -> None:
        """Draws the display, at once or soon; must not wait."""
        ...


Output = Callable[[Event], None]
Arrival = Frame | Event | float
"""A frame, a word about the camera, or the time when nothing came for a while."""


class Loop:
    """Runs the modes over what arrives.

    Args:
        arrivals: of the camera; the loop ends with them.
        modes: the first one is on at the beginning.
        buttons: the presses.
        screen: shows the display of the mode.
        outputs: are called with every event, in this order.
        log_healthy: False while the training log cannot be written.
        lock: what is told at t seconds of the lock on one athlete, see `display.Status`.
        alive: is called once a turn, to feed the watchdog.

    Attributes:
        frames: how many have been worked on.
        t: seconds, on the clock of the frames.
        power_off: the power button was held.
        after: is called after every frame with what the screen shows then.
    """

    def __init__(
        self,
        *,
        arrivals: Iterable[Arrival],
        modes: Sequence[Mode],
        buttons: Presses,
        screen: Screen,
        outputs: Sequence[Output],
        log_healthy: Callable[[], bool] = lambda: True,
        lock: Callable[[float], str] = lambda _: "",
        alive: Callable[[], None] = lambda: None,
    ) -> None:
        self.frames = 0
        self.power_off = False
        self.t = 0.0
        self.after: Callable[[Frame, Display], object] | None = None
        self._arrivals = arrivals
        self._modes = modes
        self._mode = modes[0]
        self._buttons = buttons
        self._screen = screen
        self._outputs = outputs
        self._log_healthy = log_healthy
        self._lock = lock
        self._alive = alive
        self._camera = True
        self._athlete = False
        self._times: deque[float] = deque(maxlen=FPS_FRAMES)

    def run(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Works until the recording ends, the power button is held, or `stop` says so.

        What is under way is ended, but after a stop a set is left open, to go on when the box
        runs again.
        """
        for arrival in self._arrivals:
            self._turn(arrival)
            if self.power_off:
                break
            if stop():
                if not self._mode.resumes:
                    self._emit(self._mode.leave(self.t))
                return
        self._emit(self._mode.leave(self.t))
        self._show()

    def display(self) -> Display:
        """What the screen shows now."""
        if not self._camera:
            lines = ("No picture.", "Check the cable.", "Trying again ...")
            return MessageDisplay("Camera lost", lines, self._status())
        return self._mode.display(self.t, self._status())

    def _turn(self, arrival: Arrival) -> None:
        if isinstance(arrival, Frame):
            self.t = arrival.timestamp
            self.frames += 1
            self._times.append(self.t)
            self._emit(self._mode.update(arrival))
            if self.after is not None:
                self.after(arrival, self.display())
        elif isinstance(arrival, Event):
            self._emit((arrival,))
        else:
            self.t = arrival
        for button in self._buttons.poll():
            self._press(button)
        self._show()
        self._alive()

    def _press(self, button: Button) -> None:
        if button is Button.POWER:
            self.power_off = True
        elif button is Button.MODE:
            self._next_mode()
        else:
            self._emit(self._mode.press(button, self.t))

    def _next_mode(self) -> None:
        self._emit(self._mode.leave(self.t))
        place = self._modes.index(self._mode)
        self._mode = self._modes[(place + 1) % len(self._modes)]
        self._emit((ModeChanged(t=self.t, mode=self._mode.name),))

    def _emit(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, CameraLost | CameraBack):
                self._camera = isinstance(event, CameraBack)
            elif isinstance(event, AthleteFound | AthleteLost):
                self._athlete = isinstance(event, AthleteFound)
            for output in self._outputs:
                output(event)

    def _show(self) -> None:
        self._screen.show(self.display())

    def _status(self) -> Status:
        return Status(
            camera=self._camera,
            athlete=self._athlete,
            lock=self._lock(self.t),
            log=self._log_healthy(),
            fps=self._fps(),
        )

    def _fps(self) -> float | None:
        """Frames a second that the box really works on, rounded so that it does not flicker."""
        span = self._times[-1] - self._times[0] if len(self._times) > 1 else 0.0
        return float(round((len(self._times) - 1) / span)) if span > 0 else None
