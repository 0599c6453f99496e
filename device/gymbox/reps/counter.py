"""The counter of one exercise: observations in, repetitions out.

    seeking --start pose held--> start --left it--> away --came back--> start
       ^------ out of sight or out of posture for GAP, or away too long ------'

Pure: `step(state, observation, profile)` gives the next state and what happened. Time comes from
the observations only and nothing counts frames, so 5 and 30 frames a second count alike.

The thresholds go with the athlete: how far a movement went decides when it has come back, and once
some repetitions are complete their size decides, above the bound of the profile, what is partial.
"""

import math
from dataclasses import dataclass, replace
from enum import Enum

from gymbox.motion.observe import Observation
from gymbox.reps import confidence
from gymbox.reps.confidence import NO_HABIT, NO_PRELUDE, Evidence, Habit, Prelude
from gymbox.reps.movement import Movement, Sample, crossing, from_lowest
from gymbox.reps.profiles import Profile
from gymbox.reps.progress import measure
from gymbox.reps.tempo import Strokes, Tempo, strokes, tempo

GAP = 1.5
"""Seconds without a usable observation that a repetition survives."""
LEAVE = 0.2
"""Progress from the start pose at which a movement has begun."""
LATELY = 3.0
"""Seconds within which it must have moved so far; before that the athlete stood otherwise."""
SPIKE = 0.3
"""Seconds in which nobody goes out and back: a sample that does so among three is a slip."""
PARTIAL = 0.4
"""Share of the range of a complete repetition from which a smaller one is told as partial."""
LIKE_OTHERS = 0.5
"""Share of the athlete's usual range from which a repetition is complete."""
TIRED = 0.7
"""Share of a usual range that is small itself, such as where the camera sees little of it."""
LEAST = 0.6
"""Share of the profile's range below which nothing is complete, however small the usual one is."""

SIGHT_SIZE = 0.8
"""Progress of a repetition of which only a classifier has seen something, before any is known."""
SIGHT_QUALITY = 0.5
"""Quality of such a sample."""


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
        confidence: 0..1, the chance that it is a true one.
        evidence: what the confidence is made of; None where something else measured it.
    """

    start: float
    turn: float
    end: float
    partial: bool
    rom: float
    tempo: Tempo
    confidence: float
    evidence: Evidence | None = None


CounterEvent = Armed | RepDone


@dataclass(frozen=True, slots=True)
class Counter:
    """State of the counter.

    Attributes:
        phase: what it waits for.
        since: since when the start pose is held, None while it is not.
        latest: the last samples as they were measured, three at most.
        trace: the samples of the movement under way, before it those of LATELY, without slips.
        low: progress of the start pose.
        told: the repetition under way has been told.
        pending: it counts if nothing more comes: there, but not settled yet.
        began: when the athlete was first seen since something was missed, seconds.
        prelude: what came before the movement under way.
        habit: what the athlete's complete repetitions are like.
        before: the complete repetition before, None for the first.
    """

    phase: Phase = Phase.SEEKING
    since: float | None = None
    latest: tuple[Sample, ...] = ()
    trace: tuple[Sample, ...] = ()
    low: float = 0.0
    told: bool = False
    pending: RepDone | None = None
    began: float = 0.0
    prelude: Prelude = NO_PRELUDE
    habit: Habit = NO_HABIT
    before: Strokes | None = None

    @property
    def armed(self) -> bool:
        """Movement counts."""
        return self.phase is not Phase.SEEKING

    @property
    def away(self) -> bool:
        """A repetition is under way."""
        return self.phase is Phase.AWAY

    @property
    def usual(self) -> float:
        """Size of the athlete's complete repetitions, 0 before the first."""
        return self.habit.reach

    @property
    def progress(self) -> float:
        """0..1, for a moving bar."""
        return min(1.0, max(0.0, self.trace[-1].value)) if self.trace else 0.0

    def rested(self) -> "Counter":
        """The state after a set, when the start pose is asked for again; the size is kept."""
        return Counter(habit=Habit(reach=self.habit.reach))

    def forgotten(self) -> "Counter":
        """The state after something was missed, when the start pose is asked for again."""
        return Counter(habit=self.habit)


Result = tuple[Counter, tuple[CounterEvent, ...]]


def step(state: Counter, observation: Observation, profile: Profile) -> Result:
    """Takes one observation.

    One that is not newer than the one before says nothing, one without a time neither. A clock
    that jumps by more than GAP, ahead or back, asks for the start pose again.

    Args:
        state: after the observation before, `Counter()` for the first.
        observation: of the next frame.
        profile: of the exercise; the same for the whole life of the state.
    """
    t = observation.timestamp
    if not math.isfinite(t):
        return state, ()
    here = measure(observation, profile)
    if here is None:
        missed = state.trace and abs(t - state.trace[-1].t) > GAP
        return state.forgotten() if missed else state, ()
    sample = Sample(t, here.value, here.quality, *_placed(observation, profile))
    return _take(state, sample, profile)


def step_by_sight(state: Counter, t: float, place: float, profile: Profile) -> Result:
    """Takes a frame in which the pose says nothing, but a picture classifier does.

    Args:
        state: as for `step`, which takes the other frames.
        t: seconds, of the frame.
        place: 0 in the start pose of the athlete's own range, 1 at its turn.
        profile: of the exercise.
    """
    if not math.isfinite(t):
        return state, ()
    size = state.usual or SIGHT_SIZE
    low = state.low if state.armed else state.habit.low
    where = state.trace[-1][3:] if state.trace else ()
    return _take(state, Sample(t, low + place * size, SIGHT_QUALITY, *where), profile)


def _take(state: Counter, sample: Sample, profile: Profile) -> Result:
    passed = sample.t - state.trace[-1].t if state.trace else GAP
    if -GAP <= passed <= 0.0:
        return state, ()
    if abs(passed) > GAP:
        state = state.forgotten()
    latest = (*state.latest[-2:], sample)
    began = state.began if state.latest else sample.t
    state = replace(state, began=began, latest=latest, trace=(*state.trace, _steady(latest)))
    if state.phase is Phase.SEEKING:
        return _seek(state, profile)
    if state.phase is Phase.START:
        return _wait(state), ()
    return _follow(state, profile)


def _placed(observation: Observation, profile: Profile) -> tuple[float, ...]:
    """Where the athlete is, as `Sample` has it."""
    place = observation.place
    if place is None:
        return ()
    mover = place.down(profile.moves or "hip")
    still = place.down(profile.still[0] if profile.still else "ankle")
    return mover, still, place.across, place.torso


def _steady(latest: tuple[Sample, ...]) -> Sample:
    """The newest sample, at the middle value of three that come quickly one after the other."""
    now = latest[-1]
    if now.t - latest[0].t > SPIKE:
        return now
    values = sorted(sample.value for sample in latest)
    return now._replace(value=values[(len(values) - 1) // 2])


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
    moving = tuple(from_lowest(recent))
    low = moving[0].value
    if now.value - low < LEAVE:
        return replace(state, low=low, trace=recent)
    prelude = confidence.prelude(recent, low, state.began)
    return replace(state, phase=Phase.AWAY, low=low, told=False, trace=moving, prelude=prelude)


def _follow(state: Counter, profile: Profile) -> Result:
    """Follows a movement out to its turn and back."""
    move = Movement.of(state.trace, state.low)
    rep = move.rep
    seconds = rep[-1].t - rep[0].t
    if seconds > profile.max_rep:
        return state.forgotten(), ()
    home = move.is_home()
    state = replace(state, pending=None)
    events: tuple[CounterEvent, ...] = ()
    if not state.told and seconds >= profile.min_rep:
        state, events = _judge(state, move, profile, home=home)
    if not home:
        return state, events
    before = strokes(rep, state.low) if state.told else state.before
    trace = tuple(from_lowest(move.returning))
    return replace(state, phase=Phase.START, pending=None, before=before, trace=trace), events


def _judge(state: Counter, move: Movement, profile: Profile, *, home: bool) -> Result:
    """Tells the repetition under way if it is complete, or partial and over."""
    if move.reach >= _enough(profile, state.usual) and move.high >= profile.turn_beyond:
        at_turn = profile.counts_at == "turn"
        over = home or (at_turn and move.is_turning(state.usual))
        if not over and not at_turn and not move.is_back():
            return state, ()
        done = _rep(state, move, profile, partial=False)
        if not over:
            return replace(state, pending=done), ()
        habit = confidence.after(state.habit, move.rep, state.low, move.reach)
        return replace(state, told=True, habit=habit), (done,)
    if home and move.reach >= PARTIAL * profile.range:
        return state, (_rep(state, move, profile, partial=True),)
    return state, ()


def _enough(profile: Profile, usual: float) -> float:
    """How far a complete repetition goes: as the athlete does, within the profile's bounds."""
    if usual == 0.0:
        return profile.range
    small = max(LEAST * profile.range, TIRED * usual)
    return max(min(profile.range, small), LIKE_OTHERS * usual)


def _rep(state: Counter, move: Movement, profile: Profile, *, partial: bool) -> RepDone:
    rep = move.rep
    measured = strokes(rep, state.low)
    evidence = confidence.weigh(rep, state.low, move.reach, state.prelude, state.habit)
    return RepDone(
        # The stroke is measured on, past what was seen.
        start=max(measured.out.begin, move.samples[0].t),
        turn=move.samples[move.turn].t,
        end=rep[-1].t,
        partial=partial,
        rom=min(1.0, move.reach),
        tempo=tempo(measured, state.before, profile.first),
        confidence=confidence.chance(evidence),
        evidence=evidence,
    )
