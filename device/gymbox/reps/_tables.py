"""Reading TOML tables in which every key must be known, present and of the right kind."""

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from gymbox.errors import ConfigError
from gymbox.motion.signals import NAMES

Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that notes which of its keys were asked for.

    Attributes:
        name: of the table, for the messages.
        values: by key.
    """

    name: str
    values: Mapping[str, Any]
    asked: set[str] = field(default_factory=set)

    @classmethod
    def at(cls, name: str, value: object) -> "Table":
        """A table of that name; a ConfigError if the value is none."""
        if not isinstance(value, dict):
            raise ConfigError(f"{name} is not a table", f"write it as [{name}]")
        return cls(name, value)

    def over(self, base: "Table") -> "Table":
        """This table with the keys it lacks taken from another one."""
        return Table(self.name, {**base.values, **self.values}, self.asked)

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        value = self._value(key, default)
        return value if isinstance(value, str) else self._refuse(key, "a text")

    def number(self, key: str, default: float | None = None) -> float:
        """A number."""
        value = self._value(key, default)
        # bool is a subclass of int, so true would pass for 1.
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._refuse(key, "a number")
        return float(value)

    def choice(self, key: str, choices: tuple[Choice, ...]) -> Choice:
        """One of several texts."""
        value = self._value(key, None)
        found = next((choice for choice in choices if choice == value), None)
        return found or self._refuse(key, f"one of {', '.join(choices)}")

    def signal(self, key: str) -> str:
        """The name of a signal."""
        name = self.text(key)
        if name not in NAMES:
            raise ConfigError(f"{self.name} names unknown signal {name!r}", nearest(name, NAMES))
        return name

    def names(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """A list of known words, none where the key is not there."""
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self._refuse(key, "a list of texts")
        for word in value:
            if word not in known:
                raise ConfigError(f"{self.name} names unknown {word!r}", nearest(word, known))
        return tuple(value)

    def tables(self, key: str, *, optional: bool = False) -> list["Table"]:
        """A list of tables."""
        value = self._value(key, [] if optional else None)
        if not isinstance(value, list):
            self._refuse(key, "a list of tables")
        return [Table.at(f"{self.name}.{key}", entry) for entry in value]

    def finish(self) -> None:
        """Refuses the keys nobody asked for."""
        for key in self.values:
            if key not in self.asked:
                raise ConfigError(f"unknown key {key} in {self.name}", nearest(key, self.asked))

    def _value(self, key: str, default: object) -> Any:  # noqa: ANN401 (a TOML value)
        self.asked.add(key)
        value = self.values.get(key, default)
        if value is None:
            raise ConfigError(f"{self.name} has no {key}", "add it")
        return value

    def _refuse(self, key: str, kind: str) -> NoReturn:
        raise ConfigError(f"{key} in {self.name} is {self.values[key]!r}", f"it must be {kind}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Advice that names the known word nearest to a wrong one."""
    words = list(known)
    near = difflib.get_close_matches(name, words, 1, 0.5)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(words))}"
