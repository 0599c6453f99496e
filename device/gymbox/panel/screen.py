"""What a screen is, and how the one that the settings name is opened."""

from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from PIL import Image

from gymbox.errors import ConfigError


class Screen(Protocol):
    """Something that shows one-bit pictures."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, at least 128 x 64."""
        ...

    def show(self, image: Image.Image) -> None:
        """Show a picture of mode "1" and of `size`; may take tens of milliseconds.

        Raises:
            ScreenError: the screen does not answer. Later calls try anew.
        """
        ...

    def close(self, *, keep: bool = False) -> None:
        """Switch the screen off and give back what it holds. Never fails, may be called twice.

        Args:
            keep: leave it on, whatever it shows.
        """
        ...


def open_screen(
    *,
    kind: str,
    interface: str = "i2c",
    port: int = 1,
    address: int = 0x3C,
    spi_device: int = 0,
    gpio_dc: int = 24,
    gpio_rst: int = 25,
    rotate: int = 0,
    contrast: int = 255,
    path: str = "",
) -> Screen:
    """Open a screen.

    Args:
        kind: a device of luma.oled such as "ssd1306", "emulator:" and a device of luma.emulator
            such as "emulator:pygame", "terminal" or "picture".
        interface: "i2c" or "spi".
        port: number of the I2C bus or SPI port.
        address: on the I2C bus.
        spi_device: chip select.
        gpio_dc: BCM number of the data/command line, SPI only.
        gpio_rst: BCM number of the reset line, SPI only.
        rotate: quarter turns, 0..3.
        contrast: 0..255.
        path: the file that "picture" keeps up to date, or that the emulators "capture" (with a
            place for the number, "{0:06}") and "gifanim" write; "" for none or luma's own name.

    Raises:
        ConfigError: there is no such kind or interface.
        ScreenError: the device does not answer.
    """
    if kind == "terminal":
        from gymbox.panel.screens.terminal import TerminalScreen  # noqa: PLC0415

        return TerminalScreen()
    if kind == "picture":
        from gymbox.panel.screens.picture import PictureScreen  # noqa: PLC0415

        return PictureScreen(path=Path(path) if path else None)
    from gymbox.panel.screens.luma_screen import (  # noqa: PLC0415 (luma only where it is used)
        LumaScreen,
        emulators,
        oleds,
    )
    from gymbox.panel.screens.wires import emulated, i2c, spi  # noqa: PLC0415

    family, _, name = kind.rpartition(":")
    known = [*oleds(), *(f"emulator:{name}" for name in emulators()), "terminal", "picture"]
    if kind not in known:
        raise ConfigError(f'screen.kind = "{kind}" is not known', _advice(kind, known))
    if family == "emulator":
        return LumaScreen(emulated(name, rotate=rotate, path=path), contrast=contrast)
    if interface == "i2c":
        wires = i2c(name, port=port, address=address, rotate=rotate)
    elif interface == "spi":
        lines = (gpio_dc, gpio_rst)
        wires = spi(name, port=port, device=spi_device, lines=lines, rotate=rotate)
    else:
        raise ConfigError(f'screen.interface = "{interface}" is not known', 'use "i2c" or "spi"')
    return LumaScreen(wires, contrast=contrast)


def _advice(kind: str, known: list[str]) -> str:
    if kind.startswith("emulator:") and not any(name.startswith("emulator:") for name in known):
        return 'install the emulators with pip install "gymbox[emulator]"'
    near = get_close_matches(kind, known, n=1, cutoff=0.4)
    return f'did you mean "{near[0]}"?' if near else f"use one of {', '.join(known)}"
