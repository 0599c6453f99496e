"""`bundle.toml`, the label of a bundle: its version, what it is made for, every file in it."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gymbox import __version__
from gymbox.inference.manifest import BUNDLE
from gymbox.inference.manifest import FILE as MANIFEST

FORMAT = 1
"""Of the label and the archive; a box refuses one that it does not know."""

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+]{0,31}")
_SERIES = re.compile(r"[0-9]+\.[0-9]+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# At most one folder deep and no leading dot, so that no name can lead out of the set.
_NAME = re.compile(r"([0-9A-Za-z_]+/)?[0-9A-Za-z_][0-9A-Za-z_.-]{0,99}")
_RESERVED = (BUNDLE, "installed.toml")


@dataclass(frozen=True, slots=True)
class Content:
    """What a file must be.

    Attributes:
        sha256: in hexadecimal.
        size: in bytes.
    """

    sha256: str
    size: int

    def fault(self, data: bytes) -> str:
        """What is wrong with the bytes of the file, "" if nothing is."""
        if len(data) != self.size:
            return f"has {len(data)} bytes, not {self.size}"
        if hashlib.sha256(data).hexdigest() != self.sha256:
            return "is not the one that was packed"
        return ""


@dataclass(frozen=True, slots=True)
class Label:
    """What a bundle says about itself.

    Attributes:
        version: of the bundle.
        created: when it was packed, ISO 8601.
        gymbox: the series (such as 0.1) of gymbox that it is made for.
        tasks: what its models do, as in the manifest.
        files: every file but the label.
    """

    version: str
    created: str
    gymbox: tuple[str, ...]
    tasks: tuple[str, ...]
    files: Mapping[str, Content]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(content.size for content in self.files.values())

    def fits(self, gymbox: str = __version__) -> bool:
        """Whether it is made for this version of gymbox."""
        return series(gymbox) in self.gymbox

    @property
    def misfit(self) -> str:
        """How to tell that it does not fit."""
        made_for = " and ".join(self.gymbox)
        return f"models {self.version} are made for gymbox {made_for}, this is {__version__}"


def series(version: str) -> str:
    """The series of a version of gymbox, 0.1 of 0.1.3; models fit a whole series."""
    return ".".join(version.split(".")[:2])


def is_version(text: str) -> bool:
    """Whether it can be the version of a bundle; it becomes part of the name of a folder."""
    return bool(_VERSION.fullmatch(text))


def parse(data: bytes) -> Label:
    """Reads a label.

    Raises:
        ValueError: it is none, or of a format that this gymbox does not know.
    """
    try:
        table = tomllib.loads(data.decode("utf-8"))
        if table["format"] != FORMAT:
            raise ValueError(f"format {table['format']} is not known here")
        label = Label(
            version=_like(_VERSION, table["version"]),
            created=str(table["created"]),
            gymbox=tuple(_like(_SERIES, text) for text in table["gymbox"]),
            tasks=tuple(str(text) for text in table["tasks"]),
            files={_name(name): _content(entry) for name, entry in table["files"].items()},
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__} {error}") from error
    if MANIFEST not in label.files:
        raise ValueError(f"there is no {MANIFEST}")
    return label


def _name(text: str) -> str:
    if text in _RESERVED:
        raise ValueError(f"{text} may not be in a bundle")
    return _like(_NAME, text)


def _content(table: Mapping[str, Any]) -> Content:
    size = table["size"]
    if type(size) is not int or size < 0:
        raise ValueError(f"{size!r} is no size")
    return Content(_like(_SHA256, table["sha256"]), size)


def _like(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is not allowed")
    return text
