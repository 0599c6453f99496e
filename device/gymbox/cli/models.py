"""`gymbox models`: what is installed, and whether it is what the manifest says."""

import argparse
import json
from typing import Any

from gymbox.errors import ModelError
from gymbox.inference.manifest import ModelCard, load_manifest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    """Prints every model and checks its file; 1 if one is not as it should be."""
    cards = load_manifest(args.settings.models_folder)
    states = {name: _state(card) for name, card in cards.items()}
    if args.json:
        table = {name: _row(card, states[name]) for name, card in cards.items()}
        print(json.dumps(table, indent=2))
    else:
        for name, card in cards.items():
            print(f"{name:<22} {card.quantisation:<12} {card.licence:<12} {states[name]}")
    return 0 if all(state == "ok" for state in states.values()) else 1


def _state(card: ModelCard) -> str:
    try:
        card.read()
    except ModelError as error:
        return str(error)
    return "ok"


def _row(card: ModelCard, state: str) -> dict[str, Any]:
    return {
        "file": str(card.path),
        "sha256": card.sha256,
        "task": card.task,
        "input_shape": card.input_shape,
        "input_range": card.input_range,
        "quantisation": card.quantisation,
        "labels": card.labels,
        "source": card.source,
        "licence": card.licence,
        "recipe": card.recipe,
        "figures": card.figures,
        "state": state,
    }
