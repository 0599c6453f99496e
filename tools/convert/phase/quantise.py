"""`python -m tools.convert quantise phase`: int8, judged beside float, into models/."""

import argparse
from pathlib import Path

from tools.convert.phase.train import FACTORY

MODELS = Path(__file__).resolve().parents[3] / "models"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which training, where the clips are, and where the model goes."""
    parser.add_argument("--data", type=Path, required=True, help="folder with clips and clips.csv")
    parser.add_argument("--cache", type=Path, default=FACTORY, help="folder of the training")
    parser.add_argument("--size", type=int, default=160)
    parser.add_argument("--width", type=float, default=1.0)
    parser.add_argument("--models", type=Path, default=MODELS, help="folder to write to")
    parser.add_argument(
        "--judge-only", action="store_true", help="the networks of the folds, and none to ship"
    )


def run(args: argparse.Namespace) -> int:
    """Quantises the networks of the folds and the one for the box; returns the exit code."""
    from tools.convert.phase import quantising  # noqa: PLC0415 - desktop only, and slow to import

    quantising.quantise_all(
        args.data,
        args.cache,
        size=args.size,
        width=args.width,
        models=None if args.judge_only else args.models,
    )
    return 0
