"""The collection on the disk: one folder a take, whole or not there at all.

    collection/
        box                             a random word that tells this box from others
        20261122T014512-squat-a1-3f9c0a71/
            take.json                   who, what, how many: `Take`
            landmarks.npz               the poses: `motion.recording`
            pictures/000123.jpg         by choice: named by the frame

A take is written under a name that begins with a dot and gets its own when all of it is on the
disk.
"""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from gymbox.bundles import durable
from gymbox.collection.take import Take, parse
from gymbox.errors import InputError

FOLDER = "collection"
"""Within the data folder."""
_DRAFT, _RUBBISH, _BOX = ".draft-", ".old-", "box"
LANDMARKS, LABEL, PICTURES = "landmarks.npz", "take.json", "pictures"


class Shelf:
    """The takes of a box, or a copy of them. Every method may raise OSError.

    Args:
        folder: of the takes; made with the first one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def tidy(self) -> None:
        """Takes away what a power cut has left half done."""
        for path in self._entries():
            if path.name.startswith((_DRAFT, _RUBBISH)):
                shutil.rmtree(path)

    def box(self) -> str:
        """The word for this box, made up when it is first asked for."""
        path = self.folder / _BOX
        if not path.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = self.folder / f".{_BOX}"
            draft.unlink(missing_ok=True)
            durable.write(draft, secrets.token_hex(3).encode())
            durable.rename(draft, path)
        return path.read_text("ascii").strip()

    def names(self) -> list[str]:
        """The names of all takes, the oldest first."""
        return sorted(
            path.name for path in self._entries() if not path.name.startswith(".") and path.is_dir()
        )

    def read(self, name: str) -> Take:
        """One take.

        Raises:
            InputError: it is not there, or it is none.
        """
        path = self.folder / name / LABEL
        try:
            return parse(path.read_text("utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path} cannot be read ({error})", "check the name") from error

    def landmarks(self, name: str) -> Path:
        """The file with the poses of a take."""
        return self.folder / name / LANDMARKS

    def pictures(self, name: str) -> list[Path]:
        """The pictures of a take, in their order; each is named by its frame."""
        return sorted((self.folder / name / PICTURES).glob("*.jpg"))

    def size(self, name: str) -> int:
        """Bytes of a take, or of one that is being written."""
        folders = (self.folder / name, self._draft(name))
        return sum(path.stat().st_size for f in folders for path in f.rglob("*") if path.is_file())

    def free(self) -> int:
        """Bytes that the disk has room for."""
        return shutil.disk_usage(self._standing()).free

    def add_picture(self, name: str, frame: int, jpeg: bytes) -> None:
        """Adds a picture to a take that is being recorded."""
        folder = self._draft(name) / PICTURES
        folder.mkdir(parents=True, exist_ok=True)
        durable.write(folder / f"{frame:06d}.jpg", jpeg)

    def drafted(self, name: str) -> int:
        """How many pictures a take that is being recorded has."""
        return len(list((self._draft(name) / PICTURES).glob("*.jpg")))

    def put(self, take: Take, landmarks: bytes) -> None:
        """Puts a take on the shelf, whole; where it is already, nothing happens."""
        if (self.folder / take.name).exists():
            return
        draft = self._draft(take.name)
        draft.mkdir(parents=True, exist_ok=True)
        for path, data in ((LANDMARKS, landmarks), (LABEL, take.as_json().encode())):
            (draft / path).unlink(missing_ok=True)  # of an attempt that the disk did not take
            durable.write(draft / path, data)
        for folder in (draft / PICTURES, draft):
            if folder.is_dir():
                durable.sync_folder(folder)
        durable.rename(draft, self.folder / take.name)

    def relabel(self, take: Take) -> None:
        """Changes what is said about a take."""
        path = self.folder / take.name / LABEL
        draft = path.with_name(f".{LABEL}")
        draft.unlink(missing_ok=True)
        durable.write(draft, take.as_json().encode())
        durable.rename(draft, path)

    def remove(self, name: str) -> None:
        """Takes a take away, or what there is of one that is being recorded."""
        draft = self._draft(name)
        if draft.exists():
            shutil.rmtree(draft)
        if (self.folder / name).exists():
            durable.remove_folder(self.folder / name)

    def _draft(self, name: str) -> Path:
        return self.folder / f"{_DRAFT}{name}"

    def _entries(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from self.folder.iterdir()

    def _standing(self) -> Path:
        """The folder, or the nearest above it that is there."""
        return next(path for path in (self.folder, *self.folder.parents) if path.is_dir())
