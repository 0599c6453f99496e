"""`gymbox config`: the settings in force and where each comes from."""

import argparse
import json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    """Prints the settings, those that were changed with their origin."""
    settings = list(args.settings.items())
    if args.json:
        table = {name: {"value": s.value, "origin": s.origin} for name, s in settings}
        print(json.dumps(table, indent=2))
        return 0
    width = max(len(name) for name, _ in settings)
    for name, setting in settings:
        print(f"{name:<{width}} = {json.dumps(setting.value):<24} # {setting.origin}")
    return 0
