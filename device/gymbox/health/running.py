"""Whether a box is running here, so that the doctor keeps its hands off the parts in use.

The daemon holds a name among Linux's abstract sockets: that needs no folder and no permission,
works without systemd, and is given back the moment the process ends, however it ends.
"""

import socket
from contextlib import suppress
from hashlib import sha256
from pathlib import Path


class Mark:
    """The sign of a running box, one a data folder.

    Args:
        folder: of the training log.
    """

    def __init__(self, folder: Path) -> None:
        self._name = "\0gymbox-" + sha256(bytes(folder.absolute())).hexdigest()
        self._socket: socket.socket | None = None

    def hold(self) -> None:
        """Puts up the sign until the process ends; where one is up already it stays."""
        if self._socket is None:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            with suppress(OSError):
                self._socket.bind(self._name)

    def seen(self) -> bool:
        """Whether some process holds it up."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as caller:
            return caller.connect_ex(self._name) == 0

    def drop(self) -> None:
        """Takes the sign down."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
