"""Errors: the exit codes of the design, one line each."""

import pytest

from gymbox import errors


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.GymboxError, 1),
        (errors.DiskError, 1),
        (errors.UsageError, 2),
        (errors.InputError, 66),
        (errors.CameraError, 69),
        (errors.ScreenError, 69),
        (errors.ButtonError, 69),
        (errors.ConfigError, 78),
        (errors.ModelError, 78),
        (errors.DataFolderError, 78),
    ],
)
def test_exit_code(kind: type[errors.GymboxError], code: int) -> None:
    assert kind("a", "b").exit_code == code


def test_an_error_is_one_line() -> None:
    assert str(errors.InputError("no\nfile", "look\nagain")) == "no file: look again"
