"""Count mode: the athlete names the exercise by button, the box counts it.

While no set is under way SELECT goes to the next exercise and BACK to the one before; during a set
SELECT ends it and BACK takes the last repetition back.
"""

from collections.abc import Sequence
from typing import Protocol

from gymbox.camera.frame import Frame
from gymbox.display import Button, CountDisplay, Status
from gymbox.events import Event, ExerciseChosen, Rep, RepUndone, SetEnd
from gymbox.motion import presence
from gymbox.motion.framing import advise
from gymbox.motion.landmarks import Pose
from gymbox.motion.observe import Body, observe
from gymbox.motion.presence import Presence
from gymbox.reps import sets
from gymbox.reps.profiles import profile, profiles
from gymbox.reps.sets import SetRules, SetState

ADVISE_AFTER = 1.0
"""Seconds for which somebody must stand badly before the screen says so."""


class Watcher(Protocol):
    """Finds the athlete in a frame."""

    def process(self, frame: Frame) -> Pose | None:
        """The athlete, None if nobody is seen."""
        ...


class CountMode:
    """Counts one exercise after the other.

    Args:
        watcher: finds the athlete.
        state: the exercise to begin with, or a set that was cut off and goes on.
        rules: when a set is over.
    """

    name = "count"

    def __init__(self, watcher: Watcher, state: SetState, rules: SetRules) -> None:
        self._watcher = watcher
        self._rules = rules
        self._state = state
        self._announced = False
        self._presence = Presence()
        self._body: Body | None = None
        self._advice = ""
        self._framed = 0.0
        self._last_rep: Rep | None = None
        self._ended: SetEnd | None = None

    def update(self, frame: Frame) -> Sequence[Event]:
        """Looks for the athlete and takes their movement one frame further."""
        t = frame.timestamp
        pose = self._watcher.process(frame)
        self._presence, events = presence.step(
            self._presence, t, seen=pose is not None, lost_after=self._rules.gone_after
        )
        observation = None
        if pose is not None:
            observation, self._body = observe(pose, self._body)
        self._state, news = sets.step(
            self._state, observation, t, profile(self._state.exercise), self._rules
        )
        self._advise(pose, t)
        return self._told((*self._introduction(t), *events, *news))

    def press(self, button: Button, t: float) -> Sequence[Event]:
        """Ends the set or takes a repetition back; between sets chooses the exercise."""
        if self._state.under_way:
            act = sets.finish if button is Button.SELECT else sets.undo
            self._state, events = act(self._state, t)
            return self._told(events)
        names = list(profiles())
        step = 1 if button is Button.SELECT else -1
        chosen = names[(names.index(self._state.exercise) + step) % len(names)]
        self._state = SetState(exercise=chosen)
        self._last_rep = self._ended = None
        return (ExerciseChosen(t=t, exercise=chosen),)

    def leave(self, t: float) -> Sequence[Event]:
        """Ends the set under way."""
        self._state, events = sets.finish(self._state, t)
        return self._told(events)

    def display(self, t: float, status: Status) -> CountDisplay:
        """The count, or between sets the exercise and the rest."""
        rep, ended = self._last_rep, self._ended
        return CountDisplay(
            exercise=self._state.exercise,
            reps=ended.reps if ended else self._state.reps,
            set_number=self._state.number - 1 if ended else self._state.number,
            phase=self._phase(),
            # In steps the eye can tell apart on the screen, so that stillness draws nothing.
            progress=round(self._state.counter.progress * 32) / 32,
            tempo=rep.tempo if rep and not rep.partial else None,
            partial=rep is not None and rep.partial,
            rest=int(t - ended.end) if ended else None,
            advice=self._advice,
            status=status,
        )

    def _phase(self) -> str:
        if self._state.under_way:
            return "set"
        if self._ended is not None:
            return "rest"
        return "ready" if self._state.counter.armed else "choose"

    def _introduction(self, t: float) -> tuple[Event, ...]:
        """The exercise at switch-on, told with the first frame."""
        if self._announced:
            return ()
        self._announced = True
        return (ExerciseChosen(t=t, exercise=self._state.exercise),)

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

    def _advise(self, pose: Pose | None, t: float) -> None:
        """Only standing badly for a while is worth a word, and nobody is no one to talk to."""
        advice = "ok" if pose is None else advise(pose)
        if advice == "ok":
            self._advice, self._framed = "", t
        elif t - self._framed > ADVISE_AFTER:
            self._advice = advice
