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
    """One clip.

    Attributes:
        exercise: of the clip.
        truth, seen: whether the count is exact on the true joints, and on what the box saw.
        made: how often it is on what the model makes up, 0..1.
        agree: how often the verdict is the same on what was seen and on what is made up.
    """

    exercise: str
    truth: bool
    seen: bool
    made: float
    agree: float


def counted(model: Sensor, pairs: Sequence[Pair]) -> list[Counted]:
    """Of those clips in which the box follows the athlete, and of exercises that it knows."""
    out = []
    for k, pair in enumerate(pairs):
        if pair.label["exercise"] not in profiles() or pair.astray.mean() > STRAY:
            continue
        truth, seen = _right(pair, pair.truth), _right(pair, pair.seen)
        made = [
            _right(pair, model.observe(pair.truth, np.random.default_rng((k, again))))
            for again in range(TIMES)
        ]
        agree = float(np.mean([one == seen for one in made]))
        out.append(Counted(pair.label["exercise"], truth, seen, float(np.mean(made)), agree))
    return out


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
