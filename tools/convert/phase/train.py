"""`python -m tools.convert train phase`: five networks to judge by, and the one that is shipped.

What is done is kept under the cache and not done again, so a run that was cut off goes on.
"""

import argparse
from pathlib import Path

FACTORY = Path(__file__).resolve().parents[3] / ".cache" / "factory"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the pictures are, and which network to train."""
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with clips and photographs"
    )
    parser.add_argument("--landmarks", type=Path, required=True, help="cache of poses in the clips")
    parser.add_argument(
        "--renders", type=Path, nargs="*", default=(), metavar="SET", help="made by tools.synth"
    )
    parser.add_argument(
        "--stills", type=Path, nargs="*", default=(), metavar="SET", help="made by tools.synth"
    )
    parser.add_argument(
        "--collected",
        type=Path,
        nargs="*",
        default=(),
        metavar="DIR",
        help="collections with pictures that boxes have recorded, see docs/collecting.md",
    )
    parser.add_argument("--cache", type=Path, default=FACTORY, help="folder for all work files")
    parser.add_argument("--size", type=int, default=160, help="of the input, pixels")
    parser.add_argument("--width", type=float, default=1.0, help="of the network")
    parser.add_argument("--steps", type=int, help="if not those of the recipe")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--folds", type=int, nargs="*", metavar="K", help="only these, and none to ship"
    )
    parser.add_argument("--threads", type=int, default=2)


def run(args: argparse.Namespace) -> int:
    """Trains what is not trained yet; returns the exit code."""
    # Desktop only, and slow to import.
    import torch  # noqa: PLC0415

    from tools.convert.phase import training  # noqa: PLC0415
    from tools.convert.phase.material import Sources  # noqa: PLC0415

    torch.set_num_threads(args.threads)
    sources = Sources(
        args.data, args.landmarks, tuple(args.renders), tuple(args.stills), tuple(args.collected)
    )
    plan = training.Plan(
        sources, args.cache, size=args.size, width=args.width, seed=args.seed, steps=args.steps
    )
    training.train(plan, args.folds)
    return 0
