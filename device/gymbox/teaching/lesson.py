"""Learning an exercise from some repetitions of it: poses in, a profile out. Pure.

    find what is repeated (`cycles`) -> signals, band and posture (`fitting`) -> count it again

Nothing is trained. The demonstration is counted by the profile made of it; only one that counts
exactly what was shown is good for anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gymbox.motion.anchors import travel
from gymbox.motion.landmarks import Pose
from gymbox.motion.observe import Body, Observation, observe
from gymbox.reps.profiles import Profile
from gymbox.teaching import cycles, fitting, readings
from gymbox.teaching.cycles import Cycle, Repeated
from gymbox.teaching.readings import Readings

SHOWN = 3
"""Repetitions that must be shown at least."""
TRIED = 3
"""Movements that are tried, where several are repeated."""
SAME_TURN = 4
"""Parts of a second: turns in the same one are the same."""
TimedPose = tuple[float, Pose | None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt.

    Attributes:
        profile: counts it; name and title are empty.
        cycles: the repetitions that were shown.
        alike: 0..1, how alike they were.
    """

    profile: Profile
    cycles: tuple[Cycle, ...]
    alike: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing was learnt.

    Attributes:
        words: for the screen, such as "move more".
        reps: how many repetitions were seen.
    """

    words: str
    reps: int = 0


def teach(recording: Sequence[TimedPose]) -> Lesson | Problem:
    """Learns the movement that is repeated in a recording.

    Args:
        recording: seconds and the pose then, None where nobody was found; not all of it need be
            exercise.
    """
    observations = observed(recording)
    if len(observations) < cycles.PHASES:
        return Problem("nobody seen")
    seen = readings.gather(observations)
    found = cycles.candidates(seen)
    if not found:
        _, size = cycles.movement(seen)
        return Problem("move more" if size < cycles.LEAST else "hold still first")
    reps = len(found[0].cycles)
    if reps < SHOWN:
        return Problem(f"{SHOWN} reps needed, saw {reps}", reps)
    poses = [pose for _, pose in recording if pose is not None]
    return _learnt(observations, seen, found, poses)


def observed(recording: Sequence[TimedPose]) -> list[Observation]:
    """What the counter sees of a recording."""
    body: Body | None = None
    seen = []
    for _, pose in recording:
        if pose is not None:
            observation, body = observe(pose, body)
            seen.append(observation)
    return seen


def _learnt(
    observations: Sequence[Observation],
    seen: Readings,
    found: Sequence[Repeated],
    poses: Sequence[Pose],
) -> Lesson | Problem:
    """The first of the movements that were found whose profile counts what was shown."""
    reps = len(found[0].cycles)
    good = [one for one in found if len(one.cycles) >= SHOWN and one.alike >= cycles.SAME]
    if not good:
        return Problem("reps too unlike", reps)
    words = "move more"
    for one in _different(good)[:TRIED]:
        begin, end = one.cycles[0].start, one.cycles[-1].end
        moving = [pose for pose in poses if begin <= pose.timestamp <= end]
        fit = fitting.fit(observations, seen, one.cycles, travel(moving))
        if fit is not None and not fit.wrong:
            return Lesson(fit.profile, one.cycles, one.alike)
        words = words if fit is None else "not clear, turn a bit"
    return Problem(words, reps)


def _different(found: Sequence[Repeated]) -> list[Repeated]:
    """Without those that turn where a better one turns too."""
    kept: dict[tuple[int, ...], Repeated] = {}
    for one in found:
        kept.setdefault(tuple(round(cycle.turn * SAME_TURN) for cycle in one.cycles), one)
    return list(kept.values())
