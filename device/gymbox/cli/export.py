"""`gymbox export`: every repetition as CSV or JSON."""

import argparse
import csv
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from gymbox.errors import GymboxError, UsageError
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
            with _replacing(args.output, force=args.force) as file:
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
def _replacing(path: Path, *, force: bool) -> Iterator[TextIO]:
    """A file that takes its place only when it is whole."""
    if path.exists() and not force:
        raise UsageError(f"{path} is there already", "choose another name, or add --force")
    draft = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        draft = Path(name)
        # newline="": the csv module ends lines itself.
        with open(handle, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 (a handle)
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except OSError as error:
        raise GymboxError(
            f"{path} cannot be written ({error.strerror})", "choose another place for it"
        ) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def _umask() -> int:
    """What new files of this user are not allowed; reading it means setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _day(text: str) -> datetime:
    """Midnight of that day, on the clock on the wall."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no date such as 2026-11-21") from None
    return datetime(day.year, day.month, day.day).astimezone()
