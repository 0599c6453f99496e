"""Composition root: reads the settings, builds the parts, runs the loop. It alone knows every room.

The modes are made in `mode_table.py`.
"""

import logging
import shlex
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from gymbox.camera import open_camera
from gymbox.camera.frame import Camera, Frame
from gymbox.collection.keeper import Keeper
from gymbox.config import Settings
from gymbox.display import Display, MessageDisplay
from gymbox.events import Summary
from gymbox.loop import Loop, Output
from gymbox.mode_table import TABLE, LeftOff, modes
from gymbox.motion.landmarks import Pose
from gymbox.panel.buttons import Buttons, open_buttons
from gymbox.panel.buzzer import Buzzer, open_buzzer
from gymbox.panel.painter import Painter
from gymbox.panel.screen import Screen, open_screen
from gymbox.parts import Parts
from gymbox.sources import arrivals
from gymbox.tally import Tally
from gymbox.workouts.log import TrainingLog
from gymbox.workouts.writer import LogWriter

LOGGER = logging.getLogger("gymbox")
MODES = tuple(TABLE)
FLUSH_TIMEOUT = 5.0  # seconds that the log may take when the box goes off

REPLAY: dict[str, object] = {
    "screen.kind": "picture",
    "buttons.kind": "none",
    "buzzer.kind": "silent",
}
"""Settings of a replay: stand-ins for everything that needs hardware."""

DESKTOP: dict[str, object] = {
    "screen.kind": "terminal",
    "buttons.kind": "none",
    "buzzer.kind": "silent",
}
"""Settings of the demo: the screen drawn in the terminal."""

Tap = Callable[[Frame, Pose | None, Display], None]
"""Is shown every frame with what the box saw in it and what the screen shows then."""


@dataclass(slots=True)
class Box:
    """An assembled box.

    Attributes:
        loop: its main loop.
        painter: draws on its screen.
        tally: what was counted so far.
        taps: are called with every frame.
        goodbye: what the screen says after the power button.
    """

    loop: Loop
    painter: Painter
    tally: Tally
    taps: list[Tap] = field(default_factory=list)
    goodbye: tuple[str, ...] = ()

    def run(self, stop: Callable[[], bool] = lambda: False) -> Summary:
        """Runs until the recording ends, the power button is held or `stop` says so."""
        self.loop.run(stop)
        if self.loop.power_off:
            self.painter.show(MessageDisplay("Goodbye", self.goodbye))
        return self.tally.summary(frames=self.loop.frames, seconds=self.loop.t)


@contextmanager
def open_box(
    settings: Settings,
    *,
    camera: Camera | None = None,
    mode: str = "auto",
    log: bool = False,
    outputs: Sequence[Output] = (),
    alive: Callable[[], None] = lambda: None,
) -> Iterator[Box]:
    """Builds every part and takes it down again in the reverse order.

    Args:
        settings: the settings in force.
        camera: an open one; None takes the one of the settings.
        mode: the mode that is on at first, one of MODES.
        log: keep the training log.
        outputs: are called with every event besides buzzer and log.
        alive: is called once a turn, to feed the watchdog.

    Raises:
        HardwareError: a part that the settings name is not there.
        ConfigError: the settings, a model or the data folder are wrong.
        InputError: the recording cannot be read.
    """
    with ExitStack() as stack:
        painter = Painter(
            screen_of(settings),
            fps=settings.number("screen", "fps"),
            on_lost=lambda error: LOGGER.error("the screen does not answer: %s", error),
            on_back=lambda: LOGGER.warning("the screen answers again"),
        )
        stack.callback(painter.close)
        painter.show(MessageDisplay("Gymbox", ("starting ...",)))
        if camera is None:
            camera = camera_of(settings)
            if not camera.live:  # a live one is opened, and again when lost, by its thread
                stack.enter_context(camera)
        buttons = buttons_of(settings)
        stack.callback(buttons.close)
        buzzer = buzzer_of(settings)
        stack.callback(buzzer.close)
        writer, left_off = _log(settings, stack) if log else (None, None)
        made = Parts.of(settings, live=camera.live)
        stack.callback(_close_collection, made.keeper)
        tally = Tally()
        frames = arrivals(camera)
        stack.callback(frames.close)
        loop = Loop(
            arrivals=frames,
            modes=modes(made, first=mode, left_off=left_off),
            buttons=buttons,
            screen=painter,
            outputs=[tally.add, buzzer.play, *([writer.put] if writer else []), *outputs],
            log_healthy=lambda: writer is None or writer.healthy,
            lock=made.watch.lock_at,
            alive=_all(painter.check, buzzer.check, alive),
        )
        goodbye = ("shutting down ...",) if powers_off(settings) else ()
        box = Box(loop, painter, tally, goodbye=goodbye)
        loop.after = lambda frame, display: [
            tap(frame, made.watch.pose_in(frame), display) for tap in box.taps
        ]
        yield box


def camera_of(settings: Settings) -> Camera:
    """The camera that the settings name, not yet opened."""
    return open_camera(**settings.section("camera"))


def screen_of(settings: Settings) -> Screen:
    """The screen that the settings name, open."""
    section = settings.section("screen")
    del section["fps"]  # the painter's
    return open_screen(**section)


def buttons_of(settings: Settings) -> Buttons:
    """The buttons that the settings name, open."""
    return open_buttons(**settings.section("buttons"))


def buzzer_of(settings: Settings) -> Buzzer:
    """The buzzer that the settings name, open."""
    return open_buzzer(**settings.section("buzzer"))


def powers_off(settings: Settings) -> bool:
    """Whether the power button switches the machine off.

    Only the button of a box does: the key of a keyboard ends the program and leaves the laptop on.
    """
    return settings.text("buttons", "kind") == "gpio" and bool(settings.text("power", "command"))


def power_off(settings: Settings) -> None:
    """Runs the command of the settings that switches the machine off, where the button means it."""
    if powers_off(settings):
        command = shlex.split(settings.text("power", "command"))
        subprocess.run(command, check=False)  # noqa: S603 (the owner's own settings)


def _log(settings: Settings, stack: ExitStack) -> tuple[LogWriter, LeftOff]:
    log = TrainingLog.open(
        settings.data_folder, resume_within=settings.number("log", "resume_within")
    )
    left_off = log.open_set() or log.next_set()
    writer = LogWriter(log, on_change=_tell_log)
    stack.callback(_close_log, writer)
    return writer, left_off


def _close_collection(keeper: Keeper) -> None:
    for name in keeper.close(FLUSH_TIMEOUT):
        LOGGER.error("could not be written to the collection: %s", name)


def _all(*checks: Callable[[], None]) -> Callable[[], None]:
    """One call that makes all the calls."""

    def call() -> None:
        for check in checks:
            check()

    return call


def _tell_log(healthy: bool, reason: str) -> None:  # noqa: FBT001 (LogWriter calls it so)
    if healthy:
        LOGGER.warning("the training log can be written again")
    else:
        LOGGER.error("the training log is kept in memory: %s", reason)


def _close_log(writer: LogWriter) -> None:
    for event in writer.close(FLUSH_TIMEOUT):
        LOGGER.error("could not be written to the training log: %s", event.as_dict())
