"""Which clips the pose is compared on: chosen by a rule, not by hand."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from gymbox.errors import InputError


def choose_clips(table: Path, count: int) -> list[tuple[str, str]]:
    """Real clips of as many exercises as can be.

    The exercises take turns, those with the most clips first (then by name); each gives its next
    clip by file name, of a scene that has not been taken yet.

    Args:
        table: clips.csv, with the columns file, exercise, scene and rendered.
        count: how many clips.

    Returns:
        File name and exercise of each, in the order of choice.

    Raises:
        InputError: the table cannot be read.
    """
    try:
        with table.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["rendered"] == "0"]
        exercises: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in sorted(rows, key=lambda row: row["file"]):
            exercises[row["exercise"]].setdefault(row["scene"], row["file"])
    except (OSError, KeyError) as error:
        raise InputError(f"{table} is no table of clips ({error})", "check --csv") from error
    return list(_take_turns(exercises))[:count]


def _take_turns(exercises: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    order = sorted(exercises, key=lambda name: (-len(exercises[name]), name))
    for turn in zip_longest(*(exercises[name].values() for name in order)):
        yield from ((file, name) for file, name in zip(turn, order, strict=True) if file)
