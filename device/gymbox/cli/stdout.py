"""Standard output that somebody may close, fill up or stop to read."""

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path

_REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
"""What the system answers when a stream cannot take any more."""


def say(text: str, *, go_on: bool = False) -> None:
    """Prints a line at once.

    Args:
        text: the line.
        go_on: the work has an end beside these lines, so it goes on, silently, when whoever read
            them has gone.
    """
    try:
        print(text, flush=True)
    except BrokenPipeError:
        if not go_on:
            raise
        silence()


def silence() -> None:
    """Sends what is still to be printed to nowhere, the rest that Python keeps included."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def require() -> None:
    """Lets the first word fail, and say so, where standard output was closed from the start."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 (to the end)


def refused(error: OSError) -> bool:
    """Whether the error is about what was printed, and not a fault of the program."""
    if isinstance(error, io.UnsupportedOperation):
        return sys.stdout is not None and not sys.stdout.writable()
    return error.filename is None and error.errno in _REFUSALS
