"""What the athlete has set out to do: repetitions a set, sets, rest between them."""

from dataclasses import dataclass, replace
from typing import Literal

Field = Literal["reps", "sets", "rest"]

FIELDS: tuple[Field, ...] = ("reps", "sets", "rest")
"""In the order in which the menu asks for them."""

USUAL: dict[Field, tuple[int, ...]] = {
    "reps": (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100),
    "sets": (0, 1, 2, 3, 4, 5, 6, 8, 10),
    "rest": (0, 15, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300),
}
"""The values that the buttons step through: few presses lead to what people train."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Targets; 0 is none.

    Attributes:
        reps: complete repetitions a set.
        sets: sets of one exercise.
        rest: seconds from the last repetition of a set to the first of the next.
    """

    reps: int = 0
    sets: int = 0
    rest: int = 0

    def raised(self, field: Field) -> "Plan":
        """The next larger usual value; the largest stays."""
        larger = [value for value in USUAL[field] if value > getattr(self, field)]
        return replace(self, **{field: larger[0]}) if larger else self

    def lowered(self, field: Field) -> "Plan":
        """The next smaller usual value; 0 stays."""
        smaller = [value for value in USUAL[field] if value < getattr(self, field)]
        return replace(self, **{field: smaller[-1]}) if smaller else self


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu in which the plan is changed.

    Attributes:
        field: the one that the buttons change.
        since: seconds, of the last press.
    """

    field: Field
    since: float

    def after(self, t: float) -> "Menu | None":
        """The menu at the field after this one; None after the last, which closes it."""
        place = FIELDS.index(self.field) + 1
        return Menu(FIELDS[place], t) if place < len(FIELDS) else None
