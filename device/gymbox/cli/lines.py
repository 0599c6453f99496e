"""Events in words, a line each."""

from collections.abc import Callable
from typing import Any

from gymbox import events
from gymbox.events import Event, Rep, Summary


def _rep(rep: Rep) -> str:
    number = "partial" if rep.partial else f"rep {rep.rep}"
    tempo = " ".join(f"{seconds:.1f}" for seconds in rep.tempo)
    return f"{number:<8} range {rep.rom:.2f}   tempo {tempo}"


def _summary(summary: Summary) -> str:
    sets = len(summary.sets)
    if not sets:
        return "nothing was counted"
    return f"{summary.exercise}: {summary.reps} in {sets} set{'s' if sets > 1 else ''}"


WORDS: dict[type[Event], Callable[[Any], str]] = {
    events.AthleteFound: lambda _: "athlete found",
    events.AthleteLost: lambda _: "athlete gone",
    events.ExerciseChosen: lambda event: f"this is {event.exercise}",
    events.Ready: lambda event: f"ready for {event.exercise}",
    events.SetStart: lambda _: "set begins",
    events.Rep: _rep,
    events.SetRestarted: lambda _: "set begins anew",
    events.RepUndone: lambda event: f"taken back, {event.rep} left",
    events.RepAdded: lambda event: f"added, now {event.rep}",
    events.TargetReached: lambda event: f"target of {event.reps} reached",
    events.SetEnd: lambda event: f"set ends with {event.reps} of {event.exercise}",
    events.RestOver: lambda _: "rest is over",
    events.ExerciseTaught: lambda event: f"taught {event.exercise}",
    events.Countdown: lambda event: f"recording in {event.left} s" if event.left else "recording",
    events.TakeRep: lambda event: f"rep {event.rep}",
    events.TakeEnded: lambda event: f"recorded {event.counted} of {event.exercise}: right?",
    events.TakeSaved: lambda event: f"kept {event.reps} of {event.exercise}",
    events.TakeDiscarded: lambda _: "thrown away",
    events.Framing: lambda event: event.advice,
    events.Summary: _summary,
}


def line_of(event: Event) -> str:
    """The line that tells of an event, "" for one not worth a line."""
    words = WORDS.get(type(event))
    return f"{event.t:7.2f} s  {words(event)}" if words else ""
