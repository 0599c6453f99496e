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
LATELY = 3.0
"""Seconds within which it must have moved so far; before that the athlete stood otherwise."""
BACK = 0.7
"""Share of a movement that must be undone to be back in the start pose."""
ARRIVED = 0.85
"""Share at which it is back at once, without waiting for it to settle."""
SETTLE = 0.2
"""Seconds of rest that tell an end of a movement from a sticking point."""
STILL = 0.06
"""Progress within which it rests."""
PARTIAL = 0.4
"""Share of the range of a complete repetition from which a smaller one is told as partial."""
LIKE_OTHERS = 0.5
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
        trace: the samples of the movement under way, before it those of LATELY.
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
    changed = crossing(state.trace[-2:][0], now, profile.start_within)
    inside = now.value <= profile.start_within
    since = changed if inside and state.since is None else state.since
    if since is not None and (now.t if inside else changed) - since >= profile.hold:
        return _wait(replace(state, phase=Phase.START, since=None)), (Armed(now.t),)
    if inside:
        return replace(state, since=since), ()
    return replace(state, since=None, trace=(now,)), ()


def _wait(state: Counter) -> Counter:
    """Waits in the start pose for a movement to begin."""
    now = state.trace[-1]
    recent = tuple(sample for sample in state.trace if now.t - sample.t <= LATELY)
    lowest = _lowest(recent)
    low = recent[lowest].value
    if now.value - low < LEAVE:
        return replace(state, low=low, trace=recent)
    return replace(state, phase=Phase.AWAY, low=low, told=False, trace=recent[lowest:])


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
        # Beyond the start pose there is nothing to gain, only noise.
        reach = turn.value - max(0.0, state.low)
        enough = reach >= max(profile.range, LIKE_OTHERS * state.usual)
        complete = enough and turn.value >= profile.turn_beyond
        counts = home if profile.counts_at == "start" else home or _is_turning(state, turn)
        if complete and counts:
            events = (_rep(state, rep, reach, profile, partial=False),)
            state = replace(state, told=True, usual=_usual(state.usual, reach))
        elif home and reach >= PARTIAL * profile.range:
            events = (_rep(state, rep, reach, profile, partial=True),)
    if not home:
        return state, events
    before = strokes(rep, state.low) if state.told else state.before
    back = state.trace[state.trace.index(turn) :]
    return replace(state, phase=Phase.START, before=before, trace=back[_lowest(back) :]), events


def _lowest(trace: Sequence[Sample]) -> int:
    return min(range(len(trace)), key=lambda index: trace[index].value)


def _left(trace: Sequence[Sample], turn: Sample, low: float) -> int:
    """Index of the last sample before the turn that still rests in the start pose."""
    near = low + STILL
    before = (i for i, sample in enumerate(trace) if sample.t < turn.t and sample.value <= near)
    return max(before, default=0)


def _is_turning(state: Counter, turn: Sample) -> bool:
    """The furthest point has been passed, or held for a while."""
    now = state.trace[-1]
    if turn.value - max(0.0, state.low) >= ARRIVED * state.usual > 0.0:
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
    state: Counter, rep: Sequence[Sample], reach: float, profile: Profile, *, partial: bool
) -> RepDone:
    measured = strokes(rep, state.low)
    return RepDone(
        start=measured.out.begin,
        turn=max(rep, key=lambda sample: sample.value).t,
        end=rep[-1].t,
        partial=partial,
        rom=min(1.0, reach),
        tempo=tempo(measured, state.before, profile.first),
        confidence=sum(sample.quality for sample in rep) / len(rep),
    )


def _usual(usual: float, size: float) -> float:
    return size if usual == 0.0 else usual + 0.3 * (size - usual)
