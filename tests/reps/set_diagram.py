"""The state diagram of a set, drawn from what the code does.

    python -m tests.reps.set_diagram        write docs/sets.dot and docs/sets.svg

Every stage is visited, every button pressed in it, and whatever else may happen happens; the arrows
are what followed.
"""

import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from gymbox.display import Button
from gymbox.reps import sets
from gymbox.reps.plan import FIELDS, Plan
from gymbox.reps.presses import PRESSES, Choices, press
from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.sets import SetRules, SetState, Stage
from tests.reps.counters import HandCounter, rep_done

DOT = Path(__file__).parents[2] / "docs" / "sets.dot"
RULES = SetRules(plan=Plan(reps=0, sets=2, rest=90))
CHOICES = Choices(("squat", "push_up"), HandCounter)

State = SetState[HandCounter]

TITLES = {
    Stage.CHOOSE: "CHOOSE\\nwhich exercise?",
    Stage.READY: "READY\\nmovement counts",
    Stage.SET: "SET\\nthe huge count",
    Stage.REST: "REST\\nthe clock",
    Stage.DONE: "DONE\\nall sets done",
    Stage.PLAN: "PLAN\\nreps, sets, rest",
}
BUTTONS = {
    Button.SELECT: "SELECT",
    Button.BACK: "BACK",
    Button.SELECT_HELD: "SELECT held",
    Button.BACK_HELD: "BACK held",
}


NOTES = {
    (Stage.SET, Stage.CHOOSE): ("without a rep left:",),
    (Stage.SET, Stage.DONE): ("the last set planned:",),
}


PORTS = {
    (Stage.CHOOSE, Stage.SET): "headport=ne ",
    (Stage.SET, Stage.CHOOSE): "tailport=ne ",
}
"""Where arrows touch that would else cross the words at the right of SET."""


class Arrow(NamedTuple):
    """One thing that leads from one stage to another."""

    source: Stage
    cause: str
    target: Stage


class Moment(NamedTuple):
    """A state, and what time it is."""

    state: State
    t: float

    def frame(self, seconds: float, *, armed: bool | None = None, seen: bool = True) -> "Moment":
        """A frame so much later."""
        t = self.t + seconds
        counter = self.state.counter if armed is None else HandCounter(armed=armed)
        return Moment(sets.step(self.state, counter, (), t, RULES, seen=seen)[0], t)

    def rep(self) -> "Moment":
        """A repetition."""
        t = self.t + 3.0
        counter = HandCounter(armed=True)
        return Moment(sets.step(self.state, counter, (rep_done(t),), t, RULES)[0], t)

    def other(self) -> "Moment":
        """The box finds that it is another exercise."""
        exercise = CHOICES.neighbour(self.state.exercise, 1)
        after = sets.choose(self.state, exercise, HandCounter(), self.t)[0]
        return Moment(after, self.t).frame(0.1)


CAUSES: dict[str, tuple[set[Stage], Callable[[Moment], Moment]]] = {
    "start pose held": ({Stage.CHOOSE}, lambda now: now.frame(0.1, armed=True)),
    "start pose left": ({Stage.READY}, lambda now: now.frame(0.1, armed=False)),
    "rep": (set(Stage), Moment.rep),
    "20 s without a rep": ({Stage.SET}, lambda now: now.frame(20.1)),
    "nobody for 4 s": ({Stage.SET}, lambda now: now.frame(0.1, seen=False).frame(4.1, seen=False)),
    "another exercise": ({Stage.SET}, Moment.other),
    "8 s without a press": ({Stage.PLAN}, lambda now: now.frame(8.1)),
    "10 min": ({Stage.REST, Stage.DONE}, lambda now: now.frame(601.0)),
}


def arrows() -> set[Arrow]:
    """All that leads from one stage to another, found by trying everything."""
    found: set[Arrow] = set()
    known: set[tuple[object, ...]] = set()
    edge = [Moment(SetState(exercise="squat", counter=HandCounter()), 0.0).frame(1.0)]
    while edge:
        following = []
        for now in edge:
            for cause, after in _everything(now):
                if after.state is not now.state:
                    found.add(Arrow(now.state.stage, cause, after.state.stage))
                if _looks(after.state) not in known:
                    known.add(_looks(after.state))
                    following.append(after)
        edge = following
    return found


def _everything(now: Moment) -> Iterator[tuple[str, Moment]]:
    stage = now.state.stage
    for button, meant in PRESSES[stage].items():
        after = press(now.state, button, now.t, CHOICES)[0]
        yield f"{BUTTONS[button]}: {meant.says}", Moment(after, now.t)
    for cause, (stages, follow) in CAUSES.items():
        if stage in stages:
            yield cause, follow(now)


def _looks(state: State) -> tuple[object, ...]:
    """What makes two states alike, as far as their arrows go."""
    rest = state.rest and (state.rest.number, len(state.rest.efforts), state.rest.ended.exercise)
    return (
        state.stage,
        state.exercise != UNKNOWN and state.exercise,
        state.counter.armed,
        min(state.reps, 2),
        min(state.number, 3),
        rest,
        state.menu and state.menu.field,
        min(state.targets.sets, 3),
    )


def source() -> str:
    """The drawing in the language of Graphviz."""
    labels: defaultdict[tuple[Stage, Stage], set[str]] = defaultdict(set)
    for arrow in arrows():
        labels[arrow.source, arrow.target].add(arrow.cause)
    lines = [
        "// Drawn by `python -m tests.reps.set_diagram` from what the code does.",
        "digraph sets {",
        '  rankdir=TB; nodesep=0.9; ranksep=0.9; bgcolor="white";',
        '  node [shape=box style="rounded,filled" fillcolor="#eef3f8" color="#5b7b9a"',
        '    fontname="Helvetica" fontsize=13 margin="0.2,0.12"];',
        '  edge [color="#5b7b9a" fontname="Helvetica" fontsize=10 arrowsize=0.7];',
    ]
    lines += [f'  {stage.name} [label="{TITLES[stage]}"];' for stage in Stage]
    for (start, end), causes in sorted(labels.items(), key=lambda item: _order(item[0])):
        text = "".join(f"{line}\\l" for line in [*NOTES.get((start, end), ()), *sorted(causes)])
        lines.append(f'  {start.name} -> {end.name} [{PORTS.get((start, end), "")}label="{text}"];')
    return "\n".join([*lines, "}", ""])


def _order(ends: tuple[Stage, Stage]) -> tuple[int, int]:
    stages = list(Stage)
    return stages.index(ends[0]), stages.index(ends[1])


def main() -> None:
    """Write the source and the picture."""
    assert set(FIELDS) == {"reps", "sets", "rest"}, "the title of PLAN names the lines of the menu"
    DOT.write_text(source(), encoding="utf-8")
    command = ["dot", "-Tsvg", str(DOT), "-o", str(DOT.with_suffix(".svg"))]
    subprocess.run(command, check=True)  # noqa: S603 (our own command)


if __name__ == "__main__":
    main()
