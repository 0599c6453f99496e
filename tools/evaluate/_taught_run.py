"""Teaching on one part of a clip and counting another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gymbox.motion import features
from gymbox.motion.windows import RATE, resample
from gymbox.teaching.fitting import counted
from gymbox.teaching.lesson import Problem, observed
from gymbox.teaching.library import Library
from gymbox.teaching.recogniser import Recogniser, described, looked_at
from gymbox.teaching.school import School
from gymbox.teaching.taught import Taught
from gymbox.teaching.template import Floats, Template
from tools.evaluate._count_run import TimedPose
from tools.evaluate._taught_clips import Task

LIKELY = 0.5
"""Likeness from which a template names its exercise."""
EVERY = 1.0
"""Seconds between two windows that are compared with a template."""
ALIKE = 30.0
"""Degrees within which two cameras see an exercise from a similar side."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a task.

    Attributes:
        task: it.
        learnt: the exercise, or why there is none.
        counted: repetitions in the rest, None if nothing was learnt.
    """

    task: Task
    learnt: Taught | Problem
    counted: int | None

    @property
    def exact(self) -> bool:
        """The rest is counted right."""
        return self.counted is not None and self.task.least <= self.counted <= self.task.most


def run(task: Task, recogniser: Callable[[], Recogniser] | None) -> Result:
    """Teaches on the demonstration, counts the rest."""
    learnt = School(Library(), recogniser).learn(task.demonstration)
    if isinstance(learnt, Problem):
        return Result(task, learnt, None)
    if task.shown is None:
        return Result(task, learnt, count(learnt, task.recording))
    return Result(task, learnt, count(learnt, task.rest))


def count(taught: Taught, recording: Iterable[TimedPose]) -> int:
    """Repetitions of a taught exercise."""
    seen = observed(list(recording))
    return len(counted(seen, taught.profile)) if seen else 0


def crossed(results: Sequence[Result]) -> list[tuple[Result, Task, int]]:
    """Each lesson tried on the others' rest: same exercise, another athlete, a similar side.

    The sides are mirrored where they have to be: an exercise looks alike from either.
    """
    return [
        (result, other.task, count(result.learnt, other.task.rest))
        for result in results
        for other in results
        if isinstance(result.learnt, Taught)
        and other is not result
        and other.task.exercise == result.task.exercise
        and other.task.shown is not None
        and _apart(result.task.side, other.task.side) <= ALIKE
    ]


def _apart(one: float | None, other: float | None) -> float:
    if one is None or other is None:
        return float("inf")
    return abs(abs((one + 180) % 360 - 180) - abs((other + 180) % 360 - 180))


class Looked:
    """A recording as templates see it, window by window, each described once.

    Args:
        recording: seconds and the pose then.
    """

    def __init__(self, recording: Sequence[TimedPose]) -> None:
        poses = [pose for _, pose in recording if pose is not None]
        self._times = np.array([pose.timestamp for pose in poses])
        self._rows = np.stack([features.row(pose) for pose in poses]) if poses else None
        self._kept: dict[int, list[list[Floats]]] = {}

    def matches(self, template: Template) -> list[float]:
        """0..1, how like a template it is, once in `EVERY` seconds."""
        count = looked_at(template)
        if count not in self._kept:
            self._kept[count] = self._windows(count)
        return [max(map(template.likeness, one), default=0.0) for one in self._kept[count]]

    def _windows(self, count: int) -> list[list[Floats]]:
        if self._rows is None:
            return []
        grid = np.arange(1 - count, 1) / RATE
        ends = np.arange(self._times[0] + count / RATE, self._times[-1] + 1e-6, EVERY)
        return [described(*resample(self._times, self._rows, end + grid)) for end in ends]
