"""Any device of luma as a screen: opens it, opens it anew after a fault, says what to do."""

import errno
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from PIL import Image

from gymbox.errors import ConfigError, ScreenError
from gymbox.panel.views import HEIGHT, WIDTH


class Wires(NamedTuple):
    """How a device is reached.

    Attributes:
        open: builds the device, or raises OSError or an error of luma.
        place: what to call it in a message, such as "ssd1306 at 0x3C on I2C bus 1".
        advice: what to do for an errno; key 0 is for all others.
    """

    open: Callable[[], Any]
    place: str
    advice: dict[int, str]


class LumaScreen:
    """A luma device.

    Args:
        wires: how to reach it.
        contrast: 0..255.

    Raises:
        ScreenError: it does not answer.
        ConfigError: it has too few pixels.
    """

    def __init__(self, wires: Wires, *, contrast: int = 255) -> None:
        self._wires = wires
        self._contrast = contrast
        self._device: Any = None
        self._open()
        self.size = self._size()
        width, height = self.size
        if width < WIDTH or height < HEIGHT:
            self.close()
            turned = width >= HEIGHT and height >= WIDTH
            raise ConfigError(
                f"{wires.place} has {width} x {height} pixels",
                "turn it with screen.rotate" if turned else f"{WIDTH} x {HEIGHT} are needed",
            )

    def show(self, image: Image.Image) -> None:
        """Send a picture; after a fault the device is set up anew first.

        Raises:
            ScreenError: the device does not answer.
        """
        if self._device is None:
            self._open()
        try:
            self._device.display(image.convert(self._device.mode))
        except _faults() as error:
            self.close()
            raise self._explained(error) from error

    def close(self, *, keep: bool = False) -> None:
        """Switch the device off, if it still listens and is not to be kept on."""
        device, self._device = self._device, None
        if device is not None:
            device.persist = keep
            with suppress(*_faults()):
                device.cleanup()

    def _size(self) -> tuple[int, int]:
        width, height = self._device.size
        return int(width), int(height)

    def _open(self) -> None:
        try:
            self._device = self._wires.open()
            self._device.contrast(self._contrast)
        except _faults() as error:
            self.close()
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> ScreenError:
        """What to do about a fault. Luma's own errors hide the operating system's behind them."""
        cause = error if isinstance(error, OSError) else error.__context__
        code = cause.errno if isinstance(cause, OSError) else None
        advice = self._wires.advice
        return ScreenError(f"{self._wires.place} does not answer", advice.get(code or 0, advice[0]))


def oleds() -> list[str]:
    """The names of luma's graphical OLED devices."""
    from luma.oled import device  # noqa: PLC0415

    characters_only = {"ws0010", "winstar_weh"}
    return sorted(set(device.__all__) - characters_only)


def emulators() -> list[str]:
    """The names of luma's emulators, none where luma.emulator is not installed."""
    try:
        from luma.emulator import device  # noqa: PLC0415
    except ImportError:
        return []
    return sorted(device.__all__)


def not_there(bus: str, group: str, enable: str) -> dict[int, str]:
    """Advice for a device node that is missing or closed to us."""
    missing = f"there is no {bus}; switch it on with {enable} and restart, or set screen.kind"
    closed = f"may not open {bus}; sudo usermod -aG {group} $USER, then log in again"
    return {
        errno.ENOENT: missing,
        errno.ENODEV: missing,
        errno.EACCES: closed,
        errno.EPERM: closed,
    }


def _faults() -> tuple[type[Exception], ...]:
    from luma.core.error import Error  # noqa: PLC0415

    return (OSError, Error)
