"""`python -m tools.evaluate quantised_pose`: the quantised pose networks beside the published ones.

Judged on crops of scenes that took no part in calibration. What the files in `models/` do is one
part; the other is the frontier: the same recipe with more and fewer layers in float.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.inference.manifest import find_model
from tools.convert.blazepose.crops import Crops, collect, held_out, network_input, real_clips
from tools.convert.blazepose.inputs import calibration_inputs, detector_inputs
from tools.convert.blazepose.landmarks import read
from tools.convert.blazepose.make import prepare
from tools.convert.blazepose.quantise import CACHE
from tools.convert.blazepose.recipe import load_recipes
from tools.convert.blazepose.sensitivity import readings, sensitivity
from tools.convert.fetch import ORIGINALS
from tools.convert.other_runtime import answers_of
from tools.convert.pose_models import POSE_MODELS, PublishedModel
from tools.evaluate._files import need
from tools.evaluate._quantised_pose_frontier import frontier
from tools.evaluate._quantised_pose_report import write_report
from tools.evaluate._quantised_pose_scores import agreement, detections, detector_agreement, speed

_SPARSE = 3  # every third crop is judged, and a third of these where networks are many or slow
_FEW = 2 * _SPARSE  # tflite-runtime's int8 is slow on x86
_LAYERS = 16  # crops for the table of layers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--clips", type=Path, required=True, help="folder of the recordings")
    parser.add_argument("--csv", type=Path, required=True, help="table in the form of clips.csv")
    parser.add_argument(
        "--other-python", type=Path, metavar="PYTHON", help="of an environment with tflite-runtime"
    )
    parser.add_argument("--originals", type=Path, default=ORIGINALS, help="what `fetch` filled")
    parser.add_argument("--models", type=Path, help="folder of the quantised networks")
    parser.add_argument("--cache", type=Path, default=CACHE, help="of crops")
    parser.add_argument("--rounds", type=int, default=100, metavar="N", help="of timing")
    parser.add_argument("--quick", action="store_true", help="neither frontier nor single layers")
    parser.add_argument("--out", type=Path, help="the report to write (Markdown; .json, .png)")


def run(args: argparse.Namespace) -> int:
    """Compares all three networks; 1 if a landmark network misses its target.

    Raises:
        InputError: clips or their table are missing.
        ModelError: networks are.
    """
    scenes = {f: s for f, s in real_clips(args.csv).items() if held_out(s)}
    need([args.clips / file for file in scenes])
    crops = list(collect(args.clips, scenes, args.cache / "crops", args.originals))
    results: dict[str, Any] = {"scenes": len(set(scenes.values())), "clips": len(scenes)}
    for model in POSE_MODELS:
        if model.name == "pose_detection":
            results[model.name] = _detector(args, model, list(scenes))
        else:
            results[model.name] = _landmarks(args, model, crops)
        print(json.dumps({model.name: results[model.name]["files"]}, indent=1))
    return write_report(results, args.out)


def _landmarks(
    args: argparse.Namespace, model: PublishedModel, crops: list[Crops]
) -> dict[str, Any]:
    published = find_model(model.name, args.originals).read()
    ours = find_model(model.name, args.models).read()
    pictures = np.concatenate([clip.pictures for clip in crops])[::_SPARSE]
    found = np.concatenate([clip.found for clip in crops])[::_SPARSE]
    inputs = [network_input(picture) for picture in pictures]
    truth = readings(published, inputs)
    files: dict[str, Any] = {
        "bytes": [len(published), len(ours)],
        "ai-edge-litert": agreement(readings(ours, inputs), truth, found),
        "speed": speed([published, ours], inputs[0], args.rounds),
    }
    if args.other_python:
        some = slice(None, None, _FEW)
        answers = answers_of(args.other_python, [published, ours], np.stack(inputs[some]))
        theirs, mine = (read(_by_crop(outputs)) for outputs in answers.outputs)
        files[answers.runtime] = agreement(mine, theirs, found[some])
    result: dict[str, Any] = {"files": files}
    if not args.quick:
        recipe = load_recipes()[model.name]
        calibration = calibration_inputs(
            model, args.clips, args.csv, cache=args.cache, originals=args.originals
        )
        prepared = prepare(published, recipe, calibration)
        calibrated = list(calibration())
        few = calibrated[:: max(1, len(calibrated) // _LAYERS)]
        judged = [row for row, good in zip(inputs, found, strict=True) if good][::_SPARSE]
        result["frontier"] = frontier(published, prepared, recipe, judged, args.rounds)
        result["layers"] = [asdict(cost) for cost in sensitivity(prepared, few)]
    return result


def _by_crop(outputs: tuple[NDArray[np.float32], ...]) -> Iterator[list[NDArray[np.float32]]]:
    """Outputs [n, ...] as one list a crop."""
    return ([output[index] for output in outputs] for index in range(len(outputs[0])))


def _detector(args: argparse.Namespace, model: PublishedModel, files: list[str]) -> dict[str, Any]:
    published = find_model(model.name, args.originals).read()
    ours = find_model(model.name, args.models).read()
    inputs = list(detector_inputs(args.clips, files))
    result = {
        "bytes": [len(published), len(ours)],
        "ai-edge-litert": detector_agreement(
            detections(ours, inputs), detections(published, inputs)
        ),
        "speed": speed([published, ours], inputs[0], args.rounds),
    }
    if args.other_python:
        answers = answers_of(
            args.other_python, [published, ours], np.concatenate(inputs)[:, np.newaxis]
        )
        theirs, mine = (sorted(outputs, key=lambda o: -o.shape[-1]) for outputs in answers.outputs)
        result[answers.runtime] = detector_agreement((mine[0], mine[1]), (theirs[0], theirs[1]))
    return {"files": result}
