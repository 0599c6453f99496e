"""The names that are offered for a new exercise."""

import tomllib
from collections.abc import Container
from functools import cache
from importlib import resources

CUSTOM = "custom_"
MOST = 9
"""Exercises without a name of the list."""


def free_names(taken: Container[str]) -> list[str]:
    """Those of the list that no exercise has, then the free ones of custom_1 to custom_9."""
    custom = [f"{CUSTOM}{number}" for number in range(1, MOST + 1)]
    return [name for name in (*_listed(), *custom) if name not in taken]


@cache
def _listed() -> tuple[str, ...]:
    text = resources.files(__package__).joinpath("names.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["names"])
