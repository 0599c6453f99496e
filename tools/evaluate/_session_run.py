"""The modes of the box at work on recorded poses, and what came of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gymbox.camera.frame import Frame
from gymbox.config import defaults
from gymbox.events import Event, ExerciseChosen, Rep, RepUndone, SetEnd, SetStart
from gymbox.mode_table import TABLE, rules
from gymbox.modes import Mode
from gymbox.modes.auto import Recogniser
from gymbox.modes.count import CountMode
from gymbox.motion.landmarks import Pose
from gymbox.parts import Parts
from gymbox.reps.counter import Counter
from gymbox.reps.profiles import UNKNOWN, profiles
from gymbox.reps.sets import SetState
from gymbox.teaching.library import Library
from tools.convert.sequence.labels import label_of
from tools.evaluate._count_run import TimedPose

_PICTURE = np.zeros((1, 1, 3), np.uint8)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a mode said in a recording.

    Attributes:
        reps: (seconds at which it was told, repetition) of the complete ones that were not taken
            back.
        told: how many complete repetitions were told, those taken back included.
        names: (seconds, exercise) whenever another exercise was named.
        began: seconds at which the first set began, None without any.
        ended: seconds of the last frame.
    """

    reps: tuple[tuple[float, Rep], ...]
    told: int
    names: tuple[tuple[float, str], ...]
    began: float | None
    ended: float

    @property
    def exercise(self) -> str:
        """What was done, all in all.

        The exercise with the most repetitions; without any, what was named for the longest time,
        UNKNOWN where a name was taken back; UNKNOWN, too, if none ever was.
        """
        return self._counted or self._stood(self._spans()) or UNKNOWN

    @property
    def ever(self) -> str:
        """The same, if a name that was taken back stays: UNKNOWN only if none ever was."""
        names = (span for span in self._spans() if span[0] != UNKNOWN)
        return self._counted or self._stood(names) or UNKNOWN

    @property
    def _counted(self) -> str:
        return _longest((rep.exercise, 1.0) for _, rep in self.reps)

    @staticmethod
    def _stood(spans: Iterable[tuple[str, float, float]]) -> str:
        return _longest((name, until - since) for name, since, until in spans)

    def counting(self, exercise: str) -> float | None:
        """Seconds at which the first repetition of it, or a variant, was told; None for never."""
        return next((t for t, rep in self.reps if label_of(rep.exercise) == exercise), None)

    def named(self, exercise: str) -> float | None:
        """Seconds from which it, or a variant, was named for the longest time; None for never."""
        spans = [span for span in self._spans() if label_of(span[0]) == exercise]
        return max(spans, key=lambda span: span[2] - span[1])[1] if spans else None

    def _spans(self) -> list[tuple[str, float, float]]:
        """Each name with the seconds from and to which it stood there."""
        following = (*self.names[1:], (self.ended, UNKNOWN))
        return [(name, t, end) for (t, name), (end, _) in zip(self.names, following, strict=False)]


def told(recording: Sequence[TimedPose], exercise: str) -> Heard:
    """Count mode, the exercise chosen before.

    By the poses alone: the phase network, which it asks where these are unsure, has learnt from
    these very clips.
    """
    state = SetState(exercise=exercise, counter=Counter())
    ruled = rules(defaults())
    return _heard(lambda watch: CountMode(watch, state, ruled, profiles()), recording)


def auto(recording: Sequence[TimedPose], recogniser: Recogniser) -> Heard:
    """Auto mode as the box makes it, but for what it looks with and what its owner has taught it.

    Args:
        recording: poses with their times.
        recogniser: one that has heard nothing yet.
    """
    parts = replace(Parts.of(defaults(), live=False), library=Library(), teller=recogniser)
    make, _ = TABLE["auto"]
    return _heard(lambda watch: make(replace(parts, watch=watch), None), recording)


def _longest(shares: Iterable[tuple[str, float]]) -> str:
    """The name with the largest sum, the first of equals; nothing if there is none."""
    sums: dict[str, float] = {}
    for name, share in shares:
        sums[name] = sums.get(name, 0.0) + share
    return max(sums, key=sums.__getitem__, default="")


def _heard(make: Callable[["Recorded"], Mode], recording: Sequence[TimedPose]) -> Heard:
    events = drive(make(Recorded(recording)), recording)
    return Heard(
        reps=tuple(_left(events)),
        told=sum(isinstance(event, Rep) and not event.partial for _, event in events),
        names=tuple((t, e.exercise) for t, e in events if isinstance(e, ExerciseChosen)),
        began=next((e.t for _, e in events if isinstance(e, SetStart)), None),
        ended=recording[-1][0] if recording else 0.0,
    )


def _left(events: Sequence[tuple[float, Event]]) -> list[tuple[float, Rep]]:
    """The complete repetitions that were not taken back; a set's end says how many these are."""
    left: list[tuple[float, Rep]] = []
    open_set: list[tuple[float, Rep]] = []
    for t, event in events:
        if isinstance(event, Rep) and not event.partial:
            open_set = [*open_set[: event.rep - 1], (t, event)]
        elif isinstance(event, RepUndone):
            open_set = open_set[: event.rep]
        elif isinstance(event, SetEnd):
            left += open_set[: event.reps]
            open_set = []
    return left


def drive(mode: Mode, recording: Sequence[TimedPose]) -> list[tuple[float, Event]]:
    """Everything that a mode says when it sees the frames of a recording, to its end, and when."""
    events = [
        (t, event)
        for index, (t, _) in enumerate(recording)
        for event in mode.update(Frame(_PICTURE, t, index))
    ]
    if recording:
        last = recording[-1][0]
        events += [(last, event) for event in mode.leave(last)]
    return events


class Recorded:
    """Sees in each frame what was seen before.

    Args:
        recording: poses with their times.
    """

    def __init__(self, recording: Sequence[TimedPose]) -> None:
        self._poses: Mapping[float, Pose | None] = dict(recording)

    def process(self, frame: Frame) -> Pose | None:
        """The pose of the frame's time."""
        return self._poses[frame.timestamp]
