"""What collect mode asks of whatever keeps the takes."""

from typing import Protocol

from gymbox.collection.recording import Result
from gymbox.collection.take import Order, Take
from gymbox.modes._collect_take import Album


class Keeper(Album, Protocol):
    """Keeps the collection, see `gymbox.collection.keeper`."""

    trouble: str

    @property
    def loaded(self) -> bool:
        """The collection has been looked through since `open`."""
        ...

    def open(self) -> None:
        """Looks through the collection."""
        ...

    def takes(self) -> list[Take]:
        """All takes, the oldest first."""
        ...

    def refusal(self) -> str:
        """Why there is no room for another take, "" if there is."""
        ...

    def name(self, order: Order) -> str:
        """A name for a new take."""
        ...

    def keep(self, result: Result) -> Take:
        """Takes a new take over."""
        ...

    def answer(self, name: str, reps: int) -> None:
        """Writes down how many repetitions a take has."""
        ...

    def discard(self, name: str) -> None:
        """Throws a take away, or what there is of it."""
        ...
