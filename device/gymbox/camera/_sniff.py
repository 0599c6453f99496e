"""Is this file a clip at all? Asked before FFmpeg, which opens nearly anything.

FFmpeg renders a text file as a video of its letters and a photograph as a clip of one frame, and
says the same of a missing file as of a broken one.
"""

from pathlib import Path

from gymbox.errors import InputError

_PICTURES = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
_MOTION_JPEG = {".mjpeg", ".mjpg"}
_HEAD = 4096


def check_clip_file(path: Path) -> None:
    """Passes a file that may be a clip.

    Raises:
        InputError: it is missing, a folder, unreadable, empty, text or a still picture.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        raise InputError(f"{path} is not there", "check the path") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder", "name a clip in it") from None
    except PermissionError:
        raise InputError(f"{path} may not be read", "check its permissions") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read ({error})", "check the path") from None
    if not head:
        raise InputError(f"{path} is empty", "record or copy the clip again")
    if kind := _picture(head, path.suffix.lower()):
        raise InputError(f"{path} is a picture ({kind}), not a clip", "use a video, such as .mp4")
    if _is_text(head):
        raise InputError(f"{path} is text, not a video", "use a video, such as .mp4")


def _picture(head: bytes, suffix: str) -> str | None:
    if suffix in _MOTION_JPEG:
        return None
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    return next((kind for magic, kind in _PICTURES.items() if head.startswith(magic)), None)


def _is_text(head: bytes) -> bool:
    """Every container has zero bytes or other control characters in its first kilobytes."""
    control = set(range(32)) - set(b"\t\n\r\f\x1b")
    return control.isdisjoint(head)
