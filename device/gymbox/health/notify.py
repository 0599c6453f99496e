"""What systemd is told: ready, alive, the status line, stopping.

The protocol of sd_notify(3), through systemd-python; silent where systemd did not ask for it.
"""

import os
from collections.abc import Callable

from gymbox.errors import ConfigError

Notify = Callable[[str], None]


def notifier() -> Notify:
    """A function that sends such a text as "READY=1" to systemd.

    Raises:
        ConfigError: systemd waits for it, and systemd-python is not there.
    """
    if "NOTIFY_SOCKET" not in os.environ:
        return lambda _text: None
    try:
        from systemd.daemon import notify  # noqa: PLC0415 (only there under systemd)
    except ImportError as error:
        raise ConfigError(
            "systemd-python is missing", "sudo apt install python3-systemd, or run setup.sh install"
        ) from error
    return lambda text: notify(text) and None
