"""The bundle as a file: a zip of stored files, and at its end a seal over all the bytes before.

Nothing in it is compressed, so it can hold no more than its own size. The seal is the comment of
the zip: the sha256 of everything before it. It tells of any bit that was flipped and any byte that
is missing; it does not tell who made the bundle.
"""

import hashlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from gymbox.bundles import label as labels
from gymbox.bundles.label import Content, Label
from gymbox.errors import InputError
from gymbox.inference.manifest import BUNDLE
from gymbox.inference.manifest import FILE as MANIFEST

SEAL = b"gymbox models, sha256 "
SEAL_LENGTH = len(SEAL) + 64
LARGEST = 256 << 20
"""Bytes of a bundle; all of today's models take 12 MB."""

LARGEST_FILE = 64 << 20
LARGEST_LABEL = 1 << 20
MOST_FILES = 500

_ENCRYPTED = 0x1
_ADVICE = "copy it to the box again, or pack it anew"
# What zipfile raises on bytes that somebody arranged.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, KeyError, ValueError,
    OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip


class Bundle:
    """An open bundle, its seal and its label known to be right.

    Attributes:
        label: what it says about itself.
        digest: sha256 of the whole file, in hexadecimal.
    """

    def __init__(self, path: Path, archive: zipfile.ZipFile, digest: str) -> None:
        self.digest = digest
        self._path = path
        self._archive = archive
        names = _checked_names(archive)
        try:
            self.label_bytes = self._read_up_to(BUNDLE, LARGEST_LABEL)
            self.label: Label = labels.parse(self.label_bytes)
        except KeyError:
            raise damaged(path, f"there is no {BUNDLE} in it") from None
        if names != {BUNDLE, *self.label.files}:
            raise ValueError("its files are not those of its label")
        if any(content.size > LARGEST_FILE for content in self.label.files.values()):
            raise ValueError(f"a file in it has more than {LARGEST_FILE >> 20} MB")
        if self.label.files[MANIFEST].size > LARGEST_LABEL:
            raise ValueError(f"{MANIFEST} has more than {LARGEST_LABEL >> 20} MB")

    def read(self, name: str) -> bytes:
        """The bytes of one file, known to be right.

        Raises:
            InputError: they are not those of the label.
        """
        content: Content = self.label.files[name]
        try:
            data = self._read_up_to(name, content.size)
        except _UNREADABLE as error:
            raise damaged(self._path, f"{name}: {error}") from error
        if fault := content.fault(data):
            raise damaged(self._path, f"{name} {fault}")
        return data

    def _read_up_to(self, name: str, size: int) -> bytes:
        with self._archive.open(name) as file:
            data = file.read(size + 1)
        if len(data) > size:
            raise ValueError(f"{name} is larger than it says")
        return data


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """Opens a bundle; nothing is written anywhere.

    Raises:
        InputError: it cannot be read, is no bundle, is cut off, or holds what no bundle may hold.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror})", "check the path and its permissions"
        ) from error
    with file:
        digest = _check_seal(path, file)
        try:
            bundle = Bundle(path, zipfile.ZipFile(file), digest)
        except _UNREADABLE as error:
            raise damaged(path, str(error)) from error
        yield bundle


def damaged(path: Path, reason: str) -> InputError:
    """The error about a bundle that cannot be taken."""
    return InputError(f"{path} is damaged or no bundle of models ({reason})", _ADVICE)


def _check_seal(path: Path, file: BinaryIO) -> str:
    """The sha256 of the file, once the one at its end is known to be right."""
    try:
        size = file.seek(0, 2)
        if size > LARGEST:
            raise InputError(f"{path} has more than {LARGEST >> 20} MB", "it is no bundle")
        file.seek(0)
        body = hashlib.sha256()
        left = size - SEAL_LENGTH
        while left > 0 and (block := file.read(min(left, 1 << 20))):
            body.update(block)
            left -= len(block)
        seal = file.read(SEAL_LENGTH + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})", _ADVICE) from error
    if not re.fullmatch(re.escape(SEAL) + rb"[0-9a-f]{64}", seal):
        raise damaged(path, "its end is missing")
    if seal[len(SEAL) :].decode("ascii") != body.hexdigest():
        raise damaged(path, "its bytes are not those that were packed")
    body.update(seal)
    return body.hexdigest()


def _checked_names(archive: zipfile.ZipFile) -> set[str]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise ValueError(f"there are more than {MOST_FILES} files in it")
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG) or entry.is_dir():
            raise ValueError(f"{entry.filename!r} is no ordinary file")
        if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size:
            raise ValueError(f"{entry.filename!r} is compressed")
        if entry.flag_bits & _ENCRYPTED:
            raise ValueError(f"{entry.filename!r} is encrypted")
    names = {entry.filename for entry in entries}
    if len(names) != len(entries):
        raise ValueError("it holds a file twice")
    return names
