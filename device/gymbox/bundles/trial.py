"""Tries the models of a folder in this process: `python -m gymbox.bundles.trial FOLDER`.

Run as a process of its own (see `selftest`), because a wrong model can end the whole interpreter.
Prints one JSON object a line: `{"model": NAME}` before each model and what came of it after.
"""

import json
import sys
from pathlib import Path

import numpy as np

from gymbox.bundles.sample import Sample, furthest, load_sample, run_on
from gymbox.errors import GymboxError, ModelError
from gymbox.inference.manifest import ModelCard, load_manifest
from gymbox.inference.runtime import Network


def main(folder: Path) -> int:
    """Tries every model that a box with this folder would load; the first fault ends it."""
    name = ""
    try:
        for name, card in load_manifest(folder).items():
            _say({"model": name})
            _say(try_model(card))
    except (GymboxError, ValueError, RuntimeError, MemoryError) as error:
        _say({"model": name, "problem": str(error) or type(error).__name__})
        return 1
    return 0


def try_model(card: ModelCard) -> dict[str, str | float]:
    """Runs a model on its sample, or on an empty input where it has none.

    Raises:
        ModelError: it does not run here, or does not give what it should.
    """
    network = Network(card)
    if card.sample is None:
        run_on(network, np.zeros(card.input_shape, np.float32))
        return {"model": card.name, "runtime": network.runtime}
    sample: Sample = load_sample(card.sample)
    off = furthest(network, sample)
    if not off <= sample.tolerance:
        raise ModelError(
            f"{card.name} gives something else on {network.runtime} than where it was packed"
            f" ({off:.2g} off, {sample.tolerance:.2g} is allowed)",
            "it is of no use on this machine",
        )
    return {"model": card.name, "runtime": network.runtime, "off": off}


def _say(report: dict[str, str | float]) -> None:
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()  # or a crash would take it along


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
