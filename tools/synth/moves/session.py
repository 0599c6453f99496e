"""A whole take: an athlete comes, does a set, and goes on with something else."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tools.synth.moves import take as takes
from tools.synth.moves import ways
from tools.synth.moves.exercise import Exercise
from tools.synth.moves.lounge import Lounge
from tools.synth.moves.shots import Shot, joined
from tools.synth.moves.take import Take, Worked
from tools.synth.skeleton import Skeleton

ROOM = 0.12
"""Metres that the hips sink by where a bench may stand behind them."""


def session(
    exercise: Exercise,
    skeleton: Skeleton,
    rng: np.random.Generator,
    *,
    fps: float,
    count: int,
    partials: Sequence[float] = (),
    faults: dict[str, float] | None = None,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
) -> Take:
    """A set of an exercise with what comes before and after it.

    Args:
        exercise: what.
        skeleton: whose.
        rng: of this athlete and set.
        fps: moments a second.
        count: complete repetitions.
        partials: depths of those that turn round early.
        faults: strength 0..1 by name.
        before: idle movements, then the athlete gets into the start pose; none to begin there.
        after: idle movements, once the athlete has left the exercise; none to end there.
    """
    pause = rng.uniform(0.4, 1.4, 2)
    worked = takes.work(
        exercise,
        skeleton,
        rng,
        fps=fps,
        count=count,
        partials=partials,
        faults=faults,
        before=float(pause[0]),
        after=float(pause[1]),
    )
    way = ways.load(exercise.way)
    begin = ways.goal(worked, exercise, 0)
    home, crowded = ways.home(way, begin), _crowded(exercise, worked)
    lounge = Lounge(skeleton, rng, fps, home, crowded=crowded)
    shots, now = [], 0
    if before:
        shots = lounge.pass_time(before, 0, first=True, last=False)
        now = sum(map(len, shots))
        shots.append(lounge.get_in(way, begin, exercise, now))
        now += len(shots[-1])
    middle = _set(worked)
    shots.append(middle)
    if after:
        end = now + len(middle)
        way_out = lounge.get_out(way, ways.goal(worked, exercise, -1), exercise, end)
        shots.append(way_out)
        shots += lounge.pass_time(after, end + len(way_out), first=False, last=True)
    whole = joined(shots)
    return replace(
        worked.take,
        times=np.arange(len(whole)) / fps,
        placed=whole.placed,
        depth=whole.depth,
        phases=whole.phases,
        reps=tuple(rep.shifted(now / fps) for rep in worked.take.reps),
        props=tuple(whole.props.values()),
    )


def idle_take(
    names: Sequence[str], skeleton: Skeleton, rng: np.random.Generator, fps: float, seconds: float
) -> Take:
    """Somebody who does not train, `names` over and over until the time is up."""
    lounge = Lounge(skeleton, rng, fps, np.zeros(2))
    count, shots = round(seconds * fps), []
    while sum(map(len, shots)) < count:
        done = sum(map(len, shots))
        shots += lounge.pass_time(names, done, first=not shots, last=True, until=count - done)
    whole = joined(shots).first(count)
    return Take(
        times=np.arange(count) / fps,
        skeleton=skeleton,
        placed=whole.placed,
        exercise="unknown",
        depth=whole.depth,
        phases=whole.phases,
        props=tuple(whole.props.values()),
    )


def _crowded(exercise: Exercise, worked: Worked) -> bool:
    """Whether a bench behind the athlete or a rack ahead would be in the way of the set."""
    sinks = float(np.ptp(worked.root[:, 2])) > ROOM
    return exercise.anchor != "feet" or sinks or ways.load(exercise.way).rack


def _set(worked: Worked) -> Shot:
    take = worked.take
    props = {f"set {k}": prop for k, prop in enumerate(take.props)}
    return Shot(take.placed, take.phases, take.depth, props)
