"""Sets on top of a counter: when one begins and ends, its rest, its place in the plan.

Pure like the counters: `step(state, counted, news, t, rules)` gives the next state and the events
of the box. A set begins with its first complete repetition. It ends after a rest, when the athlete
is gone, when the exercise changes, or with `finish`. What the buttons do stands in `presses`, and
the whole of it is drawn in docs/sets.md.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from gymbox.events import (
    Event,
    ExerciseChosen,
    PlanChanged,
    Ready,
    Rep,
    SetEnd,
    SetsDone,
    SetStart,
    TargetReached,
)
from gymbox.reps import rest as rests
from gymbox.reps.counter import GAP, Armed, CounterEvent, RepDone
from gymbox.reps.effort import Effort
from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.rest import Rest
from gymbox.reps.set_state import C, SetRules, SetState, Stage

__all__ = [
    "C",
    "Result",
    "SetRules",
    "SetState",
    "Stage",
    "choose",
    "counted_one",
    "finish",
    "step",
]

LATE = 2.0
"""Seconds after its end from which a repetition is told late: no counter takes as long."""

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
    state = _on_clock(state, t, rules)
    # Absence begins with the first frame without the athlete: a camera that stalls tells nothing.
    absent = None if seen else t if state.absent is None else state.absent
    state = replace(state, counter=counted, absent=absent)
    events: list[Event] = []
    for event in news if state.exercise != UNKNOWN else ():
        state, told = _tell(state, event, t, late=late)
        events.extend(told)
    if _is_over(state, t, rules):
        state, told = finish(state, t)
        events.extend(told)
    if not late:
        state, told = _wait(state, t, rules)
        events.extend(told)
    return state, tuple(events)


def finish(state: SetState[C], t: float) -> Result[C]:
    """Ends the set under way, if there is one: the recording is over or the exercise changes.

    A repetition that only waits to settle is complete, unless the athlete has gone meanwhile.
    """
    last: tuple[Event, ...] = ()
    pending = state.counter.pending
    if pending is not None and t - pending.end <= GAP and state.exercise != UNKNOWN:
        state, last = _tell(state, pending, t)
    if state.start is None:
        return state, ()
    end = state.efforts[-1].end if state.efforts else state.last_rep
    ended = SetEnd(t=t, exercise=state.exercise, reps=state.reps, start=state.start, end=end)
    events: tuple[Event, ...] = (*last, ended)
    rest = None
    if state.reps:
        rest = Rest(ended=ended, number=state.number, efforts=state.efforts, since=min(end, t))
        rest = rest.at(t, state.targets.rest)
        if state.number == state.targets.sets:
            events = (*events, SetsDone(t=t, exercise=state.exercise, sets=state.number))
    number = state.number + (1 if state.reps else 0)
    state = replace(state, start=None, efforts=(), partial=False, rest=rest, number=number)
    return replace(state, counter=state.counter.rested()), events


def choose(
    state: SetState[C], exercise: str, counter: C, t: float, *, confidence: float = 1.0
) -> Result[C]:
    """Goes over to an exercise; ends the set under way. Each exercise numbers its own sets.

    The rest goes on: it ends with the first repetition of the next set.

    Args:
        state: of the exercise before.
        exercise: name of its profile, or UNKNOWN.
        counter: a fresh one, or one that is to go on.
        t: seconds.
        confidence: how sure it is that this is the exercise, 0..1.
    """
    state, events = finish(state, t)
    done = {**state.done, state.exercise: state.number - 1}
    number = done.get(exercise, 0) + 1
    state = replace(
        state, exercise=exercise, counter=counter, number=number, done=done, menu=None, clock=None
    )
    return state, (*events, ExerciseChosen(t=t, exercise=exercise, confidence=confidence))


def counted_one(state: SetState[C], effort: Effort, t: float) -> Result[C]:
    """The set with one complete repetition more, and whether that was the one to reach."""
    state = replace(state, efforts=(*state.efforts, effort), partial=False)
    if state.reps != state.targets.reps:
        return state, ()
    return state, (TargetReached(t=t, exercise=state.exercise, reps=state.reps),)


def _tell(state: SetState[C], event: CounterEvent, t: float, *, late: bool = False) -> Result[C]:
    """One thing the counter said, in the words of the box."""
    if isinstance(event, Armed):
        return state, () if state.under_way else (Ready(t=event.t, exercise=state.exercise),)
    done = _sane(event, t)
    if state.efforts and (done.start, done.end) == (state.efforts[-1].start, state.efforts[-1].end):
        return state, ()  # told twice
    before: tuple[Event, ...] = ()
    after: tuple[Event, ...] = ()
    if not done.partial and state.start is None:
        state = replace(state, start=done.start, rest=None, menu=None)
        target = state.targets.reps
        before = (SetStart(t=done.start, exercise=state.exercise, target=target),)
    if done.partial:
        state = replace(state, partial=state.under_way)
    else:
        effort = Effort(start=done.start, end=done.end, rom=done.rom, tempo=done.tempo)
        state, after = counted_one(state, effort, done.end)
        state = replace(state, last_rep=done.end, resting=done.end)
    rep = Rep(
        t=done.end,
        exercise=state.exercise,
        rep=state.reps,
        partial=done.partial,
        rom=done.rom,
        tempo=done.tempo,
        confidence=done.confidence,
        late=late or t - done.end > LATE,
    )
    return state, (*before, rep, *after)


def _sane(done: RepDone, t: float) -> RepDone:
    """The repetition without numbers that no screen or log can take.

    A movement of which a measure failed is one all the same.
    """
    end = done.end if math.isfinite(done.end) else t
    start = min(done.start, end) if math.isfinite(done.start) else end
    ecc, low, con, high = (max(part, 0.0) if math.isfinite(part) else 0.0 for part in done.tempo)
    return replace(
        done,
        start=start,
        end=end,
        rom=_share(done.rom),
        tempo=(ecc, low, con, high),
        confidence=_share(done.confidence),
    )


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0) if math.isfinite(value) else 0.0


def _on_clock(state: SetState[C], t: float, rules: SetRules) -> SetState[C]:
    """The state at the time of a frame. A clock that was set back bends no duration."""
    if state.resting is None:
        state = replace(state, resting=t)
    if state.plan is None:
        state = replace(state, plan=rules.plan)
    back = t - state.clock if state.clock is not None else 0.0
    if back < 0.0:
        state = replace(
            state,
            resting=None if state.resting is None else state.resting + back,
            absent=None if state.absent is None else state.absent + back,
            rest=state.rest and state.rest.moved(back),
            menu=state.menu and replace(state.menu, since=state.menu.since + back),
        )
    return replace(state, clock=t)


def _is_over(state: SetState[C], t: float, rules: SetRules) -> bool:
    if state.start is None or state.resting is None:
        return False
    if state.absent is not None and t - state.absent > rules.gone_after:
        return True
    limits = [rules.rest_after]
    plan = state.targets
    if plan.rest:
        limits.append(max(plan.rest / 2.0, rules.target_after))
    if 0 < plan.reps <= state.reps:
        limits.append(rules.target_after)
    # A slow repetition is let finish; the counter gives it up after a while.
    return not state.counter.away and t - state.resting > min(limits)


def _wait(state: SetState[C], t: float, rules: SetRules) -> Result[C]:
    """What time brings while no set is under way."""
    events: tuple[Event, ...] = ()
    if state.menu is not None and t - state.menu.since > rules.menu_after:
        state = replace(state, menu=None)
    if state.rest is not None and t - state.rest.since > rules.rest_gone_after:
        state = replace(state, rest=None)
    if state.rest is not None and not state.all_done:
        rest, events = rests.step(state.rest, t, state.targets.rest)
        state = replace(state, rest=rest)
    idle = 0.0 if state.resting is None or state.under_way else t - state.resting
    if idle > rules.anew_after:
        state = replace(state, resting=t, rest=None, number=1, done={})
        if state.plan != rules.plan:
            plan = rules.plan
            state = replace(state, plan=plan)
            events = (PlanChanged(t=t, reps=plan.reps, sets=plan.sets, rest=plan.rest),)
    return state, events
