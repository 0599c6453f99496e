"""What teach mode is worth, as Markdown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gymbox.reps.profiles import profiles
from gymbox.teaching.taught import Taught
from tools.evaluate._taught_clips import Task
from tools.evaluate._taught_run import LIKELY, Result


@dataclass(frozen=True, slots=True)
class Ghost:
    """How like the template `taught` of the clip `lesson` a real clip is at most."""

    clip: str
    exercise: str
    taught: str
    lesson: str
    most: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything measured.

    Attributes:
        synthetic: lessons of rendered clips.
        filmed: of real ones.
        known: of rendered clips of exercises that the box knows.
        crossed: lessons tried on other athletes.
        own: share of each rest in which the exercise is recognised.
        others: the same of other athletes' clips.
        ghosts: how like the templates all real clips are.
    """

    synthetic: list[Result]
    filmed: list[Result]
    known: list[Result]
    crossed: list[tuple[Result, Task, int]]
    own: list[float]
    others: list[float]
    ghosts: list[Ghost]

    @property
    def judged(self) -> list[Result]:
        """The clips that count: of exercises the box does not know, with a rest to count."""
        outside = [one for one in self.filmed if one.task.exercise not in profiles()]
        return [one for one in (*self.synthetic, *outside) if one.task.shown is not None]

    @property
    def share(self) -> float:
        """Of them that are exact."""
        return sum(one.exact for one in self.judged) / max(len(self.judged), 1)


def render(figures: Figures, asked: float) -> str:
    """The report."""
    judged = figures.judged
    exact = sum(one.exact for one in judged)
    wrong = [_single(one) for one in figures.synthetic if one.task.shown and not one.exact]
    return HEAD.format(
        asked=asked,
        exact=exact,
        judged=len(judged),
        share=figures.share,
        exercises=_by_exercise(figures),
        real="\n".join(map(_single, figures.filmed)),
        wrong="\n".join(wrong) or "| none | | | | |",
        like="\n".join(_like(figures.synthetic)),
        known=_known(figures.known),
        own=_spread(figures.own),
        others=_spread(figures.others),
        ghosts=_ghosts(figures.ghosts),
        likely=LIKELY,
    )


HEAD = """\
# Teach mode: three repetitions shown, the rest counted

Made by `python -m tools.evaluate teach`; [teach.md](../teach.md) explains how. The clips are seen
by the box's own networks. Rendered ones (`python -m tools.synth make taught --recipe
tools/synth/teach.toml`) have exact labels, athletes, rooms and cameras of their own, partial
repetitions, and in part people who walk in and set up. The first three whole repetitions in a row
are shown, from 1.5 s before them; what comes after is counted.

| | asked for | measured |
|---|---|---|
| rest counted exactly | {asked:.0%} of 50 clips or more | **{share:.1%}** ({exact} of {judged}) |

## By exercise

*Another athlete*: taught on one clip, counted on the rest of another of which the camera stands
within 30 degrees of the same side.

| exercise | clips | learnt | exact | another athlete, exact |
|---|---|---|---|---|
{exercises}

## Real clips, one by one

Few real clips of exercises outside the list have three repetitions and a rest; how many there are
was read off the pictures. Of the shorter ones this only says whether anything was learnt, and what
that counts in all of the clip. Pull-ups and push-ups are taught as if the box did not know them;
they are not in the figure above.

| clip | exercise | says | right | |
|---|---|---|---|---|
{real}

## Rendered clips that are not exact

| clip | exercise | says | right | |
|---|---|---|---|---|
{wrong}

## Too like another

The box says so if the other's counter counts what was shown and the recogniser (or the template of
a taught exercise) takes it for that. Demonstrations of the exercises above:

| exercise | clips | told too like |
|---|---|---|
{like}

{known}

## Recognised

Share of the seconds in which the template says at least {likely}: in the rest of the clip that it
was taught on {own}; in clips of other athletes, from wherever, {others}. Of all real clips:

{ghosts}
"""


def _by_exercise(figures: Figures) -> str:
    rows = []
    for name in sorted({one.task.exercise for one in figures.judged}):
        part = [one for one in figures.judged if one.task.exercise == name]
        learnt = sum(isinstance(one.learnt, Taught) for one in part)
        tried = [
            task.least <= said <= task.most
            for result, task, said in figures.crossed
            if result.task.exercise == name
        ]
        crossed = f"{sum(tried)} of {len(tried)}" if tried else ""
        exact = sum(one.exact for one in part)
        rows.append(f"| {name} | {len(part)} | {learnt} | {exact} | {crossed} |")
    tried = [task.least <= said <= task.most for _, task, said in figures.crossed]
    learnt = sum(isinstance(one.learnt, Taught) for one in figures.judged)
    exact = sum(one.exact for one in figures.judged)
    rows.append(
        f"| all | {len(figures.judged)} | {learnt} | {exact} | {sum(tried)} of {len(tried)} |"
    )
    return "\n".join(rows)


def _single(one: Result) -> str:
    task = one.task
    said = str(one.counted) if isinstance(one.learnt, Taught) else f"*{one.learnt.words}*"
    right = str(task.least) if task.least == task.most else f"{task.least}..{task.most}"
    if task.shown is None:
        return f"| {task.name} | {task.exercise} | {said} | | no rest after three |"
    return f"| {task.name} | {task.exercise} | {said} | {right} | {'exact' if one.exact else ''} |"


def _like(results: Sequence[Result]) -> list[str]:
    rows = []
    for name in sorted({one.task.exercise for one in results}):
        part = [one for one in results if one.task.exercise == name]
        like = Counter(
            one.learnt.like for one in part if isinstance(one.learnt, Taught) and one.learnt.like
        )
        told = ", ".join(f"{other} ({times})" for other, times in like.most_common())
        rows.append(f"| {name} | {len(part)} | {told} |")
    return rows


def _known(results: Sequence[Result]) -> str:
    learnt = [
        (one.task.exercise.removeprefix("romanian_"), one.learnt.like)
        for one in results
        if isinstance(one.learnt, Taught)
    ]
    if not learnt:
        return ""
    right = sum(exercise == like.removeprefix("romanian_") for exercise, like in learnt)
    other = sum(bool(like) for _, like in learnt) - right
    return (
        f"Of {len(learnt)} demonstrations of exercises that the box knows {right} are told to be"
        f" too like themselves, {other} too like another one."
    )


def _spread(shares: Sequence[float]) -> str:
    if not shares:
        return "nothing"
    return f"{np.mean(shares):.0%} (median {np.median(shares):.0%} of {len(shares)} clips)"


def _ghosts(ghosts: Sequence[Ghost]) -> str:
    clips = {ghost.clip for ghost in ghosts}
    others = [ghost for ghost in ghosts if ghost.exercise != ghost.taught]
    named = {ghost.clip for ghost in others if ghost.most >= LIKELY}
    near = sorted(others, key=lambda ghost: -ghost.most)[:5]
    listed = "; ".join(f"{g.clip} {g.most:.2f} for {g.taught} ({g.lesson})" for g in near)
    return (
        f"of {len(clips)} clips {len(named)} are ever taken for something else that was taught"
        f" ({len({ghost.lesson for ghost in ghosts})} templates). The nearest: {listed}."
    )
