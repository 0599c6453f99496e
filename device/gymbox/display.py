"""What the box wants to show, as plain data: modes fill it in, the panel draws it.

Nothing here knows of pixels. Two equal displays give the same picture, so the panel redraws only
when the display has changed.
"""

from dataclasses import dataclass, field
from enum import Enum


class Button(Enum):
    """The four buttons, named by what they do."""

    MODE = "mode"
    SELECT = "select"
    BACK = "back"
    POWER = "power"


@dataclass(frozen=True, slots=True)
class Status:
    """Small icons along the edge of every screen.

    Attributes:
        camera: False while no frames arrive.
        athlete: somebody is being watched.
        log: False while the training log cannot be written (it is kept in memory).
        fps: frames a second, None when unknown.
        battery: 0..1, None without a gauge.
    """

    camera: bool = True
    athlete: bool = False
    log: bool = True
    fps: float | None = None
    battery: float | None = None


@dataclass(frozen=True, slots=True)
class CountDisplay:
    """The count of a set, or the choice of the exercise before it.

    Attributes:
        exercise: name as in the profiles, such as "push_up".
        reps: complete repetitions, in a rest those of the set that ended.
        set_number: from 1, in a rest that of the set that ended.
        phase: "choose" (no rep yet, exercise can be changed), "ready" (start pose held),
            "set" (under way) or "rest".
        progress: 0..1, how far the movement is through its range: the moving bar.
        tempo: of the last repetition, four seconds (eccentric, pause, concentric, pause), or None.
        partial: the last movement was a partial rep.
        rest: whole seconds since the last rep of the ended set, None while none has ended.
        advice: "" or what the athlete should do, such as "step back".
        hint: how to begin, before the first repetition.
    """

    exercise: str
    reps: int = 0
    set_number: int = 1
    phase: str = "choose"
    progress: float = 0.0
    tempo: tuple[float, float, float, float] | None = None
    partial: bool = False
    rest: int | None = None
    advice: str = ""
    hint: str = "hold start pose"
    status: Status = field(default_factory=Status)


@dataclass(frozen=True, slots=True)
class FramingDisplay:
    """The stick figure, to aim the camera without a monitor.

    Attributes:
        lines: the bones as (x0, y0, x1, y1), each 0..1 of the frame's width and height.
        aspect: width / height of the frame.
        advice: as in `events.Framing`.
    """

    lines: tuple[tuple[float, float, float, float], ...] = ()
    aspect: float = 4 / 3
    advice: str = "nobody"
    status: Status = field(default_factory=Status)


@dataclass(frozen=True, slots=True)
class HistoryDisplay:
    """The last sets, newest first, each (exercise, reps, "14:05" or "Mon 14:05")."""

    sets: tuple[tuple[str, int, str], ...] = ()
    status: Status = field(default_factory=Status)


@dataclass(frozen=True, slots=True)
class CollectDisplay:
    """Guided collection: a question, or the example that is being recorded.

    Attributes:
        step: the questions "athlete", "exercise", "reps", "direction", "height" and "pictures",
            then "next" (what is missing most), "ready" (start pose), "count_in", "record" and
            "review" (is the count right?).
        exercise: name as in the profiles, "unknown" for something else, "none" for an activity.
        activity: what is done where that is no exercise.
        number: of the athlete, of repetitions or of seconds left; in a review None asks whether to
            throw it away.
        of: repetitions asked for.
        direction: where the camera stands, such as "front left" of the athlete.
        height: of the camera, "low", "middle" or "high".
        pictures: pictures are kept of this take, not landmarks alone.
        progress: 0..1, how far the movement is through its range.
        advice: "" or what the athlete should do.
        takes: how many examples there are.
    """

    step: str
    exercise: str = ""
    activity: str = ""
    number: int | None = 0
    of: int = 0
    direction: str = ""
    height: str = ""
    pictures: bool = False
    progress: float = 0.0
    advice: str = ""
    takes: int = 0
    status: Status = field(default_factory=Status)


@dataclass(frozen=True, slots=True)
class MessageDisplay:
    """A title and up to three short lines: starting, camera lost, goodbye."""

    title: str
    lines: tuple[str, ...] = ()
    status: Status = field(default_factory=Status)


Display = CountDisplay | CollectDisplay | FramingDisplay | HistoryDisplay | MessageDisplay
