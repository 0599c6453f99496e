"""From a trained model to the file that the box runs, with every step checked."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError
from tools.convert import tflite_file
from tools.convert.agreement import (
    LEAST_AGREEMENT,
    accuracy,
    agreement,
    gate,
    gate_agreement,
)
from tools.convert.calibration import Samples
from tools.convert.contracts import Contract
from tools.convert.other_runtime import Answers, RuntimeDiffersError, answers_here, answers_of
from tools.convert.output_folder import write_whole
from tools.convert.quantise import Kind, quantise
from tools.convert.sources.source import ConvertError, Source, first_line

Floats = NDArray[np.float32]

_CHECKED = 8  # samples that also run in the model's own framework, which may be slow
_TRIED = 8  # made-up inputs where there are no samples
_SAME = 1e-3  # share of the largest output that float arithmetic in another order may shift
_SUM = 2e-2
_RUNTIMES_SAME = 0.02  # the runtimes round integers differently


@dataclass(frozen=True, slots=True)
class Job:
    """What is wanted of a model; see the command line."""

    contract: Contract
    labels: tuple[str, ...]
    shape: tuple[int, ...]
    input_range: tuple[float, float]
    kind: Kind
    keep_float: tuple[str, ...]


@dataclass(slots=True)
class Fitted:
    """What came of it.

    Attributes:
        model: the .tflite file.
        figures: for the manifest.
        remarks: lines for the user.
    """

    model: bytes
    figures: dict[str, float | str]
    remarks: list[str] = field(default_factory=list)


def fit(
    source: Source,
    job: Job,
    samples: Samples | None,
    python: Path | None,
    float_file: Path | None = None,
) -> Fitted:
    """Converts, checks, quantises and checks again.

    Args:
        source: the trained model.
        job: what is wanted.
        samples: to calibrate and compare with; made-up ones take their place for int8-weights.
        python: a Python with another runtime, to run the result there too.
        float_file: where to write the float32 .tflite file, which is there also if the quantised
            one is refused.

    Raises:
        ConvertError: the model does not do what the contract of its task says.
        InputError: the samples do not go with the labels, or a file cannot be written.
        WorseError: quantising did too much harm.
        RuntimeDiffersError: a runtime does not load it or gives other answers.
    """
    inputs = _made_up(job) if samples is None else samples.inputs
    model = source.to_tflite(job.shape)
    _check_file(model, job)
    remarks = [_check_conversion(source, model, inputs[:_CHECKED])]
    floats = answers_here([model], inputs).outputs[0]
    _check_outputs(floats, job)
    if job.contract.classifies and not _probabilities(floats[0]):
        model = tflite_file.with_softmax(model)
        floats = answers_here([model], inputs).outputs[0]
        remarks.append("the outputs were logits: a softmax was added")
    model = tflite_file.plain(model)
    if float_file is not None:
        write_whole(float_file, model)
    quantised = quantise(model, list(inputs), job.kind, job.keep_float)
    _check_file(quantised, job)
    both = answers_here([model, quantised], inputs)
    figures: dict[str, float | str] = {
        "bytes": len(quantised),
        "bytes_float": len(model),
        "speed_ratio": round(both.milliseconds[0] / both.milliseconds[1], 2),
    }
    remarks += _compare(both.outputs[0], both.outputs[1], job, samples, figures)
    if python is None:
        remarks.append(f"runs in {both.runtime}; name another Python with --python to try it there")
    else:
        there = answers_of(python, [quantised], inputs)
        remarks.append(_compare_runtimes(both, there, job, figures))
    return Fitted(quantised, figures, remarks)


def _made_up(job: Job) -> Floats:
    random = np.random.default_rng(0)
    low, high = job.input_range
    return random.uniform(low, high, (_TRIED, *job.shape)).astype(np.float32)


def _check_file(model: bytes, job: Job) -> None:
    found = tflite_file.contents(model)
    if found.custom:
        raise ConvertError(
            f"the model needs ops that the box does not have: {', '.join(found.custom)}",
            "build it of plain layers",
        )
    if not found.floats or found.inputs != (job.shape,):
        raise ConvertError(
            f"the model takes {[list(shape) for shape in found.inputs]}",
            f"it should take float32 {list(job.shape)}",
        )


def _check_conversion(source: Source, model: bytes, inputs: Floats) -> str:
    """The float .tflite file must say what the model says in its own framework."""
    ours = answers_here([model], inputs).outputs[0]
    theirs = _predictions(source, inputs)
    if sorted(row.shape for row in ours) != sorted(row.shape for row in theirs):
        raise ConvertError("the model has other outputs after conversion", "report this")
    if len(ours) > 1:
        return "several outputs: their agreement with the source was not compared"
    scale = max(1.0, float(np.abs(theirs[0]).max()))
    worst = agreement(theirs[0], ours[0]).largest
    if not worst <= _SAME * scale:
        raise ConvertError(
            f"the converted model is {worst:.2g} off the one it came from",
            "report this with the kind of layers that it has",
        )
    return f"converted: at most {worst:.1g} off the {source.kind} model on {len(inputs)} samples"


def _predictions(source: Source, inputs: Floats) -> list[Floats]:
    """What the model says in its own framework, for each of its outputs [n, ...]."""
    try:
        rows = [source.predict(sample) for sample in inputs]
        return [np.concatenate(row) for row in zip(*rows, strict=True)]
    except Exception as error:
        # Each framework raises classes of its own, and the network may be the user's code.
        raise ConvertError(
            f"the {source.kind} model does not run on {list(inputs.shape[1:])}"
            f" ({first_line(error)})",
            "check --input-shape",
        ) from error


def _check_outputs(outputs: tuple[Floats, ...], job: Job) -> None:
    shapes = [output.shape[1:] for output in outputs]
    if not all(np.isfinite(output).all() for output in outputs):
        raise ConvertError("the model gives numbers that are not finite", "check --input-range")
    contract = job.contract
    if contract.classifies:
        if len(shapes) != 1 or shapes[0] != (len(job.labels),):
            found = ", ".join(str(list(shape)) for shape in shapes)
            raise ConvertError(
                f"the model has {found} outputs for {len(job.labels)} labels",
                "give one label an output, in their order, with --labels",
            )
    elif contract.outputs is not None:
        missing = [shape for shape in contract.outputs if shape[1:] not in shapes]
        if missing:
            raise ConvertError(
                f"the model has no output {list(missing[0])}",
                f"a {contract.task} model needs {[list(shape) for shape in contract.outputs]}",
            )


def _probabilities(scores: Floats) -> bool:
    """Whether outputs are probabilities; if not they are logits.

    Raises:
        ConvertError: they are neither.
    """
    if scores.min() >= -_SUM and np.abs(scores.sum(axis=1) - 1).max() <= _SUM:
        return True
    if scores.min() >= 0 and scores.max() <= 1:
        raise ConvertError(
            "the outputs lie in 0..1 and do not add up to 1",
            "end the network with a softmax, or with nothing, not with a sigmoid",
        )
    return False


def _compare(
    before: tuple[Floats, ...],
    after: tuple[Floats, ...],
    job: Job,
    samples: Samples | None,
    figures: dict[str, float | str],
) -> list[str]:
    """Float and quantised side by side; refuses what lost too much."""
    found = agreement(before[0], after[0])
    figures["mean_difference"] = round(found.mean, 5)
    lines = [f"quantised: mean difference {found.mean:.2g}, largest {found.largest:.2g}"]
    if not job.contract.classifies or samples is None:
        return lines
    figures["same_answer"] = round(found.same_answer, 4)
    lines[0] += f", the same answer in {found.same_answer:.1%} of {len(samples)} samples"
    if samples.truth is None:
        gate_agreement(found.same_answer)
        return [*lines, "accuracy: not known, the samples have no truth"]
    if samples.truth.min() < 0 or samples.truth.max() >= len(job.labels):
        raise InputError("the truth of the samples names outputs that are not there", "check it")
    right = [accuracy(scores[0], samples.truth) for scores in (before, after)]
    gate(*right)
    figures["accuracy_float"], figures["accuracy_int8"] = (round(share, 4) for share in right)
    return [*lines, f"accuracy: {right[0]:.1%} in float, {right[1]:.1%} quantised"]


def _compare_runtimes(
    here: Answers, there: Answers, job: Job, figures: dict[str, float | str]
) -> str:
    """The quantised model must answer alike in both runtimes."""
    ours, theirs = here.outputs[1], there.outputs[0]
    found = [agreement(one, other) for one, other in zip(ours, theirs, strict=True)]
    scale = max(1.0, *(float(np.abs(output).max()) for output in ours))
    mean = max(pair.mean for pair in found)
    if mean > _RUNTIMES_SAME * scale:
        raise RuntimeDiffersError(
            f"{here.runtime} and {there.runtime} differ by {mean:.2g} on average",
            "convert it with --kind int8-weights",
        )
    line = f"runs in {here.runtime} and {there.runtime}: mean difference {mean:.1g}"
    figures["runtimes_mean_difference"] = round(mean, 5)
    if not job.contract.classifies:
        return line
    same = found[0].same_answer
    if same < LEAST_AGREEMENT:
        raise RuntimeDiffersError(
            f"{here.runtime} and {there.runtime} give the same answer in only {same:.1%}",
            "convert it with --kind int8-weights",
        )
    figures["runtimes_same_answer"] = round(same, 4)
    return f"{line}, the same answer in {same:.1%}"
