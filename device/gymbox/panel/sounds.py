"""Which events sound, and how. A sound is a row of (hertz, seconds); 0 Hz is silence."""

from gymbox.events import (
    CameraBack,
    CameraLost,
    Countdown,
    Event,
    ExerciseChosen,
    ExerciseTaught,
    Framing,
    ModeChanged,
    PlanChanged,
    Ready,
    Rep,
    RepAdded,
    RepShown,
    RepUndone,
    RestNearlyOver,
    RestOver,
    SetCorrected,
    SetEnd,
    SetReopened,
    SetRestarted,
    SetsDone,
    TakeDiscarded,
    TakeEnded,
    TakeRep,
    TakeSaved,
    TargetReached,
)

Sound = tuple[tuple[int, float], ...]

_LOW, _MIDDLE, _HIGH = 523, 1047, 2093

PARTIAL: Sound = ((_LOW, 0.09), (0, 0.06), (_LOW, 0.09))
GO: Sound = ((_HIGH, 0.4),)
TAKEN_BACK: Sound = ((_HIGH, 0.06), (_MIDDLE, 0.06))
THREE: Sound = ((_HIGH, 0.12), (0, 0.05), (_HIGH, 0.12), (0, 0.05), (_HIGH, 0.4))
FRAMED: Sound = ((_HIGH, 0.15),)

SOUNDS: dict[type[Event], Sound] = {
    ModeChanged: ((_MIDDLE, 0.03),),
    ExerciseChosen: ((_MIDDLE, 0.03),),
    Ready: ((_MIDDLE, 0.1), (0, 0.04), (_HIGH, 0.2)),
    Rep: ((_HIGH, 0.08),),
    RepUndone: TAKEN_BACK,
    RepAdded: ((_MIDDLE, 0.06), (_HIGH, 0.06)),
    TargetReached: THREE,
    SetEnd: ((_MIDDLE, 0.6),),
    SetRestarted: ((_HIGH, 0.06), (_MIDDLE, 0.06), (_LOW, 0.06)),
    SetCorrected: TAKEN_BACK,
    SetReopened: ((_MIDDLE, 0.1), (0, 0.04), (_HIGH, 0.2)),
    SetsDone: ((_LOW, 0.15), (_MIDDLE, 0.15), (_HIGH, 0.15), (_MIDDLE, 0.15), (_HIGH, 0.4)),
    RestNearlyOver: ((_MIDDLE, 0.1), (0, 0.1), (_MIDDLE, 0.1)),
    RestOver: ((_MIDDLE, 0.1), (0, 0.1), (_MIDDLE, 0.1), (0, 0.1), (_HIGH, 0.5)),
    PlanChanged: ((_MIDDLE, 0.03),),
    Countdown: ((_MIDDLE, 0.12),),
    TakeRep: ((_HIGH, 0.08),),
    TakeEnded: ((_MIDDLE, 0.6),),
    TakeSaved: ((_MIDDLE, 0.06), (_HIGH, 0.12)),
    RepShown: ((_HIGH, 0.08),),
    ExerciseTaught: ((_MIDDLE, 0.06), (_HIGH, 0.12)),
    TakeDiscarded: ((_MIDDLE, 0.06), (_LOW, 0.12)),
    CameraLost: ((_LOW, 0.2), (0, 0.1), (_LOW, 0.2), (0, 0.1), (_LOW, 0.2)),
    CameraBack: ((_LOW, 0.1), (_MIDDLE, 0.1)),
}


def sound_of(event: Event) -> Sound:
    """How an event sounds; empty if it does not. What is told late comes too late to beep."""
    if isinstance(event, Rep) and event.late:
        return ()
    if isinstance(event, Rep) and event.partial:
        return PARTIAL
    if isinstance(event, Countdown) and not event.left:
        return GO
    if isinstance(event, Framing):
        return FRAMED if event.advice == "ok" else ()
    return SOUNDS.get(type(event), ())
