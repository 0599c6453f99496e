"""The counter of one exercise: observations in, repetitions out.

    seeking --start pose held--> start --left it--> away --came back--> start
       ^------ out of sight or out of posture for GAP, or away too long ------'

Pure: `step(state, observation, profile)` gives the next state and what happened. Time comes from
the observations only and nothing counts frames, so 5 and 30 frames a second count alike.

The thresholds go with the athlete: how far a movement went decides when it has come back, and once
some repetitions are complete their size decides, above the bound of the profile, what is partial.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from gymbox.motion.observe import Observation
from gymbox.reps.profiles import Profile
from gymbox.reps.progress import measure
from gymbox.reps.tempo import Sample, Strokes, Tempo, crossing, strokes, tempo

GAP = 1.0
"""Seconds without a usable observation that a repetition survives."""
LEAVE = 0.2
"""Progress from the start pose at which a movement has begun."""
BACK = 0.7
"""Share of a movement that must be undone to be back in the start pose."""
ARRIVED = 0.9
"""Share at which it is back at once, without waiting for it to settle."""
SETTLE = 0.2
"""Seconds of rest that tell an end of a movement from a sticking point."""
STILL = 0.06
"""Progress within which it rests."""
PARTIAL = 0.5
"""Share of the range of a complete repetition from which a smaller one is told as partial."""
LIKE_OTHERS = 0.6
"""Share of the athlete's usual range from which a repetition is complete."""


class Phase(Enum):
    """What the counter waits for."""

    SEEKING = "seeking"
    START = "start"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Armed:
    """The start pose was held: from t on movement counts."""

    t: float


@dataclass(frozen=True, slots=True)
class RepDone:
    """A repetition, complete or partial.

    Attributes:
        start: seconds, when the start pose was left.
        turn: when the movement turned back.
        end: when it counted.
        partial: it turned back too early.
        rom: 0..1 of the profile's full range.
        tempo: seconds of (eccentric, pause, concentric, pause).
        confidence: 0..1, how well the joints that decide were seen.
    """

    start: float
    turn: float
    end: float
    partial: bool
    rom: float
    tempo: Tempo
    confidence: float


CounterEvent = Armed | RepDone


@dataclass(frozen=True, slots=True)
class Counter:
    """State of the counter.

    Attributes:
        phase: what it waits for.
        since: since when the start pose is held, None while it is not.
        trace: the samples since the start pose was left; of the last SETTLE seconds before that.
        low: progress of the start pose.
        told: the repetition under way has been told.
        usual: size of the athlete's complete repetitions, 0 before the first.
        before: the complete repetition before, None for the first.
    """

    phase: Phase = Phase.SEEKING
    since: float | None = None
    trace: tuple[Sample, ...] = ()
    low: float = 0.0
    told: bool = False
    usual: float = 0.0
    before: Strokes | None = None

    @property
    def armed(self) -> bool:
        """Movement counts."""
        return self.phase is not Phase.SEEKING

    @property
    def progress(self) -> float:
        """0..1, for a moving bar."""
        return min(1.0, max(0.0, self.trace[-1].value)) if self.trace else 0.0


Result = tuple[Counter, tuple[CounterEvent, ...]]


def step(state: Counter, observation: Observation, profile: Profile) -> Result:
    """Takes one observation.

    Args:
        state: after the observation before, `Counter()` for the first.
        observation: not older than the one before.
        profile: of the exercise; the same for the whole life of the state.
    """
    t = observation.timestamp
    if state.trace and t - state.trace[-1].t > GAP:
        state = Counter(usual=state.usual)
    here = measure(observation, profile)
    if here is None:
        return state, ()
    state = replace(state, trace=(*state.trace, Sample(t, here.value, here.quality)))
    if state.phase is Phase.SEEKING:
        return _seek(state, profile)
    if state.phase is Phase.START:
        return _wait(state), ()
    return _follow(state, profile)


def _seek(state: Counter, profile: Profile) -> Result:
    """Arms once the start pose has been held."""
    now = state.trace[-1]
    recent = state.trace[-2:]
    if now.value > profile.start_within:
        held_until = crossing(recent[0], now, profile.start_within)
    else:
        held_until = now.t
        low = now.value if state.since is None else min(state.low, now.value)
        since = state.since
        if since is None:
            since = crossing(recent[0], now, profile.start_within)
        state = replace(state, since=since, low=low)
    if state.since is not None and held_until - state.since >= profile.hold:
        armed = replace(state, phase=Phase.START, since=None, trace=recent)
        return _wait(armed), (Armed(now.t),)
    if now.value > profile.start_within:
        state = replace(state, since=None)
    return replace(state, trace=recent), ()


def _wait(state: Counter) -> Counter:
    """Waits in the start pose for a movement to begin."""
    now = state.trace[-1]
    low = min(state.low, now.value)
    if now.value - low >= LEAVE:
        return replace(state, phase=Phase.AWAY, low=low, told=False)
    recent = tuple(sample for sample in state.trace if now.t - sample.t <= GAP)
    return replace(state, low=low, trace=recent)


def _follow(state: Counter, profile: Profile) -> Result:
    """Follows a movement out to its turn and back."""
    now = state.trace[-1]
    turn = max(state.trace, key=lambda sample: sample.value)
    size = turn.value - state.low
    rep = state.trace[_left(state.trace, turn, state.low) :]
    if now.t - rep[0].t > profile.max_rep:
        return Counter(usual=state.usual), ()
    home = _is_home(state.trace, turn, size)
    events: tuple[CounterEvent, ...] = ()
    if not state.told and now.t - rep[0].t >= profile.min_rep:
        complete = turn.value >= profile.turn_beyond and size >= max(
            profile.range, LIKE_OTHERS * state.usual
        )
        counts = home if profile.counts_at == "start" else home or _is_turning(state, turn)
        if complete and counts:
            events = (_rep(state, rep, size, profile, partial=False),)
            state = replace(state, told=True, usual=_usual(state.usual, size))
        elif home and size >= PARTIAL * profile.range:
            events = (_rep(state, rep, size, profile, partial=True),)
    if not home:
        return state, events
    before = strokes(rep, state.low) if state.told else state.before
    return replace(
        state, phase=Phase.START, low=now.value, before=before, trace=state.trace[-1:]
    ), events


def _left(trace: Sequence[Sample], turn: Sample, low: float) -> int:
    """Index of the last sample before the turn that still rests in the start pose."""
    near = low + STILL
    before = (i for i, sample in enumerate(trace) if sample.t < turn.t and sample.value <= near)
    return max(before, default=0)


def _is_turning(state: Counter, turn: Sample) -> bool:
    """The furthest point has been passed, or held for a while."""
    now = state.trace[-1]
    if turn.value - state.low >= ARRIVED * state.usual > 0.0:
        return True
    resting = [sample.t for sample in state.trace if turn.value - sample.value <= STILL]
    return now.t - resting[0] >= SETTLE or turn.value - now.value > STILL


def _is_home(trace: Sequence[Sample], turn: Sample, size: float) -> bool:
    """Back in the start pose: quite, or nearly and no nearer for a while or already off again."""
    now = trace[-1]
    returning = [sample for sample in trace if sample.t >= turn.t]
    nearest = min(sample.value for sample in returning)
    if turn.value - now.value >= ARRIVED * size:
        return True
    if turn.value - nearest < BACK * size:
        return False
    resting = [sample.t for sample in returning if sample.value - nearest <= STILL]
    return now.t - resting[0] >= SETTLE or now.value - nearest > STILL


def _rep(
    state: Counter, rep: Sequence[Sample], size: float, profile: Profile, *, partial: bool
) -> RepDone:
    measured = strokes(rep, state.low)
    return RepDone(
        start=measured.out.begin,
        turn=max(rep, key=lambda sample: sample.value).t,
        end=rep[-1].t,
        partial=partial,
        rom=min(1.0, size),
        tempo=tempo(measured, state.before, profile.first),
        confidence=sum(sample.quality for sample in rep) / len(rep),
    )


def _usual(usual: float, size: float) -> float:
    return size if usual == 0.0 else usual + 0.3 * (size - usual)
