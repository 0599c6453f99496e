"""The wiring table of hardware/README.md against the settings and gpiozero's board data."""

import re
import tomllib
from pathlib import Path

import pytest
from gpiozero.pins.pi import PiBoardInfo

CHECKOUT = Path(__file__).resolve().parents[2]
PI_4 = 0xC03115
ROW = re.compile(r"^\| ([^|]+) \|(?: (\d+))? \| (\d+) \| ([^|]*)\|", re.MULTILINE)

ROWS = ROW.findall((CHECKOUT / "hardware/README.md").read_text())
DEFAULTS = tomllib.loads((CHECKOUT / "device/gymbox/default.toml").read_text())


@pytest.fixture(scope="module")
def header() -> dict[int, str]:
    """What each pin of the 40-pin header is."""
    pins = PiBoardInfo.from_revision(PI_4).headers["J8"].pins
    return {number: pin.name for number, pin in pins.items()}


def test_the_table_was_found():
    assert len(ROWS) == 14


@pytest.mark.parametrize(("signal", "bcm", "pin", "goes_to"), ROWS)
def test_pins_of_the_header(header: dict[int, str], signal: str, bcm: str, pin: str, goes_to: str):
    expected = f"GPIO{bcm}" if bcm else {"3.3 V": "3V3", "ground": "GND"}[signal]
    assert header[int(pin)] == expected
    for ground in re.findall(r"ground \(pin (\d+)\)", goes_to):
        assert header[int(ground)] == "GND"


@pytest.mark.parametrize(
    ("signal", "section", "key"),
    [
        ("mode button", "buttons", "mode"),
        ("select button", "buttons", "select"),
        ("back button", "buttons", "back"),
        ("power button", "buttons", "power"),
        ("buzzer", "buzzer", "pin"),
        ("D/C", "screen", "gpio_dc"),
        ("reset", "screen", "gpio_rst"),
    ],
)
def test_table_and_settings_agree(signal: str, section: str, key: str):
    (bcm,) = [row[1] for row in ROWS if row[0] == signal]
    assert int(bcm) == DEFAULTS[section][key]


def test_no_line_is_used_twice():
    lines = [bcm for _, bcm, _, _ in ROWS if bcm]
    assert len(lines) == len(set(lines))
