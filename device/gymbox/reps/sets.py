"""Sets on top of a counter: numbering, beginning, end, undo.

Pure like the counters: `step(state, counted, news, t, rules)` gives the next state and the events
of the box. A set begins with its first complete repetition and ends after a rest, when the athlete
is gone, or with `finish`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Protocol, Self, TypeVar

from gymbox.events import Event, ExerciseChosen, Ready, Rep, RepUndone, SetEnd, SetStart
from gymbox.reps.counter import GAP, Armed, CounterEvent, RepDone
from gymbox.reps.profiles import UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRules:
    """When a set is over.

    Attributes:
        rest_after: seconds without a repetition.
        gone_after: seconds without the athlete.
    """

    rest_after: float = 20.0
    gone_after: float = 4.0


class Counting(Protocol):
    """State of a counter."""

    @property
    def armed(self) -> bool:
        """Movement counts."""
        ...

    @property
    def away(self) -> bool:
        """A repetition is under way."""
        ...

    @property
    def progress(self) -> float:
        """0..1, for a moving bar."""
        ...

    @property
    def pending(self) -> RepDone | None:
        """It counts if nothing more comes."""
        ...

    def rested(self) -> Self:
        """The state after a set: the athlete walks about, so the start pose is asked for again."""
        ...


C = TypeVar("C", bound=Counting)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetState(Generic[C]):
    """One exercise under way.

    Attributes:
        exercise: name of the profile, or UNKNOWN: nothing is counted then.
        counter: state of the counter.
        number: of the set, from 1: the one under way or else the next one.
        reps: complete repetitions of the set under way.
        start: seconds, when its first repetition began; None while no set is under way.
        last_rep: when its last repetition ended.
        resting: since when no repetition has ended, as far as this state knows.
        seen: when the athlete was last seen, or when the first frame came.
        done: how many sets of the other exercises there were, by name.
    """

    exercise: str
    counter: C
    number: int = 1
    reps: int = 0
    start: float | None = None
    last_rep: float = 0.0
    resting: float | None = None
    seen: float | None = None
    done: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def restored(
        cls, exercise: str, counter: C, *, number: int, reps: int, start: float, last_rep: float
    ) -> "SetState[C]":
        """A set that was cut off and goes on; times on the clock of the frames to come.

        Rest and absence are counted from the first frame, so that a slow restart ends no set.
        """
        return cls(
            exercise=exercise,
            counter=counter,
            number=number,
            reps=reps,
            start=start,
            last_rep=last_rep,
        )

    @property
    def under_way(self) -> bool:
        """A set has begun and not ended."""
        return self.start is not None


Result = tuple[SetState[C], tuple[Event, ...]]


def step(
    state: SetState[C],
    counted: C,
    news: Sequence[CounterEvent],
    t: float,
    rules: SetRules,
    *,
    seen: bool = True,
    late: bool = False,
) -> Result[C]:
    """Takes one frame.

    Args:
        state: after the frame before.
        counted: what the counter made of the frame: its next state.
        news: and what it said.
        t: seconds, of the frame.
        rules: when a set is over.
        seen: the athlete is there.
        late: the frame is one of the past, kept until the exercise was known.
    """
    events: list[Event] = []
    if state.seen is None or state.resting is None:
        state = replace(state, seen=t, resting=t)
    state = replace(state, counter=counted, seen=t if seen else state.seen)
    for event in news if state.exercise != UNKNOWN else ():
        state, told = _tell(state, event, late=late)
        events.extend(told)
    if _is_over(state, t, rules):
        state, told = finish(state, t)
        events.extend(told)
    return state, tuple(events)


def finish(state: SetState[C], t: float) -> Result[C]:
    """Ends the set under way, if there is one: the recording is over or the exercise changes.

    A repetition that only waits to settle is complete, unless the athlete has gone meanwhile.
    """
    last: tuple[Event, ...] = ()
    pending = state.counter.pending
    if pending is not None and t - pending.end <= GAP:
        state, last = _tell(state, pending)
    if state.start is None:
        return state, ()
    ended = SetEnd(
        t=t, exercise=state.exercise, reps=state.reps, start=state.start, end=state.last_rep
    )
    number = state.number + (1 if state.reps else 0)
    after = SetState(
        exercise=state.exercise,
        number=number,
        counter=state.counter.rested(),
        done=state.done,
    )
    return after, (*last, ended)


def choose(
    state: SetState[C], exercise: str, counter: C, t: float, *, confidence: float = 1.0
) -> Result[C]:
    """Goes over to an exercise; ends the set under way. Each exercise numbers its own sets.

    Args:
        state: of the exercise before.
        exercise: name of its profile, or UNKNOWN.
        counter: a fresh one, or one that is to go on.
        t: seconds.
        confidence: how sure it is that this is the exercise, 0..1.
    """
    state, events = finish(state, t)
    done = {**state.done, state.exercise: state.number - 1}
    chosen = ExerciseChosen(t=t, exercise=exercise, confidence=confidence)
    number = done.get(exercise, 0) + 1
    state = SetState(exercise=exercise, counter=counter, number=number, done=done)
    return state, (*events, chosen)


def undo(state: SetState[C], t: float) -> Result[C]:
    """Takes back the last complete repetition of the set under way, if it has one."""
    if state.start is None or state.reps == 0:
        return state, ()
    state = replace(state, reps=state.reps - 1)
    return state, (RepUndone(t=t, exercise=state.exercise, rep=state.reps),)


def _tell(state: SetState[C], event: CounterEvent, *, late: bool = False) -> Result[C]:
    """One thing the counter said, in the words of the box."""
    if isinstance(event, Armed):
        return state, () if state.under_way else (Ready(t=event.t, exercise=state.exercise),)
    events: list[Event] = []
    if not event.partial:
        if state.start is None:
            state = replace(state, start=event.start)
            events.append(SetStart(t=event.start, exercise=state.exercise))
        state = replace(state, reps=state.reps + 1, last_rep=event.end, resting=event.end)
    events.append(
        Rep(
            t=event.end,
            exercise=state.exercise,
            rep=state.reps,
            partial=event.partial,
            rom=event.rom,
            tempo=event.tempo,
            confidence=event.confidence,
            late=late,
        )
    )
    return state, tuple(events)


def _is_over(state: SetState[C], t: float, rules: SetRules) -> bool:
    if state.start is None or state.seen is None or state.resting is None:
        return False
    if t - state.seen > rules.gone_after:
        return True
    # A slow repetition is let finish; the counter gives it up after a while.
    return not state.counter.away and t - state.resting > rules.rest_after
