"""`python -m tools.convert convert`: a trained model as it comes, made fit for the box."""

import argparse
import hashlib
import shlex
from collections.abc import Sequence
from pathlib import Path

from gymbox.errors import UsageError
from tools.convert.calibration import load_samples
from tools.convert.contracts import CONTRACTS, Contract, Form
from tools.convert.fitting import Job, fit
from tools.convert.output_folder import write_model
from tools.convert.sources.opening import open_source
from tools.convert.sources.source import Hints, Shape

_KINDS = ("int8", "int8-mixed", "int8-weights")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The model, what it is for, and what its file does not say."""
    parser.add_argument(
        "model", type=Path, help=".keras, .h5, SavedModel folder, .pt2, .pt, .pth, .onnx or .tflite"
    )
    parser.add_argument("--task", required=True, choices=sorted(CONTRACTS))
    parser.add_argument(
        "--name",
        help="of the model on the box (default: the task's, by which the box looks for it; with the"
        " features behind it where the box does not make these yet)",
    )
    parser.add_argument("--labels", help="names of the outputs in their order: up,down,neither")
    parser.add_argument(
        "--calibration",
        type=Path,
        metavar="SAMPLES",
        help="folder of pictures, or .npz of windows [n, ...]; with the truth (folders named"
        " after the labels, or an array `truth`) the accuracy is measured too",
    )
    parser.add_argument(
        "--input-range",
        nargs=2,
        type=float,
        metavar=("LOW", "HIGH"),
        help="values of black and white that the model was trained with: 0 1, -1 1 or 0 255",
    )
    parser.add_argument(
        "--input-shape",
        nargs="+",
        type=int,
        metavar="SIZE",
        help="where the file leaves it open: 1 96 96 3, or 1 30 132",
    )
    parser.add_argument("--kind", choices=_KINDS, default="int8", help="(default: %(default)s)")
    parser.add_argument(
        "--keep-float",
        action="append",
        default=[],
        metavar="OP|REGEX",
        help="for int8-mixed: an op (SOFTMAX) or tensors to leave in float; may be repeated",
    )
    parser.add_argument("--builder", metavar="MODULE:FUNCTION", help="makes the network of weights")
    parser.add_argument(
        "--custom", action="append", default=[], metavar="MODULE:CLASS", help="a layer of your own"
    )
    parser.add_argument(
        "--trust", action="store_true", help="run code found in the file: Lambda layers, pickles"
    )
    parser.add_argument(
        "--python", type=Path, help="Python of a venv with the other runtime, to check it there too"
    )
    parser.add_argument(
        "--write-float",
        type=Path,
        metavar="FILE",
        help="write the float32 .tflite too, to compare with; also if the int8 one is refused",
    )
    parser.add_argument("--licence", default="LicenseRef-own", help="(default: %(default)s)")
    parser.add_argument("--source", help="where the weights come from (default: the file)")
    parser.add_argument(
        "--out", type=Path, default=Path("out/models"), help="models folder (default: %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Converts one model; returns the exit code. The folder is left alone unless all is well."""
    contract = CONTRACTS[args.task]
    if args.name:
        _check_name(args.name)
    _check_usage(args)
    labels = _labels(args.labels, contract)
    shape_hint = tuple(args.input_shape) if args.input_shape else None
    hints = Hints(args.builder, tuple(args.custom), args.trust, shape_hint)
    source = open_source(args.model, hints)
    shape = _settled(source.shape, shape_hint)
    form = contract.form(shape)
    # Under the task's name the box would take it in the place of its own, and then refuse it.
    name = args.name or (args.task if form.made else f"{args.task}-{form.features}")
    input_range = _range(form, args.input_range)
    print(f"{args.model}: {source.kind}, takes {list(shape)}")
    samples = None
    if args.calibration is not None:
        samples = load_samples(args.calibration, shape, input_range, labels=labels)
    job = Job(contract, labels, shape, input_range, args.kind, tuple(args.keep_float))
    fitted = fit(source, job, samples, args.python, args.write_float)
    entry = {
        "task": contract.words,
        "input_shape": list(shape),
        "input_range": list(input_range),
        "quantisation": args.kind,
        "labels": list(labels),
        "source": args.source or f"{args.model.name}, sha256 {_digest(args.model)}",
        "licence": args.licence,
        "recipe": _recipe(args),
        "features": form.features,
        "figures": fitted.figures,
    }
    written = write_model(args.out, name, fitted.model, entry)
    for line in fitted.remarks:
        print(line)
    if not form.made:
        print(f"no part of the box makes {form.features} yet: it can keep the model, not use it")
    print(f"{written}: {len(fitted.model)} bytes; package --models {args.out} packs it")
    return 0


def _check_usage(args: argparse.Namespace) -> None:
    if args.kind != "int8-weights" and args.calibration is None:
        raise UsageError(
            f"{args.kind} needs samples to calibrate with",
            "add --calibration FOLDER or FILE.npz, or take --kind int8-weights",
        )
    if args.kind == "int8-mixed" and not args.keep_float:
        raise UsageError("int8-mixed leaves something in float", "say what with --keep-float")
    if args.kind == "int8" and args.keep_float:
        raise UsageError("with layers in float it is not int8", "add --kind int8-mixed")
    if args.input_range and args.input_range[0] >= args.input_range[1]:
        raise UsageError("the input range is the wrong way round", "low first: --input-range 0 1")


def _check_name(name: str) -> None:
    if not name.replace("_", "").replace("-", "").isalnum() or not name.isascii():
        raise UsageError(f"{name!r} is no good name", "letters, digits, - and _: --name my_model")


def _labels(given: str | None, contract: Contract) -> tuple[str, ...]:
    labels = [label.strip() for label in given.split(",")] if given else []
    if not labels and not contract.classifies:
        return ()
    return contract.check_labels(labels)


def _settled(found: Shape | None, hint: tuple[int, ...] | None) -> tuple[int, ...]:
    """The shape of the input, every side of it known.

    Raises:
        UsageError: the file leaves a side open and so does the command line, or they differ.
    """
    shape = found or hint
    if shape is None:
        raise UsageError(
            "the file does not say what the model takes", "add --input-shape 1 96 96 3"
        )
    if hint is not None:
        pairs = list(zip(shape, hint, strict=False))
        if len(shape) != len(hint) or any(side not in (None, asked) for side, asked in pairs):
            raise UsageError(f"the model takes {list(shape)}", "correct --input-shape")
        shape = hint
    if None in shape:
        raise UsageError(
            f"the file leaves the size open: {list(shape)}", "add --input-shape, such as 1 30 132"
        )
    return tuple(int(side) for side in shape if side is not None)


def _range(form: Form, given: Sequence[float] | None) -> tuple[float, float]:
    if given:
        return (given[0], given[1])
    if form.input_range is None:
        raise UsageError(
            "which values had black and white when it was trained?",
            "add --input-range 0 1, -1 1 or 0 255",
        )
    return form.input_range


def _recipe(args: argparse.Namespace) -> str:
    """The command, without the folders of this machine."""
    words = ["python -m tools.convert convert", args.model.name, "--task", args.task]
    words += [
        "--kind",
        args.kind,
        *(f"--keep-float={shlex.quote(entry)}" for entry in args.keep_float),
    ]
    if args.labels:
        words += ["--labels", shlex.quote(args.labels)]
    if args.calibration is not None:
        words += ["--calibration", args.calibration.name]
    return " ".join(words)


def _digest(path: Path) -> str:
    """The sha256 of a file, or of all files of a folder in their order."""
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
