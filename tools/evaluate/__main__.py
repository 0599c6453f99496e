"""The command `python -m tools.evaluate`.

Every sub-command is a module here with `add_arguments(parser)` and `run(args) -> int`; only the one
that is asked for is imported, because they need different packages.
"""

import argparse
import sys
from importlib import import_module

from gymbox.cli.stdout import silence
from gymbox.errors import GymboxError

COMMANDS = {
    "classification": "report on a classifier, from what it said about labelled samples",
    "counts": "count the repetitions of labelled clips and tell how many are right",
    "explain": "show where in a picture a network looks",
    "phase": "tell how often the phase network is right about people it has not seen",
    "pose": "compare the landmarks and the speed with mediapipe",
    "sequence": "recognise exercises, of real people and of synthetic ones",
    "quantised_pose": "compare the quantised pose networks with the published ones",
    "renders": "look at rendered athletes: found, near the truth, counted",
    "spot": "count push-ups and squats by the phase network alone",
}


def main(argv: list[str] | None = None) -> int:
    """Runs one evaluation; returns the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(prog="python -m tools.evaluate")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
        if arguments[:1] == [name]:
            module = import_module(f"tools.evaluate.{name}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
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
