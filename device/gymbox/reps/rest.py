"""The rest after a set: its clock runs from the last repetition and tells when to go on."""

from dataclasses import dataclass, replace
from enum import IntEnum

from gymbox.events import Event, RestNearlyOver, RestOver, SetEnd
from gymbox.reps.effort import Effort

WARNING = 10.0
"""Seconds before the end of the rest at which it is told."""


class Told(IntEnum):
    """What of the rest has been told."""

    NOTHING = 0
    NEARLY_OVER = 1
    OVER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A set that has ended, and the time since.

    Attributes:
        ended: the set as it stands, corrections included.
        number: of that set among those of its exercise.
        efforts: its complete repetitions.
        since: seconds, on the clock of the frames: when its last repetition ended.
        told: what has been told of the rest.
    """

    ended: SetEnd
    number: int
    efforts: tuple[Effort, ...]
    since: float
    told: Told = Told.NOTHING

    def at(self, t: float, target: float) -> "Rest":
        """The rest with all that is past by now taken as told."""
        return replace(self, told=_due(t - self.since, target))

    def moved(self, seconds: float) -> "Rest":
        """The rest on a clock that has jumped."""
        return replace(self, since=self.since + seconds)


def step(rest: Rest, t: float, target: float) -> tuple[Rest, tuple[Event, ...]]:
    """Lets time pass.

    Args:
        rest: after the frame before.
        t: seconds.
        target: seconds that the rest is to last, 0 for no end.
    """
    due = _due(t - rest.since, target)
    if due <= rest.told:
        return rest, ()
    event: Event = RestOver(t=t, seconds=float(target))
    if due is Told.NEARLY_OVER:
        event = RestNearlyOver(t=t, left=rest.since + target - t)
    return replace(rest, told=due), (event,)


def _due(seconds: float, target: float) -> Told:
    left = target - seconds
    if target <= 0.0 or left > WARNING:
        return Told.NOTHING
    return Told.NEARLY_OVER if left > 0.0 else Told.OVER
