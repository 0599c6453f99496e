"""How far a quantised landmark network is from the published one, and how much faster."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.convert.blazepose.landmarks import Readings, distances
from tools.convert.blazepose.run import Runner

GROUPS = {
    "face": range(11),
    "shoulders": (11, 12),
    "elbows": (13, 14),
    "wrists and hands": range(15, 23),
    "hips": (23, 24),
    "knees": (25, 26),
    "ankles and feet": range(27, 33),
}
_SEEN = 0.5  # visibility
_PRESENT = 0.5  # chance of a person
_LOOKED_AT = float(np.log(0.3 / 0.7))  # logit of the score at which the box looks at a detection
_POINTS = slice(4, 8)


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 95th percentile."""

    median: float
    percentile95: float


def agreement(ours: Readings, theirs: Readings, found: NDArray[np.bool_]) -> dict[str, Any]:
    """Compares what two networks say about the same crops.

    Args:
        ours: of the quantised network.
        theirs: of the published one.
        found: [n] in which crops somebody was found; places are compared in these only.

    Returns:
        Distances in pixels of the crop: of all joints, by group, of joints seen and unseen, and of
        the points that span the next region; errors of visibility, score and world landmarks.
    """
    apart = distances(ours, theirs)[found]
    seen = theirs.visibility[found] > _SEEN
    anchors = np.linalg.norm(ours.anchors - theirs.anchors, axis=2)[found]
    world = np.linalg.norm(ours.world - theirs.world, axis=2)[found] * 1000
    same = (ours.score > _PRESENT) == (theirs.score > _PRESENT)
    return {
        "crops": int(found.sum()),
        "all": _spread(apart),
        "groups": {name: _spread(apart[:, list(rows)]) for name, rows in GROUPS.items()},
        "seen": _spread(apart[seen]),
        "unseen": _spread(apart[~seen]),
        "region": _spread(anchors),
        "world_mm": _spread(world),
        "visibility": _spread(np.abs(ours.visibility - theirs.visibility)[found]),
        "score": _spread(np.abs(ours.score - theirs.score)),
        "same_decision": float(same.mean()),
        "decisions": len(same),
    }


def _spread(values: NDArray[np.float32]) -> dict[str, float]:
    if not values.size:
        return asdict(Spread(float("nan"), float("nan")))
    middle, high = np.percentile(values, (50, 95))
    return asdict(Spread(float(middle), float(high)))


def speed(models: Sequence[bytes], picture: NDArray[np.float32], rounds: int) -> dict[str, Any]:
    """Times networks on one thread, taking turns run by run.

    Processor time, so that waiting for other programs of the machine does not count.

    Args:
        models: the first is the one that the others are compared with.
        picture: an input.
        rounds: how often.

    Returns:
        For each the median of its milliseconds, and the median over the rounds of the first's time
        divided by its own, with the quartiles of that ratio.
    """
    runners = [Runner(model) for model in models]
    for runner in runners:
        runner.run(picture)
    seconds = np.empty((rounds, len(runners)))
    for turn, row in enumerate(seconds):
        # Who follows whom changes, so that nobody always meets the same caches.
        for place in np.roll(np.arange(len(runners)), turn):
            start = time.process_time()
            runners[place].invoke()
            row[place] = time.process_time() - start
    ratios = seconds[:, :1] / seconds
    return {
        "milliseconds": (np.median(seconds, axis=0) * 1000).tolist(),
        "ratio": np.median(ratios, axis=0).tolist(),
        "quartiles": np.percentile(ratios, (25, 75), axis=0).T.tolist(),
    }


Detections = tuple[NDArray[np.float32], NDArray[np.float32]]
"""[n, 2254, 12] boxes and points, [n, 2254, 1] logits."""


def detections(model: bytes, inputs: Sequence[NDArray[np.float32]]) -> Detections:
    """What a detector says about letterboxed frames."""
    runner = Runner(model)
    rows = [sorted(runner.run(frame), key=lambda output: -output.size) for frame in inputs]
    return np.concatenate([row[0] for row in rows]), np.concatenate([row[1] for row in rows])


def detector_agreement(ours: Detections, theirs: Detections) -> dict[str, Any]:
    """Compares two detectors at the anchor that the published one is surest of.

    Returns:
        Distances of the two points that span the region, pixels of 224, where the published one
        finds somebody at all; the error of the logit; how often both find somebody or both nobody,
        at the score that the box asks for.
    """
    logits, truth = ours[1][:, :, 0], theirs[1][:, :, 0]
    rows, best = np.arange(len(truth)), truth.argmax(axis=1)
    found = truth[rows, best] > _LOOKED_AT
    points = (ours[0] - theirs[0])[rows, best][:, _POINTS].reshape(-1, 2, 2)[found]
    return {
        "frames": len(truth),
        "found": int(found.sum()),
        "points": _spread(np.linalg.norm(points, axis=2)),
        "logit": _spread(np.abs(logits.max(axis=1) - truth.max(axis=1))),
        "same_decision": float(((logits.max(axis=1) > _LOOKED_AT) == found).mean()),
    }
