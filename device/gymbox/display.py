"""What the box wants to show, as plain data: modes fill it in, the panel draws it.

Nothing here knows of pixels. Two equal displays give the same picture, so the panel redraws only
when the display has changed.
"""

from dataclasses import dataclass, field
from enum import Enum


class Button(Enum):
    """The four buttons, named by what they do, and three of them held down.

    POWER is always held.
    """

    MODE = "mode"
    SELECT = "select"
    BACK = "back"
    POWER = "power"
    MODE_HELD = "mode_held"
    SELECT_HELD = "select_held"
    BACK_HELD = "back_held"

    @property
    def held(self) -> "Button":
        """The same button held down."""
        return Button(f"{self.value}_held")


@dataclass(frozen=True, slots=True)
class Status:
    """Small icons along the edge of every screen.

    Attributes:
        camera: False while no frames arrive.
        athlete: somebody is being watched.
        lock: "locked" while one of several people is kept to, "waiting" while the athlete is out of
            sight and nobody else will do, else "".
        log: False while the training log cannot be written (it is kept in memory).
        fps: frames a second, None when unknown.
        battery: 0..1, None without a gauge.
    """

    camera: bool = True
    athlete: bool = False
    lock: str = ""
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
            "set" (under way), "rest" or "done" (a rest after the last of the planned sets).
        progress: 0..1, how far the movement is through its range: the moving bar.
        tempo: of the last repetition, in a rest the mean of the set: four seconds (eccentric,
            pause, concentric, pause), or None.
        partial: the last movement was a partial rep.
        rest: whole seconds since the last rep of the ended set, None while none has ended.
        target_reps: repetitions a set that the athlete set out to do, 0 for no target.
        target_sets: sets, likewise.
        target_rest: seconds of rest, likewise.
        rom: mean range of motion of the set, 0..1 of the profile's, None if it was not measured.
        best: number of the best repetition of the set, None if nothing was measured.
        fading: numbers of the repetitions that were slower or shorter, see `gymbox.reps.effort`.
        advice: "" or what the athlete should do, such as "step back".
        hint: how to begin, before the first repetition.
        tip: "" or what the buttons do, in place of the least important line.
    """

    exercise: str
    reps: int = 0
    set_number: int = 1
    phase: str = "choose"
    progress: float = 0.0
    tempo: tuple[float, float, float, float] | None = None
    partial: bool = False
    rest: int | None = None
    target_reps: int = 0
    target_sets: int = 0
    target_rest: int = 0
    rom: float | None = None
    best: int | None = None
    fading: tuple[int, ...] = ()
    advice: str = ""
    hint: str = "hold start pose"
    tip: str = ""
    status: Status = field(default_factory=Status)


@dataclass(frozen=True, slots=True)
class PlanDisplay:
    """The menu in which the athlete says what they set out to do; 0 is none.

    Attributes:
        reps: repetitions a set.
        sets: how many.
        rest: seconds between them.
        line: "reps", "sets" or "rest": the one that the buttons change.
    """

    reps: int
    sets: int
    rest: int
    line: str
    status: Status = field(default_factory=Status)


@dataclass(frozen=True, slots=True)
class InsightDisplay:
    """What the box sees, for those who like to look under the bonnet.

    Attributes:
        exercise: name as in the profiles, or "unknown".
        reps: complete repetitions of the set under way.
        bars: the likeliest exercises with their chances, 0..1, likeliest first, three at most.
        joint: the one that drives the movement, "" for none.
        curve: its angle over the last seconds, degrees, oldest first; None where it was not seen.
    """

    exercise: str
    reps: int = 0
    bars: tuple[tuple[str, float], ...] = ()
    joint: str = ""
    curve: tuple[int | None, ...] = ()
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
class TeachDisplay:
    """A lesson: how far it is.

    Attributes:
        step: "start", "hold" (the start pose), "show", "learning", "problem", "like" (another
            exercise), "name" or "saved".
        reps: repetitions seen so far.
        enough: of them.
        words: what is wrong, the exercise that it is like, or the name that was given.
        name: the one that is offered.
        advice: "" or what the athlete should do.
    """

    step: str
    reps: int = 0
    enough: bool = False
    words: str = ""
    name: str = ""
    advice: str = ""
    status: Status = field(default_factory=Status)


@dataclass(frozen=True, slots=True)
class MessageDisplay:
    """A title and up to three short lines: starting, camera lost, goodbye."""

    title: str
    lines: tuple[str, ...] = ()
    status: Status = field(default_factory=Status)


Display = (
    CountDisplay
    | PlanDisplay
    | InsightDisplay
    | CollectDisplay
    | FramingDisplay
    | HistoryDisplay
    | TeachDisplay
    | MessageDisplay
)
