"""From trained weights to the file on the box: float32, then int8, and both for each fold."""

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tools.convert.manifest_file import update_manifest
from tools.convert.quantise import quantise
from tools.convert.sequence import recipe
from tools.convert.sequence.labels import LABELS
from tools.convert.sequence.net import Probabilities, SequenceModel
from tools.convert.sequence.recipe import COLUMNS, LENGTH, MEMBERS, SHAPE, Data
from tools.convert.torch_source import to_tflite

FILE = "sequence.tflite"
CALIBRATION = 120
"""Windows that tell the quantiser how large the numbers are."""


def ship(data: Data, args: argparse.Namespace, told: dict[str, Any]) -> Path:
    """Converts all folds and the final model; writes that into the models folder.

    Returns:
        The file that the box loads, or the cache's folder if there is no final model.
    """
    for fold in [*sorted(set(data.fold.values())), None]:
        found = recipe.members(args.cache, fold, told["temperature"])
        if found:
            convert(found, args.cache / recipe.name_of(fold), data)
    final = args.cache / "final.int8.tflite"
    if not final.is_file():
        return Path(args.cache)
    content = final.read_bytes()
    (args.models / FILE).write_bytes(content)
    update_manifest(args.models, {"sequence": _entry(content)})
    return Path(args.models / FILE)


def convert(found: Sequence[SequenceModel], stem: Path, data: Data) -> None:
    """Writes STEM.float.tflite and STEM.int8.tflite, unless they are made of these networks."""
    plain, small = (stem.with_name(f"{stem.name}.{kind}.tflite") for kind in ("float", "int8"))
    made_of, told = _fingerprint(found), stem.with_name(f"{stem.name}.made")
    if told.is_file() and told.read_text("utf-8") == made_of:
        return
    converted = to_tflite(Probabilities(found).eval(), (1, LENGTH, len(COLUMNS)))
    plain.write_bytes(converted)
    parts = [*data.synthetic.values(), data.people["real"]]
    samples = [
        pool.batch(np.linspace(0, len(pool) - 1, CALIBRATION // len(parts)).astype(int), COLUMNS)[0]
        for pool in parts
    ]
    small.write_bytes(
        quantise(converted, np.concatenate(samples)[:, None], "int8", dense="TENSORWISE")
    )
    told.write_text(made_of, encoding="utf-8")


def _fingerprint(found: Sequence[SequenceModel]) -> str:
    """The same for the same weights and temperature."""
    parts = (part.numpy().tobytes() for model in found for part in model.state_dict().values())
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _entry(content: bytes) -> dict[str, object]:
    """Its table in the manifest; figures come with `tools.evaluate sequence`."""
    return {
        "file": FILE,
        "sha256": hashlib.sha256(content).hexdigest(),
        "task": "exercise sequence",
        "input_shape": [1, LENGTH, len(COLUMNS)],
        "input_range": [-1.0, 1.0],
        "quantisation": "int8",
        "labels": list(LABELS),
        "source": "own, trained on landmarks of synthetic athletes and of real clips",
        "licence": "Apache-2.0",
        "recipe": "python -m tools.convert train sequence",
        "version": "1",
        "card": "docs/models/sequence.md",
        "figures": {"bytes": len(content), "multiply_adds": MEMBERS * SHAPE.multiplies},
    }
