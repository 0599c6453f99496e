"""What the counting modes share: buttons, the set on the screen, the story of the events.

While no set is under way SELECT goes to the next exercise and BACK to the one before; during a set
SELECT ends it and BACK takes the last repetition back.
"""

from collections.abc import Callable, Sequence
from typing import Generic

from gymbox.display import Button, CountDisplay, Status
from gymbox.events import Event, ExerciseChosen, Rep, RepUndone, SetEnd
from gymbox.reps import sets
from gymbox.reps.counter import CounterEvent
from gymbox.reps.sets import C, SetRules, SetState


class Sets(Generic[C]):
    """The sets of one exercise after the other.

    Args:
        state: the exercise to begin with, or a set that was cut off and goes on.
        rules: when a set is over.
        exercises: those that can be chosen.
        anew: a counter that has seen nothing.
    """

    def __init__(
        self,
        state: SetState[C],
        rules: SetRules,
        exercises: Sequence[str],
        anew: Callable[[], C],
    ) -> None:
        self._state = state
        self._rules = rules
        self._exercises = exercises
        self._anew = anew
        self._announced = False
        self._last_rep: Rep | None = None
        self._ended: SetEnd | None = None

    @property
    def exercise(self) -> str:
        """The one that is counted."""
        return self._state.exercise

    @property
    def counter(self) -> C:
        """State of the counter."""
        return self._state.counter

    def begin(self, t: float) -> tuple[Event, ...]:
        """The exercise at switch-on, told with the first frame."""
        if self._announced:
            return ()
        self._announced = True
        return (ExerciseChosen(t=t, exercise=self.exercise),)

    def take(
        self, counted: C, news: Sequence[CounterEvent], t: float, *, seen: bool
    ) -> Sequence[Event]:
        """Takes what the counter made of a frame."""
        self._state, events = sets.step(self._state, counted, news, t, self._rules, seen=seen)
        return self._told(events)

    def press(self, button: Button, t: float) -> Sequence[Event]:
        """Ends the set or takes a repetition back; between sets chooses the exercise."""
        if self._state.under_way:
            if button is Button.SELECT:
                return self.finish(t)
            self._state, events = sets.undo(self._state, t)
            return self._told(events)
        step = 1 if button is Button.SELECT else -1
        place = self._exercises.index(self.exercise) + step
        chosen = self._exercises[place % len(self._exercises)]
        self._state = SetState(exercise=chosen, counter=self._anew())
        self._last_rep = self._ended = None
        return (ExerciseChosen(t=t, exercise=chosen),)

    def finish(self, t: float) -> Sequence[Event]:
        """Ends the set under way."""
        self._state, events = sets.finish(self._state, t)
        return self._told(events)

    def display(self, t: float, status: Status, advice: str = "") -> CountDisplay:
        """The count, or between sets the exercise and the rest."""
        rep, ended = self._last_rep, self._ended
        return CountDisplay(
            exercise=self.exercise,
            reps=ended.reps if ended else self._state.reps,
            set_number=self._state.number - 1 if ended else self._state.number,
            phase=self._phase(),
            # In steps the eye can tell apart on the screen, so that stillness draws nothing.
            progress=round(self.counter.progress * 32) / 32,
            tempo=rep.tempo if rep and not rep.partial else None,
            partial=rep is not None and rep.partial,
            rest=int(t - ended.end) if ended else None,
            advice=advice,
            status=status,
        )

    def _phase(self) -> str:
        if self._state.under_way:
            return "set"
        if self._ended is not None:
            return "rest"
        return "ready" if self.counter.armed else "choose"

    def _told(self, events: Sequence[Event]) -> Sequence[Event]:
        """Remembers what the screen shows of the events."""
        for event in events:
            if isinstance(event, Rep):
                self._last_rep, self._ended = event, None
            elif isinstance(event, RepUndone):
                self._last_rep = None
            elif isinstance(event, SetEnd):
                self._last_rep, self._ended = None, event if event.reps else None
        return events
