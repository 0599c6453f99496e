"""Whether what was shown is an exercise that the box knows already."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from gymbox.motion import features
from gymbox.motion.landmarks import Pose
from gymbox.motion.windows import RATE, resample
from gymbox.reps.profiles import UNKNOWN, Profile
from gymbox.teaching.cycles import Cycle
from gymbox.teaching.fitting import counted
from gymbox.teaching.lesson import TimedPose, observed
from gymbox.teaching.recogniser import Recogniser, matched
from gymbox.teaching.taught import Taught

EVERY = 0.5
"""Seconds between two questions to the recogniser."""
TOO_LIKE = 0.5
"""Chance, or likeness of a template, from which two exercises cannot be told apart."""
OFF = 1
"""Repetitions by which the count of another exercise may be off and still be a count of this."""


def too_like(
    recording: Sequence[TimedPose],
    cycles: Sequence[Cycle],
    *,
    known: Mapping[str, Profile],
    taught: Iterable[Taught] = (),
    recogniser: Callable[[], Recogniser] | None = None,
) -> str:
    """The known exercise that a demonstration cannot be told from, "" if there is none.

    Two must agree: the counter of that exercise counts what was shown, and the recogniser, or for a
    taught one its template, takes it for that. The counter alone says little: a pull-up moves the
    arms like a press.

    Args:
        recording: the demonstration.
        cycles: its repetitions.
        known: the packaged profiles.
        taught: the exercises taught before.
        recogniser: makes a fresh recogniser of the packaged ones, None where there is none.
    """
    begin, end = cycles[0].start - 1.0, cycles[-1].end + 1.0
    shown = [(t, pose) for t, pose in recording if begin <= t <= end]
    named = _recognised(shown, cycles, recogniser()) if recogniser else {}
    alike = {name: chance for name, chance in named.items() if name in known}
    profiles = dict(known)
    for one in taught:
        alike[one.name] = _matches(shown, cycles, one)
        profiles[one.name] = one.profile
    seen = observed(shown)
    for name in sorted(alike, key=alike.__getitem__, reverse=True):
        if alike[name] < TOO_LIKE:
            break
        if abs(len(counted(seen, profiles[name])) - len(cycles)) <= OFF:
            return name
    return ""


def _recognised(
    shown: Sequence[TimedPose], cycles: Sequence[Cycle], recogniser: Recogniser
) -> dict[str, float]:
    """Mean chances from the end of the first repetition on, without "unknown"."""
    heard, due = list[Mapping[str, float]](), cycles[0].end
    for t, pose in shown:
        recogniser.add(t, pose)
        if t >= due:
            heard.append(recogniser.chances())
            due = t + EVERY
    names = {name for chances in heard for name in chances} - {UNKNOWN}
    return {name: float(np.mean([chances.get(name, 0.0) for chances in heard])) for name in names}


def _matches(shown: Sequence[TimedPose], cycles: Sequence[Cycle], one: Taught) -> float:
    """How like a template the demonstration is."""
    poses: list[Pose] = [pose for _, pose in shown if pose is not None]
    times = np.array([pose.timestamp for pose in poses])
    grid = np.arange(cycles[0].start, cycles[-1].end, 1 / RATE, dtype=np.float64)
    rows, found = resample(times, np.stack([features.row(pose) for pose in poses]), grid)
    return matched(rows, found, one.template)
