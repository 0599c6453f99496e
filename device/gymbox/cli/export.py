"""`gymbox export`: every repetition as CSV or JSON."""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

from gymbox.cli.drafts import explained, replacing
from gymbox.errors import UsageError
from gymbox.workouts.log import TrainingLog
from gymbox.workouts.rows import EXPORT_COLUMNS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--format", choices=("csv", "json"), default="csv", help="(default: %(default)s)"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="instead of the terminal")
    parser.add_argument("--force", action="store_true", help="write over FILE if it is there")
    parser.add_argument(
        "--since",
        type=_day,
        metavar="YYYY-MM-DD",
        help="only what was trained on this day or later",
    )


def run(args: argparse.Namespace) -> int:
    """Writes the log in the folder `args.data`, one row a repetition.

    Raises:
        UsageError: the output is there already, without --force.
        GymboxError: the output cannot be written.
    """
    write = {"csv": _write_csv, "json": _write_json}[args.format]
    with TrainingLog.open(args.data, read_only=True) as log:
        rows = log.export(args.since)
        if args.output is None:
            write(rows, sys.stdout)
        else:
            with _file(args.output, force=args.force) as file:
                write(rows, file)
    return 0


def _write_csv(rows: Iterable[dict[str, Any]], file: TextIO) -> None:
    """RFC 4180, with a header; flags are 0 and 1, what is not known is empty."""
    table = csv.writer(file)
    table.writerow(EXPORT_COLUMNS)
    for row in rows:
        values = (row[column] for column in EXPORT_COLUMNS)
        table.writerow([int(value) if isinstance(value, bool) else value for value in values])


def _write_json(rows: Iterable[dict[str, Any]], file: TextIO) -> None:
    """One array, one object a line."""
    before = "["
    for row in rows:
        file.write(f"{before}\n  {json.dumps(row)}")
        before = ","
    file.write("[]\n" if before == "[" else "\n]\n")


@contextmanager
def _file(path: Path, *, force: bool) -> Iterator[TextIO]:
    """A file that takes its place only when it is whole."""
    if path.exists() and not force:
        raise UsageError(f"{path} is there already", "choose another name, or add --force")
    # newline="": the csv module ends lines itself.
    with (
        replacing(path) as draft,
        explained(path),
        draft.open("w", encoding="utf-8", newline="") as file,
    ):
        yield file


def _day(text: str) -> datetime:
    """Midnight of that day, on the clock on the wall."""
    try:
        day = date.fromisoformat(text)
        # The first and the last days of the calendar have no place in UTC.
        return datetime(day.year, day.month, day.day).astimezone().astimezone(UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text} is no date such as 2026-11-21") from None
