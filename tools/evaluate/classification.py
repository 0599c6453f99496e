"""A report on any classifier, from what it said about labelled samples."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from gymbox.errors import UsageError
from tools.evaluate import pictures
from tools.evaluate.classification_report import write
from tools.evaluate.classification_tables import HEADLINES, reached
from tools.evaluate.predictions import Predictions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("predictions", type=Path, help="the file that was kept (.npz)")
    parser.add_argument("--name", default="model", help="what the model is called beside its twins")
    parser.add_argument(
        "--twin",
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="the same samples as another model sees them, such as int8=int8.npz",
    )
    parser.add_argument("--title", help="of the page; by default the name of the file")
    parser.add_argument("--out", type=Path, help="folder of the report (out/reports/...)")
    parser.add_argument("--over", metavar="A,B,...", help="classes of the macro F1")
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="FIGURE=VALUE",
        help=f"what is asked for, of {', '.join(HEADLINES)}",
    )
    parser.add_argument("--curves", type=Path, help="table of the training (.csv)")
    parser.add_argument(
        "--pictures", type=Path, help="folder of the samples' pictures or clips, to show the worst"
    )
    parser.add_argument(
        "--worst",
        type=Path,
        help="where to put the worst as a picture: real people stay out of the repository"
        " (out/reports/...-worst.png)",
    )


def run(args: argparse.Namespace) -> int:
    """Writes the report; 0 if every target is reached, else 1."""
    predictions = Predictions.load(args.predictions)
    stem = args.predictions.stem
    targets = {name: _number(name, value) for name, value in _pairs(args.target, "--target")}
    over = args.over.split(",") if args.over else None
    page = write(
        predictions,
        args.out or Path("out/reports") / stem,
        args.title or stem.replace("_", " ").capitalize(),
        name=args.name,
        twins={name: Predictions.load(Path(file)) for name, file in _pairs(args.twin, "--twin")},
        over=over,
        targets=targets,
        curves=args.curves,
        picture=pictures.inside(args.pictures) if args.pictures else None,
        worst_picture=args.worst or Path("out/reports") / f"{stem}-worst.png",
        command=_command(args),
    )
    print(page.read_text(encoding="utf-8"))
    return 0 if reached(predictions, targets, over) else 1


def _command(args: argparse.Namespace) -> str:
    """The command without the folders of this machine."""
    words = ["python -m tools.evaluate classification", args.predictions.name]
    words += [f"--twin {name}={Path(file).name}" for name, file in _pairs(args.twin, "--twin")]
    words += [f"--target {target}" for target in args.target]
    return " ".join(words + ([f"--over {args.over}"] if args.over else []))


def _pairs(values: Sequence[str], option: str) -> list[tuple[str, str]]:
    pairs = []
    for value in values:
        name, equals, rest = value.partition("=")
        if not (name and equals and rest):
            raise UsageError(f"{option} {value} has no NAME=VALUE", "write it like that")
        pairs.append((name, rest))
    return pairs


def _number(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise UsageError(f"--target {name}={value} is no number", "give one, as 0.95") from error
