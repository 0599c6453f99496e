"""`python -m tools.convert quantise FILE.tflite`: any float model made smaller."""

import argparse
from pathlib import Path

from gymbox.errors import InputError, UsageError
from tools.convert.calibration import load_samples
from tools.convert.output_folder import write_whole
from tools.convert.quantise import quantise
from tools.convert.tflite_file import contents, plain


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What with, how, where to."""
    parser.add_argument("--calibration", type=Path, help="folder of pictures, or .npz of windows")
    parser.add_argument("--input-range", nargs=2, type=float, metavar=("LOW", "HIGH"))
    parser.add_argument("--kind", choices=("int8", "int8-mixed", "int8-weights"), default="int8")
    parser.add_argument(
        "--keep-float", action="append", default=[], metavar="OP|REGEX", help="left in float"
    )
    parser.add_argument("--out", type=Path, required=True, help=".tflite file to write")


def run(args: argparse.Namespace) -> int:
    """Quantises one file; returns the exit code."""
    path = Path(args.what)
    try:
        model = plain(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})", "check the path") from error
    inputs = contents(model).inputs
    if len(inputs) != 1:
        raise UsageError(f"{path} has {len(inputs)} inputs", "it should have one")
    samples = []
    if args.kind != "int8-weights":
        if args.calibration is None:
            raise UsageError(f"{args.kind} needs samples", "add --calibration FOLDER or FILE.npz")
        if args.calibration.is_dir() and not args.input_range:
            raise UsageError("which values have black and white?", "add --input-range -1 1")
        low, high = args.input_range or (0.0, 1.0)
        samples = list(load_samples(args.calibration, inputs[0], (low, high)).inputs)
    if args.kind != "int8-weights" and (args.kind == "int8-mixed") != bool(args.keep_float):
        raise UsageError(
            f"{args.kind} with {len(args.keep_float)} --keep-float", "int8-mixed goes with them"
        )
    quantised = quantise(model, samples, args.kind, args.keep_float)
    write_whole(args.out, quantised)
    print(f"{args.out}: {len(model)} -> {len(quantised)} bytes")
    return 0
