"""What the box can do: one module a mode, one line each in `mode_table.TABLE`."""

from collections.abc import Sequence
from typing import Protocol

from gymbox.camera.frame import Frame
from gymbox.display import Button, Display, Status
from gymbox.events import Event
from gymbox.motion.landmarks import Pose


class Watcher(Protocol):
    """Finds the athlete in a frame."""

    def process(self, frame: Frame) -> Pose | None:
        """The athlete, None if nobody is seen."""
        ...


class Mode(Protocol):
    """A mode gets the frames and the presses and says what happened and what to show.

    A short press of the mode button never reaches a mode: it changes between them.
    """

    name: str
    resumes: bool
    """A restart of the box goes on with what is under way, so a stop of it leaves that open."""

    def update(self, frame: Frame) -> Sequence[Event]:
        """Takes one frame."""
        ...

    def press(self, button: Button, t: float) -> Sequence[Event]:
        """Takes a press of SELECT or BACK, or one of the buttons held down, at t seconds."""
        ...

    def leave(self, t: float) -> Sequence[Event]:
        """The mode ends at t: what is under way is brought to its end."""
        ...

    def display(self, t: float, status: Status) -> Display:
        """What to show at t."""
        ...
