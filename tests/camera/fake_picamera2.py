"""A stand-in for picamera2 and libcamera that behaves as 0.3.31 does, as far as the box uses it.

A request holds its buffer until it is released; with all buffers held no frame comes. Waiting too
long raises TimeoutError. A camera that is missing is an IndexError, any other trouble a
RuntimeError. After the camera is lost, `stop` never returns.
"""

import threading
import time
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

SCENE = {"red": 10, "green": 20, "blue": 30}
ARGUMENTS = {
    "main",
    "lores",
    "raw",
    "transform",
    "colour_space",
    "buffer_count",
    "controls",
    "display",
    "encode",
    "queue",
}
ORDER = {"RGB888": ("blue", "green", "red"), "BGR888": ("red", "green", "blue")}


@dataclass
class World:
    """What the test decides about the cameras, and what it may look at."""

    cameras: int = 1
    busy: bool = False
    lost: bool = False
    stamp_ns: Callable[[], int | None] | None = None
    sensor_resolution: tuple[int, int] = (3280, 2464)
    open: int = 0
    controls: dict[str, Any] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)
    held: int = 0
    broken_metadata: bool = False
    never: threading.Event = field(default_factory=threading.Event)


@dataclass
class Transform:
    hflip: bool = False
    vflip: bool = False


class Request:
    def __init__(self, world: World, config: dict[str, Any]) -> None:
        self._world = world
        self._config = config
        self._released = False
        world.held += 1

    def make_array(self, name: str) -> np.ndarray:
        assert not self._released
        stream = self._config[name]
        width, height = stream["size"]
        pixel = [SCENE[colour] for colour in ORDER[stream["format"]]]
        return np.tile(np.array(pixel, np.uint8), (height, width, 1))

    def get_metadata(self) -> dict[str, Any]:
        assert not self._released
        if self._world.broken_metadata:
            raise RuntimeError("no metadata")
        stamp = self._world.stamp_ns() if self._world.stamp_ns else time.monotonic_ns()
        return {"ExposureTime": 10000} | ({} if stamp is None else {"SensorTimestamp": stamp})

    def release(self) -> None:
        assert not self._released, "released twice"
        self._released = True
        self._world.held -= 1


class Picamera2:
    world: World  # of the subclass that a test makes

    def __init__(self, camera_num: int = 0) -> None:
        if camera_num >= self.world.cameras:
            raise IndexError("list index out of range")
        if self.world.busy or self.world.open:
            raise RuntimeError("Failed to acquire camera: Device or resource busy")
        self.world.open += 1
        self.sensor_resolution = self.world.sensor_resolution
        self.started = False

    def create_video_configuration(self, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 (as there)
        assert set(arguments) <= ARGUMENTS
        assert set(arguments["main"]) <= {"format", "size"}
        assert set(arguments["raw"]) <= {"format", "size"}
        return {"lores": None, "colour_space": None, **arguments}

    def configure(self, config: dict[str, Any]) -> None:
        for stream in ("main", "raw"):
            if config[stream]["size"][0] % 2 or config[stream]["size"][1] % 2:
                raise RuntimeError("width and height should be even")
        self.world.config = config

    def start(self, *, show_preview: bool | None = False) -> None:
        assert show_preview is False  # None would leave nobody to drive the camera
        self.started = True

    def capture_request(self, wait: float | None = None) -> Request:
        assert self.started
        if self.world.lost or self.world.held >= self.world.config["buffer_count"]:
            assert wait is not None, "would wait for ever"
            time.sleep(min(wait, 0.01))
            raise TimeoutError
        return Request(self.world, self.world.config)

    def stop(self) -> None:
        if self.world.lost:
            self.world.never.wait()
        self.started = False

    def close(self) -> None:
        self.world.open -= 1


def modules(world: World) -> dict[str, types.ModuleType]:
    """The two modules, to be put into sys.modules."""
    libcamera = types.ModuleType("libcamera")
    picamera2 = types.ModuleType("picamera2")
    vars(libcamera)["Transform"] = Transform
    vars(picamera2)["Picamera2"] = type("Picamera2", (Picamera2,), {"world": world})
    return {"libcamera": libcamera, "picamera2": picamera2}
