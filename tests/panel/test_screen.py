import errno
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import luma.core.interface.serial
import numpy as np
import pytest
from gpiozero.pins.mock import MockFactory
from PIL import Image

from gymbox.errors import ConfigError, InputError, ScreenError
from gymbox.panel.screen import open_screen
from gymbox.panel.screens.luma_screen import LumaScreen, Wires, oleds
from gymbox.panel.screens.picture import PictureScreen
from gymbox.panel.screens.wires import i2c
from gymbox.panel.views import render
from tests.panel.screens import SCREENS

REFUSED = {
    "sh1107": "64 x 128 pixels",
    "ssd1305": "128 x 32 pixels",
    "ssd1316": "128 x 32 pixels",
    "ssd1325": "over I2C",
    "ssd1331": "96 x 64 pixels",
}
"""The OLEDs that are too small unless turned, or not for I2C; older versions of luma lack some."""


class Bus:
    """An SSD1306 on an I2C bus as smbus2 shows it: keeps what was sent, fails when told to."""

    def __init__(self) -> None:
        self.fails: OSError | None = None
        self.commands: list[list[int]] = []
        self.data: list[int] = []

    def write_i2c_block_data(self, address: int, register: int, data: list[int]) -> None:
        assert address == 0x3C
        if self.fails:
            raise self.fails
        if register == 0x40:
            self.data += data
        else:
            self.commands.append(data)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Bus:
    fake = Bus()
    real = luma.core.interface.serial.i2c
    monkeypatch.setattr(
        luma.core.interface.serial, "i2c", lambda port, address: real(fake, port, address)
    )
    return fake


def lit(data: list[int]) -> np.ndarray:
    """The pixels that an SSD1306 shows: 8 pages of 128 bytes, a byte is 8 rows of one column."""
    pages = np.array(data, dtype=np.uint8).reshape(8, 128)
    bits = np.unpackbits(pages[:, :, None], axis=2, bitorder="little")
    return bits.transpose(0, 2, 1).reshape(64, 128).astype(bool)


def test_an_oled_lights_the_very_pixels_of_the_picture(bus: Bus):
    screen = open_screen(kind="ssd1306", contrast=7)
    assert screen.size == (128, 64)
    bus.data.clear()
    picture = render(SCREENS["set"])
    screen.show(picture)
    assert (lit(bus.data[-1024:]) == np.asarray(picture)).all()
    assert [0x81, 7] in bus.commands
    screen.close()
    assert bus.commands[-1] != [0xAF], "switched on after closing"
    assert [0xAE] in bus.commands
    screen.close()


def test_a_screen_that_was_only_looked_at_stays_on(bus: Bus):
    screen = open_screen(kind="ssd1306")
    assert bus.commands[-1] != [0xAE]
    bus.commands.clear()
    screen.close(keep=True)
    assert [0xAE] not in bus.commands


@pytest.mark.parametrize("kind", sorted(set(oleds()) - set(REFUSED)))
def test_every_other_oled_of_luma_takes_a_picture(bus: Bus, kind: str):
    screen = open_screen(kind=kind)
    bus.data.clear()
    screen.show(render(SCREENS["set"], screen.size))
    assert bus.data


@pytest.mark.parametrize("kind", sorted(set(REFUSED) & set(oleds())))
def test_an_oled_that_does_not_fit_is_refused(bus: Bus, kind: str):
    with pytest.raises(ConfigError, match=REFUSED[kind]):
        open_screen(kind=kind)
    assert not bus.fails


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EREMOTEIO, "i2cdetect"),
        (errno.ENXIO, "i2cdetect"),
        (errno.ETIMEDOUT, "i2cdetect"),
        (errno.EIO, "i2cdetect"),
    ],
)
def test_a_screen_that_is_not_there(bus: Bus, code: int, words: str):
    bus.fails = OSError(code, "no acknowledge")
    with pytest.raises(ScreenError, match="ssd1306 at 0x3C on I2C bus 1 does not answer") as caught:
        open_screen(kind="ssd1306")
    assert words in caught.value.advice
    assert caught.value.exit_code == 69


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOENT, "do_i2c"), (errno.EACCES, "usermod -aG i2c"), (errno.EPERM, "usermod")],
)
def test_a_bus_that_cannot_be_opened(monkeypatch: pytest.MonkeyPatch, code: int, words: str):
    def refuse(_port: int) -> None:
        raise OSError(code, "refused", "/dev/i2c-1")

    monkeypatch.setattr("smbus2.SMBus", refuse)
    with pytest.raises(ScreenError) as caught:
        open_screen(kind="sh1106")
    assert words in caught.value.advice


def test_a_screen_that_falls_silent_is_set_up_anew_when_it_is_back(bus: Bus):
    screen = open_screen(kind="ssd1306")
    bus.fails = OSError(errno.EREMOTEIO, "no acknowledge")
    for _ in range(3):
        with pytest.raises(ScreenError):
            screen.show(render(SCREENS["set"]))
    bus.fails = None
    bus.commands.clear()
    screen.show(render(SCREENS["set"]))
    assert [0xAF] in bus.commands, "not switched on again"
    assert (lit(bus.data[-1024:]) == np.asarray(render(SCREENS["set"]))).all()


def test_a_silent_screen_builds_no_devices(bus: Bus, monkeypatch: pytest.MonkeyPatch):
    """Luma keeps each device it built for atexit: trying for days must not pile them up."""
    built = []
    monkeypatch.setattr("luma.core.device.atexit.register", built.append)
    bus.fails = OSError(errno.EREMOTEIO, "no acknowledge")
    for _ in range(5):
        with pytest.raises(ScreenError):
            LumaScreen(i2c("ssd1306", port=1, address=0x3C, rotate=0))
    assert not built


def test_a_turned_screen(bus: Bus):
    screen = open_screen(kind="ssd1306", rotate=2)
    screen.show(render(SCREENS["set"]))
    assert (lit(bus.data[-1024:]) == np.asarray(render(SCREENS["set"]))[::-1, ::-1]).all()
    with pytest.raises(ConfigError, match="64 x 128"):
        open_screen(kind="ssd1306", rotate=1)


def test_spi_sends_the_picture_through_our_own_lines(monkeypatch: pytest.MonkeyPatch):
    sent: list[tuple[int, list[int]]] = []
    pins = MockFactory()

    class Port:
        max_speed_hz = 0

        def open(self, port: int, device: int) -> None:
            assert (port, device) == (0, 1)

        def writebytes(self, data: list[int]) -> None:
            sent.append((pins.pin(24).state, list(data)))

        def close(self) -> None:
            sent.append((-1, []))

    monkeypatch.setitem(sys.modules, "spidev", SimpleNamespace(SpiDev=Port))
    monkeypatch.setattr("gymbox.panel.gpio.open_pins", lambda: pins)
    screen = open_screen(kind="ssd1309", interface="spi", port=0, spi_device=1)
    assert pins.pin(25).state == 1, "reset is not released"
    sent.clear()
    screen.show(render(SCREENS["rest"]))
    data = [byte for line, piece in sent if line == 1 for byte in piece]
    assert (lit(data) == np.asarray(render(SCREENS["rest"]))).all()
    screen.close()
    assert sent[-1] == (-1, [])


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"kind": "sdd1306"}, 'did you mean "ssd1306"'),
        ({"kind": "terminale"}, 'did you mean "terminal"'),
        ({"kind": "zzzzzz"}, "use one of"),
        ({"kind": "ssd1306", "interface": "uart"}, "i2c"),
        ({"kind": "ws0010"}, "did you mean"),
    ],
)
def test_wrong_settings(settings: dict[str, object], words: str):
    with pytest.raises(ConfigError) as caught:
        open_screen(**settings)
    assert words in caught.value.advice


def test_an_emulator_needs_its_package_or_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gymbox.panel.screens.luma_screen.emulators", list)
    with pytest.raises(ConfigError, match=r"gymbox\[emulator\]"):
        open_screen(kind="emulator:capture")
    monkeypatch.undo()
    pytest.importorskip("luma.emulator")
    screen = open_screen(kind="emulator:capture", path=str(tmp_path / "{0:03}.png"))
    screen.show(render(SCREENS["set"]))
    with Image.open(tmp_path / "001.png") as kept:
        assert kept.size == (256, 128)


def test_a_broken_device_of_another_kind_is_explained_too():
    def build() -> None:
        raise OSError(errno.EBUSY, "busy")

    with pytest.raises(ScreenError, match="lamp does not answer: knock"):
        LumaScreen(Wires(build, "lamp", {0: "knock"}))


def test_the_picture_screen_keeps_the_last_picture(tmp_path: Path):
    screen = open_screen(kind="picture", path=str(tmp_path / "now.png"))
    assert isinstance(screen, PictureScreen)
    for name in ("set", "rest"):
        screen.show(render(SCREENS[name]))
    assert screen.draws == 2
    with Image.open(tmp_path / "now.png") as kept:
        assert kept.tobytes() == render(SCREENS["rest"]).tobytes()
    assert [path.name for path in tmp_path.iterdir()] == ["now.png"]


def test_a_picture_without_a_folder_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="no folder"):
        open_screen(kind="picture", path=str(tmp_path / "no" / "now.png"))


@pytest.mark.parametrize("path", ["/", "."])
def test_a_folder_is_no_picture(path: str):
    with pytest.raises(ConfigError, match="is a folder"):
        open_screen(kind="picture", path=path)


def test_luma_is_loaded_only_where_it_is_used():
    code = (
        "import sys, json; from gymbox.panel.screen import open_screen;"
        "import gymbox.panel.painter, gymbox.panel.buttons, gymbox.panel.buzzer;"
        "open_screen(kind='picture');"
        "print(json.dumps([m for m in ('luma', 'gpiozero', 'smbus2', 'cv2') if m in sys.modules]))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    assert json.loads(done.stdout) == []
