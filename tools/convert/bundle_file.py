"""Writing a bundle: a label, stored files, a seal; read by `gymbox.bundles.archive`."""

import hashlib
import io
import stat
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from gymbox.bundles.archive import SEAL
from gymbox.bundles.label import FORMAT
from gymbox.cli.drafts import replacing
from gymbox.inference.manifest import BUNDLE
from tools.convert.manifest_file import toml_text

_FIRST_YEAR = 1980  # of the calendar of zip
_UNIX = 3


def write_bundle(
    out: Path,
    files: Mapping[str, bytes],
    *,
    version: str,
    created: datetime,
    gymbox: Sequence[str],
    tasks: Sequence[str],
) -> str:
    """Writes a bundle; the same arguments give the same bytes.

    Args:
        out: the zip; it takes its place only when it is whole.
        files: their content by name, at most one folder deep.
        version: of the bundle.
        created: stands on the label, in whole seconds.
        gymbox: the series that it is made for, such as 0.1.
        tasks: what its models do.

    Returns:
        The sha256 of the bundle.

    Raises:
        GymboxError: the file cannot be written.
    """
    label = toml_text(
        {
            "format": FORMAT,
            "version": version,
            "created": created.replace(microsecond=0, tzinfo=None).isoformat() + "Z",
            "gymbox": list(gymbox),
            "tasks": list(tasks),
            "files": {
                name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
                for name, data in sorted(files.items())
            },
        }
    ).encode()
    data = sealed(_zip({BUNDLE: label, **dict(sorted(files.items()))}, created))
    with replacing(out) as draft:
        draft.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def sealed(archive: bytes) -> bytes:
    """A zip whose comment is a seal, with the right seal.

    Args:
        archive: a zip with a comment of the length of a seal.
    """
    body = archive[: -len(_seal(b""))]
    return body + _seal(body)


def _seal(body: bytes) -> bytes:
    return SEAL + hashlib.sha256(body).hexdigest().encode()


def _zip(files: Mapping[str, bytes], created: datetime) -> bytes:
    buffer = io.BytesIO()
    moment = (
        created.timetuple()[:6] if created.year >= _FIRST_YEAR else (_FIRST_YEAR, 1, 1, 0, 0, 0)
    )
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.create_system = _UNIX
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, data)
        archive.comment = _seal(b"")
    return buffer.getvalue()
