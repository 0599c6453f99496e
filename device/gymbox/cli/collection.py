"""`gymbox collection`: the examples that were recorded in collect mode."""

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from gymbox.collection.export import export, read
from gymbox.collection.shelf import FOLDER, Shelf
from gymbox.collection.take import UNKNOWN, Take
from gymbox.errors import GymboxError, InputError, UsageError
from gymbox.reps.profiles import profiles

MEGABYTE = 1_000_000
LONGEST = 40
"""Characters of what something is called."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=tuple(ACTIONS),
        default="list",
        help="list (without a word), export FOLDER for the tools, label NAME ..., remove NAME ...",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="of takes, or of the new folder")
    parser.add_argument("--all", action="store_true", help="remove every take")
    parser.add_argument(
        "--as",
        dest="called",
        metavar="WORDS",
        help='what something else is, such as --as "kettlebell swing" (label)',
    )
    parser.add_argument("--json", action="store_true", help="one JSON object (list)")
    parser.add_argument(
        "--from",
        dest="folders",
        type=Path,
        action="append",
        metavar="DIR",
        help="a copied collection instead of this box's; may be given again (list, export)",
    )


def run(args: argparse.Namespace) -> int:
    """Does what is asked for."""
    if args.called is not None and args.action != "label":
        raise UsageError("--as is for gymbox collection label", "leave it out")
    return ACTIONS[args.action](args)


def list_takes(args: argparse.Namespace) -> int:
    """Prints every take and how much there is."""
    _take_no_names(args)
    found = _found(args)
    size = sum(path.stat().st_size for f, _ in found for path in f.rglob("*") if path.is_file())
    most = args.settings.integer("collection", "max_mb")
    if args.json:
        takes = [asdict(take) for _, take in found]
        print(json.dumps({"takes": takes, "bytes": size, "most": most * MEGABYTE}, indent=2))
        return 0
    for _, take in found:
        print(_line(take))
    if not found:
        print("No examples yet. Collect mode leads through recording some.")
    else:
        print(f"{_takes(len(found))}, {size / MEGABYTE:.1f} of {most} MB")
    return 0


def export_takes(args: argparse.Namespace) -> int:
    """Writes a set that the tools read."""
    if len(args.names) != 1 or args.all or args.json:
        raise UsageError("gymbox collection export takes one new folder", "such as export my-set")
    found = _found(args)
    if not found:
        raise InputError("there is nothing to export", "record some examples in collect mode")
    to = Path(args.names[0])
    export(found, to)
    print(f"{to} holds {_takes(len(found))}")
    return 0


def label_takes(args: argparse.Namespace) -> int:
    """Gives takes of something else a name; the daemon may run on."""
    if not args.names or args.called is None or args.all or args.folders or args.json:
        raise UsageError(
            "gymbox collection label takes names and --as",
            'such as label NAME --as "kettlebell swing"',
        )
    called = _words(args.called)
    shelf = Shelf(args.data / FOLDER)
    with _changing(shelf):
        takes = [shelf.read(name) for name in _known(shelf, args.names)]
        for take in takes:
            if take.exercise != UNKNOWN:
                raise UsageError(f"{take.name} is {take.what}", "only something else has no name")
        for take in takes:
            shelf.relabel(replace(take, called=called))
    print(f"{_takes(len(takes))} labelled {called or 'something else'}")
    return 0


def remove_takes(args: argparse.Namespace) -> int:
    """Removes takes from the box; the daemon may run on."""
    if bool(args.names) == args.all or args.folders or args.json:
        raise UsageError("gymbox collection remove takes names, or --all", "see the list of them")
    shelf = Shelf(args.data / FOLDER)
    with _changing(shelf):
        chosen = shelf.names() if args.all else _known(shelf, args.names)
        for name in chosen:
            shelf.remove(name)
    print(f"{_takes(len(chosen))} removed")
    return 0


@contextmanager
def _changing(shelf: Shelf) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise GymboxError(
            f"{shelf.folder} cannot be changed ({error.strerror})", "use sudo"
        ) from error


def _known(shelf: Shelf, names: Sequence[str]) -> list[str]:
    """The names, each once, if there are takes of all of them."""
    known = shelf.names()
    for name in names:
        if name not in known:
            raise InputError(f"there is no take {name}", "gymbox collection lists them")
    return list(dict.fromkeys(names))


def _words(called: str) -> str:
    """What something is called, in single spaces."""
    words = " ".join(called.split())
    if words.lower().replace(" ", "_") in profiles():
        raise UsageError(f"{words} is an exercise of the box", "record it as that one")
    if not words.isprintable() or len(words) > LONGEST:
        raise UsageError(
            f"{words[:LONGEST]!a} is no label", f"use up to {LONGEST} plain characters"
        )
    return words


def _take_no_names(args: argparse.Namespace) -> None:
    if args.names or args.all:
        raise UsageError("gymbox collection list takes no names", "leave them out")


def _found(args: argparse.Namespace) -> list[tuple[Path, Take]]:
    if args.folders:
        return read(args.folders)
    own = args.data / FOLDER
    try:
        there = own.is_dir()
    except PermissionError as error:
        raise InputError(f"{own} is closed to this user", "use sudo") from error
    return read([own]) if there else []


def _line(take: Take) -> str:
    reps = "?" if take.reps is None else str(take.reps)
    counted = "" if take.reps in {None, take.counted} else f"counted {take.counted}"
    notes = [
        counted,
        f"{take.pictures} pictures" if take.pictures else "",
        "not confirmed" if take.reps is None else "",
    ]
    place = " ".join(filter(None, (take.direction, take.height)))
    line = f"{take.name:<42} {take.what:<18} {reps:>3}  {place:<18} {take.seconds:5.1f} s"
    return f"{line}  {', '.join(filter(None, notes))}".rstrip()


def _takes(count: int) -> str:
    return "1 take" if count == 1 else f"{count} takes"


ACTIONS = {
    "list": list_takes,
    "export": export_takes,
    "label": label_takes,
    "remove": remove_takes,
}
