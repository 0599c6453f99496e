"""Counted repetitions with what the counter knew of them, and whether they were true."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Pose
from gymbox.reps import counter
from gymbox.reps.confidence import NAMES
from gymbox.reps.counter import Counter, RepDone
from gymbox.reps.profiles import profile
from tools.evaluate._count_run import observations
from tools.evaluate._disturbances import DISTURBANCES
from tools.evaluate._disturbed_made import load

SLACK = 0.3
"""Seconds before and after a repetition in which its turn may seem to be."""
AS_IT_IS = 0.5
"""Share of the recordings that are not tampered with."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """n counted repetitions.

    Attributes:
        evidence: [n, len(NAMES)].
        true: [n] 1 or 0.
        group: [n] performance; those of one must not be split.
    """

    evidence: Floats
    true: Floats
    group: NDArray[np.int64]


def candidates(folder: Path, seed: int) -> Candidates:
    """Counts every recording of a folder, half of them tampered with.

    Raises:
        InputError: there are none.
    """
    rng = np.random.default_rng(seed)
    names = list(DISTURBANCES)
    rows, true, group = [], [], []
    for one, recording in load(folder):
        name = names[0] if rng.random() < AS_IT_IS else str(rng.choice(names[1:]))
        found = every_rep(DISTURBANCES[name](list(recording), rng), one.exercise)
        rows += [astuple(rep.evidence) for rep in found if rep.evidence]
        true += matched([rep.turn for rep in found], one.reps)
        group += [one.performance] * len(found)
    return Candidates(
        np.array(rows, np.float64).reshape(-1, len(NAMES)),
        np.array(true, np.float64),
        np.array(group, np.int64),
    )


def every_rep(recording: Iterable[tuple[float, Pose | None]], exercise: str) -> list[RepDone]:
    """The complete repetitions of a recording."""
    state, told = Counter(), profile(exercise)
    found: list[RepDone] = []
    for _, observation in observations(recording):
        if observation is not None:
            state, news = counter.step(state, observation, told)
            found += [event for event in news if isinstance(event, RepDone) and not event.partial]
    return [*found, state.pending] if state.pending else found


def matched(turns: Sequence[float], reps: Sequence[tuple[float, float]]) -> list[bool]:
    """Which of the counted ones are true: each true one is found once at most."""
    free = list(reps)
    out = []
    for turn in turns:
        hit = next((r for r in free if r[0] - SLACK <= turn <= r[1] + SLACK), None)
        if hit is not None:
            free.remove(hit)
        out.append(hit is not None)
    return out
