"""An exercise on trial: what its counter makes of the last seconds, and what speaks for it.

As soon as an exercise is worth considering, the past is played to its counter, and from then on
every frame. So when the exercise is settled its first repetitions are there already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gymbox.motion.anchors import ENOUGH, fits, travel
from gymbox.motion.landmarks import Pose
from gymbox.motion.observe import Observation
from gymbox.reps import counter
from gymbox.reps.counter import GAP, Counter, Phase, RepDone
from gymbox.reps.profiles import Profile
from gymbox.reps.recognition import Heard, support


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """One frame in which the athlete was seen."""

    pose: Pose
    observation: Observation

    @property
    def t(self) -> float:
        """Seconds."""
        return self.observation.timestamp


@dataclass(frozen=True, slots=True)
class Found:
    """A repetition on trial.

    Attributes:
        rep: complete or partial.
        anchored: 0..1, how well what moved and what stayed in its place fit the exercise.
        closed: the athlete has come back to the start pose, or went into the next repetition.
    """

    rep: RepDone
    anchored: float
    closed: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A counter on trial, and the repetitions that it found, oldest first."""

    counter: Counter = field(default_factory=Counter)
    found: tuple[Found, ...] = ()

    def since(self, t: float) -> "Trial":
        """Without the repetitions that began before t seconds: not all is remembered of them."""
        return replace(self, found=tuple(one for one in self.found if one.rep.start >= t))

    def rested(self) -> "Trial":
        """The trial after a set."""
        return Trial(self.counter.rested())


def played(past: Sequence[Moment], profile: Profile) -> Trial:
    """What the counter makes of the past, oldest first."""
    trial = Trial()
    for index, moment in enumerate(past):
        trial = step(trial, moment, past[: index + 1], profile)
    return trial


def step(trial: Trial, moment: Moment, past: Sequence[Moment], profile: Profile) -> Trial:
    """Plays one frame to the counter; `past` ends with it."""
    counted, news = counter.step(trial.counter, moment.observation, profile)
    new = tuple(_found(done, past, profile) for done in news if isinstance(done, RepDone))
    back = counted.phase is Phase.START
    before = trial.found
    if before and not before[-1].closed and (back or new):
        before = (*before[:-1], replace(before[-1], closed=True))
    if new and back:
        new = (*new[:-1], replace(new[-1], closed=True))
    return Trial(counted, before + new)


def finished(trial: Trial, t: float, past: Sequence[Moment], profile: Profile) -> Trial:
    """The same at the end at t seconds: a repetition that only waits to settle is there."""
    pending = trial.counter.pending
    if pending is None or t - pending.end > GAP:
        return trial
    counted = replace(trial.counter, pending=None)
    return Trial(counted, (*trial.found, _found(pending, past, profile)))


def backing(one: Found, exercise: str, heard: Sequence[Heard]) -> float:
    """0..1, what speaks for a repetition being one of this exercise."""
    return one.anchored * support(heard, exercise, one.rep.start, one.rep.end)


def _found(done: RepDone, past: Sequence[Moment], profile: Profile) -> Found:
    poses = [moment.pose for moment in past if moment.t <= done.end]
    # Slow cameras see too little of a quick repetition: some of what was before it helps.
    during = sum(moment.t >= done.start for moment in past[: len(poses)])
    return Found(done, fits(profile, travel(poses[-max(during, ENOUGH) :])), closed=False)
