"""What is known of a set beside what the recogniser told of it: the athlete's corrections."""

from collections.abc import Sequence
from typing import NamedTuple

from gymbox.events import Event, RepAdded, RepUndone, SetReopened, SetRestarted
from gymbox.reps.counter import RepDone

APART = 0.5
"""Seconds by which two counters may differ about the end of a repetition."""


class Word(NamedTuple):
    """What stands of the set under way, whatever its exercise turns out to be.

    Attributes:
        before: its repetitions of which the recogniser knows nothing: of the time before a restart
            of the box, or before the set was opened again.
        reps: how many it had when the athlete corrected it last; None if they have not.
        told: seconds, the end of the last repetition that had been told by then.
        t: when that was.
    """

    before: int = 0
    reps: int | None = None
    told: float = 0.0
    t: float = 0.0

    def after(self, events: Sequence[Event], reps: int, told: float, t: float) -> "Word":
        """The word after a press at t seconds.

        Args:
            events: what came of it.
            reps: that the set has now.
            told: seconds, the end of the last repetition that was told.
            t: seconds.
        """
        if any(isinstance(event, SetReopened) for event in events):
            return Word(before=reps)
        if any(isinstance(event, RepUndone | RepAdded | SetRestarted) for event in events):
            return Word(min(self.before, reps), reps, told, t)
        return self

    def told_anew(self) -> "Word":
        """The word on the set that takes the place of what was told; what was before is over."""
        return self._replace(before=0, reps=None if self.reps is None else self.reps - self.before)

    def on(self, reps: Sequence[RepDone]) -> tuple[tuple[RepDone, ...], int]:
        """What the athlete's last word leaves of repetitions that are told anew.

        They have spoken of what had been told: no more of that stands than they left, and no less
        than that there must have been by then.

        Returns:
            The repetitions that stand, and how many more there were.
        """
        if self.reps is None:
            return tuple(reps), 0
        complete = [rep for rep in reps if not rep.partial]
        gone = [rep for rep in complete if rep.end <= self.told + APART][self.reps :]
        by_then = sum(rep.end <= self.t and rep not in gone for rep in complete)
        return tuple(rep for rep in reps if rep not in gone), max(0, self.reps - by_then)
