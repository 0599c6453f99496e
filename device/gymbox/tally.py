"""What a recording or a session came to: the events added up."""

from dataclasses import dataclass, field
from typing import Any

from gymbox.events import Event, ExerciseChosen, SetCorrected, SetEnd, SetReopened, Summary


@dataclass(slots=True)
class Tally:
    """Adds up events; `summary` may be asked for at any time.

    Attributes:
        exercise: the last exercise named.
        sets: the ended sets, each {"exercise", "reps", "start", "end"}.
    """

    exercise: str = "unknown"
    sets: list[dict[str, Any]] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Takes one event. Repetitions count when their set ends, so that undone ones are gone."""
        if isinstance(event, ExerciseChosen):
            self.exercise = event.exercise
        elif isinstance(event, SetCorrected | SetReopened):
            self._forget(event)
        if isinstance(event, SetEnd | SetCorrected) and event.reps:
            self.exercise = event.exercise
            self.sets.append(
                {
                    "exercise": event.exercise,
                    "reps": event.reps,
                    "start": round(event.start, 3),
                    "end": round(event.end, 3),
                }
            )

    def _forget(self, event: SetCorrected | SetReopened) -> None:
        """Takes the last set back, if that is the one that the event is about."""
        about = (event.exercise, round(event.start, 3))
        if self.sets and (self.sets[-1]["exercise"], self.sets[-1]["start"]) == about:
            self.sets.pop()

    def summary(self, *, frames: int, seconds: float) -> Summary:
        """The sum of all ended sets."""
        return Summary(
            t=seconds,
            exercise=self.exercise,
            reps=sum(entry["reps"] for entry in self.sets),
            sets=list(self.sets),
            frames=frames,
            seconds=round(seconds, 3),
        )
