"""Files that take their place only when they are whole."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gymbox.errors import GymboxError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A draft beside `path`, of the same ending, that takes its place when all went well.

    Until then, and for good if anything fails, what stands at `path` is left as it is.

    Raises:
        GymboxError: the draft cannot be made or put in its place, or `path` is no ordinary file.
    """
    if path.exists() and not path.is_file():
        raise GymboxError(f"{path} is no ordinary file", "name a file to write")
    target = path.resolve()  # a link stays a link
    with explained(path):
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.stem}.", suffix=target.suffix
        )
    draft = Path(name)
    try:
        os.close(handle)
        yield draft
        with explained(path):
            with draft.open("rb") as file:
                os.fsync(file.fileno())
            draft.chmod(0o666 & ~_umask())
            draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Puts the system's errors about writing `path` into words.

    Raises:
        GymboxError: instead of any `OSError`.
    """
    try:
        yield
    except OSError as error:
        raise GymboxError(
            f"{path} cannot be written ({error.strerror})", "choose another place for it"
        ) from error


def _umask() -> int:
    """What new files of this user are not allowed; reading it means setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
