"""Installing bundles of models and going back, so that the box always has a whole set.

Only one thing ever changes: where the link `current` points, and that in one step, after everything
it leads to is on the disk. A power cut anywhere leaves the old models or the new ones in force.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gymbox.bundles import durable
from gymbox.bundles.archive import Bundle, damaged, open_bundle
from gymbox.bundles.selftest import Passed, run_selftest
from gymbox.bundles.sets import (
    INSTALLED,
    LINK,
    InstalledSet,
    current_set,
    installed_text,
    linked_set,
    read_set,
    sets_folder,
)
from gymbox.errors import DiskError, GymboxError, ModelError
from gymbox.inference.manifest import BUNDLE, models_folder, read_manifest

SPARE = 20 << 20
"""Bytes that stay free beside a new set: the training log needs room too."""

_STAGING = ".staging"
_LOCK = ".lock"
_LOCK_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EIO}
_RIGHTS = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an installation did.

    Attributes:
        current: the set in force now.
        tried: what its self-test said, None if it was installed already.
    """

    current: InstalledSet
    tried: Passed | None


class Store:
    """The sets in a data folder.

    Args:
        data: the data folder.
        selftest: tries the models in a folder, raises `GymboxError` for a fault.
    """

    def __init__(self, data: Path, selftest: Callable[[Path], Passed] | None = None) -> None:
        self._sets = sets_folder(data)
        self._selftest = selftest or (lambda folder: run_selftest(folder, owner=data))

    def install(self, path: Path) -> Outcome:
        """Puts the models of a bundle in force.

        Raises:
            InputError: it cannot be read, is cut off, damaged or no bundle.
            GymboxError: it does not fit this gymbox, fails the self-test, may not be written, or
                another installation is under way. Whatever is raised, the models in force are
                those of before.
        """
        with open_bundle(path) as bundle:
            if not bundle.label.fits():
                raise GymboxError(f"the {bundle.label.misfit}", "take the bundle for this one")
            with self._locked():
                before = self._sound_current()
                in_force = before is not None and before.folder == linked_set(self._sets)
                if before and in_force and before.digest == bundle.digest:
                    return Outcome(before, None)
                self._check_room(bundle.label.size)
                try:
                    self._unpack(path, bundle, before.folder.name if before else "")
                    tried = self._selftest(self._sets / _STAGING)
                    name = self._switch(f"{bundle.label.version}-{bundle.digest[:12]}")
                finally:
                    self._clear()
                return Outcome(read_set(self._sets / name), tried)

    def rollback(self) -> tuple[InstalledSet | None, str]:
        """Goes back to the set before the one in force, or to the packaged models.

        Returns:
            The set in force now, None for the packaged models; and why the set before was left
            out, "" if it was not.

        Raises:
            GymboxError: no set is installed, or this user may not write.
        """
        with self._locked():
            if not (self._sets / LINK).is_symlink():
                raise GymboxError("no bundle is installed", "the packaged models are in force")
            name = self._replaced()
            target, skipped = self._usable(name) if name else (None, "")
            if target is None:
                durable.unlink(self._sets / LINK)
            else:
                durable.point(self._sets / LINK, target.folder.name)
            self._clear()
            return target, skipped

    def _unpack(self, path: Path, bundle: Bundle, replaces: str) -> None:
        """Writes a bundle into the staging folder, its files and their meaning checked."""
        staging = self._sets / _STAGING
        durable.make_folder(staging)
        folders = {staging}
        for name in bundle.label.files:
            target = staging / name
            if target.parent not in folders:
                durable.make_folder(target.parent)
                folders.add(target.parent)
            durable.write(target, bundle.read(name))
        durable.write(staging / BUNDLE, bundle.label_bytes)
        durable.write(
            staging / INSTALLED, installed_text(bundle.digest, bundle.label_bytes, replaces)
        )
        for folder in folders:
            durable.sync_folder(folder)
        _check_manifest(path, staging, bundle)

    def _switch(self, wanted: str) -> str:
        """Puts the staged set in force under a name that is free."""
        name = wanted
        number = 2
        while (self._sets / name).exists():
            name = f"{wanted}-{number}"
            number += 1
        durable.rename(self._sets / _STAGING, self._sets / name)
        durable.point(self._sets / LINK, name)
        return name

    def _clear(self) -> None:
        """Removes what a power cut left, and every set but the one in force and the one before."""
        for rubbish in self._sets.glob(".old-*"):
            shutil.rmtree(rubbish)
        if (self._sets / _STAGING).exists():
            durable.remove_folder(self._sets / _STAGING)
        try:
            current = current_set(self._sets)
        except ModelError:
            return  # it cannot say which set was before it
        kept = {current.folder.name, current.replaces} if current else set()
        for mark in list(self._sets.glob(f"[!.]*/{INSTALLED}")):
            if mark.parent.name not in kept and not mark.parent.is_symlink():
                durable.remove_folder(mark.parent)

    def _sound_current(self) -> InstalledSet | None:
        """The set in force or, if that is broken or for another gymbox, the one before it."""
        folder = linked_set(self._sets)
        if folder is None:
            return None
        current, _ = self._usable(folder.name)
        if current is None and (name := self._replaced()):
            current, _ = self._usable(name)
        return current

    def _usable(self, name: str) -> tuple[InstalledSet | None, str]:
        """A set, or why it cannot be used."""
        try:
            found = read_set(self._sets / Path(name).name)
            fault = next(found.faults(), "")
        except ModelError as error:
            return None, error.problem
        if not found.label.fits():
            return None, f"the {found.label.misfit}"
        return (None, fault) if fault else (found, "")

    def _replaced(self) -> str:
        """Name of the set before the one in force, "" if there is none or nobody knows."""
        try:
            current = current_set(self._sets)
        except ModelError:
            return ""
        return current.replaces if current else ""

    def _check_room(self, size: int) -> None:
        free = shutil.disk_usage(self._sets).free
        if free < size + SPARE:
            raise DiskError(
                f"only {free >> 20} MB are free in {self._sets}",
                f"the models need {(size + SPARE >> 20) + 1} MB: make room",
            )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keeps other installations out, and puts the system's errors into words."""
        with _explained(self._sets):
            # Root works here in a folder that belongs to the box's user: follow none of its links.
            if self._sets.is_symlink():
                raise GymboxError(f"{self._sets} is a link", "move it away")
            if not self._sets.is_dir():
                self._sets.mkdir(parents=True)
                self._sets.chmod(0o755)
            with os.fdopen(os.open(self._sets / _LOCK, _LOCK_FLAGS, 0o644)) as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise GymboxError(
                        f"another gymbox is changing {self._sets}", "wait until it is done"
                    ) from None
                self._clear()
                yield


def _check_manifest(path: Path, staging: Path, bundle: Bundle) -> None:
    """The manifest names files of the bundle, and tasks that this gymbox has a use for.

    Raises:
        InputError: it does not.
        GymboxError: a task is unknown here.
    """
    try:
        own = read_manifest(staging)
    except ModelError as error:
        raise damaged(path, error.problem) from error
    packaged = read_manifest(models_folder())
    known = {card.task for card in packaged.values()}
    files = {staging / name: content.sha256 for name, content in bundle.label.files.items()}
    if not own:
        raise damaged(path, "there is no model in it")
    for card in own.values():
        if files.get(card.path) != card.sha256:
            raise damaged(path, f"the manifest has another {card.path.name} than the label")
        if card.sample is not None and card.sample not in files:
            raise damaged(path, f"the sample of {card.name} is not in it")
        fits = packaged[card.name].task == card.task if card.name in packaged else True
        if card.task not in known or not fits:
            raise GymboxError(
                f"{path}: this gymbox has no use for {card.name} ({card.task})",
                f"it knows {', '.join(sorted(known))}",
            )


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = f"{folder} cannot be written ({error.strerror or error})"
        if error.errno in _DISK_ERRORS:
            raise DiskError(problem, "free some space on the disk") from error
        advice = "use sudo" if error.errno in _RIGHTS else "look at what stands there"
        raise GymboxError(problem, advice) from error
