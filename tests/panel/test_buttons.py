import os
import pty
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from gpiozero.pins.mock import MockFactory

from gymbox.display import Button
from gymbox.errors import ButtonError, ConfigError
from gymbox.panel import gpio
from gymbox.panel.buttons import Buttons, GpioButtons, ScriptedButtons, open_buttons
from gymbox.panel.keyboard import KeyboardButtons

LINES = {Button.MODE: 5, Button.SELECT: 6, Button.BACK: 13, Button.POWER: 26}
HOLD = 0.1


@pytest.fixture
def pins() -> MockFactory:
    return MockFactory()


@pytest.fixture
def buttons(pins: MockFactory) -> Iterator[Buttons]:
    made = open_buttons(kind="gpio", hold=HOLD, long_press=HOLD, pins=pins)
    yield made
    made.close()


def press(pins: MockFactory, button: Button, seconds: float = 0.0) -> None:
    pins.pin(LINES[button]).drive_low()
    time.sleep(seconds)
    pins.pin(LINES[button]).drive_high()


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


def test_presses_come_in_order_and_once(buttons: Buttons, pins: MockFactory):
    assert buttons.poll() == []
    for button in (Button.BACK, Button.MODE, Button.SELECT, Button.BACK):
        press(pins, button)
    assert buttons.poll() == [Button.BACK, Button.MODE, Button.SELECT, Button.BACK]
    assert buttons.poll() == []


def test_power_acts_when_held_and_only_then(buttons: Buttons, pins: MockFactory):
    press(pins, Button.POWER, HOLD / 4)
    time.sleep(2 * HOLD)
    assert buttons.poll() == []
    press(pins, Button.POWER, 3 * HOLD)
    assert buttons.poll() == [Button.POWER]
    time.sleep(HOLD)
    assert buttons.poll() == []


@pytest.mark.parametrize("button", [Button.MODE, Button.SELECT, Button.BACK])
def test_a_short_press_counts_when_the_button_is_let_go(
    buttons: Buttons, pins: MockFactory, button: Button
):
    pins.pin(LINES[button]).drive_low()
    assert buttons.poll() == []
    pins.pin(LINES[button]).drive_high()
    assert buttons.poll() == [button]


@pytest.mark.parametrize("button", [Button.MODE, Button.SELECT, Button.BACK])
def test_a_long_press_counts_while_held_and_only_once(
    buttons: Buttons, pins: MockFactory, button: Button
):
    pins.pin(LINES[button]).drive_low()
    time.sleep(3 * HOLD)
    assert buttons.poll() == [button.held]
    time.sleep(2 * HOLD)
    pins.pin(LINES[button]).drive_high()
    assert buttons.poll() == []
    press(pins, button)
    assert buttons.poll() == [button]


def test_power_waits_longer_than_the_others(pins: MockFactory):
    made = open_buttons(kind="gpio", hold=1.0, long_press=HOLD, pins=pins)
    press(pins, Button.POWER, 3 * HOLD)
    press(pins, Button.BACK, 3 * HOLD)
    assert made.poll() == [Button.BACK_HELD]
    made.close()


def test_lines_are_pulled_up_and_debounced(pins: MockFactory):
    made = GpioButtons(LINES, hold=1, pins=pins, bounce=0.07)
    assert {pins.pin(line).pull for line in LINES.values()} == {"up"}
    assert {pins.pin(line).bounce for line in LINES.values()} == {0.07}
    made.close()
    made.close()


def test_lines_are_free_again_after_closing(pins: MockFactory):
    open_buttons(kind="gpio", pins=pins).close()
    open_buttons(kind="gpio", pins=pins).close()


def test_a_line_that_does_not_exist_is_named(pins: MockFactory):
    with pytest.raises(ButtonError, match=r"GPIO 99 of the back button") as caught:
        open_buttons(kind="gpio", back=99, pins=pins)
    assert "buttons.back" in caught.value.advice
    assert caught.value.exit_code == 69


def test_two_buttons_on_one_line_are_refused(pins: MockFactory):
    with pytest.raises(ConfigError, match="share"):
        open_buttons(kind="gpio", mode=6, pins=pins)


def test_unknown_kinds_are_refused():
    with pytest.raises(ConfigError, match="joystick"):
        open_buttons(kind="joystick")


def test_no_gpio_is_an_error_not_another_library(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    with pytest.raises(ButtonError, match="no GPIO lines") as caught:
        open_buttons(kind="gpio")
    assert "keyboard" in caught.value.advice


def test_a_closed_chip_names_the_group(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Path, "glob", lambda *_: iter([Path("/dev/gpiochip0")]))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ButtonError, match="gpiochip0") as caught:
        open_buttons(kind="gpio")
    assert "usermod -aG gpio" in caught.value.advice


def test_lgpio_gets_a_folder_and_leaves_the_process_where_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """As lgpio 0.2.2 does: importing it moves the process to LG_WD and makes a FIFO there."""

    def lgpio(name: str) -> SimpleNamespace:
        assert name == "lgpio"
        os.chdir(os.environ["LG_WD"])
        Path(".lgd-nfy0").touch()
        return SimpleNamespace()

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LG_WD", raising=False)
    monkeypatch.setattr(gpio, "import_module", lgpio)
    gpio._import_lgpio()
    assert Path.cwd() == tmp_path
    assert not list(tmp_path.iterdir())
    monkeypatch.setenv("LG_WD", str(tmp_path))
    gpio._import_lgpio()
    assert [path.name for path in tmp_path.iterdir()] == [".lgd-nfy0"]


@pytest.mark.parametrize(("error", "words"), [(ImportError, "apt install"), (OSError, "LG_WD")])
def test_lgpio_that_does_not_load(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception], words: str
):
    def fail(_name: str) -> None:
        raise error

    monkeypatch.setenv("LG_WD", "/nowhere")
    monkeypatch.setattr(gpio, "import_module", fail)
    with pytest.raises(ButtonError) as caught:
        gpio._import_lgpio()
    assert words in caught.value.advice


def test_scripted_presses_come_at_their_time():
    now = 0.0
    script = [(2.0, Button.BACK), (1.0, Button.MODE), (2.0, Button.SELECT)]
    made = ScriptedButtons(script, clock=lambda: now)
    assert made.poll() == []
    now = 1.0
    assert made.poll() == [Button.MODE]
    now = 9.0
    assert made.poll() == [Button.BACK, Button.SELECT]
    assert made.poll() == []
    assert open_buttons(kind="none").poll() == []


def test_keys_are_buttons_and_the_terminal_is_put_back():
    leader, follower = pty.openpty()
    before = termios.tcgetattr(follower)
    made = KeyboardButtons(follower)
    assert not termios.tcgetattr(follower)[3] & termios.ICANON
    assert made.poll() == []
    os.write(leader, b"msxb MSB q")
    typed: list[Button] = []
    until(lambda: typed.extend(made.poll()) or len(typed) == 9)
    assert typed == [
        *(Button.MODE, Button.SELECT, Button.BACK, Button.SELECT),
        *(Button.MODE_HELD, Button.SELECT_HELD, Button.BACK_HELD),
        *(Button.SELECT, Button.POWER),
    ]
    made.close()
    made.close()
    assert termios.tcgetattr(follower) == before
    os.close(leader)
    os.close(follower)


def test_a_keyboard_that_is_no_terminal_is_refused(tmp_path: Path):
    with (tmp_path / "keys").open("w+") as file, pytest.raises(ButtonError, match="no terminal"):
        KeyboardButtons(file.fileno())


def test_gpio_tests_never_touch_the_machine():
    assert "lgpio" not in sys.modules
