"""The /dev/video nodes, and which of them can be a camera.

A Raspberry Pi has a dozen video nodes without any camera: the inlets and outlets of its image
processor and codecs. Reading from one blocks or disturbs libcamera, so they are told by the name
that the kernel gives them.
"""

import os
from pathlib import Path

from gymbox.errors import CameraError

NODES = Path("/sys/class/video4linux")
"""Where Linux names the video nodes."""

_INNER_NODES = (
    "bcm2835-codec",
    "bcm2835-isp",
    "pispbe",
    "rp1-cfe",
    "rpi-hevc-dec",
    "rpivid",
    "unicam",
)


def check_node(device: Path, nodes: Path = NODES) -> None:
    """Passes a node that may be opened as a camera.

    Raises:
        CameraError: it is missing, may not be used, or is a part of the Pi's own image processor.
    """
    name = node_name(device.resolve().name, nodes)
    if name.startswith(_INNER_NODES):
        raise CameraError(
            f"{device} is {name}, a part of the Pi's image processor",
            "set camera.kind to picamera2 for a ribbon camera, or choose a USB one"
            f" (found: {', '.join(usable_nodes(nodes)) or 'no camera'})",
        )
    try:
        os.close(os.open(device, os.O_RDWR | os.O_NONBLOCK))
    except PermissionError:
        raise CameraError(
            f"{device} may not be used", "add the user to the group video, then log in again"
        ) from None
    except OSError as error:
        raise CameraError(
            f"{device} is not there ({os.strerror(error.errno or 0)})",
            "plug the camera in or set camera.device"
            f" (found: {', '.join(usable_nodes(nodes)) or 'no camera'})",
        ) from None


def usable_nodes(nodes: Path = NODES) -> list[str]:
    """The nodes that may be cameras, by number, such as "/dev/video0 (HD Webcam)"."""
    found = sorted(nodes.glob("video*"), key=lambda node: (len(node.name), node.name))
    names = [(node.name, node_name(node.name, nodes)) for node in found]
    return [f"/dev/{node} ({name})" for node, name in names if not name.startswith(_INNER_NODES)]


def node_name(node: str, nodes: Path = NODES) -> str:
    """What the kernel calls the node, such as "HD Webcam"; "" when it does not say."""
    try:
        return (nodes / node / "name").read_text(errors="replace").strip()
    except OSError:
        return ""
