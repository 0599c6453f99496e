"""The training that a restart of the box cut off, on the clock of the frames to come."""

from dataclasses import replace

from gymbox.events import SetEnd
from gymbox.reps.effort import Effort
from gymbox.reps.plan import Plan
from gymbox.reps.rest import Rest
from gymbox.reps.sets import C, SetRules, SetState
from gymbox.workouts.rows import NextSet, OpenSet


def set_again(left_off: OpenSet, counter: C, rules: SetRules, now: float) -> SetState[C]:
    """The set that was under way.

    Args:
        left_off: what the log holds of it.
        counter: a fresh one.
        rules: with the plan of an athlete who said nothing.
        now: seconds, on the clock of the frames.
    """
    start = now - left_off.elapsed
    return SetState.restored(
        left_off.exercise,
        counter,
        number=left_off.number,
        reps=left_off.reps,
        start=start,
        last_rep=now - left_off.age,
        efforts=_moved(left_off.efforts, start),
        plan=left_off.plan or rules.plan,
        done=left_off.done,
    )


def rest_again(
    left_off: NextSet, counter: C, rules: SetRules, now: float, *, exercise: str | None = None
) -> SetState[C]:
    """The rest after the set that had ended.

    Args:
        left_off: what the log holds of it.
        counter: a fresh one.
        rules: with the plan of an athlete who said nothing.
        now: seconds, on the clock of the frames.
        exercise: to go on with; None for that of the set.
    """
    chosen = left_off.exercise if exercise is None else exercise
    plan = left_off.plan or rules.plan
    done = {**left_off.done, left_off.exercise: left_off.number - 1}
    return SetState(
        exercise=chosen,
        counter=counter,
        number=done.get(chosen, 0) + 1,
        done=done,
        plan=plan,
        rest=_rest(left_off, plan, now),
    )


def _rest(left_off: NextSet, plan: Plan, now: float) -> Rest | None:
    if not left_off.efforts:
        return None
    start = now - left_off.elapsed
    efforts = _moved(left_off.efforts, start)
    end = efforts[-1].end
    ended = SetEnd(t=now, exercise=left_off.exercise, reps=len(efforts), start=start, end=end)
    rest = Rest(ended=ended, number=left_off.number - 1, efforts=efforts, since=end)
    return rest.at(now, plan.rest)


def _moved(efforts: tuple[Effort, ...], start: float) -> tuple[Effort, ...]:
    """Repetitions from the clock of their set to that of the frames."""
    return tuple(replace(one, start=start + one.start, end=start + one.end) for one in efforts)
