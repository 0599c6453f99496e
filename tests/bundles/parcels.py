"""Small bundles to try things with.

models/tiny.tflite is softmax(x W + b) from [1, 4] to [1, 3], models/flex.tflite the determinant of
its four inputs, which only TensorFlow's own kernels have. Both were made by TensorFlow 2.21 with
random weights.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from gymbox import __version__
from gymbox.bundles.label import series
from gymbox.bundles.selftest import Passed
from tools.convert.bundle_file import write_bundle
from tools.convert.manifest_file import manifest_text

MODELS = Path(__file__).parent / "models"
TINY = (MODELS / "tiny.tflite").read_bytes()
CREATED = datetime(2026, 11, 21, 12, tzinfo=UTC)
HERE = (series(__version__),)


def entry(model: bytes = TINY, **changes: object) -> dict[str, object]:
    """An entry of a manifest."""
    return {
        "file": "tiny.tflite",
        "sha256": hashlib.sha256(model).hexdigest(),
        "task": "body landmarks",
        "input_shape": [1, 4],
        "input_range": [-1.0, 1.0],
        "quantisation": "float32",
        "labels": ["up", "down", "neither"],
        "source": "a test",
        "licence": "Apache-2.0",
        "recipe": "none",
    } | changes


def bundle(
    out: Path,
    *,
    name: str = "tiny",
    version: str = "1.0",
    gymbox: tuple[str, ...] = HERE,
    model: bytes = TINY,
    files: Mapping[str, bytes] | None = None,
    **changes: object,
) -> Path:
    """A bundle with one model, without a sample."""
    manifest = manifest_text({name: entry(model, **changes)}).encode()
    content = {"manifest.toml": manifest, "tiny.tflite": model, "NOTICE": b"nobody's"}
    write_bundle(
        out,
        content | dict(files or {}),
        version=version,
        created=CREATED,
        gymbox=gymbox,
        tasks=["body landmarks"],
    )
    return out


def unpacked(path: Path) -> dict[str, bytes]:
    """What is in a zip."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def all_well(folder: Path) -> Passed:
    """Stands in for the self-test."""
    assert (folder / "manifest.toml").is_file()
    return Passed("no runtime", ("tiny",), ())


def tree(folder: Path) -> dict[str, bytes | str]:
    """Everything in a folder but the lock: files with their bytes, links with their targets."""
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if (path.is_symlink() or path.is_file()) and path.name != ".lock"
    }
