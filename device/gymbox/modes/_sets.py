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
from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.sets import C, SetRules, SetState

INVITATION = "just train"
"""On the screen while the exercise is not known."""
START = "hold start pose"
"""On the screen before the first repetition."""


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
        self, counted: C, news: Sequence[CounterEvent], t: float, *, seen: bool, late: bool = False
    ) -> Sequence[Event]:
        """Takes what the counter made of a frame; `late` if the frame is one of the past."""
        self._state, events = sets.step(
            self._state, counted, news, t, self._rules, seen=seen, late=late
        )
        return self._told(events)

    def choose(
        self, exercise: str, counter: C, t: float, *, confidence: float = 1.0
    ) -> Sequence[Event]:
        """Goes over to an exercise, or to UNKNOWN; ends the set under way.

        The rest goes on: it ends with the first repetition of the next set.
        """
        self._state, events = sets.choose(self._state, exercise, counter, t, confidence=confidence)
        return self._told(events)

    def press(self, button: Button, t: float) -> Sequence[Event]:
        """Ends the set or takes a repetition back; between sets chooses the exercise."""
        if self._state.under_way:
            if button is Button.SELECT:
                return self.finish(t)
            self._state, events = sets.undo(self._state, t)
            return self._told(events)
        chosen = self.choose(self._neighbour(button), self._anew(), t)
        self._last_rep = self._ended = None
        return chosen

    def finish(self, t: float) -> Sequence[Event]:
        """Ends the set under way."""
        self._state, events = sets.finish(self._state, t)
        return self._told(events)

    def display(self, t: float, status: Status, advice: str = "") -> CountDisplay:
        """The count, or between sets the exercise and the rest."""
        rep, ended = self._last_rep, self._ended
        return CountDisplay(
            exercise=ended.exercise if ended else self.exercise,
            reps=ended.reps if ended else self._state.reps,
            set_number=self._number(ended),
            phase=self._phase(),
            # In steps the eye can tell apart on the screen, so that stillness draws nothing.
            progress=round(self.counter.progress * 32) / 32,
            tempo=rep.tempo if rep and not rep.partial else None,
            partial=rep is not None and rep.partial,
            rest=int(t - ended.end) if ended else None,
            advice=advice,
            hint=INVITATION if self.exercise == UNKNOWN else START,
            status=status,
        )

    def _number(self, ended: SetEnd | None) -> int:
        state = self._state
        if ended is None:
            return state.number
        return state.number - 1 if ended.exercise == state.exercise else state.done[ended.exercise]

    def _neighbour(self, button: Button) -> str:
        """The next exercise, or the one before; after UNKNOWN the first or the last."""
        exercises = self._exercises
        forward = button is Button.SELECT
        if self.exercise not in exercises:
            return exercises[0 if forward else -1]
        place = exercises.index(self.exercise) + (1 if forward else -1)
        return exercises[place % len(exercises)]

    def _phase(self) -> str:
        if self._state.under_way:
            return "set"
        if self._ended is not None:
            return "rest"
        armed = self.counter.armed and self.exercise != UNKNOWN
        return "ready" if armed else "choose"

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
