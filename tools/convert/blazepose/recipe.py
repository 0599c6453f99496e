"""The recipes of the quantised networks: `recipes.toml`."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("recipes.toml")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one network becomes integer.

    Attributes:
        name: of the model in the manifest.
        outputs: what is kept of the published network's outputs, by name.
        leave_out: share of the values at each end of an activation's range that may be clipped.
        floats: (first, last) layers that stay in float32, counted as `fold` leaves them.
        figures: what was measured, by name.
    """

    name: str
    outputs: tuple[str, ...]
    leave_out: float
    floats: tuple[tuple[int, int], ...]
    figures: dict[str, float]

    def float_layers(self, layers: Sequence[str]) -> set[str]:
        """The names of the layers that stay float.

        Args:
            layers: names of all, in order.
        """
        return {name for first, last in self.floats for name in layers[first : last + 1]}


def load_recipes() -> dict[str, Recipe]:
    """Every recipe, by the name of its model."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        name: Recipe(
            name=name,
            outputs=tuple(table["outputs"]),
            leave_out=float(table["leave_out"]),
            floats=tuple((part["first"], part["last"]) for part in table["float"]),
            figures=dict(table.get("figures", {})),
        )
        for name, table in tables.items()
    }
