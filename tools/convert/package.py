"""`python -m tools.convert package`: packs models into a bundle that a box installs.

A bundle (docs/bundles.md) holds the models, their entries of the manifest, for each a sample with
the expected results, model cards and data sheets, the notice and the licence. Nothing is packed
that the box should not get: see `_refuse`.
"""

import argparse
import os
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from gymbox import __version__
from gymbox.bundles.label import is_version, series
from gymbox.bundles.store import Store
from gymbox.errors import GymboxError, InputError, UsageError
from gymbox.inference.manifest import ModelCard, read_manifest
from tools.convert.bundle_file import write_bundle
from tools.convert.manifest_file import manifest_text, read_entries
from tools.convert.operators import custom_operators
from tools.convert.samples import make_sample, sample_bytes

ROOT = Path(__file__).resolve().parents[2]
MOST_LOST = 0.01
"""How much accuracy a model may lose when it is quantised."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which models, as what version, where to."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="models (default: all)")
    parser.add_argument("--out", type=Path, help="default: gymbox-models-VERSION.zip")
    parser.add_argument(
        "--models", type=Path, default=ROOT / "models", help="folder to take them from"
    )
    parser.add_argument("--version", default=__version__, help="of the bundle (%(default)s)")
    parser.add_argument(
        "--for",
        dest="gymbox",
        action="append",
        metavar="SERIES",
        help=f"series of gymbox that it is made for, more than once if need be"
        f" (default: {series(__version__)})",
    )
    parser.add_argument(
        "--created",
        type=_moment,
        metavar="TIME",
        help="such as 2026-11-21T12:00 (UTC); default: SOURCE_DATE_EPOCH, else now",
    )


def run(args: argparse.Namespace) -> int:
    """Packs a bundle and proves that a box takes it; returns the exit code."""
    if not is_version(args.version):
        raise UsageError(f"{args.version!r} is no version", "such as 1.2 or 2026.11")
    out = args.out or Path(f"gymbox-models-{args.version}.zip")
    gymbox = tuple(dict.fromkeys(args.gymbox or [series(__version__)]))
    created = args.created or _created()
    digest = pack(
        args.models, args.names, out, version=args.version, created=created, gymbox=gymbox
    )
    print(f"{out}: {out.stat().st_size} bytes, sha256 {digest}")
    if series(__version__) in gymbox:
        prove(out)
        print("installed into an empty folder, self-test passed")
    else:
        print(f"not tried: it is not made for this gymbox, {__version__}")
    return 0


def pack(
    folder: Path,
    names: Sequence[str],
    out: Path,
    *,
    version: str,
    created: datetime,
    gymbox: Sequence[str] = (series(__version__),),
) -> str:
    """Writes a bundle; the same input gives the same bytes on the same machine.

    Args:
        folder: the models folder.
        names: which models; none means all.
        out: the zip to write.
        version: of the bundle.
        created: stands on its label.
        gymbox: the series that it is made for.

    Returns:
        The sha256 of the bundle.

    Raises:
        InputError: there is no manifest, or a file that it names is missing.
        UsageError: the manifest does not have a model.
        GymboxError: a model may not be packed.
    """
    try:
        entries, cards = read_entries(folder), read_manifest(folder)
    except (OSError, ValueError) as error:
        raise InputError(f"{folder} has no good manifest ({error})", "check --models") from error
    chosen = {name: _entry(name, entries) for name in names or sorted(entries)}
    files: dict[str, bytes] = {}
    for name, entry in chosen.items():
        card = cards[name]
        model = _refuse(card)
        files[card.path.name] = model
        entry["file"] = card.path.name
        entry["sample"] = f"samples/{name}.npz"
        files[f"samples/{name}.npz"] = sample_bytes(make_sample(card))
        for key, inside in (("card", "cards"), ("data_sheet", "data_sheets")):
            if entry.get(key):
                page = _page(folder, str(entry[key]), name)
                entry[key] = f"{inside}/{name}{page.suffix}"
                files[entry[key]] = page.read_bytes()
    files["manifest.toml"] = manifest_text(chosen).encode()
    files["NOTICE"] = _read(folder / "NOTICE", "it says whose work the models are")
    files["LICENSE"] = _read(ROOT / "LICENSE", "it is the licence of gymbox")
    tasks = sorted({cards[name].task for name in chosen})
    return write_bundle(out, files, version=version, created=created, gymbox=gymbox, tasks=tasks)


def prove(bundle: Path) -> None:
    """Installs a bundle as a box does, into a folder that is thrown away.

    Raises:
        GymboxError: a box would refuse it.
    """
    with tempfile.TemporaryDirectory() as data:
        Store(Path(data)).install(bundle)


def _refuse(card: ModelCard) -> bytes:
    """The bytes of a model that may be packed.

    Raises:
        ModelError: the file is not the one in the manifest.
        GymboxError: it has no licence or source, needs custom operators, or lost too much accuracy
            when it was quantised.
    """
    if not card.licence.strip() or not card.source.strip():
        raise GymboxError(
            f"{card.name} has no {'source' if card.licence.strip() else 'licence'}",
            "nobody may pass it on: fill in its entry in manifest.toml",
        )
    before, after = card.figures.get("accuracy_float"), card.figures.get("accuracy_int8")
    if before is not None and after is not None:
        lost = float(before) - float(after)
        if lost > MOST_LOST + 1e-9:
            raise GymboxError(
                f"{card.name} is right in {float(after):.1%}, {100 * lost:.1f} points less than"
                f" the float model ({float(before):.1%})",
                "quantise it with more calibration data, or leave its sensitive layers in float",
            )
    model = card.read()
    try:
        custom = custom_operators(model)
    except ValueError as error:
        raise InputError(f"{card.path} cannot be read ({error})", "convert it anew") from error
    if custom:
        raise GymboxError(
            f"{card.name} needs operators that the box does not have: {', '.join(custom)}",
            "convert it with built-in operators only",
        )
    return model


def _entry(name: str, entries: Mapping[str, dict[str, object]]) -> dict[str, object]:
    if name not in entries:
        raise UsageError(f"there is no model {name}", f"there are {', '.join(sorted(entries))}")
    return dict(entries[name])


def _page(folder: Path, named: str, name: str) -> Path:
    """A model card or data sheet; its path counts from above the models folder or the checkout."""
    for above in (folder.absolute().parent, ROOT):
        if (above / named).is_file():
            return above / named
    raise InputError(f"{named}, of {name}, is not there", "write it, or correct the manifest")


def _read(path: Path, what_for: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})", what_for) from error


def _created() -> datetime:
    """The moment that the environment names for reproducible builds, else now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}", "it is a number of seconds since 1970"
        ) from error


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no time such as 2026-11-21T12:00") from None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
