"""A screen that keeps its last picture, in memory and if wanted in a PNG file."""

import os
from pathlib import Path

from PIL import Image

from gymbox.errors import ConfigError, InputError


class PictureScreen:
    """Stands in for a device, in tests and replays.

    Args:
        size: width and height in pixels.
        path: the PNG file to keep up to date; a reader never sees half of it.

    Attributes:
        image: what is shown, None before the first picture.
        draws: how many pictures were shown.

    Raises:
        InputError: the folder of the file is not there.
        ConfigError: the file is a folder.
    """

    def __init__(self, *, size: tuple[int, int] = (128, 64), path: Path | None = None) -> None:
        if path is not None and not path.resolve().parent.is_dir():
            raise InputError(f"there is no folder for screen.path = {path}", "make it first")
        if path is not None and path.is_dir():
            raise ConfigError(f"screen.path = {path} is a folder", "name a PNG file in it")
        self.size = size
        self.image: Image.Image | None = None
        self.draws = 0
        self._path = path

    def show(self, image: Image.Image) -> None:
        """Keep the picture. Raises OSError if its file cannot be written."""
        self.image = image.copy()
        self.draws += 1
        if self._path is not None:
            fresh = self._path.with_name(f".{self._path.name}.new")
            image.save(fresh, format="PNG")
            os.replace(fresh, self._path)  # noqa: PTH105 (replaces atomically, Path.rename too)

    def close(self, *, keep: bool = False) -> None:
        """Nothing to give back; the picture stays."""
