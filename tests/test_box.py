"""The composition root: what the power button does."""

import subprocess

import pytest

from gymbox import box
from gymbox.config import Settings, defaults


def settings(**changes: object) -> Settings:
    return defaults().with_values({k.replace("__", "."): v for k, v in changes.items()}, "test")


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run."""
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda words, **_: ran.append(words))
    return ran


@pytest.mark.parametrize(
    ("kind", "command", "runs"),
    [
        ("gpio", "systemctl poweroff", [["systemctl", "poweroff"]]),
        ("gpio", "", []),
        ("keyboard", "systemctl poweroff", []),
        ("none", "systemctl poweroff", []),
    ],
)
def test_only_the_button_of_a_box_switches_off(
    commands: list[list[str]], kind: str, command: str, runs: list[list[str]]
) -> None:
    chosen = settings(buttons__kind=kind, power__command=command)
    box.power_off(chosen)
    assert commands == runs
    assert box.powers_off(chosen) == bool(runs)
