"""Whatever happens, in whatever order: screen, sum, log and a restart tell the same count."""

import json
import math
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.display import Button, CountDisplay, Status
from gymbox.events import (
    Event,
    PlanChanged,
    Rep,
    RepAdded,
    RepUndone,
    SetCorrected,
    SetEnd,
    SetReopened,
    SetRestarted,
    SetStart,
    TargetReached,
)
from gymbox.modes._sets import Sets
from gymbox.panel.sounds import sound_of
from gymbox.panel.views import render
from gymbox.reps.plan import Plan
from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.sets import SetRules, SetState
from gymbox.resume import rest_again, set_again
from gymbox.tally import Tally
from gymbox.workouts.log import TrainingLog
from tests.reps.counters import HandCounter, rep_done
from tests.strategies import floats

RULES = SetRules(plan=Plan(reps=3, sets=2, rest=60))
EXERCISES = ["squat", "push_up"]
AGO = 8.0123
"""Seconds that late repetitions are late: never the very moment of another, told once."""
PRESSES = [button for button in Button if button not in {Button.MODE, Button.POWER}]

numbers = floats(-1, 20) | st.sampled_from([math.nan, math.inf, -math.inf])
measures = st.fixed_dictionaries(
    {
        "partial": st.booleans(),
        "rom": numbers,
        "tempo": st.tuples(*[numbers] * 4),
    }
)
reps = st.tuples(st.just("rep"), st.lists(measures, min_size=1, max_size=3))
presses = st.tuples(st.just("press"), st.sampled_from(PRESSES))
STEPS = st.one_of(
    *[reps] * 5,
    *[presses] * 6,
    st.tuples(st.just("wait"), floats(0, 30)),
    st.tuples(st.just("leave"), floats(0, 10)),
    st.tuples(st.just("jump"), floats(-5000, 5000)),
    st.tuples(st.just("choose"), st.sampled_from([*EXERCISES, UNKNOWN])),
    st.tuples(st.just("late"), st.lists(measures, min_size=1, max_size=3)),
    st.tuples(st.just("pending"), st.booleans()),
    st.tuples(st.just("restart"), floats(0, 200)),
    st.tuples(st.just("finish"), st.none()),
)


class Ledger:
    """Adds the events up one by one, and lets no event change a count by more than one."""

    def __init__(self) -> None:
        self.sets: list[tuple[str, int]] = []
        self.open: list[Any] | None = None
        self.reps = 0

    def add(self, event: Event) -> None:
        json.dumps(event.as_dict(), allow_nan=False)
        assert sum(seconds for _, seconds in sound_of(event)) < 2
        if isinstance(event, SetStart):
            assert self.open is None
            self.open = [event.exercise, 0]
        elif isinstance(event, Rep) and not event.partial:
            self.reps += 1
            self._counts(event.exercise, event.rep, 1)
        elif isinstance(event, RepAdded):
            self._counts(event.exercise, event.rep, 1)
        elif isinstance(event, RepUndone):
            self._counts(event.exercise, event.rep, -1)
        elif isinstance(event, SetRestarted):
            self.open[1] = 0
        elif isinstance(event, SetEnd):
            assert self.open == [event.exercise, event.reps]
            self.sets.append((event.exercise, event.reps))
            self.open = None
        elif isinstance(event, SetCorrected):
            assert self.open is None
            assert self.sets.pop() == (event.exercise, event.reps + 1)
            self.sets.append((event.exercise, event.reps))
        elif isinstance(event, SetReopened):
            assert self.open is None
            assert self.sets.pop() == (event.exercise, event.reps)
            self.open = [event.exercise, event.reps]
        elif isinstance(event, TargetReached):
            assert self.open == [event.exercise, event.reps]

    @property
    def history(self) -> list[tuple[str, int]]:
        under_way = [] if self.open is None else [tuple(self.open)]
        return [one for one in self.sets if one[1]] + under_way

    def _counts(self, exercise: str, rep: int, step: int) -> None:
        assert self.open is not None
        assert self.open == [exercise, rep - step]
        self.open[1] = rep
        assert rep >= 0


class Session:
    """A box without camera: sets, sum and log, and a program that is started again."""

    def __init__(self, folder: str) -> None:
        self.ledger = Ledger()
        self.tally = Tally()
        self.known_reps = 0
        self.restarted = False
        self.plan = RULES.plan
        self._before: list[tuple[str, int]] = []
        self._folder = folder
        self._now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
        self._t = 1000.0
        self._counter = HandCounter(armed=True)
        self.log = self._opened()
        self._begin(SetState(exercise="squat", counter=HandCounter()))

    def play(self, steps: Sequence[tuple[str, Any]]) -> None:
        for kind, value in steps:
            self._turn(3.0)
            getattr(self, f"_{kind}")(value)
            self._agree()
        self._finish(None)
        self._agree()

    def _opened(self) -> TrainingLog:
        log = TrainingLog.open(self._folder, clock=lambda: self._now)
        log._connection.execute("PRAGMA synchronous = OFF")  # no power is cut here
        return log

    def _begin(self, state: SetState[HandCounter]) -> None:
        self.sets = Sets(state, RULES, EXERCISES, HandCounter)
        self._hear(self.sets.begin(self._t))

    def _rep(self, found: list[dict[str, Any]]) -> None:
        self._tell(found, late=False)

    def _late(self, found: list[dict[str, Any]]) -> None:
        self._tell(found, late=True)

    def _tell(self, found: list[dict[str, Any]], *, late: bool) -> None:
        for number, measured in enumerate(found):
            done = rep_done(self._t - (AGO if late else 0.0) + number, **measured)
            self.known_reps += self.sets.exercise != UNKNOWN and not measured["partial"]
            self._hear(self.sets.take(self._counter, (done,), done.end, seen=True, late=late))
        self._turn(len(found))

    def _press(self, button: Button) -> None:
        self._ending(self.sets.press(button, self._t))

    def _choose(self, exercise: str) -> None:
        self._ending(self.sets.choose(exercise, HandCounter(), self._t))

    def _finish(self, _: None) -> None:
        self._ending(self.sets.finish(self._t))

    def _ending(self, events: Sequence[Event]) -> None:
        """What ends a set may complete the repetition that only waited to settle."""
        self.known_reps += sum(isinstance(event, Rep) for event in events)
        self._hear(events)

    def _pending(self, waits: bool) -> None:  # noqa: FBT001 (the value of a step)
        pending = rep_done(self._t) if waits else None
        self._frame(HandCounter(armed=True, pending=pending))

    def _wait(self, seconds: float) -> None:
        self._turn(seconds)
        self._frame(self._counter)

    def _leave(self, seconds: float) -> None:
        self._frame(self._counter, seen=False)
        self._turn(seconds)
        self._frame(self._counter, seen=False)

    def _jump(self, seconds: float) -> None:
        self._t += seconds
        self._frame(self._counter)

    def _frame(self, counter: HandCounter, *, seen: bool = True) -> None:
        self._ending(self.sets.take(counter, (), self._t, seen=seen))

    def _restart(self, seconds: float) -> None:
        """Cut off: nothing is ended, nothing is said."""
        self.restarted = True
        self.log.close()
        self._now += timedelta(seconds=seconds)
        self._t = 5.0
        self.log = self._opened()
        self._before += [one for one in self.ledger.sets if one[1]]
        self.ledger.sets, self.tally = [], Tally()
        under_way, to_come = self.log.open_set(), self.log.next_set()
        if under_way is not None:
            assert [under_way.exercise, under_way.reps] == self.ledger.open
            assert under_way.plan in {None, self.plan}
            self._begin(set_again(under_way, HandCounter(), RULES, self._t))
            return
        if self.ledger.open is not None:
            self._before.append(tuple(self.ledger.open))
            self.ledger.open = None
        if to_come is None:
            self._begin(SetState(exercise="squat", counter=HandCounter()))
            return
        if to_come.efforts:  # the set may be corrected and reopened as before
            assert self._before.pop() == (to_come.exercise, len(to_come.efforts))
            self.ledger.sets.append((to_come.exercise, len(to_come.efforts)))
        self._begin(rest_again(to_come, HandCounter(), RULES, self._t))

    def _turn(self, seconds: float) -> None:
        self._t += seconds
        self._now += timedelta(seconds=seconds)

    def _hear(self, events: Sequence[Event]) -> None:
        for event in events:
            self.ledger.add(event)
            self.tally.add(event)
            self.log.record(event)
            if isinstance(event, PlanChanged):
                self.plan = Plan(reps=event.reps, sets=event.sets, rest=event.rest)

    def _agree(self) -> None:
        """All that tells a count tells the same."""
        display = self.sets.display(self._t, Status())
        render(display)
        if isinstance(display, CountDisplay) and display.phase == "set":
            assert self.ledger.open == [display.exercise, display.reps]
        if isinstance(display, CountDisplay) and display.phase in {"rest", "done"}:
            assert self.ledger.sets[-1] == (display.exercise, display.reps)
        assert (self.ledger.open is not None) == self.sets.under_way
        assert self.ledger.reps == self.known_reps
        kept = [(row.exercise, row.reps) for row in reversed(self.log.history(1000))]
        told = [*self._before, *self.ledger.history]
        assert [one for one in kept if one[1]] == [one for one in told if one[1]]
        if not self.restarted:
            summed = [(entry["exercise"], entry["reps"]) for entry in self.tally.sets]
            assert summed == [one for one in self.ledger.sets if one[1]]


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, min_size=10, max_size=30))
def test_all_that_tells_a_count_tells_the_same(steps: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        session = Session(folder)
        session.play(steps)
        summary = session.tally.summary(frames=0, seconds=0.0)
        session.log.close()
    assert summary.reps == sum(entry["reps"] for entry in summary.sets) >= 0
