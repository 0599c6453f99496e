"""The exercises of a box: those it came with and those it was taught, one file each.

    library = Library.open(data_folder)
    library.profiles()["front_raise"]

A file that cannot be read is left where it is and told in `faults`; everything else goes on.
"""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from gymbox.bundles import durable
from gymbox.errors import DiskError, GymboxError, InputError, UsageError
from gymbox.reps._tables import nearest
from gymbox.reps.profiles import Profile, profiles
from gymbox.teaching.taught import Taught, parsed, written

FOLDER = "exercises"
ENDING = ".toml"
LARGEST = 200_000
"""Bytes of a file at most; one has about 7000."""


class Library:
    """Packaged and taught exercises.

    Args:
        folder: of the files; need not exist. None for the packaged exercises only.

    Attributes:
        faults: one line for each file that cannot be read.
        known: all profiles by name, the packaged ones first, always as they are now.
        plain: the same without variants, which a recogniser calls like their exercise.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._taught: dict[str, Taught] = {}
        self.faults: tuple[str, ...] = ()
        self.known: Mapping[str, Profile] = _Both(profiles(), self._taught)
        self.plain: Mapping[str, Profile] = _Both(
            {name: one for name, one in profiles().items() if not one.variant_of}, self._taught
        )
        self.reload()

    @classmethod
    def open(cls, data: Path) -> "Library":
        """The library in a data folder."""
        return cls(data / FOLDER)

    def reload(self) -> None:
        """Reads the folder again."""
        self._taught.clear()
        faults = []
        for path in self._files():
            try:
                taught = load(path)
                if taught.name != path.stem:
                    raise InputError(f"{path.name} holds {taught.name}", "give the file that name")
                self._taught[taught.name] = taught
            except GymboxError as error:
                faults.append(str(error))
        self.faults = tuple(faults)

    def taught(self) -> Mapping[str, Taught]:
        """The taught exercises by name."""
        return dict(self._taught)

    def profiles(self) -> Mapping[str, Profile]:
        """All profiles by name as they are now, the packaged ones first."""
        return dict(self.known)

    def profile(self, name: str) -> Profile:
        """The profile of one exercise.

        Raises:
            UsageError: there is no such exercise.
        """
        if name not in self.known:
            raise UsageError(f"no exercise {name!r}", nearest(name, self.known))
        return self.known[name]

    def find(self, name: str) -> Taught:
        """A taught exercise.

        Raises:
            UsageError: there is none of that name.
        """
        if name in profiles():
            raise UsageError(f"{name} is an exercise of the box", "only taught ones can be changed")
        if name not in self._taught:
            raise UsageError(
                f"no taught exercise {name!r}",
                nearest(name, self._taught) if self._taught else "none has been taught yet",
            )
        return self._taught[name]

    def save(self, taught: Taught, *, over: bool = False) -> Path:
        """Keeps an exercise, whole or not at all; returns its file.

        Raises:
            UsageError: there is one of that name, and it may not be replaced.
            DiskError: the disk does not take it.
        """
        path = self._path(taught.name)
        if not over and (taught.name in self._taught or path.exists()):
            raise UsageError(f"{taught.name} is there already", "take another name or remove it")
        with _on_disk(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.{os.getpid()}")
            draft.unlink(missing_ok=True)
            try:
                durable.write(draft, written(taught).encode())
                durable.rename(draft, path)
            finally:
                draft.unlink(missing_ok=True)
        self._taught[taught.name] = taught
        return path

    def rename(self, old: str, new: str, title: str = "") -> None:
        """Gives a taught exercise another name, or another title under the same.

        Raises:
            UsageError: there is none of that name, or the new one will not do.
            DiskError: the disk does not take it.
        """
        taught = self.find(old)
        self.save(taught.named(new, title), over=old == new)
        if old != new:
            self.remove(old)

    def remove(self, name: str) -> None:
        """Forgets a taught exercise.

        Raises:
            UsageError: there is none of that name.
            DiskError: the file cannot be taken away.
        """
        self.find(name)
        path = self._path(name)
        with _on_disk(path):
            path.unlink(missing_ok=True)
            durable.sync_folder(path.parent)
        del self._taught[name]

    def _path(self, name: str) -> Path:
        if self._folder is None:
            raise UsageError("there is no data folder", "open the library with one")
        return self._folder / f"{name}{ENDING}"

    def _files(self) -> Iterator[Path]:
        """The files of the folder in the order of their names; drafts begin with a dot."""
        if self._folder is None:
            return
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            yield from sorted(
                path
                for path in self._folder.iterdir()
                if path.suffix == ENDING and not path.name.startswith(".")
            )


class _Both(Mapping[str, Profile]):
    """Packaged profiles, and after them those of taught exercises, as both are now."""

    def __init__(self, packaged: Mapping[str, Profile], taught: Mapping[str, Taught]) -> None:
        self._packaged = packaged
        self._taught = taught

    def __getitem__(self, name: str) -> Profile:
        return self._taught[name].profile if name in self._taught else self._packaged[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._packaged
        yield from self._taught

    def __len__(self) -> int:
        return len(self._packaged) + len(self._taught)


def load(path: Path) -> Taught:
    """Reads one file.

    Raises:
        InputError: it is missing, too large, or holds no taught exercise.
    """
    try:
        if not path.is_file():
            raise InputError(f"{path} is no file", "name the file of a taught exercise")
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path} is too large for an exercise", "export it again")
        text = path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})", "check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no taught exercise (no text)", "export it again") from error
    return parsed(text, str(path))


@contextmanager
def _on_disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        advice = "make room" if error.errno == errno.ENOSPC else "check the data folder"
        raise DiskError(f"{path} cannot be written ({error.strerror})", advice) from error
