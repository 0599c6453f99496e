"""Does the box's counter count alike on what the box saw and on what the model makes up?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gymbox.motion.recording import PoseRecording
from gymbox.reps.profiles import profile, profiles
from tools.evaluate._count_run import count, observations
from tools.synth.sensor.pairs import Pair
from tools.synth.sensor.sensor import Sensor

TIMES = 3
"""How often the model makes up each clip."""
STRAY = 0.05
"""Share of frames from which on the box followed something else."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Clips of an exercise counted exactly.

    Attributes:
        clips: how many there are.
        truth, seen, made: how many of them on the true joints, on what the box saw, and on what
            the model makes up (on average).
        agree: on how many of them seen and made agree (on average).
    """

    clips: int
    truth: float
    seen: float
    made: float
    agree: float


def counted(model: Sensor, pairs: Sequence[Pair]) -> dict[str, Counted]:
    """By exercise, those clips in which the box follows the athlete."""
    rows: dict[str, list[tuple[float, float, float, float]]] = {}
    for k, pair in enumerate(pairs):
        if pair.label["exercise"] not in profiles() or pair.astray.mean() > STRAY:
            continue
        seen = _right(pair, pair.seen)
        made = [
            _right(pair, model.observe(pair.truth, np.random.default_rng((k, again))))
            for again in range(TIMES)
        ]
        alike = float(np.mean([one == seen for one in made]))
        found = _right(pair, pair.truth), seen, float(np.mean(made)), alike
        rows.setdefault(pair.label["exercise"], []).append(found)
    return {name: Counted(len(r), *np.sum(r, axis=0).tolist()) for name, r in sorted(rows.items())}


def _right(pair: Pair, recorded: Mapping[str, Any]) -> bool:
    width, height = pair.truth["size"].tolist()
    recording = PoseRecording(
        points=np.asarray(recorded["points"], np.float32),
        visibility=recorded["visibility"],
        world=recorded["world"],
        score=recorded["score"],
        times=np.asarray(pair.truth["t"], float),
        fps=float(pair.truth["fps"]),
        size=(width, height),
    )
    said = len(count(list(observations(recording)), profile(pair.label["exercise"])).reps)
    return bool(pair.label["reps"] <= said <= pair.label["reps_max"])
