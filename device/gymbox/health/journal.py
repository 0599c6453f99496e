"""The journal: one record an event, with structured fields under systemd.

`journalctl -u gymbox -o json` then has GYMBOX_EVENT, GYMBOX_EXERCISE, GYMBOX_REP and so on; without
systemd the same lines go to standard error.
"""

import logging
import os

from gymbox.errors import ConfigError
from gymbox.events import Event

LOGGER = logging.getLogger("gymbox")


def start(level: int = logging.INFO) -> None:
    """Sends log records to the journal under systemd, to standard error elsewhere.

    Raises:
        ConfigError: systemd started the program, and systemd-python is not there.
    """
    LOGGER.setLevel(level)
    LOGGER.propagate = False
    if "JOURNAL_STREAM" in os.environ and "INVOCATION_ID" in os.environ:
        LOGGER.handlers = [_journal_handler()]
    else:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("gymbox: %(message)s"))
        LOGGER.handlers = [handler]


def record(event: Event) -> None:
    """Writes an event as one record."""
    fields = event.as_dict()
    text = " ".join(f"{key}={value}" for key, value in fields.items())
    extra = {f"GYMBOX_{key.upper()}": str(value) for key, value in fields.items()}
    LOGGER.info(text, extra=extra)


def _journal_handler() -> logging.Handler:
    try:
        from systemd.journal import JournalHandler  # noqa: PLC0415 (only there under systemd)
    except ImportError as error:
        raise ConfigError(
            "systemd-python is missing", "sudo apt install python3-systemd, or run setup.sh install"
        ) from error
    handler: logging.Handler = JournalHandler(SYSLOG_IDENTIFIER="gymbox")
    return handler
