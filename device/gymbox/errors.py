"""Every error that a user may see: one line that says what is wrong and what to do.

    GymboxError                 exit code 1    ran and found a fault
     +-- DiskError                             the disk is full, broken or busy; it may pass
     +-- UsageError             exit code 2    wrong command line
     +-- InputError             exit code 66   a file is missing or unreadable
     +-- HardwareError          exit code 69   a camera, screen or button is not there
     |    +-- CameraError
     |    +-- ScreenError
     |    +-- ButtonError
     +-- ConfigError            exit code 78   systemd does not restart on this one
          +-- ModelError                       a model is missing or not the one in the manifest
          +-- DataFolderError                  the training log may not be written, or is damaged

The exit codes are those of sysexits.h.
"""

from typing import ClassVar


class GymboxError(Exception):
    """An error with advice.

    Args:
        problem: what is wrong, with the name of the thing it is about.
        advice: what the reader can do about it.

    >>> str(InputError("squat.mp4 is not there", "check the path"))
    'squat.mp4 is not there: check the path'
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(problem, advice)
        self.problem = problem
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.problem}: {self.advice}".replace("\n", " ")


class DiskError(GymboxError):
    """The disk of the training log is full, fails or is in use; trying again may help."""


class UsageError(GymboxError):
    """The command line does not make sense."""

    exit_code = 2


class InputError(GymboxError):
    """A file to read is missing, empty or of the wrong kind."""

    exit_code = 66


class HardwareError(GymboxError):
    """A piece of hardware that the configuration names does not answer."""

    exit_code = 69


class CameraError(HardwareError):
    """The camera is missing, busy or has stopped sending frames."""


class ScreenError(HardwareError):
    """The screen is missing or does not acknowledge."""


class ButtonError(HardwareError):
    """The GPIO lines of buttons or buzzer cannot be had."""


class ConfigError(GymboxError):
    """The configuration is wrong; starting again will not help."""

    exit_code = 78


class ModelError(ConfigError):
    """A model file is missing, damaged or not the one in the manifest."""


class DataFolderError(ConfigError):
    """The training log may not be written where it is, is damaged or from a newer Gymbox."""
