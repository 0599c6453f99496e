"""Writes pictures as an H.264 clip with ffmpeg."""

import hashlib
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import GymboxError

QUALITY = 25
"""Constant rate factor of x264; lower is better and larger."""


def write(
    path: Path,
    pictures: Iterable[NDArray[np.uint8]],
    size: tuple[int, int],
    fps: float,
    *,
    quality: int = QUALITY,
    preset: str = "slow",
) -> None:
    """Encodes pictures [h, w, 3] (red, green, blue) as baseline-friendly H.264 in yuv420p.

    One thread and no build string, so that one version of ffmpeg always writes the same bytes.

    Args:
        path: the clip.
        pictures: of it.
        size: width and height of the pictures.
        fps: pictures a second.
        quality: constant rate factor of x264.
        preset: of x264; a quicker one makes larger files.

    Raises:
        GymboxError: ffmpeg is missing or refuses.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise GymboxError("ffmpeg is missing", "sudo apt install ffmpeg")
    command = [program, "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += ["-s", f"{size[0]}x{size[1]}", "-r", str(fps), "-i", "-", "-an", "-threads", "1"]
    command += ["-vf", "scale=out_color_matrix=bt601:out_range=tv"]
    command += ["-c:v", "libx264", "-profile:v", "main", "-preset", preset, "-crf", str(quality)]
    command += ["-pix_fmt", "yuv420p", "-g", str(round(fps * 4)), "-movflags", "+faststart"]
    command += ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603 - fixed command
        pipe, errors = process.stdin, process.stderr
        if pipe is None or errors is None:
            raise GymboxError("ffmpeg has no pipes", "try again")
        try:
            for picture in pictures:
                pipe.write(picture.tobytes())
            pipe.close()
        except BrokenPipeError:
            pass
        said = errors.read().decode(errors="replace").strip()
    if process.returncode:
        raise GymboxError(
            f"ffmpeg failed ({said or process.returncode})", "check the folder and ffmpeg"
        )


def sha256(path: Path) -> str:
    """Checksum of a file, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
