"""The command `gymbox`: one sub-command a module of `gymbox.cli`.

Only the module of the chosen command is imported: start-up time is a promise of the box.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from gymbox import __version__
from gymbox.cli import stdout
from gymbox.errors import GymboxError, UsageError

COMMANDS = {
    "run": "the daemon: watch, count, show, keep the log",
    "demo": "the daemon on the bundled clip, the screen drawn in the terminal",
    "replay": "the same pipeline on a recording",
    "bench": "how long each step takes",
    "doctor": "what is wrong with this box, and what to do",
    "exercises": "the exercises: teach from a recording, rename, export, import",
    "models": "the installed models; install, verify or roll back a bundle",
    "history": "what was trained",
    "export": "the training log as CSV or JSON",
    "collection": "examples recorded in collect mode: list, label, export, remove",
    "config": "the settings in force and where they come from",
}


class _Parser(argparse.ArgumentParser):
    """argparse with one line for a wrong command line."""

    def error(self, message: str) -> None:  # type: ignore[override]  # it never returns
        raise UsageError(message.replace("argument command: ", ""), f"see `{self.prog} --help`")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command line as a namespace with the function `run` of the chosen command."""
    parser = _Parser(prog="gymbox", description="A gym box that counts repetitions.")
    parser.add_argument("--version", action="version", version=f"gymbox {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = next((word for word in argv if word in COMMANDS), None)
    for name, help_text in COMMANDS.items():
        command = commands.add_parser(name, help=help_text, description=f"{help_text}.")
        command.add_argument("--config", type=Path, metavar="FILE", help="the settings file")
        command.add_argument(
            "--set",
            dest="changes",
            metavar="SECTION.KEY=VALUE",
            action="append",
            default=[],
            help="a setting, over the file's",
        )
        if name == chosen:
            module = import_module(f"gymbox.cli.{name}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line; the exit codes are those of `errors`."""
    from gymbox.config import load  # noqa: PLC0415 (not needed for --help)

    stdout.require()
    try:
        args = parse(sys.argv[1:] if argv is None else argv)
        args.settings = load(args.config, args.changes)
        args.data = args.settings.data_folder
        code = int(args.run(args))
        sys.stdout.flush()
    except GymboxError as error:
        print(f"gymbox: {error}", file=sys.stderr)  # noqa: T201 (the one line of an error)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        stdout.silence()  # whoever read our output has gone, as `gymbox history | head` does
        return 0
    except OSError as error:
        return _untold(error) if stdout.refused(error) else _unforeseen(error)
    except Exception as error:  # noqa: BLE001 (a traceback shown to a user is a bug)
        return _unforeseen(error)
    return code


def _untold(error: OSError) -> int:
    """One line for an output that takes no more: a full disk, or closed from the start."""
    stdout.silence()
    problem = f"the output cannot be written ({error.strerror or error})"
    print(f"gymbox: {problem}: send it elsewhere", file=sys.stderr)  # noqa: T201 (as in main)
    return 1


def _unforeseen(error: Exception) -> int:
    """One line for a fault of ours; where it happened goes to the journal, or where asked for."""
    import logging  # noqa: PLC0415 (only when something is wrong)

    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_globals.get('__name__')}:{place.tb_lineno}" if place else "?"
    details = "NOTIFY_SOCKET" in os.environ or "GYMBOX_TRACEBACK" in os.environ
    logging.getLogger("gymbox").critical(
        "%s in %s (%s): please report it; GYMBOX_TRACEBACK=1 shows more",
        type(error).__name__,
        where,
        error,
        exc_info=error if details else None,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
