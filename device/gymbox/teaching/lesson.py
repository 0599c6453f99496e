"""Learning an exercise from some repetitions of it: poses in, a profile out. Pure.

    find what is repeated (`cycles`) -> signals, band and posture (`fitting`) -> count it again

Nothing is trained. The demonstration is counted by the profile made of it; only one that counts
exactly what was shown is good for anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gymbox.motion.landmarks import Pose
from gymbox.motion.observe import Body, Observation, observe
from gymbox.reps.profiles import Profile
from gymbox.teaching import cycles, fitting, readings
from gymbox.teaching.cycles import Cycle, Repeated
from gymbox.teaching.readings import Readings

SHOWN = 3
"""Repetitions that must be shown at least."""
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


def teach(recording: Sequence[TimedPose], *, parts: bool = True) -> Lesson | Problem:
    """Learns the movement that is repeated in a recording.

    Args:
        recording: seconds and the pose then, None where nobody was found.
        parts: look for it in parts of the recording too, because not all of it is exercise.
    """
    observations = observed(recording)
    if len(observations) < cycles.PHASES:
        return Problem("nobody seen")
    seen = readings.gather(observations)
    found = cycles.find(seen, parts=parts)
    if found is None:
        _, size = cycles.movement(seen)
        return Problem("move more" if size < cycles.LEAST else "hold still first")
    reps = len(found.cycles)
    if reps < SHOWN:
        return Problem(f"{SHOWN} reps needed, saw {reps}", reps)
    return _learnt(observations, seen, found)


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
    observations: Sequence[Observation], seen: Readings, found: Repeated
) -> Lesson | Problem:
    reps = len(found.cycles)
    if found.alike < cycles.SAME:
        return Problem("reps too unlike", reps)
    fit = fitting.fit(observations, seen, found.cycles)
    if fit is None:
        return Problem("move more", reps)
    if fit.wrong:
        return Problem("not clear, turn a bit", reps)
    return Lesson(fit.profile, found.cycles, found.alike)
