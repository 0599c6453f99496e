"""Writing so that a power cut leaves either what was there before or what is there after."""

import os
import shutil
from pathlib import Path


def make_folder(path: Path) -> None:
    """Makes a folder that everybody may read, whatever the umask."""
    path.mkdir()
    path.chmod(0o755)


def write(path: Path, data: bytes) -> None:
    """Writes a new file that everybody may read, and waits until it is on the disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fchmod(file.fileno(), 0o644)
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Waits until the names in a folder are on the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rename(path: Path, target: Path) -> None:
    """Gives a file, folder or link its name, in place of what has that name."""
    path.replace(target)
    sync_folder(target.parent)


def point(link: Path, target: str) -> None:
    """Lets a link point to `target`, in one step."""
    draft = link.with_name(f".{link.name}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    rename(draft, link)


def unlink(path: Path) -> None:
    """Takes a link away."""
    path.unlink()
    sync_folder(path.parent)


def remove_folder(path: Path) -> None:
    """Takes a folder away; half of it never stands under its name."""
    rubbish = path.with_name(f".old-{path.name.lstrip('.')}")
    if rubbish.exists():
        shutil.rmtree(rubbish)
    rename(path, rubbish)
    shutil.rmtree(rubbish)
