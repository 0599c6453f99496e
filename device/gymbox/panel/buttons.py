"""Where button presses come from, and how the buttons that the settings name are opened."""

import queue
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from gymbox.display import Button
from gymbox.errors import ButtonError, ConfigError
from gymbox.panel.gpio import Pins, faults, open_pins

BOUNCE = 0.03
"""Seconds for which a contact must be still until a change counts."""


class Buttons(Protocol):
    """Four buttons, however they are made."""

    def poll(self) -> list[Button]:
        """The presses since the last call, oldest first. Never waits."""
        ...

    def close(self) -> None:
        """Give back lines or terminal; may be called twice."""
        ...


def open_buttons(
    *,
    kind: str,
    mode: int = 5,
    select: int = 6,
    back: int = 13,
    power: int = 26,
    hold: float = 2.0,
    long_press: float = 0.8,
    pins: Pins | None = None,
) -> Buttons:
    """Open the buttons.

    Args:
        kind: "gpio", "keyboard" or "none".
        mode: BCM number of the line that the button pulls to ground, as for the next three.
        select: of the select button.
        back: of the back button.
        power: of the power button.
        hold: seconds that the power button must be held.
        long_press: seconds from which the others count as held down.
        pins: a pin factory of gpiozero; None opens lgpio.

    Raises:
        ConfigError: there is no such kind.
        ButtonError: the lines, or the terminal, cannot be had.
    """
    if kind == "gpio":
        lines = {
            Button.MODE: mode,
            Button.SELECT: select,
            Button.BACK: back,
            Button.POWER: power,
        }
        pins = open_pins() if pins is None else pins
        return GpioButtons(lines, hold=hold, long_press=long_press, pins=pins)
    if kind == "keyboard":
        from gymbox.panel.keyboard import KeyboardButtons  # noqa: PLC0415

        return KeyboardButtons()
    if kind == "none":
        return ScriptedButtons([])
    raise ConfigError(f'buttons.kind = "{kind}" is not known', "use gpio, keyboard or none")


class GpioButtons:
    """Buttons between GPIO lines and ground.

    Args:
        lines: the BCM number of each button.
        hold: seconds that the power button must be held; a shorter press of it does nothing.
        long_press: seconds from which the others count as held down; a shorter press counts when
            the button is let go, so that it is told from a long one.
        pins: the pin factory; belongs to the buttons from now on.
        bounce: seconds for which a contact must be still.

    Raises:
        ConfigError: two buttons share a line.
        ButtonError: a line cannot be had.
    """

    def __init__(
        self,
        lines: dict[Button, int],
        *,
        hold: float,
        pins: Pins,
        long_press: float = 0.8,
        bounce: float = BOUNCE,
    ) -> None:
        if len(set(lines.values())) < len(lines):
            raise ConfigError(
                "two buttons share a GPIO line",
                "give mode, select, back and power lines of their own",
            )
        self._presses: queue.SimpleQueue[Button] = queue.SimpleQueue()
        self._pins = pins
        self._devices: list[Any] = []
        self._down: set[Button] = set()
        self._taking = threading.Lock()
        for button, line in lines.items():
            seconds = hold if button is Button.POWER else long_press
            try:
                self._devices.append(self._device(button, line, hold=seconds, bounce=bounce))
            except faults() as error:
                self.close()
                raise ButtonError(
                    f"GPIO {line} of the {button.value} button cannot be had ({error})",
                    f"check buttons.{button.value} and what else uses that line",
                ) from error

    def poll(self) -> list[Button]:
        """The presses since the last call, oldest first."""
        presses = []
        while not self._presses.empty():
            presses.append(self._presses.get())
        return presses

    def close(self) -> None:
        """Give the lines back."""
        devices, self._devices = self._devices, []
        for device in devices:
            device.close()
        self._pins.close()

    def _device(self, button: Button, line: int, *, hold: float, bounce: float) -> Any:  # noqa: ANN401
        from gpiozero import Button as GpioButton  # noqa: PLC0415

        device = GpioButton(
            line, pull_up=True, bounce_time=bounce, hold_time=hold, pin_factory=self._pins
        )

        if button is Button.POWER:
            device.when_held = lambda: self._presses.put(button)
            return device
        # gpiozero tells of holding in another thread than of letting go: whoever is first decides.
        device.when_pressed = lambda: self._down.add(button)
        device.when_held = lambda: self._take(button, button.held)
        device.when_released = lambda: self._take(button, button)
        return device

    def _take(self, button: Button, meant: Button) -> None:
        """A button is held or let go: the press that is under way means this, if one is."""
        with self._taking:
            if button in self._down:
                self._down.remove(button)
                self._presses.put(meant)


class ScriptedButtons:
    """Presses at given times: the athlete of a test or a demo.

    Args:
        presses: (seconds, button), in any order.
        clock: tells the time that the script means, such as the clock of the frames.
    """

    def __init__(
        self,
        presses: Iterable[tuple[float, Button]],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._presses = sorted(presses, key=lambda press: press[0])
        self._clock = clock

    def poll(self) -> list[Button]:
        """The presses whose time has come since the last call."""
        now = self._clock()
        due = [button for t, button in self._presses if t <= now]
        self._presses = self._presses[len(due) :]
        return due

    def close(self) -> None:
        """Nothing to give back."""
