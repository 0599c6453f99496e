"""Synthetic athletes that nothing was trained on, as the shipped network sees them."""

import argparse
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.features import COUNT
from tools.convert.sequence import sources
from tools.convert.sequence.labels import LABELS
from tools.convert.sequence.sampling import View, plain
from tools.convert.sequence.store import Store
from tools.convert.sequence.windows import Ends, ends
from tools.evaluate.predictions import Predictions

Floats = NDArray[np.float32]
Judged = tuple[Predictions, Predictions]

EVERY = 1.0
"""Seconds between windows."""
MOST = 12000
"""Windows of one set at most, evenly."""


def synthetic(
    args: argparse.Namespace, length: int, classify: Callable[[Floats], Floats]
) -> dict[str, Judged]:
    """Clips and windows of each folder of `--synthetic` and `--rendered`.

    A clip is what one camera saw of one performance: the mean of those of its windows that show
    the same, the exercise or none.
    """
    if not args.synthetic and not args.rendered:
        return {}
    return {
        folder.name: _judge(store, length, classify)
        for folder, store in sources.synthetic_stores(args).items()
    }


def _judge(store: Store, length: int, classify: Callable[[Floats], Floats]) -> Judged:
    chosen = _fewer(ends(store, length, EVERY))
    view = View(length, np.arange(COUNT))
    inputs, truth = plain(store, chosen, view)
    scores = classify(inputs)
    scores /= scores.sum(axis=1, keepdims=True)
    source = store.group[chosen.track]
    name = store.name[chosen.track]
    parts = Predictions.of(
        LABELS,
        truth,
        scores,
        source.tolist(),
        [f"{clip}@{place:.0f}" for clip, place in zip(name, chosen.at, strict=True)],
    )
    keys, inverse = np.unique(chosen.track * len(LABELS) + truth, return_inverse=True)
    counts = np.bincount(inverse)
    mean = np.stack([np.bincount(inverse, column) / counts for column in scores.T], axis=1)
    track, label = keys // len(LABELS), keys % len(LABELS)
    clips = Predictions.of(
        LABELS,
        label,
        mean,
        store.group[track].tolist(),
        [f"{store.name[t]} {LABELS[k]}" for t, k in zip(track, label, strict=True)],
    )
    return clips, parts


def _fewer(chosen: Ends) -> Ends:
    """Whole tracks, evenly, until there are few enough."""
    step = int(np.ceil(len(chosen) / MOST))
    return chosen.where(chosen.track % step == 0)
