"""`python -m tools.convert train sequence`: the recipe of the sequence net.

First on synthetic athletes alone, then with real people among them: five times without a fifth of
the scenes, to judge the recipe by people it has not seen, and once with all of them, to ship.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from tools.convert.sequence import sources

MODELS = Path(__file__).resolve().parents[3] / "models"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data are, and where the model goes."""
    sources.add_arguments(parser)
    parser.add_argument("--models", type=Path, default=MODELS, help="folder of the manifest")
    parser.add_argument("--seed", type=int, default=20261121, help="of weights and batches")
    parser.add_argument(
        "--only-folds", action="store_true", help="judge the recipe, make no model to ship"
    )


def run(args: argparse.Namespace) -> int:
    """Trains what is not yet in the cache; returns the exit code."""
    from tools.convert.sequence import recipe, ship  # noqa: PLC0415 - torch is slow to import

    data = recipe.gather(args)
    numbers: list[int | None] = sorted(set(data.fold.values()))
    for member in range(recipe.MEMBERS):
        base = recipe.pretrain(data, args, member)
        for fold in numbers if args.only_folds else [*numbers, None]:
            recipe.finetune(data, base, args, member, fold)
    told: dict[str, Any] = recipe.judged(data, args)
    (args.cache / "folds.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    print(f"out of fold: {told['windows']:.1%} of windows right, temperature {told['temperature']}")
    print(ship.ship(data, args, told))
    return 0
