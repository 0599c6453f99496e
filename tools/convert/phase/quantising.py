"""Float and int8 files of every network of the phase net, and what both say out of fold."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from tools.convert.manifest_file import update_manifest
from tools.convert.notice import update_notice
from tools.convert.phase import EXERCISES, LABELS, frames, network
from tools.convert.phase.export import calibration, to_float, to_int8
from tools.convert.phase.folds import FOLDS, folds
from tools.convert.phase.frames import Row
from tools.convert.phase.imagenet import NOTICE, PACKAGE
from tools.convert.phase.judged import LETTERS, Judge, looked_at_pictures, predictions, score_clip
from tools.convert.phase.material import LOOKED_AT
from tools.convert.phase.training import load, weights_of
from tools.convert.phase.views import scaled
from tools.evaluate import metrics
from tools.evaluate._count_clips import Clip, load_clips
from tools.evaluate.predictions import Predictions

KINDS = ("float", "int8")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the files of all networks have in common; `pictures` is where to calibrate."""

    folder: Path
    pictures: Path
    width: float
    size: int
    temperature: float


def quantise_all(data: Path, cache: Path, *, size: int, width: float, models: Path | None) -> None:
    """Makes the files of every network, judges those of the folds, and ships the last one.

    Writes under the folder of the training: `fold-K-KIND.tflite`, `KIND.npz` (Predictions of the
    frames looked at, each by the network that saw no frame of its scene) and
    `scores-KIND-frame/CLIP.npz`, `scores-int8-motion/CLIP.npz` (`t`, `scores`, of every clip).

    Args:
        data: folder with clips and clips.csv.
        cache: of the training.
        size: of the input, pixels.
        width: of the network.
        models: folder to ship to; None ships nothing and leaves the clips alone.
    """
    folder = cache / "phase" / f"{width:g}-{size}"
    clips = load_clips(data / "clips.csv", data / "clips")
    rows = frames.load(cache / "phase" / "frames" / "real")
    looked = frames.load(cache / "phase" / "frames" / "looked_at")
    of_scene = folds((row.scene, row.exercise) for row in (*rows, *looked))
    pictures = list(looked_at_pictures(LOOKED_AT, clips, size))
    temperature = _temperature(folder, width, pictures, of_scene)
    _tell(f"temperature {temperature:.3f}")
    plan = _Plan(folder, cache / "phase" / "frames" / "real", width, size, temperature)
    judged: dict[str, list[tuple[str, str, str, NDArray[np.float32]]]] = {k: [] for k in KINDS}
    for fold in _trained(folder):
        away = [row for row in rows if of_scene[row.scene] != fold]
        files = _files(plan, fold, away)
        for kind in KINDS:
            judge = Judge(files[kind], network.INPUT_RANGE)
            for clip, number, label, picture in pictures:
                if of_scene[clip.scene] == fold:
                    row = (clip.scene, f"{clip.name}@{number}", label, judge(picture))
                    judged[kind].append(row)
        if models is not None:
            _score(folder, files, [clip for clip in clips if of_scene.get(clip.scene) == fold])
        _tell(f"fold {fold}: judged")
    said = {kind: _save(folder / f"{kind}.npz", judged[kind]) for kind in KINDS}
    for kind, found in said.items():
        _tell(
            f"{kind}: {metrics.accuracy(found):.1%} right, macro F1 {metrics.macro_f1(found):.3f}"
        )
    if models is not None:
        files = _files(plan, None, rows)
        _ship(files["int8"], models, said, size, width)


def _trained(folder: Path) -> list[int]:
    """The folds that have been trained: all of them, or some for a comparison."""
    return [fold for fold in range(FOLDS) if weights_of(folder, fold).is_file()]


def _temperature(
    folder: Path,
    width: float,
    pictures: Sequence[tuple[Clip, int, str, NDArray[np.uint8]]],
    of_scene: dict[str, int],
) -> float:
    """What to divide logits by so that chances are right out of fold (Guo et al. 2017)."""
    logits, truth = [], []
    for fold in _trained(folder):
        trained = load(folder, fold, width)
        mine = [(p, LETTERS[label[0]]) for c, _, label, p in pictures if of_scene[c.scene] == fold]
        for begin in range(0, len(mine), 32):
            batch = mine[begin : begin + 32]
            with torch.no_grad():
                logits.append(trained(scaled([picture for picture, _ in batch])))
            truth += [label for _, label in batch]
    answer, labels = torch.cat(logits), torch.tensor(truth)
    candidates = np.exp(np.linspace(np.log(0.5), np.log(3), 60))
    losses = [
        float(torch.nn.functional.cross_entropy(answer / float(value), labels))
        for value in candidates
    ]
    return float(candidates[int(np.argmin(losses))])


def _files(plan: _Plan, fold: int | None, rows: Sequence[Row]) -> dict[str, bytes]:
    """Float and int8 of one network; the pictures of a fold's own scenes calibrate nothing."""
    model = to_float(load(plan.folder, fold, plan.width), plan.temperature, plan.size)
    samples = calibration(plan.pictures, rows, plan.size)
    found = {"float": model, "int8": to_int8(model, samples)}
    name = "all" if fold is None else f"fold-{fold}"
    for kind, data in found.items():
        (plan.folder / f"{name}-{kind}.tflite").write_bytes(data)
    return found


def _score(folder: Path, files: dict[str, bytes], clips: Sequence[Clip]) -> None:
    """What a fold's networks say of every frame of its clips."""
    real = [clip for clip in clips if not clip.rendered]
    counted = [clip for clip in real if clip.exercise in EXERCISES and clip.reps is not None]
    for kind, follow, some in (
        ("float", False, counted),
        ("int8", False, real),
        ("int8", True, counted),
    ):
        to = folder / f"scores-{kind}-{'motion' if follow else 'frame'}"
        to.mkdir(exist_ok=True)
        judge = Judge(files[kind], network.INPUT_RANGE)
        for clip in some:
            t, scores = score_clip(judge, clip.file, follow=follow)
            np.savez_compressed(to / f"{clip.name}.npz", t=t, scores=scores)


def _save(path: Path, judged: list[tuple[str, str, str, NDArray[np.float32]]]) -> Predictions:
    """Keeps the frames whose label the looker was sure of, and beside them all of them."""
    everything = predictions(judged)
    everything.save(path.with_name(f"{path.stem}-with-doubtful.npz"))
    sure = predictions([row for row in judged if not row[2].endswith("?")])
    sure.save(path)
    return sure


def _ship(
    model: bytes, models: Path, said: dict[str, Predictions], size: int, width: float
) -> None:
    """Writes the model and its entry of the manifest."""
    (models / "phase.tflite").write_bytes(model)
    operations = network.multiply_adds(network.PhaseNetwork(width), size)
    entry = {
        "file": "phase.tflite",
        "sha256": hashlib.sha256(model).hexdigest(),
        "task": "repetition phase",
        "input_shape": [1, size, size, 3],
        "input_range": [round(edge, 6) for edge in network.INPUT_RANGE],
        "quantisation": "int8-mixed",
        "labels": list(LABELS),
        "source": f"MobileNetV2 {width:g}, ImageNet weights of {PACKAGE} (pip, MIT), fine-tuned",
        "licence": "Apache-2.0",
        "recipe": f"python -m tools.convert train phase --size {size}; "
        f"python -m tools.convert quantise phase --size {size}",
        "card": "docs/models/phase.md",
        "data_sheet": "docs/models/phase.md",
        "figures": {
            "bytes": len(model),
            "multiply_adds": operations,
            "accuracy_float": round(metrics.accuracy(said["float"]), 4),
            "accuracy_int8": round(metrics.accuracy(said["int8"]), 4),
            "macro_f1_int8": round(metrics.macro_f1(said["int8"]), 4),
        },
    }
    update_manifest(models, {"phase": entry})
    update_notice(models, NOTICE)
    _tell(f"{models / 'phase.tflite'}: {len(model)} bytes")


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)
