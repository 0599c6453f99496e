"""A repetition of which only the thirds of the travel were seen: its times, its tempo."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from gymbox.motion.phase import LABELS, PhaseScores
from gymbox.reps.counter import RepDone
from gymbox.reps.tempo import Tempo

MIDDLE = 0.216
"""Share of a stroke spent in the middle third, if it is half a cosine: 1 - 2 acos(1/3) / pi."""
OUTER = (1 - MIDDLE) / 2
"""Share of a stroke spent in each outer third."""

_UP, _DOWN = LABELS.index("up"), LABELS.index("down")

Line = Sequence[tuple[float, float]]
"""Times and values."""


class Seen(NamedTuple):
    """One frame of a movement.

    Attributes:
        t: seconds.
        up: chance that the athlete is up.
        depth: 0..1, how far down they are taken to be.
        fit: 0..1, how well the network's words fit in.
        scores: those words.
    """

    t: float
    up: float
    depth: float
    fit: float
    scores: PhaseScores


@dataclass(frozen=True, slots=True)
class Borders:
    """When the borders of the thirds were crossed, seconds.

    Attributes:
        left: out of the upper third.
        arrived: into the lower one.
        parted: out of the lower one.
        back: into the upper one.
    """

    left: float
    arrived: float
    parted: float
    back: float

    @classmethod
    def of(cls, trace: Sequence[Seen]) -> "Borders":
        """Those that a trace shows; the first or last frame's time where one is not crossed."""
        turn = max(range(len(trace)), key=lambda i: trace[i].depth)
        before, after = trace[turn::-1], trace[turn:]
        return cls(
            left=_crossing([(seen.t, seen.up) for seen in before], 0.5),
            arrived=_crossing([(seen.t, seen.depth) for seen in before], 0.75),
            parted=_crossing([(seen.t, seen.depth) for seen in after], 0.75),
            back=_crossing([(seen.t, seen.up) for seen in after], 0.5),
        )


class Shown(NamedTuple):
    """A repetition in a trace.

    Attributes:
        rep: the repetition.
        back: seconds, when it came back into the upper third.
        heard: the network did say "down" once and "up" after it, which is not only inferred.
    """

    rep: RepDone
    back: float
    heard: bool


def shown(trace: Sequence[Seen], back_before: float | None) -> Shown:
    """The repetition that a trace shows.

    Args:
        trace: from before it to the frame that completed it.
        back_before: seconds, when the repetition before came back up; None for the first.
    """
    borders = Borders.of(trace)
    tempo, start = _tempo(borders, back_before)
    during = [seen for seen in trace if borders.left <= seen.t <= borders.back] or trace[-1:]
    done = RepDone(
        start=max(start, trace[0].t),
        turn=(borders.arrived + borders.parted) / 2,
        end=trace[-1].t,
        partial=False,
        rom=max(seen.depth for seen in trace),
        tempo=tempo,
        confidence=sum(seen.fit for seen in during) / len(during),
    )
    words = [max(range(3), key=seen.scores.__getitem__) for seen in trace]
    heard = _DOWN in words and _UP in words[words.index(_DOWN) :]
    return Shown(done, borders.back, heard)


def _crossing(line: Line, level: float) -> float:
    """When a level is first crossed, between two frames; the last frame's time if never."""
    for (t, a), (later, b) in pairwise(line):
        if (a >= level) != (b >= level):
            return t + (level - a) / (b - a) * (later - t)
    return line[-1][0]


def _tempo(borders: Borders, back_before: float | None) -> tuple[Tempo, float]:
    """Eccentric, pause, concentric and the pause before; and when the eccentric began.

    Each stroke is drawn out from its middle third into the outer ones, as far as there is time for
    it: what is left of that is a pause.
    """
    sinking, rising = borders.arrived - borders.left, borders.back - borders.parted
    down = borders.parted - borders.arrived
    in_down = [min(middle * OUTER / MIDDLE, down / 2) for middle in (sinking, rising)]
    if back_before is None:
        above, rest = in_down[0], 0.0
    else:
        between = max(0.0, borders.left - back_before)
        above = min(in_down[0], between / 2)
        rest = max(0.0, between - 2 * above)
    eccentric = above + sinking + in_down[0]
    concentric = in_down[1] + rising + in_down[1]
    return (eccentric, down - sum(in_down), concentric, rest), borders.left - above
