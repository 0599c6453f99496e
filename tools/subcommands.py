"""A command with sub-commands, each a module of its package.

Every sub-command has `add_arguments(parser)` and `run(args) -> int`. Only the one that is asked for
is imported, because they need different packages.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from gymbox.cli.stdout import silence
from gymbox.errors import GymboxError


def run(package: str, summaries: Mapping[str, str], argv: Sequence[str] | None = None) -> int:
    """Runs one sub-command; returns the exit code.

    Args:
        package: of the modules, such as "tools.convert".
        summaries: what each module does, by its name.
        argv: the arguments, by default those of the process.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog=f"python -m {package}")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, summary in summaries.items():
        command = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
        if arguments[:1] == [name]:
            module = import_module(f"{package}.{name}")
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
