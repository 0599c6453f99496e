"""What the athlete corrects by hand: repetitions taken back or added, sets begun anew or reopened.

Pure: `correction(state, t)` gives the next state and the events, none where nothing is to correct.
"""

from dataclasses import replace

from gymbox.events import RepAdded, RepUndone, SetCorrected, SetReopened, SetRestarted
from gymbox.reps.effort import Effort
from gymbox.reps.rest import Rest
from gymbox.reps.set_state import C, SetState
from gymbox.reps.sets import Result, counted_one


def undo(state: SetState[C], t: float) -> Result[C]:
    """Takes back the last complete repetition of the set under way, or of the one just ended."""
    if state.under_way:
        if not state.efforts:
            return state, ()
        state = replace(state, efforts=state.efforts[:-1], partial=False, resting=t)
        return state, (RepUndone(t=t, exercise=state.exercise, rep=state.reps),)
    if state.rest is None:
        return state, ()
    efforts = state.rest.efforts[:-1]
    end = efforts[-1].end if efforts else state.rest.ended.start
    ended = replace(state.rest.ended, reps=len(efforts), end=end)
    rest = replace(state.rest, ended=ended, efforts=efforts, since=min(end, t))
    corrected = SetCorrected(
        t=t, exercise=ended.exercise, reps=ended.reps, start=ended.start, end=ended.end
    )
    if not efforts:
        return _forgotten(state, rest), (corrected,)
    return replace(state, rest=rest.at(t, state.targets.rest)), (corrected,)


def add(state: SetState[C], t: float) -> Result[C]:
    """Adds a repetition to the set under way: one that the box has missed."""
    if not state.under_way:
        return state, ()
    # When it was nobody knows; it ends with the last one seen, so that the rest is not cut short.
    effort = Effort(start=state.last_rep, end=state.last_rep)
    state, reached = counted_one(replace(state, resting=t), effort, t)
    return state, (RepAdded(t=t, exercise=state.exercise, rep=state.reps), *reached)


def restart(state: SetState[C], t: float) -> Result[C]:
    """Begins the set under way anew: none of its repetitions counts."""
    if not state.under_way:
        return state, ()
    state = replace(state, efforts=(), partial=False, resting=t)
    return state, (SetRestarted(t=t, exercise=state.exercise),)


def reopen(state: SetState[C], t: float) -> Result[C]:
    """Takes back the end of the set: it goes on; nothing if another exercise is on by now."""
    rest = state.rest
    if rest is None or rest.ended.exercise != state.exercise:
        return state, ()
    state = replace(
        state,
        number=rest.number,
        start=rest.ended.start,
        efforts=rest.efforts,
        last_rep=rest.ended.end,
        resting=t,
        absent=None,
        rest=None,
        menu=None,
    )
    reopened = SetReopened(t=t, exercise=state.exercise, reps=state.reps, start=rest.ended.start)
    return state, (reopened,)


def _forgotten(state: SetState[C], rest: Rest) -> SetState[C]:
    """The state after a set of which nothing is left: the next one takes its number."""
    state = replace(state, rest=None)
    exercise = rest.ended.exercise
    if exercise == state.exercise:
        return replace(state, number=rest.number)
    return replace(state, done={**state.done, exercise: rest.number - 1})
