"""Widths and sizes of the phase net beside each other: what more arithmetic buys."""

import re
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tools.evaluate import metrics
from tools.evaluate.predictions import Predictions

ROUNDS = 60
"""Runs of every network, in turns."""
FPS = 10
"""Frames a second that the smallest box shall manage."""
_HEAD = (
    f"| width | pixels | million multiply-adds | thousand million a second at {FPS} fps "
    "| float | int8 | macro F1, int8 | file, MB | time |"
)
_FOLDER = re.compile(r"(?P<width>[\d.]+)-(?P<size>\d+)")


def table(cache: Path) -> str:
    """A row for every network that was judged, on the frames that all of them have judged."""
    folders = {
        (float(named["width"]), int(named["size"])): file.parent
        for file in sorted((cache / "phase").glob("*-*/int8.npz"))
        if (named := _FOLDER.fullmatch(file.parent.name))
    }
    work = {key: _multiply_adds(*key) / 1e6 for key in folders}
    said = {
        key: {kind: Predictions.load(folder / f"{kind}.npz") for kind in ("float", "int8")}
        for key, folder in folders.items()
    }
    common = set.intersection(*(set(some["int8"].samples.tolist()) for some in said.values()))
    times = _times(
        {key: next(folder.glob("fold-*-int8.tflite")) for key, folder in folders.items()}
    )
    reference = times.get((1.0, 160), 1.0)
    lines = [
        f"On the {len(common)} frames that all have judged; time in parts of that of 1 and 160.",
        "",
        _HEAD,
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for key in sorted(said, key=work.__getitem__):
        float32, int8 = (_among(said[key][kind], common) for kind in ("float", "int8"))
        size = next(folders[key].glob("fold-*-int8.tflite")).stat().st_size
        lines.append(
            f"| {key[0]:g} | {key[1]} | {work[key]:.0f} "
            f"| {work[key] * FPS / 1000:.1f} | {metrics.accuracy(float32):.1%} "
            f"| {metrics.accuracy(int8):.1%} | {metrics.macro_f1(int8):.3f} | {size / 1e6:.1f} "
            f"| {times[key] / reference:.2f} |"
        )
    return "\n".join(lines) + "\n"


def _multiply_adds(width: float, size: int) -> int:
    """Of one picture, counted in the network itself; needs torch."""
    from tools.convert.phase import network  # noqa: PLC0415 - figures need no torch

    return network.multiply_adds(network.PhaseNetwork(width), size)


def _among(said: Predictions, common: set[str]) -> Predictions:
    return said.take([row for row, name in enumerate(said.samples.tolist()) if name in common])


def _times(files: Mapping[tuple[float, int], Path]) -> dict[tuple[float, int], float]:
    """Median seconds of one run of every file, run in turns on one thread."""
    from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415 - slow to import

    ready = {}
    for key, file in files.items():
        interpreter = Interpreter(model_path=str(file), num_threads=1)
        interpreter.allocate_tensors()
        ready[key] = interpreter
    taken: dict[tuple[float, int], list[float]] = {key: [] for key in files}
    for _ in range(ROUNDS):
        for key, interpreter in ready.items():
            begin = time.perf_counter()
            interpreter.invoke()
            taken[key].append(time.perf_counter() - begin)
    return {key: float(np.median(seconds)) for key, seconds in taken.items()}
