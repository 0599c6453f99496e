"""What the buttons do, stage by stage: one table, from which docs/sets.md is drawn as well.

A short press of SELECT goes on and one of BACK takes back; held down they do the rarer thing of the
same kind.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, NamedTuple

from gymbox.display import Button
from gymbox.events import Event, PlanChanged
from gymbox.reps.corrections import add, reopen, restart, undo
from gymbox.reps.plan import FIELDS, Menu, Plan
from gymbox.reps.set_state import C, SetState, Stage
from gymbox.reps.sets import Result, choose, finish


@dataclass(frozen=True, slots=True)
class Choices(Generic[C]):
    """What can be chosen by button.

    Attributes:
        exercises: names, in the order of the buttons.
        anew: a counter that has seen nothing.
    """

    exercises: Sequence[str]
    anew: Callable[[], C]

    def neighbour(self, exercise: str, step: int) -> str:
        """The exercise `step` places on; from one that is none of them the first or the last."""
        if exercise not in self.exercises:
            return self.exercises[0 if step > 0 else -1]
        return self.exercises[(self.exercises.index(exercise) + step) % len(self.exercises)]


class Press(NamedTuple):
    """What a button does in a stage.

    Attributes:
        says: so in few words, for the drawing.
        call: (state, t, choices) to the next state and the events.
    """

    says: str
    call: Callable[[SetState[Any], float, Choices[Any]], Result[Any]]


def press(state: SetState[C], button: Button, t: float, choices: Choices[C]) -> Result[C]:
    """Takes a press at t seconds; one that means nothing in this stage does nothing."""
    meant = PRESSES[state.stage].get(button)
    return (state, ()) if meant is None else meant.call(state, t, choices)


def _next(state: SetState[C], t: float, choices: Choices[C]) -> Result[C]:
    return _chosen(state, t, choices, 1)


def _before(state: SetState[C], t: float, choices: Choices[C]) -> Result[C]:
    return _chosen(state, t, choices, -1)


def _chosen(state: SetState[C], t: float, choices: Choices[C], step: int) -> Result[C]:
    exercise = choices.neighbour(state.exercise, step)
    return choose(replace(state, rest=None), exercise, choices.anew(), t)


def _open(state: SetState[C], t: float, _: Choices[C]) -> Result[C]:
    return replace(state, menu=Menu(FIELDS[0], t)), ()


def _raise(state: SetState[C], t: float, _: Choices[C]) -> Result[C]:
    return _planned(state, t, Plan.raised)


def _lower(state: SetState[C], t: float, _: Choices[C]) -> Result[C]:
    return _planned(state, t, Plan.lowered)


def _planned(state: SetState[C], t: float, change: Callable[..., Plan]) -> Result[C]:
    if state.menu is None:
        return state, ()
    plan = change(state.targets, state.menu.field)
    rest = state.rest and state.rest.at(t, plan.rest)
    state = replace(state, plan=plan, rest=rest, menu=replace(state.menu, since=t))
    return state, (PlanChanged(t=t, reps=plan.reps, sets=plan.sets, rest=plan.rest),)


def _further(state: SetState[C], t: float, _: Choices[C]) -> Result[C]:
    return replace(state, menu=state.menu and state.menu.after(t)), ()


def _close(state: SetState[C], _t: float, _: Choices[C]) -> Result[C]:
    return replace(state, menu=None), ()


def _finish(state: SetState[C], t: float, _: Choices[C]) -> Result[C]:
    return finish(state, t)


def _undo(state: SetState[C], t: float, _: Choices[C]) -> Result[C]:
    return undo(state, t)


def _add(state: SetState[C], t: float, _: Choices[C]) -> Result[C]:
    return add(state, t)


def _restart(state: SetState[C], t: float, _: Choices[C]) -> Result[C]:
    return restart(state, t)


def _reopen(state: SetState[C], t: float, choices: Choices[C]) -> Result[C]:
    """The set goes on, and with it its exercise if another one is on by now."""
    chosen: tuple[Event, ...] = ()
    if state.rest is not None and state.rest.ended.exercise != state.exercise:
        state, chosen = choose(state, state.rest.ended.exercise, choices.anew(), t)
    state, events = reopen(state, t)
    return state, (*chosen, *events)


_BEFORE_A_SET = {
    Button.SELECT: Press("next exercise", _next),
    Button.BACK: Press("exercise before", _before),
    Button.SELECT_HELD: Press("plan", _open),
}
_AFTER_A_SET = {
    Button.SELECT: Press("next exercise", _next),
    Button.BACK: Press("take back a rep", _undo),
    Button.SELECT_HELD: Press("plan", _open),
    Button.BACK_HELD: Press("take back the end", _reopen),
}
PRESSES: Mapping[Stage, Mapping[Button, Press]] = {
    Stage.CHOOSE: _BEFORE_A_SET,
    Stage.READY: _BEFORE_A_SET,
    Stage.SET: {
        Button.SELECT: Press("end the set", _finish),
        Button.BACK: Press("take back a rep", _undo),
        Button.SELECT_HELD: Press("add a rep", _add),
        Button.BACK_HELD: Press("restart the set", _restart),
    },
    Stage.REST: _AFTER_A_SET,
    Stage.DONE: _AFTER_A_SET,
    Stage.PLAN: {
        Button.SELECT: Press("more", _raise),
        Button.BACK: Press("less", _lower),
        Button.SELECT_HELD: Press("next line", _further),
        Button.BACK_HELD: Press("close", _close),
    },
}
"""What each button does; the mode button changes between modes and never comes here."""
