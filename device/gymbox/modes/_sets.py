"""What the counting modes share: the sets, the buttons, and what the screen shows of them.

What each button does stands in `gymbox.reps.presses`; MODE held down turns the page of the screen.
"""

from collections.abc import Callable, Sequence
from typing import Generic

from gymbox.display import Button, CountDisplay, Display, InsightDisplay, PlanDisplay, Status
from gymbox.events import Event, ExerciseChosen
from gymbox.modes._curve import NOTHING, Shown
from gymbox.reps import corrections, sets
from gymbox.reps.counter import CounterEvent
from gymbox.reps.effort import quality
from gymbox.reps.presses import Choices, press
from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.sets import C, SetRules, SetState, Stage

INVITATION = "just train"
"""On the screen while the exercise is not known."""
START = "hold start pose"
"""On the screen before the first repetition."""
TIPS = {
    Stage.CHOOSE: "hold select: plan",
    Stage.REST: "back: -1  held: go on",
    Stage.DONE: "back: -1  held: go on",
}
"""What the buttons do, shown now and then where there is room."""
TIP_EVERY, TIP_FOR = 8, 3
"""Seconds from one tip to the next, and how long it stands."""
TIPS_AFTER_A_SET = 30.0
"""Seconds for which they are shown after a set."""


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
        self._choices = Choices(exercises, anew)
        self._announced = False
        self._insight = False

    @property
    def exercise(self) -> str:
        """The one that is counted."""
        return self._state.exercise

    @property
    def counter(self) -> C:
        """State of the counter."""
        return self._state.counter

    @property
    def reps(self) -> int:
        """Complete repetitions of the set under way."""
        return self._state.reps

    @property
    def under_way(self) -> bool:
        """A set has begun and not ended."""
        return self._state.under_way

    def begin(self, t: float) -> tuple[Event, ...]:
        """The exercise at switch-on, told with the first frame if it is known."""
        if self._announced:
            return ()
        self._announced = True
        return () if self.exercise == UNKNOWN else (ExerciseChosen(t=t, exercise=self.exercise),)

    def take(
        self, counted: C, news: Sequence[CounterEvent], t: float, *, seen: bool, late: bool = False
    ) -> Sequence[Event]:
        """Takes what the counter made of a frame; `late` if the frame is one of the past."""
        self._state, events = sets.step(
            self._state, counted, news, t, self._rules, seen=seen, late=late
        )
        return events

    def choose(
        self, exercise: str, counter: C, t: float, *, confidence: float = 1.0
    ) -> Sequence[Event]:
        """Goes over to an exercise, or to UNKNOWN; ends the set under way.

        The rest goes on: it ends with the first repetition of the next set.
        """
        self._state, events = sets.choose(self._state, exercise, counter, t, confidence=confidence)
        return events

    def take_back(self, t: float, *, down_to: int = 0) -> Sequence[Event]:
        """Takes back repetitions of the set under way, all or the last ones."""
        if not down_to:
            self._state, events = corrections.restart(self._state, t)
            return events
        told: list[Event] = []
        while self.reps > down_to:
            self._state, events = corrections.undo(self._state, t)
            told += events
        return told

    def add(self, t: float) -> Sequence[Event]:
        """Adds a repetition to the set under way that nobody has counted."""
        self._state, events = corrections.add(self._state, t)
        return events

    def press(self, button: Button, t: float) -> Sequence[Event]:
        """Does what the button means now; MODE held turns the page."""
        if button is Button.MODE_HELD:
            self._insight = not self._insight
            return ()
        self._state, events = press(self._state, button, t, self._choices)
        return events

    def finish(self, t: float) -> Sequence[Event]:
        """Ends the set under way."""
        self._state, events = sets.finish(self._state, t)
        return events

    def display(
        self,
        t: float,
        status: Status,
        *,
        advice: str = "",
        hint: str = START,
        curve: Shown = NOTHING,
        bars: tuple[tuple[str, float], ...] = (),
    ) -> Display:
        """The page that is turned up, or the menu while it is open.

        Args:
            t: seconds.
            status: the icons.
            advice: what the athlete should do, "" for nothing.
            hint: how to begin.
            curve: of the joint that drives the movement.
            bars: the likeliest exercises with their chances, 0..1, likeliest first.
        """
        state = self._state
        if state.menu is not None:
            plan = state.targets
            return PlanDisplay(plan.reps, plan.sets, plan.rest, state.menu.field, status)
        if self._insight:
            return InsightDisplay(
                exercise=self.exercise,
                reps=len(state.rest.efforts) if state.rest else state.reps,
                # In steps the eye can tell apart on the screen, as is the bar of the movement.
                bars=tuple((name, round(chance * 32) / 32) for name, chance in bars[:3]),
                joint=curve.joint,
                curve=curve.points,
                status=status,
            )
        return self._count(t, status, advice, INVITATION if self.exercise == UNKNOWN else hint)

    def _count(self, t: float, status: Status, advice: str, hint: str) -> CountDisplay:
        state, rest = self._state, self._state.rest
        efforts = rest.efforts if rest else state.efforts
        came_to = quality(efforts)
        last = efforts[-1].tempo if efforts else None
        return CountDisplay(
            exercise=rest.ended.exercise if rest else self.exercise,
            reps=len(efforts),
            set_number=rest.number if rest else state.number,
            phase=state.stage.value,
            # In steps the eye can tell apart on the screen, so that stillness draws nothing.
            progress=round(self.counter.progress * 32) / 32,
            tempo=came_to.tempo if rest else None if state.partial else last,
            partial=state.partial,
            rest=max(int(t - rest.since), 0) if rest else None,
            target_reps=state.targets.reps,
            target_sets=state.targets.sets,
            target_rest=state.targets.rest,
            rom=None if came_to.rom is None else round(came_to.rom, 2),
            best=came_to.best,
            fading=came_to.fading,
            advice=advice,
            hint=hint,
            tip=self._tip(t),
            status=status,
        )

    def _tip(self, t: float) -> str:
        """What the buttons do; in a rest only while the set may still be wrong."""
        rest = self._state.rest
        since = t - rest.ended.t if rest else t
        if since % TIP_EVERY < TIP_EVERY - TIP_FOR or (rest and since > TIPS_AFTER_A_SET):
            return ""
        return TIPS.get(self._state.stage, "")
