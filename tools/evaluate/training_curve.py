"""The table that a training writes, one row an epoch and split."""

import csv
from dataclasses import dataclass
from pathlib import Path

from gymbox.errors import InputError


@dataclass(frozen=True, slots=True)
class Epoch:
    """How a network did on one split after one epoch.

    Attributes:
        epoch: from 0 or 1, rising.
        split: such as "train" or "validation".
        loss: mean over the samples.
        accuracy: 0..1.
        macro_f1: 0..1.
    """

    epoch: int
    split: str
    loss: float
    accuracy: float
    macro_f1: float


def read(path: Path) -> list[Epoch]:
    """Reads the columns epoch, split, loss, accuracy and macro_f1; others are left alone.

    Raises:
        InputError: the file is missing, empty, or lacks a column or a number.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            epochs = [
                Epoch(
                    epoch=int(row["epoch"]),
                    split=row["split"],
                    loss=float(row["loss"]),
                    accuracy=float(row["accuracy"]),
                    macro_f1=float(row["macro_f1"]),
                )
                for row in csv.DictReader(file)
            ]
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} is no table of epochs ({error})", "train anew") from error
    if not epochs:
        raise InputError(f"{path} has no epoch", "train anew")
    return epochs
