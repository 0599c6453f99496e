"""`gymbox collection`: the examples that were recorded in collect mode."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from gymbox.collection.export import export, read
from gymbox.collection.shelf import FOLDER, Shelf
from gymbox.collection.take import UNKNOWN, Take
from gymbox.errors import GymboxError, InputError, UsageError

MEGABYTE = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=tuple(ACTIONS),
        default="list",
        help="list (without a word), export FOLDER for the tools, remove NAME ...",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="of takes, or of the new folder")
    parser.add_argument("--all", action="store_true", help="remove every take")
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


def remove_takes(args: argparse.Namespace) -> int:
    """Removes takes from the box; the daemon may run on."""
    if bool(args.names) == args.all or args.folders or args.json:
        raise UsageError("gymbox collection remove takes names, or --all", "see the list of them")
    shelf = Shelf(args.data / FOLDER)
    try:
        known = shelf.names()
        unknown = [name for name in args.names if name not in known]
        if unknown:
            raise InputError(f"there is no take {unknown[0]}", "gymbox collection lists them")
        chosen = known if args.all else list(dict.fromkeys(args.names))
        for name in chosen:
            shelf.remove(name)
    except OSError as error:
        raise GymboxError(
            f"{shelf.folder} cannot be changed ({error.strerror})", "use sudo"
        ) from error
    print(f"{_takes(len(chosen))} removed")
    return 0


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
    what = take.activity or ("something else" if take.exercise == UNKNOWN else take.exercise)
    reps = "?" if take.reps is None else str(take.reps)
    counted = "" if take.reps in {None, take.counted} else f"counted {take.counted}"
    notes = [
        counted,
        f"{take.pictures} pictures" if take.pictures else "",
        "not confirmed" if take.reps is None else "",
    ]
    place = " ".join(filter(None, (take.direction, take.height)))
    line = f"{take.name:<42} {what:<18} {reps:>3}  {place:<18} {take.seconds:5.1f} s"
    return f"{line}  {', '.join(filter(None, notes))}".rstrip()


def _takes(count: int) -> str:
    return "1 take" if count == 1 else f"{count} takes"


ACTIONS = {"list": list_takes, "export": export_takes, "remove": remove_takes}
