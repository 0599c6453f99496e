"""Command line: python -m tools.synth demo --out FOLDER."""

import argparse
import sys
from pathlib import Path

from gymbox.errors import GymboxError
from tools.synth import demo


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; returns the exit code of the design."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.synth", description="Synthetic athletes."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("demo", help="make the bundled demo clip and its labels")
    one.add_argument(
        "--out", type=Path, default=Path("device/gymbox/demo"), help="folder to write to"
    )
    one.add_argument("--recipe", type=Path, default=demo.RECIPE, help="script of the clip (TOML)")
    options = parser.parse_args(arguments)
    try:
        print(demo.make(options.out, options.recipe))
    except GymboxError as error:
        print(f"synth: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
