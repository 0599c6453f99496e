"""Whether an athlete is there: found at once, lost only after a while."""

from dataclasses import dataclass

from gymbox.events import AthleteFound, AthleteLost, Event


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody is there, and when they were last seen (seconds)."""

    there: bool = False
    last_seen: float = 0.0


def step(
    state: Presence, t: float, *, seen: bool, lost_after: float
) -> tuple[Presence, tuple[Event, ...]]:
    """One frame at t; the athlete is lost when unseen for lost_after seconds."""
    if seen:
        return Presence(there=True, last_seen=t), () if state.there else (AthleteFound(t=t),)
    if state.there and t - state.last_seen > lost_after:
        return Presence(there=False, last_seen=state.last_seen), (AthleteLost(t=t),)
    return state, ()
