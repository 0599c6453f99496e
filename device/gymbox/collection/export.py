"""A collection as a set that the tools read: a table in the form of clips.csv, poses, rep ends.

SET/clips.csv
SET/landmarks/NAME.npz
SET/rep_marks/NAME.txt          frames at which repetitions end, where box and athlete agree
SET/pictures/NAME/000123.jpg    by choice
"""

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from gymbox.collection.shelf import LANDMARKS, PICTURES, Shelf
from gymbox.collection.take import COLUMNS, Take, rep_ends, row
from gymbox.errors import GymboxError, InputError, UsageError

TABLE, POSES, MARKS = "clips.csv", "landmarks", "rep_marks"


def read(folders: Iterable[Path]) -> list[tuple[Path, Take]]:
    """The takes of one or more collections, each with its folder, by their names.

    The same take in two copies of a collection is one.

    Raises:
        InputError: a folder or a take cannot be read.
    """
    found: dict[str, tuple[Path, Take]] = {}
    for folder in folders:
        shelf = Shelf(folder)
        if not folder.is_dir():
            raise InputError(f"{folder} is no collection", "name a folder of takes")
        try:
            names = shelf.names()
        except PermissionError as error:
            raise InputError(f"{folder} is closed to this user", "use sudo") from error
        for name in names:
            found.setdefault(name, (folder / name, shelf.read(name)))
    return [found[name] for name in sorted(found)]


def export(takes: Sequence[tuple[Path, Take]], to: Path) -> None:
    """Writes the set, all of it or nothing.

    Args:
        takes: what `read` gave.
        to: the folder to make.

    Raises:
        UsageError: it is there already.
        InputError: a take is not whole.
        GymboxError: it cannot be written.
    """
    if to.exists():
        raise UsageError(f"{to} is there already", "choose another name")
    draft = to.with_name(f".{to.name}.part")
    try:
        if draft.exists():
            shutil.rmtree(draft)
        for part in (POSES, MARKS):
            (draft / part).mkdir(parents=True)
        for folder, take in takes:
            _copy(folder, take, draft)
        with (draft / TABLE).open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, COLUMNS)
            table.writeheader()
            table.writerows(row(take) for _, take in takes)
        draft.rename(to)
    except OSError as error:
        raise GymboxError(
            f"{to} cannot be written ({error.strerror})", "choose another place for it"
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _copy(folder: Path, take: Take, draft: Path) -> None:
    if not (folder / LANDMARKS).is_file():
        raise InputError(f"{folder} has no {LANDMARKS}", "take that folder away")
    shutil.copyfile(folder / LANDMARKS, draft / POSES / f"{take.name}.npz")
    if ends := rep_ends(take):
        text = "".join(f"{end}\n" for end in ends)
        (draft / MARKS / f"{take.name}.txt").write_text(text, encoding="ascii")
    if (folder / PICTURES).is_dir():
        shutil.copytree(folder / PICTURES, draft / PICTURES / take.name)
