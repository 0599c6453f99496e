"""Which exercise is it, and how many: the recogniser's words and the counters, weighed together.

    nothing known --a repetition is backed--> settled --another is, this one is not--> changed
                                                 |------another fits the set better--> revised

Pure: `step` takes the frames and `hear` the recogniser's words; both give the next state and what
follows. Neither the recogniser nor a counter names an exercise by itself. Every exercise that was
named of late has its counter running, and what names it is a repetition that its counter found
while the recogniser spoke for it and the right parts of the body moved. `unknown` takes its share
of the chances, so it wins wherever nothing fits.

What has been told is not clung to either: if the repetitions of another exercise explain the set
better, they take the place of those told.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from gymbox.motion.anchors import fits, travel
from gymbox.reps import trial
from gymbox.reps.auto_state import Auto, AutoRules, Outcome
from gymbox.reps.counter import RepDone
from gymbox.reps.profiles import UNKNOWN, Profile
from gymbox.reps.recognition import LAG, Heard, believe, support
from gymbox.reps.trial import Found, Moment, backing, played

LONG_AGO = 5.0
"""Seconds after which a repetition settles nothing any more, unless others follow it."""
LATELY = 3.0
"""Seconds of which it is asked what moved and what stayed."""
SAME = 0.3
"""Seconds by which two repetitions may overlap and still follow one another."""
YOUNG = 3
"""Repetitions up to which a set may still turn out to be of something else altogether."""
PAUSE = 3.0
"""Seconds within which a movement goes on."""


class When(NamedTuple):
    """The time of a decision.

    Attributes:
        t: seconds.
        over: nothing more will come.
    """

    t: float
    over: bool = False


Result = tuple[Auto, Outcome]
NOTHING = Outcome()


def step(state: Auto, moment: Moment, rules: AutoRules, known: Mapping[str, Profile]) -> Result:
    """Takes a frame in which the athlete was seen.

    Args:
        state: after the frame before.
        moment: the frame; one of the same time as the last is left out.
        rules: when an exercise is settled.
        known: the profiles by name.
    """
    if state.past and moment.t <= state.past[-1].t:
        if moment.t == state.past[-1].t:
            return state, NOTHING
        state = state.rewound()
    past = (*_since(state.past, moment.t - rules.keep), moment)
    trials = {
        name: trial.step(one, moment, past, known[name]) for name, one in state.trials.items()
    }
    grown = any(len(trials[name].found) > len(one.found) for name, one in state.trials.items())
    state = replace(state, past=past, trials=trials)
    return _decide(state, rules, When(moment.t)) if grown else (state, NOTHING)


def hear(state: Auto, heard: Heard, rules: AutoRules, known: Mapping[str, Profile]) -> Result:
    """Takes what the recogniser said."""
    recent = [one for one in state.heard if 0.0 < heard.t - one.t <= rules.keep]
    belief = believe(state.belief, _anchored(heard, state, rules, known))
    state = _weighed(replace(state, heard=(*recent, heard), belief=belief))
    state, outcome = _decide(_on_trial(state, rules, known), rules, When(heard.t))
    return (state, outcome) if outcome.named else _named(state, outcome, rules)


def _since(past: tuple[Moment, ...], t: float) -> tuple[Moment, ...]:
    """What was seen from t seconds on."""
    return past[bisect_left(past, t, key=_time) :]


def _anchored(heard: Heard, state: Auto, rules: AutoRules, known: Mapping[str, Profile]) -> Heard:
    """What was said, less what cannot be as other parts of the body moved; that is unknown."""
    worth = [name for name in known if heard.chances.get(name, 0.0) >= rules.consider]
    if not worth:
        return heard
    seen = travel([moment.pose for moment in _since(state.past, heard.t - LATELY)])
    fitting = {name: heard.chances[name] * fits(known[name], seen) for name in worth}
    lost = sum(heard.chances[name] - chance for name, chance in fitting.items())
    unknown = heard.chances.get(UNKNOWN, 0.0) + lost
    return Heard(heard.t, {**heard.chances, **fitting, UNKNOWN: unknown})


def finish(state: Auto, t: float, rules: AutoRules, known: Mapping[str, Profile]) -> Result:
    """The set or the recording ends at t: a repetition that only waits to settle is there."""
    trials = {
        name: trial.finished(one, t, state.past, known[name]) for name, one in state.trials.items()
    }
    return _decide(replace(state, trials=trials), rules, When(t, over=True))


def _weighed(state: Auto) -> Auto:
    """What speaks for the repetitions told, as long as something is still said about them."""
    now = state.heard[-1].t
    told = tuple(
        (one, backing(one, state.exercise, state.heard) if now <= one.rep.end + LAG else backed)
        for one, backed in state.told
    )
    return replace(state, told=told)


def _on_trial(state: Auto, rules: AutoRules, known: Mapping[str, Profile]) -> Auto:
    """Begins to count what was named of late, and stops to count what was not."""
    if state.pinned:
        return state
    now, chances = state.heard[-1]
    said = {name: now for name in known if chances.get(name, 0.0) >= rules.consider}
    lately = {name: t for name, t in {**state.lately, **said}.items() if now - t <= rules.keep}
    past = _since(state.past, state.begun)
    trials = {
        name: state.trials[name] if name in state.trials else played(past, known[name])
        for name in sorted({*lately, state.exercise} - {UNKNOWN})
    }
    kept = {name: one.since(state.heard[0].t) for name, one in trials.items()}
    return replace(state, lately=lately, trials=kept)


def _decide(state: Auto, rules: AutoRules, when: When) -> Result:
    rival = None if state.pinned else _rival(state, rules, when)
    if rival is not None:
        return rival
    if state.exercise == UNKNOWN:
        return state, NOTHING
    return _told(state, rules.enough)


def _named(state: Auto, outcome: Outcome, rules: AutoRules) -> Result:
    """Says what is believed while nothing is settled."""
    best, chance = state.belief.best
    if state.pinned or state.exercise != UNKNOWN or best == state.named or chance < rules.name:
        return state, outcome
    # After a set its exercise stays on the screen: at rest nobody does anything known.
    if best == UNKNOWN and state.begun > float("-inf"):
        return state, outcome
    return replace(state, named=best), replace(outcome, named=best, confidence=chance)


def _rival(state: Auto, rules: AutoRules, when: When) -> Result | None:
    """Another exercise than the settled one, if it is backed better."""
    others = [name for name in state.trials if name != state.exercise]
    if not others:
        return None
    best = max(others, key=lambda name: _weight(state, name, state.begun))
    if not _is_sure(state, best, state.begun, rules, when):
        return None
    if state.exercise == UNKNOWN:
        return _settle(state, best, rules)
    follows = _follows(state, best, rules, when)
    if follows and not _goes_on(state, best):
        return _settle(replace(state, begun=state.until, told=()), best, rules)
    told = sum(backed for _, backed in state.told)
    if follows or _weight(state, best, state.begun) >= told + rules.better:
        again = replace(state, told=(), until=state.begun)
        # That they were repetitions is beyond doubt, only of what was not.
        after, outcome = _settle(again, best, replace(rules, enough=0.0))
        return after, replace(outcome, revised=True)
    return None


def _goes_on(state: Auto, rival: str) -> bool:
    """The movement is the same as before, so the first words about it were wrong.

    Nobody does one or two repetitions of one exercise and goes on with another without a pause;
    and the counter of the settled exercise counts the rival's repetitions too.
    """
    if len(state.told) > YOUNG:
        return False
    new = _complete(state, rival, state.until - SAME)
    same = [
        one
        for one in state.trials[state.exercise].found
        if one.rep.end > state.until and any(_overlap(one.rep, other.rep) for other in new)
    ]
    return bool(same) and min(one.rep.start for one in new) - state.until <= PAUSE


def _time(moment: Moment) -> float:
    return moment.t


def _overlap(one: RepDone, other: RepDone) -> bool:
    return one.start < other.end and other.start < one.end


def _is_sure(state: Auto, exercise: str, since: float, rules: AutoRules, when: When) -> bool:
    """Whether the repetitions since then settle an exercise.

    Bending down to a bag is a deadlift until the athlete walks away with it, so a repetition is
    looked at a little longer than it lasts; and what was left undecided for long stays so. Only
    repetitions that follow one another speak for each other: two shoes are no set.
    """
    found = _in_a_row(_complete(state, exercise, since))
    wait = 0.0 if when.over else rules.wait
    ages = [(when.t - one.rep.end, one, _clear(one, exercise, state.heard)) for one in found]
    closed = [(age, clear) for age, one, clear in ages if one.closed and age >= wait]
    lately = [clear for age, clear in closed if age <= LONG_AGO]
    if lately and _chance(clear for _, clear in closed) >= rules.sure:
        return True
    if not when.over:
        return False
    # One that is still open when the recording ends is doubted twice.
    still = [1 - 2 * min(1 - clear, 0.5) for age, one, clear in ages if not one.closed]
    still = still if ages and ages[-1][0] <= LONG_AGO else []
    return _chance(lately) >= rules.in_the_end or _chance([*lately, *still]) >= rules.sure


def _in_a_row(found: Sequence[Found]) -> Sequence[Found]:
    """The newest repetitions, back to the last pause."""
    first = len(found)
    while first > 0:
        if first < len(found) and found[first].rep.start - found[first - 1].rep.end > LONG_AGO:
            break
        first -= 1
    return found[first:]


def _clear(one: Found, exercise: str, heard: Sequence[Heard]) -> float:
    """What speaks for a repetition; nothing if more was said for its being nothing known."""
    nothing = support(heard, UNKNOWN, one.rep.start, one.rep.end)
    backed = backing(one, exercise, heard)
    return backed if backed > nothing else 0.0


def _follows(state: Auto, rival: str, rules: AutoRules, when: When) -> bool:
    """The athlete has gone on to another exercise since the last repetition."""
    if not _is_sure(state, rival, state.until - SAME, rules, when):
        return False
    since = [one.chances.get(state.exercise, 0.0) for one in state.heard if one.t > state.until]
    return bool(since) and sum(since) / len(since) < rules.doubt


def _settle(state: Auto, exercise: str, rules: AutoRules) -> Result:
    confidence = max(
        backing(one, exercise, state.heard) for one in _complete(state, exercise, state.begun)
    )
    state, outcome = _told(replace(state, exercise=exercise, named=exercise), rules.enough)
    return state, replace(outcome, named=exercise, confidence=confidence)


def _told(state: Auto, enough: float) -> Result:
    """Tells the repetitions of the settled exercise that are backed and have not been told."""
    new = tuple(
        one
        for one in state.trials[state.exercise].found
        if one.rep.end > state.until
        and one.rep.start >= state.until - SAME
        and (state.pinned or backing(one, state.exercise, state.heard) >= enough)
    )
    if not new:
        return state, NOTHING
    complete = tuple(one for one in new if not one.rep.partial)
    told = tuple((one, backing(one, state.exercise, state.heard)) for one in complete)
    state = replace(state, told=state.told + told, until=new[-1].rep.end)
    right = 1.0 if state.pinned else _chance([backed for _, backed in state.told])
    reps = (replace(one.rep, confidence=one.rep.confidence * right) for one in new)
    return state, Outcome(reps=tuple(reps))


def _chance(backed: Iterable[float]) -> float:
    """That one at least is what it is backed as: as if each were a chance of its own."""
    return 1.0 - math.prod(1.0 - one for one in backed)


def _complete(state: Auto, exercise: str, since: float) -> Sequence[Found]:
    """The complete repetitions of an exercise that began after `since`."""
    return [
        one
        for one in state.trials[exercise].found
        if not one.rep.partial and one.rep.start >= since
    ]


def _weight(state: Auto, exercise: str, since: float) -> float:
    """How much speaks for an exercise, in fully backed repetitions."""
    return sum(backing(one, exercise, state.heard) for one in _complete(state, exercise, since))
