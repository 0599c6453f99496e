"""From trained weights to the file on the box: float32, then int8, and both for each fold."""

import argparse
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import torch

from tools.convert.manifest_file import update_manifest
from tools.convert.quantise import quantise
from tools.convert.sequence.labels import LABELS
from tools.convert.sequence.net import Probabilities, SequenceModel
from tools.convert.sequence.recipe import COLUMNS, LENGTH, SHAPE, Data
from tools.convert.torch_source import to_tflite

FILE = "sequence.tflite"
CALIBRATION = 120
"""Windows that tell the quantiser how large the numbers are."""


def ship(data: Data, args: argparse.Namespace, told: dict[str, Any]) -> Path:
    """Converts all folds and the final model; writes that into the models folder.

    Returns:
        The file that the box loads, or the cache's folder if there is no final model.
    """
    numbers = sorted(set(data.fold.values()))
    names = [*(f"fold{number}" for number in numbers), "final"]
    for name in names:
        weights = args.cache / f"{name}.pt"
        if weights.is_file():
            _convert(weights, data, told["temperature"])
    final = args.cache / "final.int8.tflite"
    if not final.is_file():
        return Path(args.cache)
    content = final.read_bytes()
    (args.models / FILE).write_bytes(content)
    update_manifest(args.models, {"sequence": _entry(content)})
    return Path(args.models / FILE)


def _convert(weights: Path, data: Data, temperature: float) -> None:
    """Writes NAME.float.tflite and NAME.int8.tflite beside NAME.pt, unless they are made of it."""
    plain, small = (weights.with_suffix(f".{kind}.tflite") for kind in ("float", "int8"))
    model = SequenceModel(SHAPE)
    model.load_state_dict(torch.load(weights))
    model.calibrate(temperature)
    made_of, told = _fingerprint(model), weights.with_suffix(".made")
    if told.is_file() and told.read_text("utf-8") == made_of:
        return
    converted = to_tflite(Probabilities(model).eval(), (1, LENGTH, len(COLUMNS)))
    plain.write_bytes(converted)
    some = np.linspace(0, len(data.synthetic) - 1, CALIBRATION // 2).astype(int)
    people = np.linspace(0, len(data.mixed) - 1, CALIBRATION // 2).astype(int)
    samples = np.concatenate(
        [data.synthetic.batch(some, COLUMNS)[0], data.mixed.batch(people, COLUMNS)[0]]
    )
    small.write_bytes(quantise(converted, samples[:, None], "int8", dense="TENSORWISE"))
    told.write_text(made_of, encoding="utf-8")


def _fingerprint(model: SequenceModel) -> str:
    """The same for the same weights and temperature."""
    parts = (part.numpy().tobytes() for part in model.state_dict().values())
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
        "figures": {"bytes": len(content), "multiply_adds": SHAPE.multiplies},
    }
