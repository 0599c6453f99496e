"""`gymbox history`: what was trained, set by set."""

import argparse
import json
from collections.abc import Iterator
from itertools import groupby

from gymbox.workouts.log import TrainingLog
from gymbox.workouts.rows import SetRow

_HEADER = f"  {'time':<5}  {'exercise':<18} {'reps':>4}  {'tempo':<15}  {'range':>5}  {'form':>5}"

_DIGITS = 9
"""Of a number of sets: more than anybody trains, and SQLite can count as far."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--limit", type=_count, default=30, metavar="N", help="the last N sets (%(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object, newest set first")


def run(args: argparse.Namespace) -> int:
    """Prints the last sets of the log in the folder `args.data`, oldest first.

    A box that has not seen any training yet is fine: it says so and the exit code is 0.
    """
    with TrainingLog.open(args.data, read_only=True) as log:
        sets = log.history(args.limit)
    if args.json:
        print(json.dumps({"sets": [row.as_dict() for row in sets]}, indent=2))
    elif not sets:
        print(f"No training yet in {args.data}. The first set will stand here.")
    else:
        print("\n".join(_table(sets[::-1])))
    return 0


def _table(sets: list[SetRow]) -> Iterator[str]:
    """The lines of the table, days as the clock on the wall has them."""
    for day, rows in groupby(sets, key=lambda row: row.started.astimezone().date()):
        yield f"{day:%A} {day.day} {day:%B %Y}"
        yield _HEADER
        yield from (_line(row) for row in rows)
        yield ""


def _line(row: SetRow) -> str:
    tempo = "-".join(f"{seconds:.1f}" for seconds in row.tempo) if row.tempo else ""
    notes = [
        f"of {row.target}" if row.target else "",
        f"{row.added} by hand" if row.added else "",
        f"{row.partial} partial" if row.partial else "",
        f"fading from {row.fading[0]}" if row.fading else "",
        "cut off" if row.cut_off else "",
        "under way" if row.seconds is None else "",
    ]
    line = (
        f"  {row.started.astimezone():%H:%M}  {row.exercise.replace('_', ' '):<18} {row.reps:>4}"
        f"  {tempo:<15}  {_percent(row.rom):>5}  {_percent(row.form):>5}"
        f"  {', '.join(filter(None, notes))}"
    )
    return line.rstrip()


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _count(text: str) -> int:
    if not (text.isdecimal() and len(text) <= _DIGITS and int(text)):
        raise argparse.ArgumentTypeError(f"{text} is no number of sets")
    return int(text)
