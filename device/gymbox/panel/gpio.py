"""The GPIO lines of the box, through gpiozero on lgpio and nothing else."""

import atexit
import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from gymbox.errors import ButtonError

Pins = Any
"""A pin factory of gpiozero, which publishes no types."""


def open_pins() -> Pins:
    """Open the GPIO chip.

    Returns:
        gpiozero's LGPIOFactory. Named here, never left to gpiozero, which tries one library after
        the other and may end with one that reads no edges.

    Raises:
        ButtonError: there are no lines, or they may not be opened.
    """
    chips = sorted(Path("/dev").glob("gpiochip*"))
    if not chips:
        raise ButtonError(
            "this machine has no GPIO lines",
            'off the box set buttons.kind = "keyboard" and buzzer.kind = "silent"',
        )
    if not os.access(chips[0], os.R_OK | os.W_OK):
        raise ButtonError(
            f"{chips[0]} may not be opened", "sudo usermod -aG gpio $USER, then log in again"
        )
    _import_lgpio()
    from gpiozero.pins.lgpio import LGPIOFactory  # noqa: PLC0415

    try:
        return LGPIOFactory()
    except faults() as error:
        raise ButtonError(
            f"the GPIO chip cannot be opened ({error})", "run gymbox doctor"
        ) from error


def faults() -> tuple[type[Exception], ...]:
    """What gpiozero and lgpio raise when a line cannot be had."""
    from gpiozero.exc import GPIOZeroError  # noqa: PLC0415

    errors: tuple[type[Exception], ...] = (GPIOZeroError, OSError)
    lgpio = sys.modules.get("lgpio")
    return errors if lgpio is None else (*errors, lgpio.error)


class LumaLines:
    """The few calls of RPi.GPIO that luma makes for SPI, on gpiozero's pins.

    RPi.GPIO itself knows no Raspberry Pi 5.
    """

    OUT = HIGH = 1
    LOW = 0

    def __init__(self, pins: Pins) -> None:
        self._pins = pins

    def setup(self, line: int, mode: int) -> None:
        """Make a line an output, low."""
        if mode != self.OUT:
            raise ValueError("luma asks for outputs only")
        self._pins.pin(line).output_with_state(self.LOW)

    def output(self, line: int, value: int) -> None:
        """Set a line high or low."""
        self._pins.pin(line).state = value


def _import_lgpio() -> None:
    """Import lgpio, which makes a FIFO in the folder LG_WD and moves the process there."""
    if "LG_WD" not in os.environ:
        folder = tempfile.mkdtemp(prefix="gymbox-gpio-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["LG_WD"] = folder
    here = Path.cwd()
    try:
        import_module("lgpio")
    except ImportError as error:
        raise ButtonError("lgpio is not installed", "sudo apt install python3-lgpio") from error
    except OSError as error:
        raise ButtonError(
            f"lgpio cannot write to {os.environ['LG_WD']}", "let LG_WD name a writable folder"
        ) from error
    finally:
        os.chdir(here)
