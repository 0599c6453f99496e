"""The recordings that an evaluation is about have to be there: fewer would flatter the figures."""

from collections.abc import Sequence
from pathlib import Path

from gymbox.errors import InputError


def need(files: Sequence[Path]) -> None:
    """Makes sure that there is something to evaluate and that all of it is there.

    Raises:
        InputError: no file is asked for, or some are missing.
    """
    if not files:
        raise InputError("the table names no clip to evaluate", "check --csv and the options")
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise InputError(
            f"{len(missing)} of {len(files)} clips are missing, the first is {missing[0]}",
            "check --clips",
        )
