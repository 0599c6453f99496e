"""Windows of recordings as the box makes them, and what networks say about them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.inference.manifest import ModelCard
from gymbox.inference.sequence_net import SequenceNet
from gymbox.motion.features import COUNT
from gymbox.motion.windows import PoseWindow
from tools.convert.sequence.labels import LABELS
from tools.evaluate._count_run import TimedPose, thinned
from tools.evaluate.predictions import Predictions

Floats = NDArray[np.float32]

EVERY = 0.5
"""Seconds between two windows."""
SHORTEST = 1.0
"""Seconds of poses that the first one needs, less if the recording is shorter."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The windows of one recording.

    Attributes:
        name: of the recording.
        source: its scene or performance.
        label: class, an index of `LABELS`.
        times: [n] seconds after its first frame at which they end.
        inputs: [n, t, COUNT].
    """

    name: str
    source: str
    label: int
    times: NDArray[np.float64]
    inputs: Floats


def windows(
    recording: Sequence[TimedPose], length: int, fps: float | None = None
) -> tuple[NDArray[np.float64], Floats]:
    """When windows end and what the network is told about them.

    Args:
        recording: poses with their times.
        length: rows of a window.
        fps: as many frames a second as a slower camera would have taken; None for all.
    """
    frames = thinned(recording, fps)
    memory = PoseWindow(length)
    first = frames[0][0] if frames else 0.0
    last = frames[-1][0] if frames else 0.0
    due = first + min(SHORTEST, last - first)
    times, inputs = [], []
    for t, pose in frames:
        memory.add(t, pose)
        if t >= due - 1e-6:
            times.append(t - first)
            inputs.append(memory.sample().features())
            due = max(due + EVERY, t)
    shape = (len(inputs), length, COUNT)
    return np.array(times), np.array(inputs, np.float32).reshape(shape)


class FileNet:
    """A network that is not in the manifest, such as that of a fold.

    Args:
        path: the .tflite file.
        length: rows of its windows.
        runtime: which TFLite runtime, if not the one that is installed.
    """

    def __init__(self, path: Path, length: int, runtime: str | None = None) -> None:
        from gymbox.inference.runtime import Network  # noqa: PLC0415 - figures need no network

        card = ModelCard(
            name=path.stem,
            path=path,
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            task="exercise sequence",
            input_shape=(1, length, COUNT),
            input_range=(-1.0, 1.0),
            quantisation="int8",
            labels=LABELS,
            source="",
            licence="",
            recipe="",
        )
        self.network = Network(card, runtime=runtime)

    def __call__(self, inputs: Floats) -> Floats:
        """[n, classes] chances of windows."""
        return run(self.network, inputs)


class TrainedNet:
    """The networks of a fold as they were trained; needs torch.

    Args:
        cache: folder of their weights.
        fold: whose.
        temperature: what their logits are divided by.
    """

    def __init__(self, cache: Path, fold: int, temperature: float) -> None:
        import torch  # noqa: PLC0415 - the box's own files need no torch

        from tools.convert.sequence.net import Probabilities  # noqa: PLC0415
        from tools.convert.sequence.recipe import members  # noqa: PLC0415

        torch.set_num_threads(1)
        self._whole = Probabilities(members(cache, fold, temperature))

    def __call__(self, inputs: Floats) -> Floats:
        """[n, classes] chances of windows."""
        from tools.convert.sequence.fit import chances  # noqa: PLC0415

        return chances(self._whole, inputs)


def run(network: object, inputs: Floats) -> Floats:
    """[n, classes] chances of windows by a `runtime.Network`."""
    out = np.empty((len(inputs), len(LABELS)), np.float32)
    for index, one in enumerate(inputs):
        network.input()[0] = one  # type: ignore[attr-defined]
        network.invoke()  # type: ignore[attr-defined]
        out[index] = network.output(1, len(LABELS))[0]  # type: ignore[attr-defined]
    return out


def shipped(models: Path | None, runtime: str | None) -> SequenceNet:
    """The network of the manifest."""
    return SequenceNet(models=models, runtime=runtime)


def by_window(seen: Iterable[Seen], scores: Iterable[Floats]) -> Predictions:
    """One sample a window."""
    rows = [
        (one.label, score, one.source, f"{one.name}@{time:.1f}")
        for one, found in zip(seen, scores, strict=True)
        for time, score in zip(one.times, found, strict=True)
    ]
    return _predictions(rows)


def by_clip(seen: Iterable[Seen], scores: Iterable[Floats]) -> Predictions:
    """One sample a recording: the mean of its windows; without any it is unknown."""
    nobody = np.eye(len(LABELS), dtype=np.float32)[-1]
    rows = [
        (one.label, found.mean(axis=0) if len(found) else nobody, one.source, one.name)
        for one, found in zip(seen, scores, strict=True)
    ]
    return _predictions(rows)


def _predictions(rows: list[tuple[int, Floats, str, str]]) -> Predictions:
    truth, scores, sources, samples = zip(*rows, strict=True)
    even = np.array(scores) / np.array(scores).sum(axis=1, keepdims=True)
    return Predictions.of(LABELS, truth, even, sources, samples)


def decided(times: NDArray[np.float64], scores: Floats, least: float) -> tuple[float, int] | None:
    """When the box would first be sure of an exercise, seconds, and of which; None if never."""
    for time, score in zip(times, scores, strict=True):
        best = int(score.argmax())
        if LABELS[best] != "unknown" and score[best] >= least:
            return float(time), best
    return None
