"""The modes that count one exercise after the other: buttons and screen."""

from collections.abc import Sequence
from typing import Generic

from gymbox.display import Button, Display, Status
from gymbox.events import Event
from gymbox.modes._sets import START, Sets
from gymbox.reps.sets import C


class CountingMode(Generic[C]):
    """What such modes share; each brings an `update` of its own.

    Args:
        sets: of the exercises.
    """

    resumes = True

    def __init__(self, sets: Sets[C]) -> None:
        self._sets = sets
        self._advice = ""
        self._hint = START

    def press(self, button: Button, t: float) -> Sequence[Event]:
        """Does what `gymbox.reps.presses` says."""
        return self._sets.press(button, t)

    def leave(self, t: float) -> Sequence[Event]:
        """Ends the set under way."""
        return self._sets.finish(t)

    def display(self, t: float, status: Status) -> Display:
        """The count, or between sets the exercise and the rest."""
        return self._sets.display(t, status, advice=self._advice, hint=self._hint)
