"""A set: one bundle, unpacked into a folder of its own, and the link to the one in force.

    models/                     in the data folder
        current -> 1.2-8d0f...  the set in force; without the link the packaged models are
        1.2-8d0f.../            bundle.toml, manifest.toml, the models, samples, cards, licences,
                                and installed.toml: what it is, and which set was in force before

A set is never changed once the link points to it. It need not hold every model: those that it lacks
are the packaged ones.
"""

import errno
import hashlib
import json
import logging
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gymbox.bundles import label as labels
from gymbox.bundles.label import Label
from gymbox.errors import ModelError
from gymbox.inference.manifest import BUNDLE, ROLLBACK
from gymbox.inference.manifest import FILE as MANIFEST

LOGGER = logging.getLogger("gymbox")
INSTALLED = "installed.toml"
LINK = "current"


@dataclass(frozen=True, slots=True)
class InstalledSet:
    """An unpacked bundle.

    Attributes:
        folder: where it lies.
        label: what it says about itself.
        digest: sha256 of the bundle that it came in.
        label_digest: sha256 that its label must have.
        replaces: name of the folder of the set before it, "" for the packaged models.
    """

    folder: Path
    label: Label
    digest: str
    label_digest: str
    replaces: str

    def faults(self) -> Iterator[str]:
        """Every file that is not as it was packed, a line each."""
        label = (self.folder / BUNDLE).read_bytes()
        if hashlib.sha256(label).hexdigest() != self.label_digest:
            yield f"{self.folder / BUNDLE} is not the one that was packed"
        for name in self.label.files:
            yield from self.fault_of(name)

    def fault_of(self, name: str) -> Iterator[str]:
        """What is wrong with one file, if anything is."""
        path = self.folder / name
        try:
            fault = self.label.files[name].fault(path.read_bytes())
        except OSError as error:
            fault = f"cannot be read ({error.strerror})"
        if fault:
            yield f"{path} {fault}"


def sets_folder(data: Path) -> Path:
    """Where the sets lie within the data folder."""
    return data / "models"


def read_set(folder: Path) -> InstalledSet:
    """The set in a folder; its files are not looked at.

    Raises:
        ModelError: there is none, or its label cannot be read.
    """
    try:
        table = tomllib.loads((folder / INSTALLED).read_text("utf-8"))
        return InstalledSet(
            folder=folder,
            label=read_label(folder),
            digest=str(table["digest"]),
            label_digest=str(table["label"]),
            replaces=str(table["replaces"]),
        )
    except OSError as error:
        raise ModelError(
            f"the installed models {folder} cannot be read ({error.strerror})", ROLLBACK
        ) from error
    except (ValueError, KeyError) as error:
        raise ModelError(
            f"the installed models {folder} are damaged ({error})", ROLLBACK
        ) from error


def read_label(folder: Path) -> Label:
    """The label of the bundle in a folder.

    Raises:
        FileNotFoundError: it is no bundle's.
        ModelError: it is damaged.
    """
    data = (folder / BUNDLE).read_bytes()
    try:
        return labels.parse(data)
    except ValueError as error:
        raise ModelError(f"{folder / BUNDLE} is damaged ({error})", ROLLBACK) from error


def installed_text(bundle_digest: str, label: bytes, replaces: str) -> bytes:
    """What stands in `installed.toml`."""
    values = {
        "digest": bundle_digest,
        "label": hashlib.sha256(label).hexdigest(),
        "replaces": replaces,
    }
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items()).encode()


def linked_set(sets: Path) -> Path | None:
    """The folder that the link points to, None without a link; whether it is there is not asked.

    Raises:
        PermissionError: this user may not look.
        ModelError: the link is none, or leads elsewhere.
    """
    link = sets / LINK
    try:
        name = str(link.readlink())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise ModelError(f"{link} is no link", "move it away") from error
        raise
    if name != Path(name).name or name.startswith("."):
        raise ModelError(f"{link} leads to {name}, out of its folder", ROLLBACK)
    return sets / name


def current_set(sets: Path) -> InstalledSet | None:
    """The set in force, None if those are the packaged models.

    Raises:
        PermissionError: this user may not look.
        ModelError: it is missing or damaged.
    """
    folder = linked_set(sets)
    return None if folder is None else read_set(folder)


def installed_folder(data: Path) -> Path | None:
    """The folder of the set to load, None where the packaged models are to be taken.

    A set that this user may not see, or that is made for another gymbox, is left aside with a line
    in the journal.

    Args:
        data: the data folder.

    Raises:
        ModelError: the set in force is missing or damaged. Model files are checked when loaded.
    """
    try:
        current = current_set(sets_folder(data))
    except PermissionError:
        _tell(f"{data} is closed to this user, so the packaged models are used: sudo opens it")
        return None
    if current is None:
        return None
    if not current.label.fits():
        _tell(f"the installed {current.label.misfit}: the packaged ones are used")
        return None
    for fault in current.fault_of(MANIFEST):
        raise ModelError(fault, ROLLBACK)
    return current.folder


@cache
def _tell(text: str) -> None:
    """A warning, once: every network asks anew."""
    LOGGER.warning(text)
