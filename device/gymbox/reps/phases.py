"""The counter of spot mode: the phases that a network sees in, repetitions out.

A repetition is up, down and up again. What the network says is weighed over time (`_cycle`), so a
single wrong frame counts nothing and loses nothing. It is told as soon as it is sure, or once the
athlete rests and it is likelier than not.

Pure like the other counter: `step(state, t, scores)` gives the next state and what happened. There
are no partial repetitions: "neither" is what the network says of a movement that turns back in the
middle and of hands that find a better place, and nothing tells them apart.
"""

from dataclasses import dataclass, field, replace

from gymbox.motion.phase import PhaseScores
from gymbox.reps._cycle import (
    BETWEEN,
    LOWER,
    UPPER,
    Belief,
    CycleRules,
    Place,
    fit,
    moved_on,
    nothing_known,
    one_told,
    settled,
    told,
)
from gymbox.reps._thirds import Seen, Shown, shown
from gymbox.reps.counter import GAP, Armed, CounterEvent, RepDone

FIRST = 1 / 15
"""Seconds that the first frame is taken to stand for: nothing is known of its camera yet."""

EVEN = 0.5
"""Chance beyond which something is likelier than not."""


@dataclass(frozen=True, slots=True)
class PhaseRules:
    """When a repetition counts.

    Attributes:
        cycle: what is expected of athletes and of the network.
        sure: chance from which a place is taken for granted and a repetition told at once: more
            would make the screen lag and lose quick repetitions, less would tell ghosts.
        settle: seconds of rest after which a repetition that is likelier than not is told too, if
            the next one does not come before.
        min_rep: seconds from leaving the upper third to coming back; nobody is quicker.
        max_rep: seconds after which a movement is given up, as in the profiles.
    """

    cycle: CycleRules = field(default_factory=CycleRules)
    sure: float = 0.85
    settle: float = 0.5
    min_rep: float = 0.3
    max_rep: float = 15.0


RULES = PhaseRules()


@dataclass(frozen=True, slots=True, eq=False)
class PhaseCounter:
    """State of the counter.

    Attributes:
        belief: where in the cycle the athlete is, and how many repetitions have not been told.
        trace: the frames since the athlete was surely up, the last of these included.
        rest: since when they are surely up, or surely at something else; None in a movement.
        armed: movement counts.
        likely: the repetition that is likelier complete than not, and has not been told.
        back: seconds, when the repetition before came back up; None before the first.
    """

    belief: Belief = field(default_factory=nothing_known)
    trace: tuple[Seen, ...] = ()
    rest: float | None = None
    armed: bool = False
    likely: Shown | None = None
    back: float | None = None

    @property
    def pending(self) -> RepDone | None:
        """It counts if nothing more comes."""
        return self.likely.rep if self.likely else None

    @property
    def away(self) -> bool:
        """A repetition is under way, or waits to be told."""
        return self.likely is not None or self.up + self.other < EVEN

    @property
    def progress(self) -> float:
        """0..1, for a moving bar: up, between, down."""
        return self.trace[-1].depth if self.trace else 0.0

    @property
    def up(self) -> float:
        """The chance that the athlete is up."""
        return float(self.belief[:, UPPER].sum())

    @property
    def down(self) -> float:
        """The chance that the athlete is down."""
        return float(self.belief[:, LOWER].sum())

    @property
    def other(self) -> float:
        """The chance that nobody trains: nothing to count is seen."""
        return float(self.belief[:, Place.OTHER].sum())

    @property
    def more(self) -> float:
        """The chance of a complete repetition that has not been told."""
        return float(self.belief[1:].sum())

    def rested(self) -> "PhaseCounter":
        """The state after a set: up has to be held anew."""
        return PhaseCounter()


Result = tuple[PhaseCounter, tuple[CounterEvent, ...]]


def step(state: PhaseCounter, t: float, scores: PhaseScores, rules: PhaseRules = RULES) -> Result:
    """Takes one frame.

    Args:
        state: after the frame before, `PhaseCounter()` for the first.
        t: seconds, not before that of the frame before.
        scores: what the network says of the frame.
        rules: when a repetition counts.
    """
    seconds = t - state.trace[-1].t if state.trace else FIRST
    if seconds > GAP or (state.trace and t - state.trace[0].t > rules.max_rep):
        state, seconds = PhaseCounter(), FIRST
    belief = told(moved_on(state.belief, seconds, rules.cycle), scores, seconds, rules.cycle)
    state = replace(state, belief=belief)
    here = Seen(t, state.up, _depth(belief), fit(belief, scores), scores)
    resting = max(state.up, state.other) >= rules.sure
    rest = None if not resting else t if state.rest is None else state.rest
    state = replace(state, trace=(*state.trace, here), rest=rest)
    state, news = _decide(state, t, rules)
    if state.other >= rules.sure:
        state = replace(state, armed=False, back=None)
    elif state.up >= rules.sure and not state.armed:
        state = replace(state, armed=True)
        news = (Armed(t), *news)
    return state, news


def _decide(state: PhaseCounter, t: float, rules: PhaseRules) -> Result:
    """Tells a repetition that is sure, or that has been left in doubt long enough."""
    if state.more < EVEN:
        state = replace(state, likely=None)
    elif state.likely is None:
        state = replace(state, likely=shown(state.trace, state.back))
    rested = state.rest is not None and t - state.rest >= rules.settle
    known = rested or max(state.down, state.more) >= rules.sure
    if state.likely is not None and known:
        return _tell(state, state.likely, rules)
    if rested:
        state = replace(state, belief=settled(state.belief), trace=state.trace[-1:])
    return state, ()


def _tell(state: PhaseCounter, likely: Shown, rules: PhaseRules) -> Result:
    """Tells a repetition, unless it was too quick to be one or nobody has seen its ends."""
    rep, back, heard = likely
    state = replace(
        state,
        belief=one_told(state.belief),
        trace=tuple(seen for seen in state.trace if seen.t >= rep.end),
        likely=None,
        back=back,
    )
    return state, (rep,) if heard and rep.end - rep.start >= rules.min_rep else ()


def _depth(belief: Belief) -> float:
    return float(belief[:, LOWER].sum() + belief[:, BETWEEN].sum() / 2)
