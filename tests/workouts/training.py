"""Training to be logged, and a clock on the wall that the test turns."""

from datetime import UTC, datetime, timedelta

from gymbox.events import Event, Rep, SetEnd, SetStart
from gymbox.workouts.log import TrainingLog

NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
TEMPO = (1.0, 0.25, 0.75, 0.5)


class WallClock:
    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def start(t: float, exercise: str = "squat") -> SetStart:
    return SetStart(t=t, exercise=exercise)


def rep(t: float, number: int, exercise: str = "squat", *, partial: bool = False) -> Rep:
    return Rep(
        t=t,
        exercise=exercise,
        rep=number,
        partial=partial,
        rom=0.5 if partial else 0.75,
        tempo=TEMPO,
        confidence=0.9,
    )


def end(t: float, reps: int, start: float, last: float, exercise: str = "squat") -> SetEnd:
    return SetEnd(t=t, exercise=exercise, reps=reps, start=start, end=last)


def whole_set(t: float, reps: int, exercise: str = "squat") -> list[SetStart | Rep | SetEnd]:
    """A set that starts at t, a rep every 3 s, over 20 s after the last."""
    last = t + 3 * reps
    return [
        start(t, exercise),
        *(rep(t + 3 * number, number, exercise) for number in range(1, reps + 1)),
        end(last + 20, reps, t, last, exercise),
    ]


def record(log: TrainingLog, clock: WallClock, *events: Event) -> None:
    """Events as they come: the wall clock goes along with the frames."""
    before = None
    for event in events:
        clock.turn(0 if before is None else event.t - before)
        before = event.t
        log.record(event)
