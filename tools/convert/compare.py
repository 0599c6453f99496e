"""`python -m tools.convert compare`: a float model beside its quantised twin."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from gymbox.errors import InputError, UsageError
from tools.convert.agreement import Agreement, accuracy, agreement, gate, gate_agreement, recalls
from tools.convert.calibration import Samples, load_samples
from tools.convert.layers import compare_layers
from tools.convert.other_runtime import Answers, answers_here, answers_of
from tools.convert.tflite_file import contents

__all__ = ["add_arguments", "gate", "gate_agreement", "run"]

_WORST = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two files, what to run them on, and where."""
    parser.add_argument("float_model", type=Path, metavar="FLOAT.tflite")
    parser.add_argument("quantised", type=Path, metavar="QUANTISED.tflite")
    parser.add_argument(
        "--samples", type=Path, required=True, help="folder of pictures, or .npz of windows"
    )
    parser.add_argument("--labels", help="names of the outputs in their order")
    parser.add_argument("--input-range", nargs=2, type=float, metavar=("LOW", "HIGH"))
    parser.add_argument("--most", type=int, default=300, help="samples at most (%(default)s)")
    parser.add_argument("--python", type=Path, help="Python of a venv with the other runtime")
    parser.add_argument("--layers", action="store_true", help="the noisiest operators too")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    """Compares; returns 0, or raises where the quantised model is more than a point worse."""
    models = [_read(args.float_model), _read(args.quantised)]
    (shape,), *others = (contents(model).inputs for model in models)
    if others != [(shape,)]:
        raise UsageError("the two models take different inputs", "give a model and its own twin")
    labels = tuple(args.labels.split(",")) if args.labels else ()
    samples = load_samples(
        args.samples, shape, _range(args.input_range, args.samples), labels=labels, most=args.most
    )
    here = answers_here(models, samples.inputs)
    places = [here]
    if args.python is not None:
        places.append(answers_of(args.python, models, samples.inputs))
    report: dict[str, object] = {
        "samples": len(samples),
        "bytes": [len(model) for model in models],
        "runtimes": [_figures(place, samples, labels) for place in places],
    }
    if len(places) > 1:
        pairs = zip(here.outputs[1], places[1].outputs[1], strict=True)
        report["quantised_between_runtimes"] = [asdict(agreement(*pair)) for pair in pairs]
    if args.layers:
        found = compare_layers(models[0], models[1], samples.inputs)
        report["layers"] = [asdict(layer) for layer in found]
    print(json.dumps(report) if args.json else _text(report))
    for place in places:
        _judge(place, samples)
    return 0


def _judge(place: Answers, samples: Samples) -> None:
    """Refuses a quantised classifier that has lost too much.

    Raises:
        WorseError: it has.
    """
    before, after = (outputs[0] for outputs in place.outputs)
    if before.ndim != 2 or before.shape[1] < 2:  # noqa: PLR2004 - [n, classes]
        return
    if samples.truth is None:
        gate_agreement(agreement(before, after).same_answer)
    else:
        gate(accuracy(before, samples.truth), accuracy(after, samples.truth))


def _figures(place: Answers, samples: Samples, labels: tuple[str, ...]) -> dict[str, object]:
    before, after = place.outputs
    figures: dict[str, object] = {
        "runtime": place.runtime,
        "milliseconds": [round(time, 3) for time in place.milliseconds],
        "speed_ratio": round(place.milliseconds[0] / place.milliseconds[1], 2),
        "outputs": [asdict(agreement(*pair)) for pair in zip(before, after, strict=True)],
    }
    truth = samples.truth
    if truth is not None and before[0].ndim == 2:  # noqa: PLR2004 - [n, classes]
        names = labels or tuple(str(index) for index in range(before[0].shape[1]))
        figures["accuracy_float"] = round(accuracy(before[0], truth), 4)
        figures["accuracy_int8"] = round(accuracy(after[0], truth), 4)
        each = [recalls(scores[0], truth, names) for scores in (before, after)]
        figures["classes"] = {name: [each[0][name], each[1][name]] for name in each[0]}
    return figures


def _text(report: dict[str, object]) -> str:
    size = report["bytes"]
    lines = [f"samples {report['samples']}", f"bytes   {size[0]} -> {size[1]}"]  # type: ignore[index]
    for figures in report["runtimes"]:  # type: ignore[attr-defined]
        before, after = figures["milliseconds"]
        ratio = figures["speed_ratio"]
        lines += [figures["runtime"], f"  {before} ms -> {after} ms, {ratio} times as fast"]
        lines += [_difference(Agreement(**output)) for output in figures["outputs"]]
        if "accuracy_float" in figures:
            lines.append(
                f"  right {figures['accuracy_float']:.1%} -> {figures['accuracy_int8']:.1%}"
            )
            lines += [
                f"    {name}: {one:.1%} -> {other:.1%}"
                for name, (one, other) in figures["classes"].items()
            ]
    if "quantised_between_runtimes" in report:
        lines.append("the quantised model, runtime against runtime")
        pairs = report["quantised_between_runtimes"]
        lines += [_difference(Agreement(**pair)) for pair in pairs]  # type: ignore[attr-defined]
    if "layers" in report:
        lines.append("the noisiest operators (signal over noise)")
        lines += [
            f"  {layer['decibels']:6.1f} dB  {layer['op']:20} {layer['tensor']}"
            for layer in report["layers"][:_WORST]  # type: ignore[index]
        ]
    return "\n".join(lines)


def _difference(found: Agreement) -> str:
    return (
        f"  differs by {found.mean:.2g} on average, {found.largest:.2g} at most;"
        f" same largest output in {found.same_answer:.1%}"
    )


def _range(given: list[float] | None, samples: Path) -> tuple[float, float]:
    if given is None and samples.is_dir():
        raise UsageError(
            "which values do black and white have for the model?", "add --input-range 0 1 or -1 1"
        )
    return (given[0], given[1]) if given else (0.0, 1.0)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})", "check the path") from error
