"""The ways to a luma device: I2C, SPI, or an emulator that has no wires."""

from functools import cache
from typing import Any

from gymbox.errors import ConfigError, ScreenError
from gymbox.panel.screens.luma_screen import Wires, not_there

_NO_OPERATION = 0xE3
"""Does nothing on the SSD13xx and SH11xx, but a device that is there acknowledges it."""


def i2c(name: str, *, port: int, address: int, rotate: int) -> Wires:
    """An OLED on an I2C bus."""

    def build() -> Any:  # noqa: ANN401 (luma has no types)
        from luma.core.interface.serial import i2c as bus  # noqa: PLC0415

        serial = bus(port=port, address=address)
        try:
            # Asked first because luma keeps every device it ever built until the process ends.
            serial.command(_NO_OPERATION)
            return _oled(name)(serial, rotate=rotate)
        except AssertionError as error:
            # Luma sends commands of some devices in one piece that I2C does not carry.
            serial.cleanup()
            advice = 'set screen.interface = "spi"'
            raise ConfigError(f"{name} cannot be driven over I2C", advice) from error
        except Exception:
            serial.cleanup()
            raise

    node = not_there(f"/dev/i2c-{port}", "i2c", "sudo raspi-config nonint do_i2c 0")
    wiring = f"check its wires and the address, i2cdetect -y {port} lists what answers"
    return Wires(build, f"{name} at 0x{address:02X} on I2C bus {port}", {**node, 0: wiring})


def spi(name: str, *, port: int, device: int, lines: tuple[int, int], rotate: int) -> Wires:
    """An OLED on an SPI port; lines are the BCM numbers of data/command and reset."""
    place = f"{name} on SPI {port}.{device}"

    @cache
    def pins() -> Any:  # noqa: ANN401 (gpiozero has no types)
        """The lines, claimed once and kept: luma does not give back lines that it was handed."""
        from gymbox.panel.gpio import LumaLines, open_pins  # noqa: PLC0415

        return LumaLines(open_pins())

    def build() -> Any:  # noqa: ANN401
        from luma.core.interface.serial import spi as bus  # noqa: PLC0415

        try:
            serial = bus(port=port, device=device, gpio=pins(), gpio_DC=lines[0], gpio_RST=lines[1])
        except ImportError as error:
            advice = "install spidev: sudo apt install python3-spidev"
            raise ScreenError(f"{place} cannot be driven", advice) from error
        return _oled(name)(serial, rotate=rotate)

    enable = "sudo raspi-config nonint do_spi 0"
    node = not_there(f"/dev/spidev{port}.{device}", "spi", enable)
    return Wires(build, place, {**node, 0: "check its wires and screen.gpio_dc, screen.gpio_rst"})


def emulated(name: str, *, rotate: int, path: str) -> Wires:
    """A device of luma.emulator, 128 x 64."""

    def build() -> Any:  # noqa: ANN401
        from luma.emulator import device as emulators  # noqa: PLC0415

        files = {"capture": "file_template", "gifanim": "filename"}
        options = {files[name]: path} if path and name in files else {}
        return getattr(emulators, name)(width=128, height=64, rotate=rotate, mode="1", **options)

    return Wires(build, f"emulator:{name}", {0: "check screen.path and the display it draws on"})


def _oled(name: str) -> Any:  # noqa: ANN401
    from luma.oled import device as oleds  # noqa: PLC0415

    return getattr(oleds, name)
