"""The vocabulary of the box: everything it tells its screen, buzzer, log and journal.

An event is what happened, once, with the time at which it happened. All outputs are driven by the
same events, so sound and picture never disagree. Times `t` are seconds on the clock of the frames:
capture time when live, position in the recording when replayed.
"""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened at time t (seconds)."""

    name: ClassVar[str] = "event"
    t: float

    def as_dict(self) -> dict[str, Any]:
        """The event as `gymbox replay --json` prints it, to the millisecond."""
        fields = {key: _rounded(value) for key, value in asdict(self).items()}
        return {"event": self.name, "t": fields.pop("t"), **fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeChanged(Event):
    """Another mode is on."""

    name: ClassVar[str] = "mode"
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseChosen(Event):
    """The exercise was chosen by button or option, or recognised."""

    name: ClassVar[str] = "exercise"
    exercise: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteFound(Event):
    """Somebody to watch stands in the picture."""

    name: ClassVar[str] = "athlete_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteLost(Event):
    """Nobody has been seen for a while."""

    name: ClassVar[str] = "athlete_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready(Event):
    """The start pose was held: from now on movement counts."""

    name: ClassVar[str] = "ready"
    exercise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStart(Event):
    """The first repetition of a set began at t; `target` are to be done, 0 if that is left open."""

    name: ClassVar[str] = "set_start"
    exercise: str
    target: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep(Event):
    """A repetition ended at t.

    Attributes:
        rep: how many complete repetitions the set has, this one included if it is complete.
        partial: the movement turned back before the end of its range; not counted.
        rom: range of motion, 0..1 of the profile's full range.
        tempo: seconds of (eccentric, pause, concentric, pause).
        form: form score, 0..1; None where the mode does not score.
        confidence: 0..1, the chance that it is a true one; in spot mode how sure the network was.
        late: told afterwards, from frames that were kept until the exercise was known.
    """

    name: ClassVar[str] = "rep"
    exercise: str
    rep: int
    partial: bool
    rom: float
    tempo: tuple[float, float, float, float]
    form: float | None = None
    confidence: float
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RepUndone(Event):
    """The athlete took the last repetition back; `rep` are left."""

    name: ClassVar[str] = "rep_undone"
    exercise: str
    rep: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RepAdded(Event):
    """The athlete added a repetition that the box had missed; the set has `rep` now."""

    name: ClassVar[str] = "rep_added"
    exercise: str
    rep: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReached(Event):
    """The set has as many repetitions as the athlete set out to do."""

    name: ClassVar[str] = "target_reached"
    exercise: str
    reps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRestarted(Event):
    """The athlete began the set under way anew: its repetitions so far do not count."""

    name: ClassVar[str] = "set_restarted"
    exercise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetEnd(Event):
    """The set that began at `start` is over, its last repetition ended at `end`."""

    name: ClassVar[str] = "set_end"
    exercise: str
    reps: int
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCorrected(Event):
    """The athlete corrected the set that ended last: this is how it stands now.

    With `reps` 0 nothing is left of it.
    """

    name: ClassVar[str] = "set_corrected"
    exercise: str
    reps: int
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReopened(Event):
    """The set that ended last is under way again: its end is taken back, `reps` count so far."""

    name: ClassVar[str] = "set_reopened"
    exercise: str
    reps: int
    start: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetsDone(Event):
    """The athlete has ended as many sets of the exercise as they set out to do."""

    name: ClassVar[str] = "sets_done"
    exercise: str
    sets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestNearlyOver(Event):
    """The rest is over in `left` seconds."""

    name: ClassVar[str] = "rest_nearly_over"
    left: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RestOver(Event):
    """The rest has lasted the `seconds` that it should."""

    name: ClassVar[str] = "rest_over"
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanged(Event):
    """What the athlete has set out to do: repetitions a set, sets, seconds of rest; 0 is none."""

    name: ClassVar[str] = "plan"
    reps: int
    sets: int
    rest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdown(Event):
    """A recording begins in `left` seconds; at 0 it has begun."""

    name: ClassVar[str] = "countdown"
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRep(Event):
    """A repetition was counted in the example that is being recorded; no training, not logged."""

    name: ClassVar[str] = "take_rep"
    exercise: str
    rep: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeEnded(Event):
    """The recording of an example is over; the athlete is asked whether the count is right."""

    name: ClassVar[str] = "take_ended"
    take: str
    exercise: str
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSaved(Event):
    """The athlete has confirmed an example, which has `reps` repetitions."""

    name: ClassVar[str] = "take_saved"
    take: str
    exercise: str
    reps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDiscarded(Event):
    """An example was thrown away, by the athlete or because nobody was seen in it."""

    name: ClassVar[str] = "take_discarded"
    take: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing(Event):
    """How the athlete stands in the picture has changed.

    `advice` is one of "ok", "step back", "step closer", "step left", "step right",
    "raise camera", "lower camera", "nobody". Left and right are the athlete's who faces the camera.
    """

    name: ClassVar[str] = "framing"
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraLost(Event):
    """The camera has stopped sending frames; the box tries again."""

    name: ClassVar[str] = "camera_lost"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraBack(Event):
    """Frames arrive again."""

    name: ClassVar[str] = "camera_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepShown(Event):
    """In teach mode another repetition was seen, `rep` so far."""

    name: ClassVar[str] = "rep_shown"
    rep: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseTaught(Event):
    """A new exercise was learnt from `reps` repetitions, and kept under its name."""

    name: ClassVar[str] = "exercise_taught"
    exercise: str
    reps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Event):
    """What a recording held: the last event of a replay."""

    name: ClassVar[str] = "summary"
    exercise: str
    reps: int
    sets: list[dict[str, Any]]
    frames: int
    seconds: float


def _rounded(value: Any) -> Any:  # noqa: ANN401 (whatever an event holds)
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, tuple):
        return [_rounded(item) for item in value]
    return value
