"""`python -m tools.convert quantise blazepose`: the pose networks in 8-bit integers."""

import argparse
import hashlib
from pathlib import Path

from gymbox.errors import InputError, ModelError
from gymbox.inference.manifest import find_model
from tools.convert.blazepose.recipe import Recipe, load_recipes
from tools.convert.fetch import ORIGINALS
from tools.convert.manifest_file import update_manifest
from tools.convert.notice import update_notice
from tools.convert.pose_models import LICENCE, NPM, POSE_MODELS, WHEEL, PublishedModel

_ROOT = Path(__file__).resolve().parents[3]
CACHE = _ROOT / ".cache" / "factory" / "blazepose"
_NOTICE = f"""\
pose_detection.tflite, pose_landmark_full.tflite and pose_landmark_lite.tflite
are made from the BlazePose networks of MediaPipe as published in the packages
{WHEEL} (PyPI) and {NPM} (npm).

They were modified by the Gymbox project: most layers compute with 8-bit
integers, and the segmentation mask of the landmark networks was cut off.
docs/models/blazepose.md says how.

Copyright The MediaPipe Authors.
Licensed under the Apache License, Version 2.0 ({LICENCE}); the text stands in
the file LICENSE at the root of this repository.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which networks, and what they are calibrated on."""
    parser.add_argument(
        "--model",
        choices=("lite", "full", "detection"),
        action="append",
        help="one of the networks (default: all three)",
    )
    parser.add_argument(
        "--calibration", type=Path, required=True, metavar="CLIPS", help="folder of real clips"
    )
    parser.add_argument(
        "--csv", type=Path, metavar="TABLE", help="their table (default: CLIPS.csv beside CLIPS)"
    )
    parser.add_argument(
        "--originals",
        type=Path,
        default=ORIGINALS,
        help="folder that `fetch` filled (default: .cache/factory/originals)",
    )
    parser.add_argument(
        "--models", type=Path, default=_ROOT / "models", help="folder to write to (default: models)"
    )
    parser.add_argument(
        "--cache", type=Path, default=CACHE, help="of crops (default: .cache/factory/blazepose)"
    )


def run(args: argparse.Namespace) -> int:
    """Makes the networks and notes them in the manifest; returns the exit code.

    Raises:
        InputError: the clips or their table are missing.
        ModelError: so are the originals.
    """
    from tools.convert.blazepose.inputs import calibration_inputs  # noqa: PLC0415 - needs litert
    from tools.convert.blazepose.make import make, prepare  # noqa: PLC0415

    table = args.csv or args.calibration.with_suffix(".csv")
    if not args.calibration.is_dir():
        raise InputError(f"{args.calibration} is no folder of clips", "check --calibration")
    recipes = load_recipes()
    args.models.mkdir(parents=True, exist_ok=True)
    for model in POSE_MODELS:
        if args.model and model.name.rsplit("_", 1)[1] not in args.model:
            continue
        published = _original(args.originals, model)
        recipe = recipes[model.name]
        inputs = calibration_inputs(
            model, args.calibration, table, cache=args.cache, originals=args.originals
        )
        prepared = prepare(published, recipe, inputs)
        data = make(prepared, recipe.float_layers(prepared.layers))
        (args.models / model.file).write_bytes(data)
        update_manifest(args.models, {model.name: _entry(model, recipe, data)})
        print(f"{model.file}: {len(data):,} bytes, published {len(published):,}")
    update_notice(args.models, _NOTICE)
    return 0


def _original(folder: Path, model: PublishedModel) -> bytes:
    try:
        return find_model(model.name, folder).read()
    except ModelError as error:
        raise ModelError(
            f"the published {model.file} is not in {folder}", "run python -m tools.convert fetch"
        ) from error


def _entry(model: PublishedModel, recipe: Recipe, data: bytes) -> dict[str, object]:
    """The table of the quantised model in the manifest."""
    entry = model.manifest_entry()
    entry["sha256"] = hashlib.sha256(data).hexdigest()
    entry["quantisation"] = "int8-mixed"
    short = model.name.rsplit("_", 1)[1]
    entry["recipe"] = (
        f"python -m tools.convert quantise blazepose --model {short} --calibration CLIPS"
    )
    entry["version"] = "2"
    entry["card"] = "docs/models/blazepose.md"
    entry["figures"] = {"bytes": len(data), **recipe.figures}
    return entry
